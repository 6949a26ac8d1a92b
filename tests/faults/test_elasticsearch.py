"""Whatever befalls Elasticsearch: no page fails, and what was edited meanwhile is all there afterwards."""

import json
import os
import threading
import urllib.request

import pytest

from tests.search.elasticsearch.node import three_nodes

from .proxy import Proxy
from .world import FIRST, until

PAGES = {"killed": 210, "paused": 210, "answering errors": 210}
FEWER = 40
SEARCHES = 1000 if os.environ.get("CI") else 300


@pytest.fixture(scope="module")
def proxy(own_node):
    made = Proxy(own_node.port)
    yield made
    made.shutdown()
    made.server_close()


def ask(node, method: str, path: str, body: dict | None = None) -> dict:
    request = urllib.request.Request(
        node.url + path,
        method=method,
        data=json.dumps(body).encode() if body is not None else None,
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.loads(answer.read())


def blocked(node, on: bool) -> None:
    ask(node, "PUT", "/faults/_settings", {"index.blocks.read_only_allow_delete": on or None})


def removed(node) -> None:
    for index in ask(node, "GET", "/_alias/faults"):
        ask(node, "DELETE", f"/{index}")


FAULTS = {
    "killed": (lambda node, proxy: node.kill(), lambda node, proxy: node.start()),
    "paused": (lambda node, proxy: node.pause(), lambda node, proxy: node.resume()),
    "its index deleted": (lambda node, proxy: removed(node), lambda node, proxy: None),
    "its index closed": (
        lambda node, proxy: ask(node, "POST", "/faults/_close"),
        lambda node, proxy: ask(node, "POST", "/faults/_open"),
    ),
    "answering errors": (
        lambda node, proxy: setattr(proxy, "does", "error"),
        lambda node, proxy: setattr(proxy, "does", "pass"),
    ),
    "answering nonsense": (
        lambda node, proxy: setattr(proxy, "does", "babble"),
        lambda node, proxy: setattr(proxy, "does", "pass"),
    ),
    "answering by halves": (
        lambda node, proxy: setattr(proxy, "does", "truncate"),
        lambda node, proxy: setattr(proxy, "does", "pass"),
    ),
    "answering in drips": (
        lambda node, proxy: setattr(proxy, "does", "drip"),
        lambda node, proxy: setattr(proxy, "does", "pass"),
    ),
}


class Town:
    """A site on Elasticsearch with its worker and an editor."""

    def __init__(self, world):
        world.manage("index", "--rebuild")
        self.url = world.environment["SEARCH_URL"]
        self.site, self.editor, self.worker = world.site(), world.editor(), world.worker()
        self.numbers = iter(range(1000, 9999))

    def edit(self) -> None:
        """One edit of each kind; as many records as before."""
        first, second, *_ = self.editor.keys()
        self.editor.rename(first, next(self.numbers))
        self.editor.delete(second)
        self.editor.add(next(self.numbers))
        third = self.editor.keys()[1]
        self.editor.hide(third)
        self.editor.show(third)
        self.editor.rename(third, next(self.numbers))

    def failed_until_closed(self) -> list[str]:
        """Faults of the pages that were asked for until the breaker closed again."""
        faults = []

        def closed() -> bool:
            faults.extend(self.site.failed(2))
            return self.site.breaker() == "closed"

        until(closed, 60)
        return faults if self.site.breaker() == "closed" else [*faults, "the breaker stays open"]


@pytest.fixture(scope="module")
def town(own_node, proxy, make_lasting_world):
    return Town(make_lasting_world(f"{proxy.url}/faults"))


@pytest.mark.parametrize("fault", FAULTS)
def test_no_page_fails_and_no_edit_is_lost(town, own_node, proxy, fault):
    site, editor, pages = town.site, town.editor, PAGES.get(fault, FEWER)
    broken, mended = FAULTS[fault]
    faults = town.failed_until_closed()
    assert site.health()["engine"] == "elastic"
    broken(own_node, proxy)
    faults += site.failed(3)
    assert site.breaker() == "open", "three calls, and nobody waits any more"
    assert site.health()["engine"] == "sqlite"
    town.edit()
    faults += site.failed(pages // 2)
    assert editor.wrong("sqlite:") == [], "what answers meanwhile is up to date"
    town.edit()
    mended(own_node, proxy)
    faults += site.failed(pages // 2)
    faults += town.failed_until_closed()
    editor.caught_up()
    assert faults == []
    assert site.health()["engine"] == "elastic"
    assert editor.wrong("elastic") == []
    assert editor.wrong("sqlite:") == []


def test_an_index_that_takes_nothing_in_goes_on_answering_and_catches_up(town, own_node):
    site, editor = town.site, town.editor
    faults = town.failed_until_closed()
    blocked(own_node, True)
    town.edit()
    faults += site.failed(FEWER)
    assert site.breaker() == "closed"
    assert editor.waiting()["elastic"] > 0
    assert editor.waiting()["sqlite"] == 0
    blocked(own_node, False)
    editor.caught_up()
    assert faults == []
    assert editor.wrong("elastic") == []


def test_one_of_three_nodes_dies_during_a_thousand_searches_and_a_hundred_edits(make_world):
    with three_nodes() as nodes:
        town = Town(make_world(",".join(f"{node.url}/faults" for node in nodes)))
        until(lambda: ask(nodes[0], "GET", "/_cluster/health")["status"] == "green", 60)
        faults: list[str] = []
        readers = [
            threading.Thread(target=lambda: faults.extend(town.site.failed(SEARCHES // 4)), daemon=True)
            for _ in range(4)
        ]
        for reader in readers:
            reader.start()
        pks = town.editor.keys()
        for number in range(100):
            if number == 30:
                nodes[1].kill()
            if number % 10 == 9:
                town.editor.delete(pks[number // 10])
                town.editor.add(next(town.numbers))
            else:
                town.editor.rename(pks[10 + number % 20], next(town.numbers))
        for reader in readers:
            reader.join()
        assert faults == []
        town.editor.caught_up()
        assert town.editor.wrong("elastic") == []
        assert town.editor.wrong("sqlite:") == []
        assert len(town.editor.keys()) == FIRST
        assert town.failed_until_closed() == []

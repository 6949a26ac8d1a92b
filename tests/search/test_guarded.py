"""Whatever an engine on another machine does, families get an answer. Here it really refuses, hangs,
answers errors or nonsense; tests/faults/ does the same to a real Elasticsearch."""

import json
import logging
import socket
import threading
import time
from contextlib import closing
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.db import connection

from search import outbox
from search.engines import _made, engine
from search.engines.breaker import CLOSED, OPEN
from search.engines.guarded import GuardedEngine, Resting
from search.models import Pending
from search.query import Applied, Health, Query, Report
from tests import factories as make

pytestmark = pytest.mark.django_db
REST = 1.0


class Elsewhere:
    """An engine at the other end of a connection, which knows what it was told."""

    name = "elsewhere"

    def __init__(self, port: int):
        self.port = port
        self.result = None

    def ask(self, what: str) -> dict:
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=0.5)) as connection:
            connection.request("GET", f"/{what}")
            with connection.getresponse() as answer:
                if answer.status != 200:
                    raise OSError(answer.status)
                return json.loads(answer.read())["found"]

    def search(self, query):
        self.ask("search")
        return self.result

    def count(self, queries):
        self.ask("count")
        return [1 for _ in queries]

    def suggest(self, prefix, limit):
        self.ask("suggest")
        return []

    def apply(self, changes):
        self.ask("apply")
        return Applied(len(list(changes)), 0)

    def rebuild(self, changes, catch_up=tuple, progress=lambda done: None):
        self.ask("rebuild")
        return Report(len(list(changes)), 0.0)

    def health(self):
        self.ask("health")
        return Health(self.name, True, 1, 1)


class Machine(ThreadingHTTPServer):
    """Another machine, which does what it is told: answer, refuse, hang, error or babble."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answers)
        self.does = "answer"
        self.asked = []
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()

    def process_request(self, request, client_address):
        if self.does == "refuse":
            # A reset at once, as from a port that nobody listens on.
            request.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            return request.close()
        return super().process_request(request, client_address)

    def handle_error(self, request, client_address):
        pass


class Answers(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append(self.path[1:])
        what = self.server.does
        if what == "hang":
            time.sleep(1)
        if what == "drip":
            return self.drip()
        self.send_response(500 if what == "error" else 200)
        self.end_headers()
        self.wfile.write({"babble": b"<html>", "forget": b"{}"}.get(what, b'{"found": {}}'))

    def drip(self):
        """Every byte comes in time, the whole does not."""
        self.send_response(200)
        self.end_headers()
        for byte in b'{"found": {}}':
            self.wfile.write(bytes([byte]))
            time.sleep(0.3)

    def log_message(self, *args):
        pass


@pytest.fixture
def machine():
    server = Machine()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def guarded(machine, settings):
    settings.SEARCH_URL = "sqlite:"
    made = GuardedEngine(Elsewhere(machine.server_port), engine(), rest=REST)
    outbox.rebuild(made.second)
    made.first.result = made.second.search(Query())
    return made


@pytest.fixture
def in_use(guarded, settings, monkeypatch):
    """The guarded engine as the site's own."""
    monkeypatch.setattr("search.engines._made", lambda url: guarded if url == "elsewhere:" else _made(url))
    settings.SEARCH_URL = "elsewhere:"
    assert engine() is guarded
    return guarded


@pytest.mark.parametrize("fault", ["refuse", "hang", "drip", "error", "babble", "forget"])
def test_whatever_goes_wrong_the_database_answers_and_after_three_calls_at_once(machine, guarded, fault):
    make.service("Sleep clinic")
    outbox.drain(guarded.second)
    wanted = guarded.second.search(Query())
    machine.does = fault
    assert [guarded.search(Query()) for _ in range(3)] == [wanted] * 3
    assert guarded.reading.state == OPEN
    before = len(machine.asked)
    started = time.monotonic()
    assert guarded.search(Query()) == wanted
    assert guarded.count([Query()]) == [1]
    assert [each.text for each in guarded.suggest("sleep", 3)] == ["Sleep clinic"]
    assert time.monotonic() - started < 0.5
    assert len(machine.asked) == before, "while it rests nobody asks it"

    machine.does = "answer"
    time.sleep(REST)
    guarded.search(Query())
    assert guarded.reading.state == CLOSED
    assert len(machine.asked) == before + 1


def test_searches_that_hang_open_it_though_suggestions_do_not(machine, guarded):
    for _ in range(3):
        machine.does = "error"
        guarded.search(Query())
        machine.does = "answer"
        assert guarded.suggest("sleep", 3) == []
    assert guarded.reading.state == OPEN


def test_the_log_says_who_answers_and_nothing_that_was_typed(machine, guarded, caplog):
    with caplog.at_level(logging.INFO):
        machine.does = "error"
        for _ in range(4):
            guarded.search(Query(words=("secretword",)))
        machine.does = "answer"
        time.sleep(REST)
        guarded.search(Query(words=("secretword",)))
    said = [record.getMessage() for record in caplog.records if record.name == "localoffer.search"]
    assert said == [
        "search: elsewhere fails (OSError); sqlite answers instead",
        "search: elsewhere answers again",
    ]
    assert "secretword" not in caplog.text


def test_an_engine_that_takes_no_changes_in_goes_on_answering(machine, guarded):
    machine.does = "error"
    for _ in range(3):
        with pytest.raises(OSError, match="500"):
            guarded.apply([])
    with pytest.raises(Resting):
        guarded.apply([])
    assert guarded.reading.state == CLOSED
    machine.does = "answer"
    time.sleep(REST)
    guarded.apply([])
    guarded.apply([])


def test_both_engines_are_kept_and_each_has_its_own_list(machine, in_use, django_capture_on_commit_callbacks):
    machine.does = "error"
    with django_capture_on_commit_callbacks(execute=True):
        made = make.service()
    assert [hit.ref for hit in in_use.second.search(Query()).hits] == [made.ref]
    assert list(Pending.objects.values_list("engine", "ref")) == [("elsewhere", made.ref)]
    with pytest.raises(OSError, match="500"):
        outbox.drain_all()
    machine.does = "answer"
    time.sleep(REST)
    assert outbox.drain_all() == 1
    assert not Pending.objects.exists()


def test_an_edit_never_waits_long_for_another_machine(machine, in_use, django_capture_on_commit_callbacks):
    machine.does = "hang"
    for number in range(5):
        # A test's own transaction never ends, so what ran before is still on its list.
        connection.run_on_commit = []
        with django_capture_on_commit_callbacks(execute=True):
            make.service(f"Service {number}")
    assert machine.asked.count("apply") == 3, "while it rests nobody waits"
    assert in_use.second.search(Query()).total == 5
    assert outbox.lag_of(in_use).changes == 5


def test_health_says_which_engine_answers_what_waits_and_that_the_breaker_is_open(machine, in_use, client):
    facts = client.get("/health/").json()
    assert (facts["engine"], facts["ok"]) == ("elsewhere", True)
    machine.does = "error"
    make.service()
    for _ in range(3):
        in_use.search(Query())
    answer = client.get("/health/")
    facts = answer.json()
    assert answer.status_code == 200
    assert (facts["engine"], facts["ok"]) == ("sqlite", True)
    own, other = facts["engines"]
    assert (own["name"], own["ok"], own["breaker"], own["waiting"]) == ("sqlite", True, None, 1)
    assert (other["name"], other["ok"], other["breaker"], other["waiting"]) == ("elsewhere", False, "open", 1)
    assert "OSError" in other["message"]

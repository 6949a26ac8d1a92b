"""A process that edits as it is told, as a web process does: `python -m tests.faults.editor`.

Every line of input is a JSON list, a command and its arguments; every line of output is what came of it,
written once the edit is committed. Records bear a word of their own, which changes when they are renamed.
"""

import json
import os
import random
import sys
import threading
import time
from collections import Counter

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.faults.settings")
django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402
from django.urls import reverse  # noqa: E402

from directory.models import Service  # noqa: E402
from search import outbox  # noqa: E402
from search.engines import engine  # noqa: E402
from search.query import Query  # noqa: E402
from search.tokens import tokens  # noqa: E402
from tests import factories as make  # noqa: E402
from tests.directory.conftest import form_data  # noqa: E402

# Pages then keep what they were made from.
setup_test_environment()

LETTERS = "bcfghjkmnpqrtvwxz"


def word(number: int) -> str:
    """A word that no other number has and that no tokeniser changes."""
    letters = ""
    while number:
        number, digit = divmod(number, len(LETTERS))
        letters += LETTERS[digit]
    return f"z{letters}z"


def add(number: int) -> int:
    return make.service(f"Clinic {word(number)}").pk


def rename(pk: int, number: int) -> int:
    service = Service.objects.get(pk=pk)
    service.name = f"Clinic {word(number)}"
    service.save()
    return pk


def rename_and_leave(pk: int, number: int) -> int:
    """As a process does that dies after its commit, before it brings the index up to date."""
    with transaction.atomic():
        rename(pk, number)
        connection.run_on_commit.clear()
    return pk


def hide(pk: int) -> int:
    Service.objects.get(pk=pk).unpublish()
    return pk


def show(pk: int) -> int:
    service = Service.objects.get(pk=pk)
    service.live = True
    service.save()
    return pk


def delete(pk: int) -> int:
    Service.objects.get(pk=pk).delete()
    return pk


def hide_unsaid(pk: int) -> int:
    """Take it from the site without a word to the index, which then is stale."""
    Service.objects.filter(pk=pk).update(live=False)
    return pk


def publish_in_the_admin(pk: int, number: int) -> list[str]:
    """Rename it as an editor does, by the form and its Publish button: what a search for the new name
    finds as soon as the answer is there, by title."""
    editor, _ = User.objects.get_or_create(
        username="editor", is_superuser=True, is_active=True, is_staff=True
    )
    client = Client()
    client.force_login(editor)
    address = reverse(Service.snippet_viewset.get_url_name("edit"), args=[pk])
    sent = form_data(client, address, name=f"Clinic {word(number)}") | {"action-publish": "1"}
    answer = client.post(address, sent)
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    return shown(word(number))


def shown(words: str) -> list[str]:
    """Titles on the page of results."""
    groups = Client().get("/search/", {"q": words, "as-typed": "1"}).context["groups"]
    return sorted(card.title for _, _, cards in groups for card in cards)


def keys() -> list[int]:
    return list(Service.objects.visible().order_by("pk").values_list("pk", flat=True))


def names() -> dict[int, str]:
    return dict(Service.objects.values_list("pk", "name"))


def waiting() -> dict[str, int]:
    return {each.name: outbox.lag_of(each).changes for each in outbox.engines_kept()}


def wrong(url: str) -> list[str]:
    """What an engine has lost, kept too long, or holds with an old name."""
    index = engine(url)
    true = {service.ref: service.name for service in Service.objects.visible()}
    found = [hit.ref for hit in index.search(Query(size=2000)).hits]
    faults = [f"{ref} twice" for ref in set(found) if found.count(ref) > 1]
    faults += [f"{ref} lost" for ref in true.keys() - set(found)]
    faults += [f"{ref} resurrected" for ref in set(found) - true.keys()]
    for ref, name in true.items():
        if [hit.ref for hit in index.search(Query(words=tokens(name)[-1:])).hits] != [ref]:
            faults.append(f"{ref} is not found by its name")
    return faults


def watch_totals(url: str, seconds: float) -> dict[str, int]:
    """How often a search found how many records, searching without a break."""
    index, ends, seen = engine(url), time.monotonic() + seconds, {}
    while time.monotonic() < ends:
        answer = index.search(Query(size=2000))
        for total in {answer.total, len(answer.hits), len({hit.ref for hit in answer.hits})}:
            seen[str(total)] = seen.get(str(total), 0) + 1
    return seen


def rebuild(url: str, times: int) -> int:
    return sum(outbox.rebuild(engine(url)).documents for _ in range(times))


def rename_for(seconds: float, pks: list[int], number: int) -> int:
    """Edit without a break; how many edits there were."""
    ends, done = time.monotonic() + seconds, 0
    while time.monotonic() < ends:
        rename(pks[done % len(pks)], number + done)
        done += 1
    return done


def read_for(seconds: float, readers: int) -> dict[str, int]:
    """How many pages had which status, or failed how, for so many readers at once."""
    seen: Counter[str] = Counter()
    ends = time.monotonic() + seconds

    def read(reader: int) -> None:
        client = Client()
        while time.monotonic() < ends:
            address = ".".join(["10", *(str(random.randrange(256)) for _ in range(3))])
            try:
                seen[str(client.get("/search/", {"q": "clinic"}, HTTP_X_REAL_IP=address).status_code)] += 1
            except Exception as error:
                seen[f"{type(error).__name__}: {error}"] += 1
        connection.close()

    threads = [threading.Thread(target=read, args=(reader,)) for reader in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seen


COMMANDS = {
    each.__name__: each
    for each in (
        *(add, rename, rename_and_leave, hide, show, delete, hide_unsaid, publish_in_the_admin, shown),
        *(keys, names, waiting, wrong, watch_totals, rebuild, rename_for, read_for),
    )
}

if __name__ == "__main__":
    for line in sys.stdin:
        command, *arguments = json.loads(line)
        print(json.dumps(COMMANDS[command](*arguments)), flush=True)

"""Of an answer a count is kept and nothing else; two answers at once are two."""

import io
import logging
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from waiting.models import FoundCount

from .conftest import load_halves, load_way, sent

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.usefixtures("fresh_limit"),
]
ADDRESS, BROWSER, COMES_FROM = "203.0.113.77", "MarkedBrowser/7", "https://marked.example/"
MARKS = (ADDRESS, BROWSER, "marked.example", "markedcookie")


def everything_kept() -> str:
    """Every row of every table, and on SQLite every byte of its files."""
    words = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            words += [f"{table}: {row!r}" for row in cursor.fetchall()]
    if connection.vendor == "sqlite":
        path = Path(connection.settings_dict["NAME"])
        files = [path, path.with_name(f"{path.name}-wal")]
        words += [file.read_bytes().decode("latin-1") for file in files if file.exists()]
    return "\n".join(words)


@pytest.fixture(autouse=True)
def as_migrated(transactional_db):
    """Without what other tests may have left for good."""
    options = {"interactive": False, "verbosity": 0, "inhibit_post_migrate": True, "reset_sequences": False}
    call_command("flush", **options)
    connection.creation.deserialize_db_from_string(connection._test_serialized_contents)


@pytest.fixture
def log():
    """All that any logger says, down to the smallest."""
    said = io.StringIO()
    writer = logging.StreamHandler(said)
    writer.setFormatter(logging.Formatter("%(name)s %(message)s %(args)s %(exc_text)s"))
    loggers = [logging.getLogger(name) for name in ("", "django", "django.server", "localoffer", "wagtail")]
    levels = [each.level for each in loggers]
    for each in loggers:
        each.addHandler(writer)
        each.setLevel(logging.DEBUG)
    yield said
    for each, level in zip(loggers, levels, strict=True):
        each.removeHandler(writer)
        each.setLevel(level)


def test_no_address_browser_or_cookie_is_in_the_database_or_the_log(log, monkeypatch):
    way = load_way()
    load_halves()
    client = Client(REMOTE_ADDR=ADDRESS, HTTP_USER_AGENT=BROWSER, HTTP_REFERER=COMES_FROM)
    client.cookies["mine"] = "markedcookie"
    address = f"{way.url}your-wait/"
    client.get(address)
    assert client.post(address, sent(way)).status_code == 302
    assert client.post(address, sent(way, found="a lie", half=None)).status_code == 200
    assert client.post(address, sent(way, website="x")).status_code == 200
    assert client.put(address).status_code == 405
    for _ in range(20):
        last = client.post(address, sent(way))
    assert last.status_code == 429
    kept = everything_kept()
    # What is looked for would be found: the count is there, and the log says something.
    assert "waiting_foundcount: " in kept
    assert "north-half" in kept
    assert log.getvalue()
    for mark in MARKS:
        assert mark not in kept, mark
        assert mark not in log.getvalue(), mark
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, "waiting_foundcount")
    assert {column.name for column in columns} == {"id", "pathway_id", "area_id", "month", "answer", "count"}


def test_answers_at_once_are_all_counted():
    way, (half, _) = load_way(), load_halves()

    def answer(turn):
        try:
            FoundCount.objects.add(way, half if turn % 2 else None, "waiting")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(answer, range(80)))
    assert sorted(FoundCount.objects.values_list("area", "count"), key=str) == sorted(
        [(None, 40), (half.pk, 40)], key=str
    )

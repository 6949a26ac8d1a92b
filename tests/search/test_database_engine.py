"""What the engine in a database promises beyond its answers: transactions, readers and rebuilds."""

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection, connections, transaction

from search.checks import search_url_names_an_engine
from search.engines import engine
from search.engines.database import DatabaseEngine
from search.query import Change, Query
from tests.search.reference import answer, some_document

pytestmark = pytest.mark.django_db(databases="__all__")


def some_documents(count, seed=17):
    chance = random.Random(seed)
    return [some_document(chance, number) for number in range(1, count + 1)]


def changes(documents, version=1):
    return [Change(each.ref, version, each) for each in documents]


def outcome(result):
    return result.total, tuple(hit.ref for hit in result.hits)


@contextmanager
def undone(inside):
    """A transaction that is rolled back."""
    with transaction.atomic(using=inside.alias):
        yield
        transaction.set_rollback(True, using=inside.alias)


def test_a_change_rolled_back_is_forgotten(inside):
    one, other = some_document(random.Random(1), 1), some_document(random.Random(2), 2)
    inside.rebuild([])
    with undone(inside):
        inside.apply([Change(one.ref, 1, one)])
        assert inside.search(Query()).hits[0].ref == one.ref
    inside.apply([Change(other.ref, 1, other)])  # of the same number as the one rolled back
    assert [hit.ref for hit in inside.search(Query()).hits] == [other.ref]


def test_a_process_that_saw_a_rolled_back_change_suggests_what_is_there(inside):
    one, other = some_documents(2)
    inside.rebuild([])
    with undone(inside):
        inside.apply(changes([one]))
        assert [each.ref for each in inside.suggest("service", 5)] == [one.ref]
    inside.apply(changes([other]))
    assert [each.ref for each in inside.suggest("service", 5)] == [other.ref]


def test_another_process_sees_every_change(inside):
    """Each engine keeps its own state: what one writes, the other finds."""
    documents = some_documents(30)
    inside.rebuild(changes(documents[:10]))
    other = DatabaseEngine(inside.dialect, inside.alias)
    query = Query(words=("sleep",), needs=frozenset(["adhd"]))
    for count in range(10, 30, 5):
        inside.apply(changes(documents[count : count + 5]))
        assert outcome(other.search(query)) == outcome(answer(query, documents[: count + 5]))
        assert len(other.suggest("service", 100)) == count + 5
    inside.rebuild(changes(documents[:3]))
    assert outcome(other.search(query)) == outcome(answer(query, documents[:3]))
    assert len(other.suggest("service", 100)) == 3


def test_a_rebuild_that_another_overtook_changes_nothing(inside):
    documents = some_documents(6)
    inside.rebuild(changes(documents[:2]))

    def overtaken():
        yield from changes(documents[:1])
        inside.rebuild(changes(documents))
        yield from changes(documents[1:2])

    with pytest.raises(DatabaseError, match="Another rebuild"):
        inside.rebuild(overtaken())
    assert inside.search(Query()).total == 6


def test_an_index_without_tables_is_told(inside):
    with undone(inside):
        with connections[inside.alias].cursor() as cursor:
            cursor.execute("ALTER TABLE search_document RENAME TO elsewhere")
        health = inside.health()
    assert not health.ok
    assert "migrate" in health.message
    assert inside.health().ok


@pytest.mark.django_db(transaction=True, databases="__all__")
@pytest.mark.parametrize("atomic", [False, True])
def test_readers_never_see_half_an_index(database_engine, atomic):
    """A rebuild swaps its tables while threads search, in transactions of their own or inside another:
    each answer is whole, old or new, and nobody waits for ever."""
    versions = [some_documents(39), some_documents(89, seed=18)]
    query = Query(words=("sleep", "club"), needs=frozenset(["adhd"]))
    right = {outcome(answer(query, documents)) for documents in versions}
    wrong, stopping = [], threading.Event()

    def in_thread(work):
        try:
            work()
        except Exception as error:
            wrong.append(error)
        finally:
            connections.close_all()

    def search():
        while not stopping.is_set():
            if atomic:
                with transaction.atomic(using=database_engine.alias):
                    found = database_engine.search(query)
                time.sleep(0.01)  # in SQLite such a transaction has the writer's lock
            else:
                found = database_engine.search(query)
            if outcome(found) not in right:
                wrong.append(outcome(found))

    def rebuild():
        for turn in range(7):
            database_engine.rebuild(changes(versions[turn % 2]))
            time.sleep(0.02)

    with ThreadPoolExecutor(4) as pool:
        pool.submit(in_thread, lambda: database_engine.rebuild(changes(versions[0]))).result()
        readers = [pool.submit(in_thread, search) for _ in range(3)]
        pool.submit(in_thread, rebuild).result()
        stopping.set()
        for reader in readers:
            reader.result(timeout=20)
        pool.submit(in_thread, lambda: database_engine.rebuild([])).result()
    assert not wrong


@pytest.mark.parametrize("url", ["solr:", "", "sqlite:/elsewhere", "postgres:secret", "elastic:secret@host"])
def test_a_wrong_setting_fails_the_check_and_tells_no_secret(settings, url):
    settings.SEARCH_URL = url
    (error,) = search_url_names_an_engine(None)
    assert "SEARCH_URL" in error.msg
    assert "secret" not in error.msg
    with pytest.raises(ImproperlyConfigured):
        engine(url)


def test_an_engine_of_another_database_than_the_sites_fails_the_check(settings):
    other, called = ("postgres:", "SQLite") if connection.vendor == "sqlite" else ("sqlite:", "PostgreSQL")
    settings.SEARCH_URL = other
    (error,) = search_url_names_an_engine(None)
    assert f"{other} but the database is {called}" in error.msg
    assert "Leave SEARCH_URL out" in error.msg


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_a_long_reader_delays_a_swap_and_no_search(postgres, monkeypatch):
    """A backup reads the tables for as long as it takes: searches do not queue behind the swap."""
    target = engine(f"postgres:{postgres}")
    started, waits, slept = threading.Event(), [], []

    def reads_for_long():
        with transaction.atomic(using=target.alias), connections[target.alias].cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM search_document")
            started.set()
            while not slept:
                time.sleep(0.01)
        connections.close_all()

    def pause(seconds):
        waits.append(target.search(Query()).total)
        slept.append(seconds)

    target.rebuild(changes(some_documents(3)))
    with ThreadPoolExecutor(1) as pool, monkeypatch.context() as patched:
        patched.setattr("search.engines.database.time.sleep", pause)
        reader = pool.submit(reads_for_long)
        started.wait(10)
        target.rebuild(changes(some_documents(5)))
        reader.result(timeout=20)
    assert waits[0] == 3
    assert target.search(Query()).total == 5
    target.rebuild([])

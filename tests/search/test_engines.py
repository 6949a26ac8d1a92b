"""Every engine gives the answer of the reference functions, through every change of its index."""

import random
import threading

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction

from search.checks import search_url_names_an_engine
from search.engines import engine
from search.query import Change, Query
from tests.search.elasticsearch import elastic
from tests.search.reference import answer, some_document, some_query

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["sqlite", "elastic"])
def target(request, db):
    if request.param == "elastic":
        return elastic(f"{request.getfixturevalue('elastic_url')}/engines")
    return engine(request.param)


@pytest.fixture(params=["sqlite"])
def inside(request, db):
    """Engines whose index stands in the site's own database."""
    return engine(request.param)


def fill(target, documents, version=1):
    return target.rebuild(Change(each.ref, version, each) for each in documents)


def same(target, query, documents):
    found, expected = target.search(query), answer(query, documents)
    assert [(hit.ref, hit.score) for hit in found.hits] == [(hit.ref, hit.score) for hit in expected.hits]
    assert [hit.parts for hit in found.hits] == [hit.parts for hit in expected.hits]
    assert [hit.metres for hit in found.hits] == [hit.metres for hit in expected.hits]
    assert found.total == expected.total == target.count([query])[0]
    for facet, values in expected.facets.items():
        assert found.facets[facet] == values, facet


@pytest.mark.parametrize("seed", range(6))
def test_equals_the_reference(target, seed):
    chance = random.Random(seed)
    documents = [some_document(chance, number) for number in range(1, chance.choice([2, 60, 150]))]
    chance.shuffle(documents)
    fill(target, documents)
    for _ in range(50):
        same(target, some_query(chance), documents)


def test_equals_the_reference_after_changes(target):
    chance = random.Random(99)
    held = {number: some_document(chance, number) for number in range(1, 60)}
    fill(target, held.values())
    for version in range(2, 9):
        changes = []
        for number in chance.sample(range(1, 90), 12):
            held.pop(number, None)
            if chance.random() < 0.7:
                held[number] = some_document(chance, number)
            changes.append(Change(f"service:{number}", version, held.get(number)))
        target.apply(changes)
        for _ in range(12):
            same(target, some_query(chance), list(held.values()))


def test_an_index_that_was_never_rebuilt_equals_the_reference(target):
    chance = random.Random(7)
    documents = [some_document(chance, number) for number in range(1, 40)]
    fill(target, [])
    target.apply(Change(each.ref, 1, each) for each in documents)
    for _ in range(30):
        same(target, some_query(chance), documents)


def test_an_empty_index_answers(target):
    fill(target, [])
    found = target.search(Query(words=("sleep",), filters={"age": frozenset(["7"])}))
    assert (found.total, found.hits) == (0, ())
    assert target.count([]) == []
    assert target.search(Query(page=500)).hits == ()


def test_an_older_change_never_overtakes_a_newer_one(target):
    chance = random.Random(3)
    old, new = some_document(chance, 1), some_document(chance, 1)
    fill(target, [])
    assert target.apply([Change("service:1", 5, new)]).changed == 1
    assert target.apply([Change("service:1", 4, old)]).stale == 1
    same(target, Query(), [new])
    target.apply([Change("service:1", 6, None)])
    assert target.apply([Change("service:1", 5, new)]).stale == 1, "a late put brought a record back"
    assert target.search(Query()).total == 0
    target.apply([Change("service:1", 7, new)])
    assert target.search(Query()).total == 1


def test_a_deletion_is_remembered_even_of_what_was_never_held(target):
    fill(target, [])
    target.apply([Change("service:1", 2, None)])
    assert target.apply([Change("service:1", 1, some_document(random.Random(1), 1))]).stale == 1
    assert target.search(Query()).total == 0


def test_all_pages_together_hold_every_record_once(target):
    chance = random.Random(5)
    documents = [some_document(chance, number) for number in range(1, 130)]
    fill(target, documents)
    for query in (Query(), Query(needs=frozenset(["sleep"]))):
        pages = [target.search(Query(needs=query.needs, page=page)) for page in range(1, 9)]
        refs = [hit.ref for page in pages for hit in page.hits]
        assert len(refs) == len(set(refs)) == pages[0].total


def test_the_generation_grows_with_every_change(target):
    fill(target, [])
    generations = [target.search(Query()).generation]
    for version in (1, 2):
        target.apply([Change("service:1", version, some_document(random.Random(1), 1))])
        generations.append(target.search(Query()).generation)
    fill(target, [])
    generations.append(target.health().generation)
    assert generations == sorted(set(generations))


def test_a_change_rolled_back_is_forgotten(inside):
    one, other = some_document(random.Random(1), 1), some_document(random.Random(2), 2)
    fill(inside, [])
    try:
        with transaction.atomic():
            inside.apply([Change(one.ref, 1, one)])
            assert inside.search(Query()).hits[0].ref == one.ref
            raise RuntimeError
    except RuntimeError:
        pass
    inside.apply([Change(other.ref, 1, other)])  # of the same number as the one rolled back
    assert [hit.ref for hit in inside.search(Query()).hits] == [other.ref]


def test_what_changes_during_a_rebuild_is_in_it(target):
    chance = random.Random(11)
    first, second, third = (some_document(chance, number) for number in (1, 2, 3))
    later = [[Change(first.ref, 2, None)], [Change(third.ref, 1, third)]]
    report = target.rebuild(
        [Change(first.ref, 1, first), Change(second.ref, 1, second)],
        catch_up=lambda: later.pop(0) if later else [],
    )
    assert report.documents == 2
    same(target, Query(), [second, third])


def test_suggests_titles_that_begin_so(target):
    fill(target, [some_document(random.Random(1), number) for number in range(1, 13)])
    assert [each.text for each in target.suggest("serv 1", 3)] == ["Service 1", "Service 10", "Service 11"]
    assert target.suggest("'; DROP % _", 3) == []
    assert target.suggest("", 3) == []


def test_health_says_what_is_held(target):
    fill(target, [some_document(random.Random(1), number) for number in range(1, 4)])
    health = target.health()
    assert (health.ok, health.documents, health.engine) == (True, 3, target.name)


@pytest.mark.parametrize("url", ["solr:", "", "sqlite:/elsewhere", "elastic:secret@host"])
def test_a_wrong_setting_fails_the_check_and_tells_no_secret(settings, url):
    settings.SEARCH_URL = url
    (error,) = search_url_names_an_engine(None)
    assert "SEARCH_URL" in error.msg
    assert "secret" not in error.msg
    with pytest.raises(ImproperlyConfigured):
        engine(url)


@pytest.mark.django_db(transaction=True)
def test_readers_never_see_half_an_index():
    """A rebuild swaps its tables while threads search: each answer is whole, old or new."""
    target = engine("sqlite")
    chance = random.Random(17)
    versions = [[some_document(chance, number) for number in range(1, size)] for size in (40, 90)]
    fill(target, versions[0])
    wrong, stopping = [], threading.Event()
    query = Query(words=("sleep", "club"), needs=frozenset(["adhd"]))
    right = {
        (found.total, tuple(hit.ref for hit in found.hits))
        for found in (answer(query, documents) for documents in versions)
    }

    def search():
        try:
            while not stopping.is_set():
                found = target.search(query)
                if (found.total, tuple(hit.ref for hit in found.hits)) not in right:
                    wrong.append(found.total)
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    for turn in range(6):
        fill(target, versions[(turn + 1) % 2])
    stopping.set()
    for thread in threads:
        thread.join()
    assert not wrong
    fill(target, [])

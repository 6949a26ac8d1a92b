"""Every engine gives the answer of the reference functions, through every change of its index."""

import csv
import random
from dataclasses import replace
from pathlib import Path

import pytest
from django.http import QueryDict

from search import documents as records
from search.filters import SearchFilter
from search.query import Change, Query
from tests.search.reference import answer, some_directory, some_document, some_query, suggestions

LINES = Path(__file__).parent.parent / "relevance" / "queries.csv"
TYPED = ("s", "sl", "sleeping", "SLEEP cl", "a", "obr", "żó", "日", "ώρα", "service 1", "herts s", "x")

# The site's own database, and that of a PostgreSQL beside it (see the fixture `postgres`).
pytestmark = pytest.mark.django_db(databases="__all__")


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


def equal(target, query, documents, facets: bool) -> bool:
    found, expected = target.search(query), answer(query, documents, facets)
    return (found.hits, found.total) == (expected.hits, expected.total) and all(
        found.facets[facet] == values for facet, values in expected.facets.items()
    )


@pytest.mark.parametrize("seed", range(6))
def test_equals_the_reference(target, seed):
    chance = random.Random(seed)
    documents = [some_document(chance, number) for number in range(1, chance.choice([2, 60, 150]))]
    chance.shuffle(documents)
    fill(target, documents)
    for _ in range(50):
        same(target, some_query(chance), documents)


@pytest.mark.parametrize(("seed", "size"), [(21, 40), (22, 350)])
def test_equals_the_reference_for_strange_records(target, seed, size):
    chance = random.Random(seed)
    documents = some_directory(chance, size)
    fill(target, documents)
    for _ in range(4_000 // size):
        same(target, some_query(chance), documents)


def test_equals_the_reference_for_the_demo(target, demo):
    """Every family line of the relevance set; of some the counts beside the filters as well."""
    documents = list(records.documents())
    fill(target, documents)
    with open(LINES, encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for number, row in enumerate(rows):
        params = QueryDict(mutable=True)
        params.update({"q": row["query"], "age": row["age"], "place": row["place"]})
        # The lines of one half are for measuring only, so a failure tells the number.
        assert equal(target, SearchFilter(params).query(), documents, facets=number % 40 == 0), row["id"]


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
    assert target.suggest("serv", 0) == target.suggest("serv", -1) == []


@pytest.mark.parametrize("seed", [1, 2])
def test_suggestions_equal_the_reference(target, seed):
    chance = random.Random(seed)
    held = {each.ref: each for each in some_directory(chance, 120)}
    fill(target, held.values())
    for version in range(2, 6):
        for typed in (
            "s",
            "sl",
            "sleeping",
            "SLEEP cl",
            "a",
            "obr",
            "żó",
            "日",
            "ώρα",
            "service 1",
            "herts s",
            "x",
        ):
            for limit in (1, 8, 300):
                assert target.suggest(typed, limit) == suggestions(typed, limit, list(held.values()))
        changes = []
        for ref in chance.sample(sorted(held), 10):
            new = replace(some_directory(chance, 1)[0], ref=ref)
            held[ref] = new
            changes.append(Change(ref, version, new))
        gone = chance.choice(sorted(held))
        del held[gone]
        target.apply([*changes, Change(gone, version + 10, None)])


def test_health_says_what_is_held(target):
    fill(target, [some_document(random.Random(1), number) for number in range(1, 4)])
    health = target.health()
    assert (health.ok, health.documents, health.engine) == (True, 3, target.name)

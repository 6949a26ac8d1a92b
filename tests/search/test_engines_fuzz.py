"""Whatever is asked, however odd, every engine gives the reference's answer."""

import random

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from search.near import CLOSE, NEARBY
from search.query import FACETS, Change, Query, Spot
from search.tokens import tokens
from tests.search.reference import RARE, VALUES, WORDS, answer, some_directory, suggestions

pytestmark = pytest.mark.django_db(databases="__all__")
gently = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))

known = st.sampled_from([*WORDS, *RARE])
words = st.lists(known | st.text(max_size=20), max_size=40).map(lambda parts: tokens(" ".join(parts)))
values = st.sampled_from(sorted({value for held in VALUES.values() for value in held})) | st.text(max_size=5)
queries = st.builds(
    Query,
    words=words,
    needs=st.frozensets(values, max_size=4),
    near_needs=st.frozensets(values, max_size=3),
    family=st.booleans(),
    filters=st.dictionaries(
        st.sampled_from([*FACETS, "unheard"]), st.frozensets(values, max_size=3), max_size=4
    ),
    spot=st.none()
    | st.builds(
        Spot,
        latitude=st.floats(51, 53) | st.floats(-90, 90),
        longitude=st.floats(-1, 1) | st.floats(-180, 180),
        label=st.just("here"),
    ),
    within=st.none() | st.sampled_from([0, -1, int(CLOSE), int(NEARBY), 10**9]) | st.integers(0, 60_000),
    sort=st.sampled_from(["fit", "distance", "else"]),
    schools=st.booleans(),
    page=st.integers(-3, 6) | st.sampled_from([-(10**9), 10**6, 10**12]),
    size=st.integers(-2, 25) | st.sampled_from([10**6, 10**12]),
)


def test_any_question_gets_the_reference_answer(target):
    documents = some_directory(random.Random(5), 70)
    target.rebuild(Change(each.ref, 1, each) for each in documents)

    @gently
    @given(queries)
    @example(Query(spot=Spot(51.0, 0.0, "here"), within=0))
    @example(Query(size=10**6))
    def ask(query):
        found, expected = target.search(query), answer(query, documents)
        assert (found.hits, found.total) == (expected.hits, expected.total)
        assert target.count([query]) == [expected.total]
        for facet, counts in expected.facets.items():
            assert found.facets[facet] == counts

    ask()


def test_whatever_is_typed_gets_the_reference_suggestions(target):
    documents = some_directory(random.Random(6), 70)
    target.rebuild(Change(each.ref, 1, each) for each in documents)

    @gently
    @given(
        st.text(max_size=30) | st.sampled_from(documents).map(lambda each: each.title[:4]),
        st.integers(-2, 90),
    )
    def ask(typed, limit):
        assert target.suggest(typed, limit) == suggestions(typed, limit, documents)

    ask()

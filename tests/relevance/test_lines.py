"""The family-worded lines find what they should, and no word of the demo's vocabulary leads nowhere."""

import pytest

from bench import relevance
from search import nowhere
from search.engines import engine

HALF = 0.93
"""What each half must reach; `make relevance` tells how far above it stands."""


@pytest.mark.django_db
def test_family_words_find_the_right_record_among_the_first_three(demo):
    for half, tally in relevance.measure(engine()).items():
        assert tally.among_first >= HALF * tally.asked, half
        assert tally.empty <= 0.02 * tally.asked, half


@pytest.mark.django_db
def test_no_word_of_the_vocabulary_leads_nowhere(demo):
    assert nowhere.words() == []


@pytest.mark.parametrize(
    ("tagged", "nearest", "lost"),
    [
        (set(), {}, {"tics"}),
        ({"tics"}, {}, set()),
        ({"sleep"}, {"tics": {"sleep"}}, set()),
        ({"sleep"}, {"tics": {"anxiety"}}, {"tics"}),
    ],
)
def test_a_need_is_served_by_its_own_tag_or_by_a_nearest_one(tagged, nearest, lost):
    assert nowhere.unserved(["tics"], tagged, nearest) == lost


@pytest.mark.parametrize(
    ("lists", "place"),
    [
        ([[{"a"}, {"b", "c"}]], 2),
        ([[{"a"}]], None),
        ([[]], None),
        ([[{"c"}, {"c"}]], 1),
        ([[{"a"}, {"a"}, {"c"}], [{"a"}, {"b"}]], 2),
    ],
)
def test_the_best_place_is_the_first_of_any_right_record_in_its_list(lists, place):
    assert relevance.best_place({"b", "c"}, *lists) == place

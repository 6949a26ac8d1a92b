"""Whose line it is, which kind of help it asks for, and which lines are errands."""

import pytest

from search.elsewhere import errand
from search.speakers import FAMILY, PROFESSIONAL, YOUNG, kinds, voices


@pytest.mark.parametrize(
    ("line", "speaks"),
    [
        ("my son won't sleep", {FAMILY}),
        ("speech therapy", {FAMILY}),
        ("i cant cope with school anymore", {YOUNG}),
        ("im 16 and my mum doesn't know", {YOUNG}),
        ("i am so tired", {FAMILY, YOUNG}),
        ("senco needs strategies for a pupil", {PROFESSIONAL}),
        ("his senco ignores me", {FAMILY}),
    ],
)
def test_a_line_shows_who_speaks(line, speaks):
    assert voices(line) == speaks


def test_who_says_so_is_a_young_person():
    assert voices("anxiety", for_me=True) == {YOUNG}


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("coffee morning for mums", {"support"}),
        ("autism diagnosis", {"assessment"}),
        ("just got autism diagnosis now what", set()),
        ("autism support without a diagnosis", set()),
        ("parent forum", {"parent-voice"}),
        ("won't sleep", set()),
    ],
)
def test_words_ask_for_a_kind_of_help(line, asked):
    assert kinds(line) == asked


@pytest.mark.parametrize(
    ("line", "is_errand"),
    [("guinea pig adoption", True), ("my son wants a guinea pig", False), ("won't sleep", False)],
)
def test_an_errand_is_not_about_a_family(line, is_errand):
    assert errand(line) is is_errand

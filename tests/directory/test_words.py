"""Facts in words: ages, distances, times."""

from datetime import date, time

import pytest

from directory import words


@pytest.mark.parametrize(
    ("months", "said"),
    [
        ((0, 227), "0 to 18"),
        ((60, 240), "5 to 20"),
        ((60, 71), "5"),
        ((18, 59), "18 months to 4"),
        ((None, 71), "Up to 5"),
        ((132, None), "11 and over"),
        ((0, None), "From birth"),
        ((None, None), ""),
        ((42, 71), "3 and 6 months to 5"),
    ],
)
def test_ages(months, said):
    assert words.age_span(*months) == said


@pytest.mark.parametrize(
    ("metres", "said"),
    [
        (0, "less than a mile away"),
        (1500, "less than a mile away"),
        (1700, "about 1 mile away"),
        (9700, "about 6 miles away"),
    ],
)
def test_distances_are_never_more_exact_than_a_mile(metres, said):
    assert words.miles(metres) == said


@pytest.mark.parametrize(
    ("moment", "said"),
    [(time(9), "9am"), (time(12), "12 noon"), (time(17, 30), "5:30pm"), (time(0), "12am")],
)
def test_times_as_people_say_them(moment, said):
    assert words.clock(moment) == said


def test_dates_are_written_in_words():
    assert words.long_date(date(2026, 11, 3)) == "3 November 2026"


def test_lists():
    assert words.join(["a"]) == "a"
    assert words.join(["a", "b", "c"]) == "a, b and c"
    assert words.join([]) == ""

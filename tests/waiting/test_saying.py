"""Waiting times are told in sentences that a tired parent understands."""

from datetime import date
from decimal import Decimal

import pytest

from home.reading_aids import measures
from waiting.times.saying import (
    SEEN,
    WAITING,
    Counting,
    Figure,
    Stage,
    added_up,
    period,
    protected,
    sentences,
    short_period,
    weeks,
)

SEPTEMBER = (date(2024, 9, 1), date(2024, 9, 30))
PLANS = Counting("EHC plans", "written", 20)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1, "1 week"),
        (0, "0 weeks"),
        (Decimal("17.5"), "17.5 weeks"),
        (Decimal("18.0"), "18 weeks"),
        (26, "26 weeks (about 6 months)"),
        (78, "78 weeks (about 18 months)"),
        (104, "104 weeks (about 2 years)"),
        (127, "127 weeks (about 2 and a half years)"),
    ],
)
def test_weeks(value, words):
    assert weeks(value) == words


@pytest.mark.parametrize(
    ("start", "end", "words", "short"),
    [
        (*SEPTEMBER, "in September 2024", "September 2024"),
        (date(2023, 1, 1), date(2023, 12, 31), "in 2023", "2023"),
        (date(2024, 9, 30), date(2024, 9, 30), "on 30 September 2024", "30 September 2024"),
        (date(2024, 7, 1), date(2024, 9, 30), "from July to September 2024", "July to September 2024"),
        (
            date(2023, 4, 1),
            date(2024, 3, 31),
            "from April 2023 to March 2024",
            "April 2023 to March 2024",
        ),
        (
            date(2024, 5, 3),
            date(2024, 6, 9),
            "from 3 May to 9 June 2024",
            "3 May to 9 June 2024",
        ),
        (
            date(2023, 12, 30),
            date(2024, 1, 2),
            "from 30 December 2023 to 2 January 2024",
            "30 December 2023 to 2 January 2024",
        ),
    ],
)
def test_periods(start, end, words, short):
    assert period(start, end) == words
    assert short_period(start, end) == short


def test_those_seen_are_told_by_the_middle_first():
    figure = Figure(
        SEEN, *SEPTEMBER, people=1204, median=Decimal(18), ninety=Decimal(40), longest=Decimal(90)
    )
    assert sentences(figure, Counting()) == [
        "Half the children seen in September 2024 had waited more than 18 weeks.",
        "One in ten had waited more than 40 weeks (about 9 months).",
        "The longest wait in September 2024 was 90 weeks (about 21 months).",
        "1,204 children were seen in September 2024.",
    ]


def test_those_still_waiting_are_counted_first():
    figure = Figure(WAITING, *SEPTEMBER, people=600, more_than=True, median=Decimal(20))
    assert sentences(figure, Counting("reports", "finished")) == [
        "More than 600 reports were still waiting in September 2024.",
        "Half of them had waited more than 20 weeks so far.",
    ]


def test_a_share_within_the_limit_says_how_many_were_late():
    figure = Figure(SEEN, date(2024, 9, 30), date(2024, 9, 30), within=Decimal(56))
    assert sentences(figure, PLANS) == [
        "Of every 100 EHC plans written up to 30 September 2024, 56 were on time: "
        "within 20 weeks, the limit in law.",
        "44 were late.",
    ]


def test_a_small_group_is_told_without_any_number():
    figure = Figure(WAITING, *SEPTEMBER, small=True, median=Decimal(20))
    (said,) = sentences(figure, Counting())
    assert said.startswith("Fewer than 5 children were still waiting")
    assert "20" not in said.replace("2024", "")


def test_a_number_that_gives_another_away_is_not_told():
    figure = Figure(WAITING, *SEPTEMBER, people=12, withheld=True, longest=Decimal(20))
    assert sentences(figure, Counting()) == ["The longest wait so far in September 2024 was 20 weeks."]


def test_nobody_is_said_as_nobody():
    assert sentences(Figure(WAITING, *SEPTEMBER, people=0), Counting()) == [
        "No children were still waiting in September 2024."
    ]


def test_lists_one_after_the_other_are_added_up():
    said = added_up([Stage("First visit", Decimal(67)), Stage("Assessment", Decimal(45))])
    assert "come to 112 weeks (about 2 years)" in said
    assert "67 for “First visit” and 45 for “Assessment”" in said
    assert "rough guide" in said


def test_a_missing_list_is_named_and_nothing_is_added():
    said = added_up([Stage("First visit", Decimal(67)), Stage("Assessment", None)])
    assert "cannot be added up" in said
    assert "“Assessment”" in said
    assert "67" not in said


def test_one_list_needs_no_sum():
    assert added_up([Stage("First visit", Decimal(67))]) == ""


@pytest.mark.parametrize(
    ("people", "share", "handful"),
    [
        (100, Decimal(97), True),
        (100, Decimal(3), True),
        (100, Decimal(50), False),
        (100, Decimal(100), False),
        (None, Decimal(97), False),
        (8, None, False),
    ],
)
def test_a_share_that_tells_of_a_handful(people, share, handful):
    assert protected(people, share) is handful


def test_the_sentences_are_easy_to_read():
    figure = Figure(SEEN, *SEPTEMBER, people=1204, median=Decimal(18), ninety=Decimal(40))
    text = " ".join(sentences(figure, Counting()))
    words = measures.words(text)
    beats = sum(map(measures.syllables, words))
    assert measures.flesch_kincaid(len(words), len(measures.sentences(text)), beats) <= 7

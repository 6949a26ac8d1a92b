"""Each thing that people write in a cell: read, or refused with what would be accepted."""

import subprocess
import sys
from datetime import date
from decimal import Decimal

import pytest

from waiting.loading import cells
from waiting.loading.cells import People
from waiting.loading.columns import COLUMNS, EMPTY, HIDDEN
from waiting.loading.days import read_day
from waiting.loading.faults import Refused

TODAY = date(2024, 12, 1)
SEPTEMBER_30 = date(2024, 9, 30)


def refusal(read, *args) -> str:
    """Why a cell is refused, and what would be accepted, on one line."""
    with pytest.raises(Refused) as refused:
        read(*args)
    return f"{refused.value.wrong} {refused.value.accepted}".strip()


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("107", People(107)),
        ("107.0", People(107)),
        ("1,200", People(1200)),
        ("1 200", People(1200)),
        ("0", People(0)),
        ("<5", People(small=True)),
        ("< 5", People(small=True)),
        ("fewer than 5", People(small=True)),
        ("Less than 5", People(small=True)),
        ("more than 600", People(600, more_than=True)),
        (">600", People(600, more_than=True)),
        ("600+", People(600, more_than=True)),
        ("Over 1,200", People(1200, more_than=True)),
        ("", People()),
        *[(word, People()) for word in EMPTY],
        ("N/A", People()),
    ],
)
def test_reads_how_many(text, people):
    assert cells.read_people(text) == people


@pytest.mark.parametrize("text", ["1", "3", "4", *HIDDEN])
def test_a_small_number_is_kept_as_fewer_than_five_and_says_so(text):
    people = cells.read_people(text)
    assert (people.number, people.small) == (None, True)
    assert "kept as “fewer than 5”" in people.said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<10", "Only “<5” can be kept, not “<10”. Write the number, or leave"),
        ("-3", "never below 0"),
        ("107.5", "whole numbers"),
        ("about 600", "If it is 600, write 600"),
        ("600 children", "If it is 600, write 600"),
        ("1.2E+03", "has shortened this number"),
        ("a hundred", "not a number"),
        ("1,20", "more in this cell than a number"),
        ("12345678", "more children than there can be"),
        ("tbc", "Leave the cell empty until it is"),
        ("x", "different things to different people. Leave the cell empty when it is not known; write <5"),
    ],
)
def test_refuses_what_is_no_number_of_people(text, said):
    assert said in refusal(cells.read_people, text)


@pytest.mark.parametrize(
    ("text", "weeks"),
    [
        ("18", "18"),
        ("18.5", "18.5"),
        ("18.0", "18"),
        ("18 weeks", "18"),
        ("18w", "18"),
        ("18 Wks", "18"),
        ("1 week", "1"),
        ("0", "0"),
        ("520", "520"),
        ("", None),
        *[(word, None) for word in (*EMPTY, *HIDDEN)],
    ],
)
def test_reads_weeks(text, weeks):
    assert cells.read_weeks(text) == (None if weeks is None else Decimal(weeks))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("4 months", "That is about 17.4 weeks."),
        ("120 days", "That is about 17.1 weeks."),
        ("2 years", "That is about 104.4 weeks."),
        ("18 weeks 3 days", "That is 18.4 weeks."),
        ("<5", "“Fewer than” is for people"),
        (">52", "“More than” cannot be kept for a wait"),
        ("52+", "“More than” cannot be kept for a wait"),
        ("18-20", "This is two numbers"),
        ("18,5", "Did you mean 18.5?"),
        ("18.2857142857", "Write 18.3."),
        ("-2", "never below 0"),
        ("521", "ten years"),
        ("long", "not a number"),
        ("tbc", "Leave the cell empty"),
    ],
)
def test_refuses_what_is_no_number_of_weeks(text, said):
    assert said in refusal(cells.read_weeks, text)


@pytest.mark.parametrize(
    ("text", "percent"),
    [("56", "56"), ("56%", "56"), ("56 %", "56"), ("56.4", "56.4"), ("56 per cent", "56"), ("100", "100"),
     ("0", "0"), ("0.5%", "0.5"), ("", None), ("n/a", None)],
)  # fmt: skip
def test_reads_a_percentage(text, percent):
    assert cells.read_percent(text) == (None if percent is None else Decimal(percent))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("0.56", "Did you mean 56? Then write 56."),
        ("0.564", "Did you mean 56.4? Then write 56.4."),
        ("101", "at most 100"),
        ("-1", "never below 0"),
        ("56,4", "Did you mean 56.4?"),
        ("56.44", "Write 56.4."),
        ("most", "not a number"),
    ],
)
def test_refuses_what_is_no_percentage(text, said):
    assert said in refusal(cells.read_percent, text)


@pytest.mark.parametrize(
    "text",
    ["2024-09-30", "30/09/2024", "30/9/24", "30.09.2024", "30-09-2024", "30 September 2024", "30th Sept 2024",
     "30-Sep-24", "30 sep 2024", "September 30, 2024", "2024-09-30 00:00:00", "30/09/2024 00:00",
     "2024-09-30T00:00:00Z", " 30  September 2024 "],
)  # fmt: skip
def test_reads_a_day(text):
    assert read_day(text, TODAY) == SEPTEMBER_30


@pytest.mark.parametrize("text", ["September 2024", "Sep-24", "Sept 2024", "2024-09", "09/2024"])
def test_a_month_is_its_first_or_its_last_day(text):
    assert read_day(text, TODAY, "first") == date(2024, 9, 1)
    assert read_day(text, TODAY, "last") == SEPTEMBER_30
    assert "This is a month, not a day." in refusal(read_day, text, TODAY)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("09/30/2024", "The month stands before the day. If it is 30 September 2024, write 2024-09-30."),
        ("45565", "It is 30 September 2024: if you mean that, write 2024-09-30."),
        ("45565.0", "It is 30 September 2024"),
        ("31/09/2024", "September 2024 has 30 days."),
        ("2024-30-09", "Did you mean 2024-09-30?"),
        ("13/13/2024", "There is no month 13."),
        ("29/02/2023", "February 2023 has 28 days."),
        ("30 Smarch 2024", "“smarch” is not a month"),
        ("2024", "This is a year, not a day. Write 2024-01-01 or 2024-12-31."),
        ("2023/24", "not a day that can be read"),
        ("Q2 2024", "not a day that can be read"),
        ("2024-12-02", "still to come"),
        ("30/09/1924", "too long ago"),
        ("0000-01-01", "There is no year 0."),
        ("soon", "not a day that can be read"),
    ],
)
def test_refuses_what_is_no_day_and_says_what_it_may_mean(text, said):
    assert said in refusal(read_day, text, TODAY)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("#REF!", "a spreadsheet’s own error"),
        ("#N/A", "a spreadsheet’s own error"),
        ("#DIV/0!", "a spreadsheet’s own error"),
        ("########", "Make it wider"),
        ("=SUM(F2:F9)", "paste them as values"),
        ("=cmd|' /C calc'!A0", "paste them as values"),
        ("Itâ€™s", "Letters are damaged"),
        ("caf�", "Letters are damaged"),
        ("a\x07b", "no letter"),
    ],
)
def test_refuses_in_any_column_what_a_spreadsheet_writes_when_it_fails(text, said):
    assert said in refusal(cells.plain, text)


def test_spaces_and_unseen_letters_are_nothing():
    assert cells.plain("\ufeff  1\u00a0200\u200b ") == "1 200"


@pytest.mark.parametrize("text", ["+441992", "@SUM(A1)"])
def test_words_are_no_formula(text):
    assert "takes this for a formula" in refusal(cells.read_words, text, "note")


def test_words_have_a_length():
    assert cells.read_words("x" * 300, "note")
    assert refusal(cells.read_words, "x" * 301, "note") == "It is too long: 301 letters. Write at most 300."


@pytest.mark.parametrize("text", ["https://www.example.org/a?b=c", "http://example.org"])
def test_reads_a_web_address(text):
    assert cells.read_address(text) == text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("www.example.org/a.pdf", "Did you mean https://www.example.org/a.pdf?"),
        ("https://a.org and https://b.org", "no spaces"),
        ("javascript:alert(1)", "not a web address"),
        ("https://[", "not a web address"),
        ("the board", "no spaces"),
        ("board", "not a web address"),
    ],
)
def test_refuses_what_is_no_web_address(text, said):
    assert said in refusal(cells.read_address, text)


@pytest.mark.parametrize(
    ("text", "whose"),
    [("seen", "seen"), ("SEEN", "seen"), ("Those seen", "seen"), ("waiting", "waiting"),
     ("Those still waiting", "waiting")],
)  # fmt: skip
def test_reads_whose_waits(text, whose):
    assert cells.read_whose(text) == whose


def test_offers_both_when_it_is_not_said_whose():
    assert "seen or waiting" in refusal(cells.read_whose, "wating")


def test_the_examples_of_the_columns_can_be_read():
    readers = {
        "people": cells.read_people,
        "percent_within_limit": cells.read_percent,
        "whose": cells.read_whose,
        "source_url": cells.read_address,
        **dict.fromkeys(
            ("half_waited_more_than", "one_in_ten_waited_more_than", "longest"), cells.read_weeks
        ),
    }
    for column in COLUMNS:
        if column.name in ("from", "to", "published_on"):
            assert cells.read_date(column.example, column.name, TODAY)
        elif column.name in readers:
            readers[column.name](cells.plain(column.example))


def test_reading_a_file_needs_no_django():
    """The pure part can be tried and tested by itself."""
    code = (
        "import sys, waiting.loading.rows; sys.exit(any(name.startswith('django') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0

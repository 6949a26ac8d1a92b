"""An age in a line of folded words: pure, without Django."""

import re
from functools import lru_cache

OLDEST = 25
NUMBER_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty"
)
NUMBERS = {word: number for number, word in enumerate(re.findall(r"\w+", NUMBER_WORDS), start=1)}
AGE_UNITS = {"year", "years", "yr", "yrs", "yo", "y"}
MONTH_UNITS = {"month", "months", "mth", "mths", "mo"}


def age_in(words: list[str], place: range) -> tuple[range, int | None]:
    """The age in whole years: a school year, a number with a unit, one after "age", or one alone."""
    bare: tuple[range, int | None] = (range(0), None)
    for index, word in enumerate(words):
        if index in place:
            continue
        before = words[index - 1] if index else ""
        if year := SCHOOL_YEAR.match(word):
            return range(index, index + 1), int(year[1]) + 4
        number, unit, width = _number(words, index)
        if number is None:
            continue
        span = range(index, index + width)
        after = words[index + width] if index + width < len(words) else ""
        said_old = width > 1 and words[index + width - 1].startswith("old")
        if before in SCHOOL_YEARS and not unit and 1 <= number <= 13:
            return range(index - 1, index + width), number + 4
        named = before in {"age", "aged"}
        start = index - 1 if named else index
        if unit and not named and not said_old and (before in LASTED or after in LASTING):
            continue
        if unit == "months" and number <= 36:
            return range(start, index + width), number // 12
        if (unit == "years" or (named and not unit)) and number <= OLDEST:
            return range(start, index + width), number
        alone = not unit and word.isdigit() and number <= OLDEST and before not in NOT_BEFORE
        if (
            alone
            and bare[1] is None
            and not after.isdigit()
            and not before.isdigit()
            and after not in NOT_AGES
        ):
            bare = span, number
    return bare


SCHOOL_YEAR = re.compile(r"^(?:year|yr|y)(1[0-3]|[1-9])$")
SCHOOL_YEARS = {"year", "yr", "y"}
"""Before a number: a school year of England. Year 7 begins at 11."""
LASTED = {
    "for",
    "last",
    "past",
    "waited",
    "waiting",
    "wait",
    "been",
    "over",
    "every",
    "within",
    "next",
    "another",
}
LASTING = {"waiting", "wait", "ago", "later", "list", "waited", "for", "since"}
"""Beside a number with a unit: how long something takes, not how old someone is."""
NOT_BEFORE = {"key", "option", "step", "stage", "area", "dspl", "part", "tier", "band"}
NOT_AGES = {
    "weeks", "week", "days", "day", "hours", "hour", "times", "miles", "mile", "minutes", "pm", "am", "month",
    "months", "years", "year", "nights", "pounds",
}  # fmt: skip


@lru_cache(maxsize=4096)
def _glued(word: str) -> tuple[int, str] | None:
    """`7yo`, `18months`: a number and its unit in one word."""
    match = re.fullmatch(r"(\d{1,3})([a-z]+)", word)
    if not match:
        return None
    if match[2] in AGE_UNITS:
        return int(match[1]), "years"
    if match[2] in MONTH_UNITS:
        return int(match[1]), "months"
    return None


def _number(words: list[str], index: int) -> tuple[int | None, str, int]:
    """A number at a word: its value, its unit ("years", "months", "") and how many words it takes."""
    word = words[index]
    if glued := _glued(word):
        return glued[0], glued[1], _with_old(words, index, 1)
    value = int(word) if word.isdigit() and word.isascii() and len(word) <= 3 else NUMBERS.get(word)
    if value is None:
        return None, "", 0
    after = words[index + 1] if index + 1 < len(words) else ""
    if after in AGE_UNITS:
        return value, "years", _with_old(words, index, 2)
    if after in MONTH_UNITS:
        return value, "months", _with_old(words, index, 2)
    return value, "", 1


def _with_old(words: list[str], index: int, width: int) -> int:
    return width + 1 if words[index + width : index + width + 1] in (["old"], ["olds"]) else width

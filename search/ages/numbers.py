"""Ages said by a figure or a number word: "7", "seven year old", "18m", "5 to 11", "16 plus"."""

import re
from functools import lru_cache
from typing import NamedTuple

from .words import AGE_UNITS, LASTED, LASTING, MONTH_UNITS, NOT_AGES, NOT_BEFORE, NUMBERS, OLDEST

EXACT, BARE = "exact", "bare"
YEARS, MONTHS = "years", "months"
OLD = frozenset(["old", "olds"])
ENDS_OLD = ("old", "olds", "yo", "yos")
NAMED = frozenset(["age", "aged", "ages"])
NEAR = frozenset(["nearly", "almost", "turned", "turning"])
"""Words that name an age as "aged" does: "just turned 5"."""
BEING = frozenset(["im", "am", "is", "hes", "shes"])
"""Words after which a figure is an age even when the line goes on: "im 16 and"."""
JOINING = frozenset(["to", "and", "or"])
GLUED = re.compile(r"(\d{1,2})([a-z]+)")


class Span(NamedTuple):
    """Years of age that some words say."""

    start: int
    stop: int
    """Positions of the words: from, and up to."""
    first: int
    last: int
    """Years, both included."""
    sort: str = EXACT
    """exact; noun, which stays in the line; or bare, a figure alone."""


class Figure(NamedTuple):
    """A number with its unit."""

    value: int
    unit: str
    """years, months or ""."""
    stop: int
    """Position after its words."""


def value_of(word: str) -> int | None:
    if word.isdigit():
        return int(word) if len(word) < 3 and word.isascii() else None
    return NUMBERS.get(word)


@lru_cache(maxsize=4096)
def glued(word: str) -> tuple[int, str] | None:
    """`7yo`, `18months`: a number and its unit in one word."""
    match = GLUED.fullmatch(word)
    if not match:
        return None
    if match[2] in AGE_UNITS or match[2] in ("yrold", "yearold"):
        return int(match[1]), YEARS
    # "12m" may be metres; up to three years in months it is a child.
    if match[2] in MONTH_UNITS and int(match[1]) <= 36:
        return int(match[1]), MONTHS
    return None


def figure(words: list[str], index: int) -> Figure | None:
    """The number at a word; `words` are padded (see `stages`)."""
    value, after = value_of(words[index]), words[index + 1]
    if value is None:
        if not words[index][:1].isdigit() or not (found := glued(words[index])):
            return None
        return Figure(*found, index + 1 + (after in OLD))
    if after in AGE_UNITS:
        return Figure(value, YEARS, index + 2 + (words[index + 2] in OLD))
    if after in MONTH_UNITS:
        return Figure(value, MONTHS, index + 2 + (words[index + 2] in OLD))
    return Figure(value, "", index + 1)


def number(words: list[str], index: int) -> Span | None:
    """A number, with its unit, with another after "to", "and" or "or", or alone."""
    found = figure(words, index)
    if found is None:
        return None
    value, unit, stop = found
    before, after = words[index - 1], words[stop]
    named = before in NAMED
    start = index - named
    if after in JOINING and unit != MONTHS and (other := figure(words, stop + 1)):
        said = unit or other.unit or named
        if other.unit != MONTHS and value <= OLDEST and other.value <= OLDEST:
            if _are_one_span(words, value, other, before, said):
                return Span(start, other.stop, min(value, other.value), max(value, other.value))
            if not said:
                return None
    if after == "plus" and value <= OLDEST:
        # "11 plus" is an examination.
        return Span(start, stop + 1, value, OLDEST) if value > 1 and (value != 11 or named) else None
    near = before in NEAR
    start = index - (named or near)
    if not unit:
        return _without_unit(words, index, value, start, named, near)
    lasting = before in LASTED or after in LASTING or before == "over"
    if lasting and not named and not near and not words[stop - 1].endswith(ENDS_OLD):
        return None
    if unit == MONTHS:
        return Span(start, stop, value // 12, value // 12) if value <= 48 else None
    if value > OLDEST:
        return None
    return Span(start, stop + 3 * (words[stop : stop + 3] == HALF), value, value)


HALF = ["and", "a", "half"]


def _are_one_span(words: list[str], value: int, other: Figure, before: str, said: object) -> bool:
    """Whether two numbers are the ends of one span, or two children: "5 to 11", "7 and 9"."""
    after = words[other.stop]
    chained = after in ("to", "1") or after.isdigit() or before.isdigit() or before == "to"
    sure = said or (after not in NOT_AGES and before not in NOT_BEFORE)
    return bool(value != other.value and sure and not chained and before not in LASTED)


def _without_unit(
    words: list[str], index: int, value: int, start: int, named: bool, near: bool
) -> Span | None:
    if value > OLDEST:
        return None
    before, after = words[index - 1], words[index + 1]
    if before not in NOT_BEFORE and words[index + 1 : index + 4] == HALF:
        stop = index + 4
        while stop < index + 6 and (words[stop] in AGE_UNITS or words[stop] in OLD):
            stop += 1
        if words[stop] in NOT_AGES and words[stop] not in AGE_UNITS:
            return None
        return Span(start, stop, value, value)
    if named or (near and after not in NOT_AGES) or (before in BEING and after == "and"):
        return Span(start, index + 1, value, value)
    if (
        (value > 4 or words[index].isdigit())
        and before not in NOT_BEFORE
        and after not in NOT_AGES
        and not after.isdigit()
        and not before.isdigit()
        and before not in ("to", "24")
    ):
        return Span(index, index + 1, value, value, BARE)
    return None

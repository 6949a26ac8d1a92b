"""Ages and school years in a line of folded words: pure, without Django.

Years are whole. A school year counts as the age at which it begins (year 7 begins at 11).
"""

import re
from functools import lru_cache
from typing import NamedTuple

from .tokens import split

OLDEST = 25
NUMBERS = {
    word: number
    for number, word in enumerate(
        split(
            """
            one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
            sixteen seventeen eighteen nineteen twenty
            """
        ),
        start=1,
    )
}
AGE_UNITS = frozenset(split("year years yr yrs yo y yos"))
MONTH_UNITS = frozenset(split("month months mth mths mo mos m"))
SCHOOL_YEARS = frozenset(["year", "yr", "y", "yeargroup"])
KEY_STAGES = {1: (5, 7), 2: (7, 11), 3: (11, 14), 4: (14, 16), 5: (16, 18)}

NOUNS = {
    ("newborn",): (0, 0),
    ("baby",): (0, 1),
    ("babies",): (0, 1),
    ("toddler",): (1, 3),
    ("toddlers",): (1, 3),
    ("preschooler",): (2, 4),
    ("preschoolers",): (2, 4),
    ("pre", "schooler"): (2, 4),
    ("nursery", "year"): (3, 4),
    ("nursery", "age"): (2, 4),
    ("reception", "year"): (4, 5),
    ("reception", "class"): (4, 5),
    ("starting", "reception"): (4, 5),
    ("reception", "age"): (4, 5),
    ("early", "years"): (0, 5),
    ("primary", "age"): (4, 11),
    ("primary", "aged"): (4, 11),
    ("secondary", "age"): (11, 16),
    ("secondary", "aged"): (11, 16),
    ("tween",): (9, 12),
    ("tweens",): (9, 12),
    ("preteen",): (9, 12),
    ("teen",): (13, 19),
    ("teens",): (13, 19),
    ("teenager",): (13, 19),
    ("teenagers",): (13, 19),
    ("teenage",): (13, 19),
    ("sixth", "form"): (16, 18),
    ("sixth", "former"): (16, 18),
    ("6th", "form"): (16, 18),
    ("sixthform",): (16, 18),
    ("post", "16"): (16, OLDEST),
    ("post", "sixteen"): (16, OLDEST),
    ("post16",): (16, OLDEST),
    ("young", "adult"): (18, OLDEST),
    ("young", "adults"): (18, OLDEST),
}
"""Words that say a span of years. They stay words of the line: a "toddler group" is called so."""
TAKEN_NOUNS = frozenset([("post", "16"), ("post", "sixteen"), ("post16",)])

AGE_WORDS = frozenset(
    {*NUMBERS, *(key[0] for key in NOUNS), "reception", "age", "aged", "ages"}
    | SCHOOL_YEARS
    | {"under", "over", "ks", "key"}
)
"""Words that an age can begin with."""

LASTED = frozenset(
    split(
        """
        for last past waited waiting wait been every within next another takes took after since
        """
    )
)
LASTING = frozenset(split("waiting wait ago later list waited since in"))
"""Beside a number with a unit: how long something takes, not how old someone is."""
NOT_BEFORE = frozenset(
    split(
        """
        key option step stage area dspl part tier band section type level phase chapter form room
        bus number no nhs ring call dial text phone stage group team p pounds
        """
    )
)
NOT_AGES = frozenset(
    split(
        """
        weeks week wks wk weekly days day hours hour hrs hr times miles mile minutes mins min pm
        am month months years year nights night pounds pound quid p th percent children kids boys
        girls sons daughters people siblings sessions more other different of to and a half in
        foot feet ft stone kg st nd rd am
        """
    )
)


class Age(NamedTuple):
    taken: tuple[int, ...] = ()
    """Positions of the words that say it and leave the line."""
    said: tuple[int, ...] = ()
    """Positions of all the words that say it."""
    age: int | None = None
    ages: tuple[int, int] | None = None


NO_AGE = Age()


def ages_in(words: list[str], place: range | tuple[int, ...], begin: list[int]) -> Age:
    """The age, or the span of years, that a line of folded words says. `begin` are positions of words
    that an age can begin with, in order.

    Several children widen it: "5 and 8 year old" is 5 to 8. A number alone counts when nothing else does.
    """
    spans: list[tuple[int, int, int, int, bool]] = []
    bare: list[tuple[int, int]] = []
    length, reached = len(words), 0
    for index in begin:
        if index < reached or index in place:
            continue
        if found := _at(words, index, length):
            start, stop, first, last, sort = found
            reached = stop
            if sort == "bare":
                bare.append((index, first))
            else:
                spans.append((start, stop, first, last, sort == "noun"))
    if bare and not any(not noun for *_, noun in spans):
        at, value = bare[0]
        spans.append((at, at + 1, value, value, False))
        # The other numbers leave with it, or each would be read in its turn.
        extra = tuple(other for other, _ in bare[1:])
    else:
        extra = ()
    if not spans:
        return NO_AGE
    exact = [span for span in spans if not span[4]]
    counted = exact or spans
    low, high = min(span[2] for span in counted), max(span[3] for span in counted)
    taken = tuple(at for span in exact for at in range(span[0], span[1]))
    said = tuple(at for span in spans for at in range(span[0], span[1])) + extra
    if low == high:
        return Age(taken, said, low)
    return Age(taken, said, None, (low, high))


def _at(words: list[str], index: int, length: int) -> tuple[int, int, int, int, str] | None:
    """What begins at a word: (start, stop, first year, last year, "exact", "noun" or "bare")."""
    word = words[index]
    before = words[index - 1] if index else ""
    after = words[index + 1] if index + 1 < length else ""
    if year := _school_year(word):
        return index, index + 1, year + 4, year + 4, "exact"
    if word in SCHOOL_YEARS and before not in NUMBERS and not before.isdigit():
        value = _value(after)
        beyond = words[index + 2] if index + 2 < length else ""
        if value and value <= 13 and beyond not in AGE_UNITS and beyond not in MONTH_UNITS:
            return index, index + 2, value + 4, value + 4, "exact"
        if after in ("r", "reception"):
            return index, index + 2, 4, 5, "exact"
    if word == "ks" and after in ("1", "2", "3", "4", "5"):
        return index, index + 2, *KEY_STAGES[int(after)], "exact"
    if len(word) == 3 and word.startswith("ks") and word[2] in "12345":
        return index, index + 1, *KEY_STAGES[int(word[2])], "exact"
    if word == "key" and after == "stage" and index + 2 < length and words[index + 2] in "12345":
        return index, index + 3, *KEY_STAGES[int(words[index + 2][0])], "exact"
    for width in (2, 1):
        noun = NOUNS.get(tuple(words[index : index + width]))
        if noun:
            sort = "exact" if tuple(words[index : index + width]) in TAKEN_NOUNS else "noun"
            return index, index + width, *noun, sort
    if word == "reception" and (before in ("yr", "year") or (after == "" and before)):
        return index, index + 1, 4, 5, "noun"
    if word in ("under", "over") and (limit := _limit(words, index, length)):
        return limit
    return _numbered(words, index, length)


def _limit(words: list[str], index: int, length: int) -> tuple[int, int, int, int, str] | None:
    """ "under 5s", "over 16", "under fives"."""
    after = words[index + 1] if index + 1 < length else ""
    value = _value(
        after[:-1] if after.endswith("s") and (after[:-1].isdigit() or after[:-1] in NUMBERS) else after
    )
    if not value or value > OLDEST:
        return None
    stop = index + 2
    unit = words[stop] if stop < length else ""
    if unit in MONTH_UNITS or unit in NOT_AGES - AGE_UNITS - {"of", "in", "and", "a", "to"}:
        return None
    while stop < length and stop < index + 5 and words[stop] in ("s", "years", "year", "yrs", "old", "olds"):
        stop += 1
    if words[index] == "under":
        return index, stop, 0, value - 1, "exact"
    return index, stop, value, OLDEST, "exact"


def _numbered(words: list[str], index: int, length: int) -> tuple[int, int, int, int, str] | None:
    """A number, with its unit, with another after "to", "and" or "or", or alone."""
    value, unit, width = _number(words, index, length)
    if value is None:
        return None
    before = words[index - 1] if index else ""
    stop = index + width
    named = before in ("age", "aged", "ages")
    # "just turned 5", "nearly 3" name an age as "aged" does.
    near = before in ("nearly", "almost", "turned", "turning")
    after = words[stop] if stop < length else ""
    if after in ("to", "and", "or") and stop + 1 < length and unit != "months":
        other, other_unit, other_width = _number(words, stop + 1, length)
        beyond = stop + 1 + other_width
        next_word = words[beyond] if beyond < length else ""
        if other is not None and other_unit != "months" and value <= OLDEST and other <= OLDEST:
            said = unit or other_unit or named
            chained = next_word in ("to", "1") or next_word.isdigit() or before.isdigit() or before == "to"
            sure = said or (next_word not in NOT_AGES and before not in NOT_BEFORE)
            if value != other and sure and not chained and before not in LASTED:
                return index - named, beyond, min(value, other), max(value, other), "exact"
            if not said:
                return None
    if after == "plus" and value <= OLDEST:
        # "11 plus" is an examination.
        if (value != 11 or named) and value > 1:
            return index - named, stop + 1, value, OLDEST, "exact"
        return None
    old = words[stop - 1].endswith(("old", "olds", "yo", "yos"))
    start = index - 1 if named or near else index
    if (
        unit
        and not named
        and not near
        and not old
        and (before in LASTED or after in LASTING or before == "over")
    ):
        return None
    if unit == "months" and value <= 48:
        return start, stop, value // 12, value // 12, "exact"
    if unit == "years" and value <= OLDEST:
        if words[stop : stop + 3] == ["and", "a", "half"]:
            stop += 3
        return start, stop, value, value, "exact"
    if unit or value > OLDEST:
        return None
    if words[stop : stop + 3] == ["and", "a", "half"] and before not in NOT_BEFORE:
        tail = stop + 3
        while (
            tail < length and tail < stop + 5 and (words[tail] in AGE_UNITS or words[tail] in ("old", "olds"))
        ):
            tail += 1
        if tail < length and words[tail] in NOT_AGES and words[tail] not in AGE_UNITS:
            return None
        return start, tail, value, value, "exact"
    if named or (near and after not in NOT_AGES):
        return start, stop, value, value, "exact"
    if (
        (words[index].isdigit() or value > 4)
        and before not in NOT_BEFORE
        and after not in NOT_AGES
        and not after.isdigit()
        and not before.isdigit()
        and before not in ("to", "24")
    ):
        return index, stop, value, value, "bare"
    return None


@lru_cache(maxsize=4096)
def _school_year(word: str) -> int:
    """`yr9`, `y11`, `year2`: the number of the school year, or 0."""
    match = re.fullmatch(r"(?:year|yr|y)(1[0-3]|[1-9])s?", word)
    return int(match[1]) if match else 0


@lru_cache(maxsize=4096)
def _glued(word: str) -> tuple[int, str] | None:
    """`7yo`, `18months`: a number and its unit in one word."""
    match = re.fullmatch(r"(\d{1,2})([a-z]+)", word)
    if not match:
        return None
    if match[2] in AGE_UNITS or match[2] in ("yrold", "yearold"):
        return int(match[1]), "years"
    # "12m" may be metres; up to three years in months it is a child.
    if match[2] in MONTH_UNITS and int(match[1]) <= 36:
        return int(match[1]), "months"
    return None


def _value(word: str) -> int | None:
    if word.isdigit():
        return int(word) if len(word) < 3 and word.isascii() else None
    return NUMBERS.get(word)


def _number(words: list[str], index: int, length: int) -> tuple[int | None, str, int]:
    """A number at a word: its value, its unit ("years", "months", "") and how many words it takes."""
    word = words[index]
    value = _value(word)
    if value is None:
        if word[0].isdigit() and (glued := _glued(word)):
            return glued[0], glued[1], 1 + _old(words, index + 1, length)
        return None, "", 0
    after = words[index + 1] if index + 1 < length else ""
    if after in AGE_UNITS:
        return value, "years", 2 + _old(words, index + 2, length)
    if after in MONTH_UNITS:
        return value, "months", 2 + _old(words, index + 2, length)
    return value, "", 1


def _old(words: list[str], index: int, length: int) -> int:
    return 1 if index < length and words[index] in ("old", "olds") else 0

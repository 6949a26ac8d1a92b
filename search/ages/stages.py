"""Ages said by a word: school years, key stages, "toddler", "under 5s".

Every reader takes folded words, padded with "" at the end so that what stands before the first word and
after the last is "", and a position. It gives a `Span` or None.
"""

import re
from functools import lru_cache

from .numbers import EXACT, Span, number, value_of
from .words import AGE_UNITS, KEY_STAGES, MONTH_UNITS, NOT_AGES, NOUNS, NUMBERS, OLDEST, TAKEN_NOUNS

NOUN = "noun"
SCHOOL_YEAR = re.compile(r"(?:year|yr|y)(1[0-3]|[1-9])s?")
KEY_STAGE = re.compile(r"ks([1-5])")
SMALL_WORDS = frozenset(["of", "in", "and", "a", "to"])
OLD = frozenset(["s", "years", "year", "yrs", "old", "olds"])


@lru_cache(maxsize=4096)
def glued(word: str) -> tuple[int, int] | None:
    """`yr9`, `y11`, `year2`, `ks2`: first and last year of age."""
    if match := SCHOOL_YEAR.fullmatch(word):
        return int(match[1]) + 4, int(match[1]) + 4
    if match := KEY_STAGE.fullmatch(word):
        return KEY_STAGES[int(match[1])]
    return None


def school_year(words: list[str], index: int) -> Span | None:
    """ "year 4", "yr two", "year r"."""
    before, after = words[index - 1], words[index + 1]
    if before in NUMBERS or before.isdigit():
        return None
    if (value := value_of(after)) and value <= 13:
        beyond = words[index + 2]
        return (
            None
            if beyond in AGE_UNITS or beyond in MONTH_UNITS
            else Span(index, index + 2, value + 4, value + 4)
        )
    return Span(index, index + 2, 4, 5) if after in ("r", "reception") else None


def key_stage(words: list[str], index: int) -> Span | None:
    """ "ks 2", "key stage 2"."""
    at = index + 2 if words[index] == "key" and words[index + 1] == "stage" else index + 1
    if (words[index] == "key" and at == index + 1) or words[at] not in ("1", "2", "3", "4", "5"):
        return None
    return Span(index, at + 1, *KEY_STAGES[int(words[at])])


def noun(words: list[str], index: int) -> Span | None:
    """ "toddler", "sixth form": a span that stays in the line, but for a few."""
    for rest, years, sort in BY_FIRST_WORD[words[index]]:
        if rest is None or words[index + 1] == rest:
            return Span(index, index + 1 + (rest is not None), *years, sort)
    return None


def reception(words: list[str], index: int) -> Span | None:
    """ "in reception" at the end of a line; elsewhere it may be the desk at a door."""
    if words[index - 1] in ("yr", "year") or (words[index + 1] == "" and words[index - 1]):
        return Span(index, index + 1, 4, 5, NOUN)
    return noun(words, index)


def limit(words: list[str], index: int) -> Span | None:
    """ "under 5s", "over 16", "under fives"."""
    after, stop = words[index + 1], index + 2
    value = value_of(after.removesuffix("s") if after.endswith("s") else after)
    unit = words[stop]
    if not value or value > OLDEST or unit in MONTH_UNITS or unit in NOT_UNITS:
        return None
    while stop < index + 5 and words[stop] in OLD:
        stop += 1
    return Span(index, stop, 0, value - 1) if words[index] == "under" else Span(index, stop, value, OLDEST)


NOT_UNITS = NOT_AGES - AGE_UNITS - SMALL_WORDS


def _by_first_word() -> dict[str, list]:
    """First word → (second word or None, years, sort): two words before one."""
    made: dict[str, list] = {}
    for words, years in sorted(NOUNS.items(), key=lambda row: -len(row[0])):
        sort = EXACT if words in TAKEN_NOUNS else NOUN
        made.setdefault(words[0], []).append((words[1] if len(words) > 1 else None, years, sort))
    return made


BY_FIRST_WORD = _by_first_word()
READERS = {
    **dict.fromkeys(BY_FIRST_WORD, noun),
    **dict.fromkeys(["year", "yr", "y", "yeargroup"], school_year),
    **dict.fromkeys(["ks", "key"], key_stage),
    **dict.fromkeys(["under", "over"], limit),
    "reception": reception,
}
"""Word → what reads an age that begins with it."""


def span_at(words: list[str], index: int) -> Span | None:
    """The age that begins at a word, or None."""
    word = words[index]
    if (reader := READERS.get(word)) and (found := reader(words, index)):
        return found
    # Most are figures or number words alone, and nothing is glued to these.
    if not word.isdigit() and word not in NUMBERS and (years := glued(word)):
        return Span(index, index + 1, *years)
    return number(words, index)

"""Which words of a query count, and how much each tells: pure.

A word tells the more the fewer records hold it; a word that many hold brings no record of its own.
"""

from collections.abc import Mapping

from .query import READ, Query
from .tokens import SOFT

MOST_WORDS = 24
"""Distinct words of a query that count, so that no line, however long, outweighs `beside`."""

RAREST = 3
NAME = "="
"""What a token begins with that stands for a whole name (`search.reading.names`)."""


def rarity(services: tuple[int, int], schools: tuple[int, int], pages: tuple[int, int] = (0, 0)) -> int:
    """How much a word tells, from (records that hold it, records) of each group.

    0 when nobody holds it. Else 3 when at most one record in 50 holds it, 2 at most one in 8, else 1,
    in the group where it is commonest: "help" tells little among services, however many schools
    there are. Pages to read count only for words that neither holds: a handbook speaks at length of
    sleep, and sleep must go on telling services apart.
    """
    held = [each for each in (services, schools) if each[0]] or [pages]
    return min(_rarity(holding, total) if holding else 0 for holding, total in held)


def group_of(kind: str) -> int:
    """Which group of `rarity` a kind of record is counted in: 0, 1 or 2."""
    return 1 if kind == "school" else 2 if kind in READ else 0


def _rarity(holding: int, total: int) -> int:
    if holding * 50 <= total:
        return RAREST
    return 2 if holding * 8 <= total else 1


def counted_words(query: Query) -> tuple[str, ...]:
    """The distinct words of a query that count, in order. Soft words ("help", "family") count only
    in a line that says nothing else."""
    words = tuple(dict.fromkeys(query.words))
    if telling := tuple(word for word in words if word not in SOFT):
        return telling[:MOST_WORDS]
    return () if query.needs else words[:MOST_WORDS]


def matching_words(query: Query, rare: Mapping[str, int]) -> tuple[str, ...]:
    """Words of which one is enough to match: names, and those that tell records apart; else all that
    count where nothing but words was asked."""
    words = counted_words(query)
    telling = tuple(word for word in words if rare[word] > 1 or (rare[word] and word.startswith(NAME)))
    return telling if telling or query.needs else words


def answerable(query: Query, rare: Mapping[str, int]) -> bool:
    """Whether anything is shown. A line that speaks of nobody and whose words are mostly unknown here
    ("wedding venue Hertfordshire") is about something else: one word held is no reason to list it."""
    if query.elsewhere:
        return False
    words = counted_words(query)
    if query.needs or query.family or not words:
        return True
    held = sum(rare[word] for word in words)
    return held * 2 >= held + RAREST * sum(not rare[word] for word in words)


def naming_words(query: Query, rare: Mapping[str, int]) -> tuple[tuple[str, ...], int]:
    """(words that may be those of a name, how many of them a title must hold to be the one named).

    More than half of the words that tell records apart or that nobody holds, so that one word of many
    ("drives me mad") is not taken for a name.
    """
    words = tuple(word for word in counted_words(query) if rare[word] != 1)
    return words, len(words) // 2 + 1

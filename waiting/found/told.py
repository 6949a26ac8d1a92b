"""What families answered, as everybody may read it: no count below ten, nor what it could be had from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

FEWEST = 10
"""Answers. A smaller count is told as “fewer than ten”, whether it is nine or none."""
MONTHS = 12
"""This month and the eleven before it are shown; what is older is deleted."""


@dataclass(frozen=True)
class Count:
    """One answer, and how many gave it; None stands for fewer than ten."""

    words: str
    number: int | None


@dataclass(frozen=True)
class Told:
    """What was answered for one place. `counts` is empty where none of them may be told."""

    place: str
    counts: list[Count]


def first_month(today: date) -> date:
    """The first day of the oldest month that is shown."""
    months = today.year * 12 + today.month - MONTHS
    return date(months // 12, months % 12 + 1, 1)


def told(
    counts: Mapping[tuple[int | None, str], int],
    places: Iterable[tuple[int | None, str]],
    answers: Iterable[tuple[str, str]],
) -> list[Told]:
    """`counts` by (place, answer); `places` and `answers` as (key, words), in the order they are told.

    Each cell is judged by itself and nothing is ever added up: from a sum and its other parts, the part
    that is hidden could be worked out. Empty when no cell may be told.
    """
    found = []
    for key, place in places:
        cells = [Count(words, shown(counts.get((key, answer), 0))) for answer, words in answers]
        found.append(Told(place, cells if any(cell.number for cell in cells) else []))
    return found if any(each.counts for each in found) else []


def shown(number: int) -> int | None:
    return number if number >= FEWEST else None

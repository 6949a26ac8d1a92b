"""The rule of ten: what is hidden cannot be worked out from what is told."""

import random
from datetime import date
from itertools import product

import pytest

from waiting.found.told import Count, first_month, told

PLACES = [(1, "North"), (2, "South"), (None, "Not given")]
ANSWERS = [("right", "Right"), ("longer", "Longer"), ("waiting", "Waiting")]
CELLS = list(product([1, 2, None], ["right", "longer", "waiting"]))


def test_nine_are_fewer_than_ten_and_ten_are_ten():
    north, south, rest = told({(1, "right"): 10, (1, "longer"): 9, (2, "right"): 9}, PLACES, ANSWERS)
    assert north.counts == [Count("Right", 10), Count("Longer", None), Count("Waiting", None)]
    assert south.counts == rest.counts == []


@pytest.mark.parametrize("counts", [{}, dict.fromkeys(CELLS, 9)])
def test_none_at_all_and_nine_of_each_are_told_alike(counts):
    assert told(counts, PLACES, ANSWERS) == []


def test_what_is_told_depends_on_nothing_that_is_hidden():
    """So no sum, average, order or absence can give a small count away."""
    dice = random.Random(10)
    for _ in range(500):
        counts = {cell: dice.choice([0, 3, 9, 10, 11, 40]) for cell in CELLS}
        other = {cell: number if number >= 10 else dice.randrange(10) for cell, number in counts.items()}
        assert told(counts, PLACES, ANSWERS) == told(other, PLACES, ANSWERS)


@pytest.mark.parametrize(
    ("today", "first"),
    [
        (date(2026, 11, 30), date(2025, 12, 1)),
        (date(2026, 12, 1), date(2026, 1, 1)),
        (date(2027, 1, 31), date(2026, 2, 1)),
    ],
)
def test_twelve_months_are_this_one_and_eleven_before(today, first):
    assert first_month(today) == first

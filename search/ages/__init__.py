"""Ages and school years in a line of folded words: pure, without Django.

Years are whole. A school year counts as the age at which it begins (year 7 begins at 11).
"""

from collections.abc import Container, Iterable
from typing import NamedTuple

from .numbers import BARE
from .stages import NOUN, READERS, span_at
from .words import AGE_UNITS, NUMBERS, OLDEST

__all__ = ["AGE_UNITS", "AGE_WORDS", "NO_AGE", "OLDEST", "Age", "ages_in"]

AGE_WORDS = frozenset({*NUMBERS, *READERS, "age", "aged", "ages"})
"""Words that an age can begin with."""
PAD = [""] * 8


class Age(NamedTuple):
    taken: tuple[int, ...] = ()
    """Positions of the words that say it and leave the line."""
    said: tuple[int, ...] = ()
    """Positions of all the words that say it."""
    age: int | None = None
    ages: tuple[int, int] | None = None


NO_AGE = Age()


def ages_in(words: list[str], closed: Container[int], begin: Iterable[int]) -> Age:
    """The age, or the span of years, that a line of folded words says. `begin` are positions of words
    that an age can begin with, in order; no age begins in `closed`.

    Several children widen it: "5 and 8 year old" is 5 to 8. A number alone counts when nothing else does.
    """
    exact, nouns, bare = [], [], []
    padded = [*words, *PAD]
    reached = 0
    for index in begin:
        if index >= reached and index not in closed and (span := span_at(padded, index)):
            (bare if span.sort == BARE else nouns if span.sort == NOUN else exact).append(span)
            reached = span.stop
    extra = ()
    if bare and not exact:
        exact = bare[:1]
        # The other numbers leave with it, or each would be read in its turn.
        extra = tuple([span.start for span in bare[1:]])
    counted = exact or nouns
    if not counted:
        return NO_AGE
    if len(counted) == 1:
        start, stop, low, high, _ = counted[0]
        taken = tuple(range(start, stop)) if exact else ()
    else:
        low, high = min([span.first for span in counted]), max([span.last for span in counted])
        taken = tuple([at for span in exact for at in range(span.start, span.stop)])
    said = (*taken, *[at for span in nouns for at in range(span.start, span.stop)], *extra)
    if low == high:
        return Age(taken, said, low)
    return Age(taken, said, None, (low, high))

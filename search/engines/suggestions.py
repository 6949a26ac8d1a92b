"""Titles by the beginnings of their words, in memory: read when somebody first types, kept by state.

The records of a `Titles` are numbered in the order in which they are suggested, so that the best of a
set of them are its lowest members. What changed since is a short list beside it.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple

from search.tokens import split, stem

from .bits import bitset, first, positions
from .memory import Recent

MOST_WORDS = 8
"""Words typed that count."""
FEW = 200
LAST = "\U0010ffff"
"""After every letter: it stands in no word."""


class Title(NamedTuple):
    """One record: its number, its reference, its title, and the words it is found by."""

    number: int
    ref: str
    name: str
    words: str

    @property
    def order(self) -> tuple[int, str, str]:
        """The sort key: the shortest title first, then by title and reference."""
        return len(self.name), self.name, self.ref

    def begins(self, typed: Sequence[frozenset[str]]) -> bool:
        """Whether every word typed begins one of its words."""
        text = " " + self.words
        return bool(self.name) and all(any(f" {begin}" in text for begin in begins) for begins in typed)


def typed_words(prefix: str) -> list[frozenset[str]]:
    """What was typed: for each word, what a word of a record may begin with.

    Titles are kept as people read them, providers as stems, so a word counts as typed and as its stem.
    """
    return [frozenset([word, stem(word)]) for word in split(prefix)[:MOST_WORDS]]


class Titles:
    """Every title of one generation."""

    def __init__(self, generation: int, stamp: str, rows: Iterable[tuple[int, str]]):
        """From rows (number of the record, its words) in the order in which they are suggested."""
        self.generation = generation
        self.stamp = stamp
        self.numbers = array("I")
        """Place in the order of suggestions → number of the record."""
        held: dict[str, array] = {}
        for place, (number, words) in enumerate(rows):
            self.numbers.append(number)
            for word in set(words.split()):
                held.setdefault(word, array("I")).append(place)
        self._words = sorted(held)
        self._ends = array("I")
        self._places = array("I")
        for word in self._words:
            self._places += held.pop(word)
            self._ends.append(len(self._places))
        self._recent = Recent(len(self.numbers) // 8 + 64)

    def best(self, typed: Sequence[frozenset[str]], limit: int, gone: Iterable[int] = ()) -> list[int]:
        """Numbers of the first `limit` records in which every word typed begins one, best first."""
        found = -1
        for begins in typed:
            fitting = 0
            for begin in begins:
                fitting |= self._recent.get(begin, lambda begin=begin: self._beginning(begin))
            found &= fitting
        gone = set(gone)
        many = limit + len(gone)
        places = first(found, many) if many <= FEW else positions(found)
        numbers = (self.numbers[place] for place in places)
        return list(islice((number for number in numbers if number not in gone), limit))

    def _beginning(self, begin: str) -> int:
        """The set of places that hold a word with this beginning."""
        low, high = bisect_left(self._words, begin), bisect_left(self._words, begin + LAST)
        places = self._places[self._ends[low - 1] if low else 0 : self._ends[high - 1] if high else 0]
        return bitset(places, len(self.numbers))

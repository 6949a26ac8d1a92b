"""Who holds a word, as rows of an index: one row a word, field and block of `BLOCK` records.

A row holds the records' places in their block, as 16-bit numbers when they are few, else as one bit
each. A change of a record touches only rows of its own block, and a word of 100,000 records is read in a
dozen rows. (The containers of Roaring bitmaps: Chambi, Lemire, Kaser and Godin, 2014.)
"""

import sys
from array import array
from collections.abc import Iterable, Mapping

from search.query import FIELDS

from .bits import positions
from .memory import WordSets, word_sets

BLOCK = 8192
WIDTH = BLOCK // 8
"""Bytes of a block with one bit a record."""
FEW = 128
"""Up to so many places are listed. Bits are longer up to 512, but read at once."""

Key = tuple[str, int]
"""A word and the place of its field in FIELDS."""


def keys(words: str) -> set[Key]:
    """The keys of a record, from its words as `facts.words` gives them."""
    return {(word, field) for field, held in enumerate(words.split("\n")) for word in held.split(" ") if word}


def by_key(rows: Iterable[tuple[int, str]]) -> dict[Key, list[int]]:
    """The places in their block of records (number, words) of one block, by word and field."""
    found: dict[Key, list[int]] = {}
    for number, words in rows:
        for key in keys(words):
            found.setdefault(key, []).append(number % BLOCK)
    return found


def packed(places: Iterable[int]) -> bytes:
    """Places in a block as a row holds them."""
    places = sorted(places)
    if len(places) < FEW:
        return _in_file_order(array("H", places)).tobytes()
    held = bytearray(WIDTH)
    for place in places:
        held[place >> 3] |= 1 << (place & 7)
    return bytes(held)


def changed(row: bytes, places: Mapping[int, bool]) -> bytes:
    """A row with some places in (True) or out of it; empty when nobody is left."""
    if len(row) < WIDTH:
        held = set(_listed(row)) - places.keys()
        return packed(held | {place for place, present in places.items() if present})
    bits = bytearray(row)
    for place, present in places.items():
        bits[place >> 3] &= ~(1 << (place & 7))
        bits[place >> 3] |= present << (place & 7)
    number = int.from_bytes(bits, "little")
    return bytes(bits) if number.bit_count() >= FEW else packed(positions(number))


def sets(rows: Iterable[tuple[int, int, bytes]], size: int) -> WordSets:
    """Who holds a word, from all its rows (field, block, places) in an index of `size` numbers."""
    width = (size // BLOCK + 1) * WIDTH
    held: dict[int, bytearray] = {}
    for field, block, row in rows:
        if block * BLOCK >= size:
            continue
        bits = held.get(field)
        if bits is None:
            bits = held[field] = bytearray(width)
        start = block * WIDTH
        if len(row) == WIDTH:
            bits[start : start + WIDTH] = row
        else:
            for place in _listed(row):
                bits[start + (place >> 3)] |= 1 << (place & 7)
    known = (1 << size) - 1
    numbers = [int.from_bytes(held.get(field, b""), "little") for field in range(len(FIELDS))]
    return word_sets([each & known if each else each for each in numbers])


def _listed(row: bytes) -> array:
    places = array("H")
    places.frombytes(row)
    return _in_file_order(places)


def _in_file_order(places: array) -> array:
    """Little-endian on every machine: a database outlives the machine it was filled on."""
    if sys.byteorder == "big":
        places.byteswap()
    return places

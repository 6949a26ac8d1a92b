"""Sets of records as whole numbers (bit n set: record n is in), and sums of points over them.

A sum is kept in slices: slice i is the set of records whose score has bit i. Adding points to a
set of records is then a handful of whole-number operations, however many records there are, and
the best are found by walking the slices from the highest down.
"""

from collections.abc import Iterable, Iterator


def from_slots(slots: Iterable[int], size: int) -> int:
    """The set of these slot numbers, each below `size`."""
    held = bytearray((size >> 3) + 1)
    for slot in slots:
        held[slot >> 3] |= 1 << (slot & 7)
    return int.from_bytes(held, "little")


def slots(bits: int) -> list[int]:
    """The slot numbers of a set, in order."""
    found = []
    for index, byte in enumerate(bits.to_bytes((bits.bit_length() + 7) >> 3, "little")):
        while byte:
            low = byte & -byte
            found.append((index << 3) + low.bit_length() - 1)
            byte ^= low
    return found


class Sum:
    """A whole number for every record, added to in sets."""

    def __init__(self):
        self.slices: list[int] = []

    def add(self, bits: int, points: int) -> None:
        """Add points (a whole number, 0 or more) to every record of a set."""
        level = 0
        while points and bits:
            if points & 1:
                self._carry(bits, level)
            points >>= 1
            level += 1

    def _carry(self, bits: int, level: int) -> None:
        slices = self.slices
        while bits:
            while len(slices) <= level:
                slices.append(0)
            carry = slices[level] & bits
            slices[level] ^= bits
            bits, level = carry, level + 1

    def best(self, among: int, skip: int = 0) -> Iterator[tuple[int, int]]:
        """(score, set) for each score held in `among`, highest first, leaving out whole sets that
        lie in the first `skip` records; yields (-count, 0) for what was left out."""
        stack = [(among, len(self.slices) - 1, 0)]
        while stack:
            bits, level, total = stack.pop()
            if not bits:
                continue
            if skip:
                count = bits.bit_count()
                if count <= skip:
                    skip -= count
                    yield -count, 0
                    continue
            if level < 0:
                yield total, bits
                skip = 0
                continue
            ones = bits & self.slices[level]
            stack.append((bits ^ ones, level - 1, total))
            stack.append((ones, level - 1, total | 1 << level))

"""Sets of records as whole numbers, and sums over them without visiting a record.

A bitset is a Python `int`: bit n stands for record n. A `Sum` keeps one number a record, sliced by
binary digit: slice k holds the records whose number has digit k set. Adding points to a set of
records is then a carry through the slices, and the highest numbers are found by walking the slices
from the top. (Bit-sliced arithmetic: O'Neil and Quass, "Improved query performance with variant
indexes", SIGMOD 1997.)
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

_IN_BYTE = tuple(tuple(bit for bit in range(8) if byte >> bit & 1) for byte in range(256))
ONE = ord("1")


def bitset(positions: Sequence[int], size: int) -> int:
    """The set of these positions, each below `size`."""
    if not len(positions):
        return 0
    if len(positions) * 40 < size:
        held = bytearray((size >> 3) + 1)
        for position in positions:
            held[position >> 3] |= 1 << (position & 7)
        return int.from_bytes(held, "little")
    # For many, writing a digit each and reading the number they make is quicker.
    digits = bytearray(b"0") * size
    for position in positions:
        digits[position] = ONE
    digits.reverse()
    return int(digits, 2)


def positions(bits: int) -> list[int]:
    """The members of a set, least first."""
    held = bits.to_bytes((bits.bit_length() + 7) >> 3, "little")
    return [place << 3 | bit for place, byte in enumerate(held) if byte for bit in _IN_BYTE[byte]]


def first(bits: int, count: int) -> Iterator[int]:
    """The `count` least members of a set, least first: for a few, quicker than `positions`."""
    while bits and count > 0:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
        count -= 1


class Sum:
    """A whole number of points for every record, from 0."""

    __slots__ = ("slices",)

    def __init__(self):
        self.slices: list[int] = []

    def add(self, bits: int, points: int) -> None:
        """Give every record of a set this many points more."""
        slices = self.slices
        digit = 0
        while points and bits:
            if points & 1:
                carry, place = bits, digit
                while carry:
                    while place >= len(slices):
                        slices.append(0)
                    held = slices[place]
                    slices[place] = held ^ carry
                    carry &= held
                    place += 1
            points >>= 1
            digit += 1

    def reader(self) -> Callable[[int], int]:
        """A function from a record to its points, for when many are to be read."""
        width = max((bits.bit_length() for bits in self.slices), default=0) // 8 + 1
        held = [bits.to_bytes(width, "little") for bits in self.slices]

        def points(record: int) -> int:
            byte, bit = record >> 3, record & 7
            if byte >= width:
                return 0
            return sum((each[byte] >> bit & 1) << digit for digit, each in enumerate(held))

        return points


def ranked(groups: Iterable[int], slices: list[int], skip: int, take: int) -> Iterator[tuple[int, int, int]]:
    """Sets of equal records, best first, as (set, how many to skip in it, how many to take).

    `groups` are disjoint sets, the best first; within each, records order by the number that
    `slices` spell, the highest first. Sets that lie wholly before `skip` are never opened.
    """
    stack = [(group, len(slices) - 1) for group in groups]
    stack.reverse()
    while stack and take > 0:
        group, level = stack.pop()
        if not group:
            continue
        if skip or level < 0:
            count = group.bit_count()
            if skip >= count:
                skip -= count
                continue
        if level < 0:
            taken = min(take, count - skip)
            yield group, skip, taken
            take -= taken
            skip = 0
            continue
        high = group & slices[level]
        if high == group or not high:
            stack.append((group, level - 1))
        else:
            stack.append((group ^ high, level - 1))
            stack.append((high, level - 1))

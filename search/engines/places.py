"""Where records are, in memory: which of them lie in a circle, and how far away each is."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from math import asin, cos, degrees, floor, inf, radians, sin, sqrt

from search.near import EARTH, Ruler, in_metres

from .bits import bitset


class Points:
    """Every place one can go, in strips of latitude from south to north, each from west to east.

    A circle crosses a strip between two longitudes, so what lies well inside it is a slice, and only
    places near its rim are measured.
    """

    def __init__(self, places: Iterable[tuple[float, float, int]]):
        strips = sorted((floor(place[0] / STRIP), place[1], place[0], place[2]) for place in places)
        self.longitudes = array("d", (place[1] for place in strips))
        self.latitudes = array("d", (place[2] for place in strips))
        self.records = array("I", (place[3] for place in strips))
        self.starts = {strip: start for start, (strip, *_) in reversed(list(enumerate(strips)))}
        """Strip → where it starts; it ends where the next one starts."""
        self.strips = sorted(self.starts)

    def __iter__(self):
        return zip(self.latitudes, self.longitudes, self.records, strict=True)

    def within(self, ruler: Ruler, metres: float, size: int) -> int:
        """The records with a place at most so far away."""
        found: list[int] = []
        for west, sure, unsure, east in self._slices(ruler, metres):
            found += self.records[sure:unsure]
            for place in (*range(west, sure), *range(unsure, east)):
                if ruler.metres(self.latitudes[place], self.longitudes[place]) <= metres:
                    found.append(self.records[place])
        return bitset(found, size)

    def metres(self, ruler: Ruler, limit: float, among: int) -> dict[int, float]:
        """Metres to the nearest place of each record of a set that has one within a limit (metres)."""
        held = among.to_bytes((among.bit_length() >> 3) + 1, "little")
        last = len(held)
        found: dict[int, float] = {}
        for west, _, _, east in self._slices(ruler, limit):
            for place in range(west, east):
                record = self.records[place]
                byte = record >> 3
                if byte < last and held[byte] >> (record & 7) & 1:
                    haversine = ruler.haversine(self.latitudes[place], self.longitudes[place])
                    if haversine < found.get(record, inf):
                        found[record] = haversine
        away = ((record, in_metres(haversine)) for record, haversine in found.items())
        return {record: metres for record, metres in away if metres <= limit}

    def _slices(self, ruler: Ruler, metres: float) -> Iterator[tuple[int, int, int, int]]:
        """(west, sure, unsure, east) of each strip that a circle touches: no place outside
        west ≤ place < east is in the circle, and every one of sure ≤ place < unsure is."""
        if metres < 0:
            return
        if metres > FAR:
            yield 0, len(self.records), len(self.records), len(self.records)
            return
        around = degrees(metres / EARTH) + SLACK
        first = bisect_left(self.strips, floor((ruler.latitude - around) / STRIP) - 1)
        for index in range(first, len(self.strips)):
            strip = self.strips[index]
            if strip * STRIP > ruler.latitude + around:
                break
            last = index + 1 == len(self.strips)
            end = len(self.records) if last else self.starts[self.strips[index + 1]]
            yield self._across(ruler, metres, strip, self.starts[strip], end)

    def _across(self, ruler: Ruler, metres: float, strip: int, start: int, end: int):
        """The slice of one strip (places from `start` to `end`)."""
        south, north = strip * STRIP, (strip + 1) * STRIP
        equator, pole = sorted((abs(south), abs(north)))
        inside = south <= ruler.latitude <= north
        nearest, farthest = sorted((abs(south - ruler.latitude), abs(north - ruler.latitude)))
        outer = _half_chord(ruler, metres, 0 if inside else nearest - SLACK, pole + SLACK) + SLACK
        inner = _half_chord(ruler, metres, farthest + SLACK, equator - SLACK) - SLACK
        if abs(ruler.longitude) + outer >= 180:
            return start, end, end, end
        west = bisect_left(self.longitudes, ruler.longitude - outer, start, end)
        east = bisect_right(self.longitudes, ruler.longitude + outer, west, end)
        if inner <= 0:
            return west, east, east, east
        sure = bisect_left(self.longitudes, ruler.longitude - inner, west, east)
        return west, sure, bisect_right(self.longitudes, ruler.longitude + inner, sure, east), east


STRIP = 0.01
"""Degrees of latitude: about 1.1 km."""
SLACK = 1e-7
"""Degrees, a centimetre: far more than a rounding error. What lies so near a rim is measured."""
FAR = 1_000_000
"""Metres. In larger circles every place is measured: chords tell little so far round the earth."""


def _half_chord(ruler: Ruler, metres: float, north: float, latitude: float) -> float:
    """Degrees of longitude from the middle of a circle to its rim, at a latitude so many degrees
    `north` of the middle, or south; 180 where the rim goes round a pole.

    The haversine solved for longitude. The two are taken apart so that, for a strip, each can be the
    one that gives the widest or the narrowest chord.
    """
    most = sin(metres / EARTH / 2) ** 2 - sin(radians(max(north, 0)) / 2) ** 2
    if most <= 0:
        return 0.0
    narrowing = ruler.cosine * cos(radians(min(latitude, 90)))
    return degrees(2 * asin(sqrt(most / narrowing))) if most < narrowing else 180.0

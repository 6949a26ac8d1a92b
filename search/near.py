"""How far apart two places are: one formula for every engine, so that no two disagree.

The haversine on a sphere, with the radius that Lucene uses, so that Elasticsearch finds the same
distances within a few centimetres (docs/decisions/0004).
"""

from collections.abc import Iterable
from math import asin, cos, inf, radians, sin, sqrt

from directory.words import METRES_A_MILE

EARTH = 6_371_008.7714
"""Mean radius in metres (IUGG), to the digit of Lucene's."""

CLOSE = 3 * METRES_A_MILE
NEARBY = 10 * METRES_A_MILE
"""Ends of the bands 0–3 and 3–10 miles, in metres; each band holds its end."""


class Ruler:
    """Distances from one place, given in WGS84 degrees."""

    def __init__(self, latitude: float, longitude: float):
        self.latitude = latitude
        self.longitude = longitude
        self.cosine = cos(radians(latitude))

    def haversine(self, latitude: float, longitude: float) -> float:
        """0 here to 1 at the other side of the earth: it orders points as metres do, for less work."""
        north = sin(radians(latitude - self.latitude) / 2)
        east = sin(radians(longitude - self.longitude) / 2)
        return north * north + self.cosine * cos(radians(latitude)) * east * east

    def metres(self, latitude: float, longitude: float) -> float:
        return in_metres(self.haversine(latitude, longitude))

    def nearest(self, points: Iterable[tuple[float, float]]) -> float | None:
        """Metres to the nearest of some points; None when there are none."""
        least = min((self.haversine(*point) for point in points), default=inf)
        return None if least == inf else in_metres(least)


def in_metres(haversine: float) -> float:
    return 2 * EARTH * asin(min(1.0, sqrt(haversine)))

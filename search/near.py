"""How far apart two places are: one formula for every engine, so that no two disagree.

Over a county the earth is flat enough: degrees are scaled to metres at the latitude of the place
asked about (an equirectangular projection). Within 100 km of it the error is under 0.5 %.
"""

from collections.abc import Iterable
from math import cos, inf, radians, sqrt

from directory.words import METRES_A_MILE

EARTH = 6_371_008.8
"""Mean radius in metres (IUGG)."""

CLOSE = 3 * METRES_A_MILE
NEARBY = 10 * METRES_A_MILE
"""Ends of the bands 0–3 and 3–10 miles, in metres; each band holds its end."""


class Ruler:
    """Distances from one place, given in WGS84 degrees."""

    def __init__(self, latitude: float, longitude: float):
        self.latitude = latitude
        self.longitude = longitude
        self.north = radians(1) * EARTH
        self.east = self.north * cos(radians(latitude))
        """Metres a degree, northwards and eastwards."""

    def squared(self, latitude: float, longitude: float) -> float:
        """Squared metres to a point."""
        north = (latitude - self.latitude) * self.north
        east = (longitude - self.longitude) * self.east
        return north * north + east * east

    def nearest(self, points: Iterable[tuple[float, float]]) -> float | None:
        """Metres to the nearest of some points; None when there are none."""
        least = min((self.squared(*point) for point in points), default=inf)
        return None if least == inf else sqrt(least)

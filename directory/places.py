"""From what a family types to a place, its district, and the areas that serve it.

Nothing here knows any area by name: units, towns and who decides an area all come from records.
"""

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from math import cos, hypot, radians

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.timezone import localdate

from directory.choices import DecidedBy
from directory.models import Area, AreaCoverage, PlaceName, Postcode

LONGEST = 120
"""Characters of a line that can still be a place."""
SHORTEST_START = 4
"""Letters of the first word of a town that may stand for all of it: "Hemel"."""
LONG_LAST_WORD = 8
"""Letters of the last word of a town that may stand for all of it: "Stortford"."""
NEARBY = 0.25
"""Degrees (about 17 miles): how far a village may be from the town typed after it."""

MOST_SUCCESSORS = 5
"""Areas that may follow one another, so that a circle of them comes to an end."""

LARGEST_FIRST = ("city", "town", "area", "village", "suburb", "other", "hamlet", "outward")
OUTWARD = r"[a-z]{1,2}[0-9][0-9a-z]?"
POSTCODE = re.compile(rf"(?:^|.* )({OUTWARD}) ?([0-9][a-z]{{2}})")
FIRST_HALF = re.compile(rf"({OUTWARD})(?: [0-9])?")
APOSTROPHES = re.compile("['’‘`´ʼ]")


@dataclass(frozen=True, slots=True)
class Place:
    kind: str
    """postcode, outward (its first half), place or area."""
    label: str
    """What was understood, safe to show to whoever typed it."""
    latitude: float
    longitude: float
    """WGS84 degrees."""
    district: Area | None
    """The home unit it lies in; None outside the council."""
    shareable: str
    """What a link may carry in place of it: never a full postcode."""
    live: bool = True
    """Off for a postcode that is no longer in use."""


def fold_name(text: str) -> str:
    """A place name as it is looked up: `St. Albans` and `saint albans` are one.

    No case, accents, apostrophes or other punctuation; "st" reads as "saint".
    """
    text = unicodedata.normalize("NFKD", APOSTROPHES.sub("", text)).casefold()
    kept = "".join(c if c.isalnum() else " " for c in text if not unicodedata.combining(c))
    return " ".join("saint" if word == "st" else word for word in kept.split())


def resolve(text: str) -> Place | None:
    """The place a family typed, or None when it is not one we know. Never raises for any text.

    A postcode is read anywhere at the end of the line. A name that several places share is the
    largest of them; the label then says which. "Church End, Three Rivers" chooses another.
    """
    if not text or len(text) > LONGEST:
        return None
    key = fold_name(text)
    if code := POSTCODE.fullmatch(key) or POSTCODE.fullmatch(key.replace(" ", "")):
        return _postcode((code[1] + code[2]).upper())
    if code := FIRST_HALF.fullmatch(key):
        return _outward(code[1].upper())
    # "East Herts" is a district, and "Hitchin, Herts" a town with its county: the whole line first.
    for tried in dict.fromkeys((key, _without_the_whole(key))):
        if found := _named(tried) or _beside(tried):
            return found
    key = _without_the_whole(key)
    return (_begun(key) if len(text.strip()) >= SHORTEST_START else None) or _shortened(key)


def means_everywhere(text: str) -> bool:
    """Whether a text names the area that holds all the others: no place, and no mistake either."""
    key = fold_name(text[:200])
    return bool(key) and any(
        key in {fold_name(name) for name in _all_names(area)}
        for area in Area.objects.current().filter(kind__whole=True).defer("outline")
    )


def nearest_unit(latitude: float, longitude: float) -> Area | None:
    """The home unit whose outline holds a point (WGS84 degrees), or None outside the council."""
    return next((unit for unit in _units() if inside(unit.outline, latitude, longitude)), None)


def areas_for(district: Area, town: str = "") -> list[Area]:
    """Current areas over a home unit, itself among them, largest kind first.

    Each has `partly`: it covers only part of the unit. Where the source says which towns such an
    area holds, a town leaves out the areas of that kind that do not name it.
    """
    rows = AreaCoverage.objects.filter(area=OuterRef("pk"), unit=district, whole=False)
    areas = list(
        Area.objects.current()
        .filter(pk__in=Area.objects.covering(district).values("pk"))
        .select_related("kind")
        .annotate(partly=Exists(rows))
    )
    key = fold_name(town)
    named = {area.kind_id for area in areas if area.partly and _names_town(area, key)}
    return [
        area for area in areas if not (area.partly and area.kind_id in named and not _names_town(area, key))
    ]


def gp_guess(district: Area) -> list[Area]:
    """The areas decided by a GP that cover all of a home unit: a guess, to be shown as one."""
    rows = AreaCoverage.objects.filter(unit=district, whole=True)
    return list(Area.objects.current().filter(kind__decided_by=DecidedBy.GP, pk__in=rows.values("area")))


def inside(geometry: dict | None, latitude: float, longitude: float) -> bool:
    """Whether a GeoJSON Polygon or MultiPolygon (WGS84) holds a point. Pure; holes are outside."""
    if not geometry:
        return False
    shape = geometry.get("coordinates") or []
    polygons = shape if geometry.get("type") == "MultiPolygon" else [shape]
    return any(
        sum(_crossings(ring, latitude, longitude) for ring in polygon) % 2 == 1 for polygon in polygons
    )


def _crossings(ring: list, y: float, x: float) -> int:
    """How often a line from the point to the east crosses the ring."""
    return sum(
        (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1)
        for (x1, y1, *_), (x2, y2, *_) in pairwise(ring)
    )


def _units() -> QuerySet:
    return Area.objects.current().home_units()


def _in_force(unit: Area | None) -> Area | None:
    """The unit, or what has come in its place since it ended; None when nothing has yet."""
    today = localdate()
    for _ in range(MOST_SUCCESSORS):
        if unit is None or unit.valid_to is None or unit.valid_to >= today:
            return unit
        unit = unit.successor
    return None


def _postcode(code: str) -> Place | None:
    found = Postcode.objects.select_related("district").filter(pk=code).first()
    if found is None:
        return None
    district = _in_force(found.district)
    share = district.name if district else code[:-3]
    return Place("postcode", str(found), found.latitude, found.longitude, district, share, found.live)


def _outward(code: str) -> Place | None:
    found = (
        PlaceName.objects.select_related("district")
        .filter(key=code.lower(), kind=PlaceName.Kind.OUTWARD)
        .first()
    )
    return found and Place("outward", code, found.latitude, found.longitude, _in_force(found.district), code)


def _without_the_whole(key: str) -> str:
    """Hemel Hempstead, Hertfordshire → hemel hempstead."""
    for whole in Area.objects.current().filter(kind__whole=True).defer("outline"):
        for name in _all_names(whole):
            if key.endswith(f" {name}"):
                return key.removesuffix(f" {name}")
    return key


def _named(key: str, near: Place | None = None) -> Place | None:
    """The place of this name: beside `near` if given, else the largest."""
    unit = next((unit for unit in _units().defer("outline") if key in _all_names(unit)), None)
    found = [
        (name.kind, name)
        for name in PlaceName.objects.select_related("district")
        .filter(key=key)
        .exclude(kind=PlaceName.Kind.OUTWARD)
        .order_by("district__name", "pk")
    ]
    if near:
        return _nearest([name for _, name in found], near)
    if unit and unit.centre:
        found.append(("area", unit))
    if not found:
        return None
    kind, first = min(found, key=lambda each: LARGEST_FIRST.index(each[0]))
    if kind == "area":
        return Place("area", unit.name, *unit.centre, unit, unit.name)
    others = {name.district_id for kind, name in found if kind != "area"}
    return _place(first, which=len(others) > 1)


def _nearest(names: list[PlaceName], near: Place) -> Place | None:
    """The one of these that lies in the area, or close to the town, named after it."""
    if near.kind == "area":
        inside_it = (name for name in names if name.district_id == near.district.pk)
        return next((_place(name, which=len(names) > 1) for name in inside_it), None)
    ranked = sorted(((_apart(name, near), name.pk, name) for name in names), key=lambda each: each[:2])
    if not ranked or ranked[0][0] > NEARBY:
        return None
    return _place(ranked[0][2], which=len(names) > 1)


def _apart(name: PlaceName, near: Place) -> float:
    """Degrees of latitude between the two, as a straight line."""
    east = (name.longitude - near.longitude) * cos(radians(near.latitude))
    return hypot(name.latitude - near.latitude, east)


def _place(name: PlaceName, which: bool = False) -> Place:
    """`which`: the name alone does not say which one, so the label adds its district."""
    district = _in_force(name.district)
    label = f"{name.name}, {district.name}" if which and district else name.name
    return Place("place", label, name.latitude, name.longitude, district, label)


def _beside(key: str) -> Place | None:
    """`apsley hemel hempstead`: a name, then a town or district that says which one."""
    words = key.split()
    for cut in range(1, min(len(words), 8)):
        near = _named(" ".join(words[cut:]))
        if near and (found := _named(" ".join(words[:cut]), near)):
            return found
    return None


def _begun(key: str) -> Place | None:
    """`hemel`: the only town or city that begins with these whole words."""
    towns = (
        PlaceName.objects.select_related("district")
        .filter(key__startswith=f"{key} ", kind__in=[PlaceName.Kind.CITY, PlaceName.Kind.TOWN])
        .order_by("pk")[:2]
    )
    return _place(towns[0]) if len(towns) == 1 else None


def _shortened(key: str) -> Place | None:
    """`stalbans`, `wgc`, `stortford`: the only town or city that is written so for short."""
    towns = PlaceName.objects.select_related("district").filter(
        kind__in=[PlaceName.Kind.CITY, PlaceName.Kind.TOWN], key__contains=" "
    )
    found = [town for town in towns.order_by("pk") if key.replace(" ", "") in short_forms(town.key)]
    return _place(found[0]) if len(found) == 1 else None


def short_forms(key: str) -> set[str]:
    """How a folded name of several words is written for short: as one word, by the first letters of three
    or more, by a long last word. Pure."""
    words = key.split()
    joined = "".join(words)
    forms = {joined, joined.replace("saint", "st", 1)}
    if len(words) > 2:
        forms.add("".join(word[0] for word in words))
    if len(words[-1]) >= LONG_LAST_WORD:
        forms.add(words[-1])
    return forms


def _all_names(area: Area) -> set[str]:
    return {fold_name(name) for name in (area.name, *area.other_names.split("|"))} - {""}


def _names_town(area: Area, key: str) -> bool:
    """`Hatfield (not the south Hatfield villages)` names hatfield."""
    towns = (fold_name(town.partition("(")[0]) for town in area.towns.split("|"))
    return bool(key) and key in towns

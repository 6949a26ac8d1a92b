"""Postcodes, the first halves of postcodes, and names of places."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from directory.models import Area, PlaceName, Postcode
from directory.places import fold_name, nearest_unit

from .postcodes import unpack
from .progress import Progress
from .rows import at, parts, table

A_BATCH = 2_000
KINDS = {
    "c": PlaceName.Kind.CITY,
    "t": PlaceName.Kind.TOWN,
    "v": PlaceName.Kind.VILLAGE,
    "a": PlaceName.Kind.SUBURB,
    "h": PlaceName.Kind.HAMLET,
    "o": PlaceName.Kind.OTHER,
}


def load(folder: Path, progress: Progress) -> None:
    """Add the places that are missing; leave the others as they are."""
    units = {unit.code: unit for unit in Area.objects.home_units().defer("outline")}
    known = set(PlaceName.objects.values_list("key", flat=True))
    names = [*_names(folder / "places.tsv", units), *_outwards(folder / "outcodes.csv", units)]
    new = [name for name in names if name.key not in known]
    PlaceName.objects.bulk_create(progress("Place names", new))
    _postcodes(folder / "postcodes.csv.gz", units, progress)


def _names(path: Path, units: dict[str, Area]) -> Iterator[PlaceName]:
    by_name = {unit.name: unit for unit in units.values()}
    for number, row in table(path, delimiter="\t"):
        with at(path, number):
            latitude, longitude = float(row["latitude"]), float(row["longitude"])
            district = by_name[row["district"]] if row["district"] else nearest_unit(latitude, longitude)
            for name in (row["name"], *parts(row["also"])):
                place = PlaceName(
                    name=name,
                    key=fold_name(name),
                    kind=KINDS[row["type"]],
                    latitude=latitude,
                    longitude=longitude,
                    district=district,
                )
                place.clean_fields(exclude=["district"])
                yield place


def _outwards(path: Path, units: dict[str, Area]) -> Iterator[PlaceName]:
    for number, row in table(path):
        with at(path, number):
            place = PlaceName(
                name=row["outcode"],
                key=fold_name(row["outcode"]),
                kind=PlaceName.Kind.OUTWARD,
                latitude=float(row["latitude"]),
                longitude=float(row["longitude"]),
                district=units[row["district"]] if row["district"] else None,
            )
            place.clean_fields(exclude=["district"])
            yield place


def _postcodes(path: Path, units: dict[str, Area], progress: Progress) -> None:
    with at(path, "of the file"):
        rows = list(unpack(path.read_bytes()))
    known = set(Postcode.objects.values_list("code", flat=True))
    new = [row for row in rows if row[0] not in known]
    with at(path, "of the file"):
        records = progress("Postcodes", (_postcode(row, units) for row in new), len(new))
        while batch := list(islice(records, A_BATCH)):
            Postcode.objects.bulk_create(batch)


def _postcode(row: tuple, units: dict[str, Area]) -> Postcode:
    code, latitude, longitude, unit, live = row
    district = units[unit].pk if unit else None
    return Postcode(code=code, latitude=latitude, longitude=longitude, district_id=district, live=live)

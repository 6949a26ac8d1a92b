"""Areas: their kinds, what they cover, and their outlines."""

import json
from pathlib import Path

from django.utils.dateparse import parse_date
from django.utils.text import slugify

from directory.models import Area, AreaCoverage, AreaKind

from .progress import Progress
from .rows import at, parts, save, table


def load(folder: Path, progress: Progress) -> None:
    """Add the areas that are missing, with what they cover; leave the others as they are."""
    path = folder / "areas.csv"
    kinds = _kinds(folder / "area_kinds.csv")
    outlines = _outlines(folder / "districts.geojson")
    known = set(Area.objects.values_list("code", flat=True))
    rows = [(number, row) for number, row in table(path) if row["code"] not in known]
    made = {}
    for number, row in progress("Areas", rows):
        with at(path, number):
            made[row["code"]] = _area(row, kinds, outlines)
    units = {area.code: area for area in Area.objects.home_units()}
    for number, row in rows:
        area = made[row["code"]]
        if not area.kind.home_unit:  # a home unit covers itself without a row
            with at(path, number):
                for column, whole in (("districts", True), ("districts_part", False)):
                    for code in parts(row[column]):
                        save(AreaCoverage(area=area, unit=units[code], whole=whole))


def _kinds(path: Path) -> dict[str, AreaKind]:
    kinds = AreaKind.objects.in_bulk(field_name="slug")
    for number, row in table(path):
        if row["slug"] not in kinds:
            with at(path, number):
                flags = {name: bool(int(row.pop(name))) for name in ("whole", "home_unit")}
                kinds[row["slug"]] = save(AreaKind(**row, **flags))
    return kinds


def _outlines(path: Path) -> dict[str, dict]:
    """Code of an area → its GeoJSON geometry."""
    with at(path, "of the file"):
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
        return {feature["properties"]["code"]: feature["geometry"] for feature in features}


def _area(row: dict, kinds: dict[str, AreaKind], outlines: dict[str, dict]) -> Area:
    return save(
        Area(
            kind=kinds[row["kind"]],
            code=row["code"],
            name=row["name"],
            slug=slugify(row["name"]),
            other_names=row["other_names"],
            towns=row["places"],
            valid_to=parse_date(row["valid_to"]) if row["valid_to"] else None,
            outline=outlines.get(row["code"]),
            source=row["source"],
            confidence=row["confidence"],
        )
    )

"""The ordinary case of each record; a test says only what matters to it."""

from directory.models import (
    AgeRange,
    Area,
    AreaCoverage,
    AreaKind,
    Contact,
    Need,
    NeedWord,
    PlaceName,
    Postcode,
    Provider,
    Service,
    ServiceVenue,
    Venue,
)

SQUARE = {
    "type": "Polygon",
    "coordinates": [[[-0.6, 51.6], [-0.4, 51.6], [-0.4, 51.9], [-0.6, 51.9], [-0.6, 51.6]]],
}


def kind(slug: str = "district", **facts) -> AreaKind:
    facts = {"name": slug.title(), "plural": f"{slug.title()}s", "home_unit": slug == "district"} | facts
    return AreaKind.objects.get_or_create(slug=slug, defaults=facts)[0]


def district(name: str = "Dacorum", west: float = -0.6, **facts) -> Area:
    """A home unit: a box of a fifth of a degree, beginning at a longitude."""
    ring = [[west, 51.6], [west + 0.2, 51.6], [west + 0.2, 51.9], [west, 51.9], [west, 51.6]]
    facts = {
        "kind": kind(),
        "code": name.lower().replace(" ", "-"),
        "slug": name.lower().replace(" ", "-"),
        "outline": {"type": "Polygon", "coordinates": [ring]},
    } | facts
    return Area.objects.create(name=name, **facts)


def area_over(name: str, *units: Area, part: tuple[Area, ...] = (), kind_slug: str = "dspl", **facts) -> Area:
    """An area of another kind that covers home units, wholly or in part."""
    code = name.lower().replace(" ", "-")
    made = Area.objects.create(kind=kind(kind_slug, **facts), name=name, code=code, slug=code)
    AreaCoverage.objects.bulk_create(AreaCoverage(area=made, unit=unit) for unit in units)
    AreaCoverage.objects.bulk_create(AreaCoverage(area=made, unit=unit, whole=False) for unit in part)
    return made


def need(
    slug: str = "sleep", name: str = "Not sleeping", words: tuple[str, ...] = ("sleep",), **facts
) -> Need:
    made = Need.objects.create(slug=slug, name=name, **facts)
    NeedWord.objects.bulk_create(NeedWord(need=made, word=word) for word in words)
    broad, _ = Need.objects.get_or_create(slug="everyday-life", defaults={"name": "Everyday life"})
    made.broad_areas.add(broad)
    return made


def service(
    name: str = "Sleep clinic",
    needs: tuple[Need, ...] = (),
    areas: tuple[Area, ...] = (),
    ages: tuple[tuple[int | None, int | None, str], ...] = (),
    phone: str = "",
    at: Venue | None = None,
    live: bool = True,
    **facts,
) -> Service:
    """A live service with what a result card needs. `ages` are (from, to, condition) in months."""
    provider, _ = Provider.objects.get_or_create(name="The Sleep Charity")
    facts = {
        "summary": "Helps families.",
        "category": "support",
        "provider": provider,
        "source": "https://example.org/",
    } | facts
    made = Service(name=name, live=live, **facts)
    made.needs = list(needs)
    made.areas = list(areas)
    made.age_ranges = [AgeRange(min_months=a, max_months=b, condition=c) for a, b, c in ages]
    if phone:
        made.contacts = [Contact(kind="phone", value=phone)]
    if at:
        made.service_venues = [ServiceVenue(venue=at)]
    made.save()
    return made


def venue(name: str = "The hall", latitude: float = 51.75, longitude: float = -0.47, **facts) -> Venue:
    return Venue.objects.create(name=name, latitude=latitude, longitude=longitude, **facts)


def town(
    name: str = "Hemel Hempstead", latitude=51.753, longitude=-0.475, district=None, kind="town"
) -> PlaceName:
    from directory.places import fold_name

    return PlaceName.objects.create(
        name=name, key=fold_name(name), kind=kind, latitude=latitude, longitude=longitude, district=district
    )


def postcode(code: str = "HP13AB", latitude=51.755, longitude=-0.48, district=None, live=True) -> Postcode:
    return Postcode.objects.create(
        code=code, latitude=latitude, longitude=longitude, district=district, live=live
    )

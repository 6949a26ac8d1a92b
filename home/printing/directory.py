"""Booklets of the directory: what helps in one area, and what helps with one need."""

from directory.cards import other_ways, service_context
from directory.models import Area, Need, Postcode, Service
from directory.places import areas_for

from .registry import Kind, Manuscript


def entry(service: Service) -> dict:
    """A service as a booklet shows it: its facts, every way in, where it is and who says so."""
    shown = service_context(service)
    return shown | {
        "facts": [fact for fact in shown["head_facts"] if fact.known],
        "silent": [fact.label for fact in shown["head_facts"] if not fact.known],
        "other_ways": other_ways(service),
    }


def entries(services) -> list[dict]:
    return [entry(service) for service in services.filter(crisis=False).for_display().order_by("name")]


def area_named(slug: str) -> Area | None:
    return Area.objects.current().select_related("kind").filter(slug=slug).first()


def find_area(slug: str) -> Manuscript | None:
    area = area_named(slug)
    if area is None:
        return None
    covering = Service.objects.visible().not_schools().in_area(area)
    named = Service.objects.visible().not_schools().naming(area).values_list("pk", flat=True)
    sections = [
        {
            "anchor": "here",
            "title": f"Just for {area.name}",
            "words": "These say that they are for this area or a part of it.",
            "entries": entries(Service.objects.filter(pk__in=named).visible()),
        },
        {
            "anchor": "everywhere",
            "title": "For every family",
            "words": "For the whole county, online or by phone, or for an area that overlaps this one.",
            "entries": entries(covering.exclude(pk__in=named)),
        },
    ]
    return Manuscript(
        f"area:{slug}",
        f"Help in {area.name}",
        area.get_absolute_url(),
        "printing/directory.html",
        {
            "area": area,
            "lede": "What the directory lists for families here, with every way to get in touch.",
            "sections": [section for section in sections if section["entries"]],
            "schools": [] if area.decided_by == "gp" else schools_in(area),
        },
    )


def schools_in(area: Area) -> list[Service]:
    """Schools that lie in it, by their postcodes and, where it holds a part of a district, their towns;
    and those that name it."""
    schools = list(Service.objects.visible().schools().for_display().order_by("name"))
    venues = {school.pk: [row.venue for row in school.service_venues.all()] for school in schools}
    codes = {bare(venue.postcode) for each in venues.values() for venue in each}
    districts = dict(
        Postcode.objects.filter(code__in=codes).exclude(district=None).values_list("code", "district_id")
    )
    units = {row.unit_id: row.whole for row in area.covers.all()} | {area.pk: True}
    parts: dict[tuple[int, str], bool] = {}

    def lies_in(venue) -> bool:
        unit = districts.get(bare(venue.postcode))
        if units.get(unit) is not False:
            return unit in units
        if (unit, venue.town) not in parts:
            over = areas_for(Area.objects.get(pk=unit), venue.town)
            parts[unit, venue.town] = area in over
        return parts[unit, venue.town]

    naming = set(Service.objects.schools().naming(area).values_list("pk", flat=True))
    return [
        school
        for school in schools
        if school.pk in naming or any(lies_in(each) for each in venues[school.pk])
    ]


def bare(postcode: str) -> str:
    return postcode.replace(" ", "").upper()


def url_of_area(slug: str) -> str:
    area = area_named(slug)
    return area.get_absolute_url() if area else ""


def areas_ahead():
    for slug in Area.objects.current().values_list("slug", flat=True):
        yield slug, False


def find_need(slug: str) -> Manuscript | None:
    need = Need.objects.filter(slug=slug).first()
    if need is None:
        return None
    narrower = need.in_order()
    visible = Service.objects.visible().not_schools()
    tagged = visible.filter(needs__in=[need, *narrower]).values_list("pk", flat=True)
    sections = [
        {
            "anchor": "named",
            "title": "Help that names this",
            "words": "",
            "entries": entries(visible.filter(pk__in=tagged)),
        },
        {
            "anchor": "any",
            "title": "Open to any need",
            "words": "These take every family and do not ask for one kind of need.",
            "entries": entries(visible.filter(any_need=True).exclude(pk__in=tagged)),
        },
    ]
    return Manuscript(
        f"need:{slug}",
        need.name,
        need.get_absolute_url(),
        "printing/directory.html",
        {
            "need": need,
            "lede": need.summary,
            "sections": [section for section in sections if section["entries"]],
        },
    )


def url_of_need(slug: str) -> str:
    need = Need.objects.filter(slug=slug).first()
    return need.get_absolute_url() if need else ""


AREA = Kind("area", find_area, url_of_area, "help-in-{}".format, areas_ahead, of_services=True)
NEED = Kind("need", find_need, url_of_need, "help-with-{}".format, of_services=True)

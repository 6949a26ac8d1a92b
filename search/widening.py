"""Ways on from a page of results: what can be taken off, next door, a broader need, the other GP area."""

from dataclasses import replace

from django.http import QueryDict

from directory.models import Area, Need
from directory.words import join

from .chips import Chip, chips
from .engines import engine
from .filters import SearchFilter
from .links import address, parameters
from .query import Query

NEIGHBOURS = 4
BROADER = 3


def loosened(filters: SearchFilter, params: QueryDict) -> list[tuple[str, str, int]]:
    """(words, address, count): each thing that can be taken off, if that leaves anything."""
    made = chips(filters, params)
    if filters.asked.q:
        made.append(Chip("the words you typed", without_words(filters.asked, params)))
    queries = [SearchFilter(parameters(chip.remove_url)).query() for chip in made]
    counts = engine().count(queries)
    rows = [
        (f"Take off {chip.label}", chip.remove_url, count)
        for chip, count in zip(made, counts, strict=True)
        if count
    ]
    return sorted(rows, key=lambda row: -row[2])


def without_words(asked, params: QueryDict) -> str:
    """The same search without its words, but with all else that was read in them."""
    kept: dict = {}
    for parameter, value in asked.reading.flags:
        kept.setdefault(parameter, list(asked.given.get(parameter) or [])).append(value)
    if asked.age_from_text and asked.age is not None:
        kept["age"] = str(asked.age)
    if asked.place_from_text:
        kept["place"] = asked.place.label
    return address(params, kept, q=None)


def nearby(asked, query: Query, params: QueryDict, wanted: bool) -> list[tuple[str, str, int]]:
    """(name, address, count) for the districts next door, nearest first, when a place was named. What is
    for both, or for the whole county, is not counted again."""
    if not wanted or not asked.district:
        return []
    neighbours = asked.district.neighbours(NEIGHBOURS)
    here = asked.district.code
    base = replace(query, within=None, page=1)

    def over(*codes: str) -> Query:
        return replace(base, filters={**query.filters, "area": frozenset(codes)})

    alone, *together = engine().count([over(here), *(over(here, area.code) for area in neighbours)])
    gp = asked.gp_areas[0].code if len(asked.gp_areas) == 1 else None
    return [
        (
            area.name,
            address(params, area=[area.code], place=None, near=None, within=None, gp=params.get("gp") or gp),
            count - alone,
        )
        for area, count in zip(neighbours, together, strict=True)
        if count > alone
    ]


def broader(asked) -> list[tuple[str, str]]:
    """(name, address) of the broad areas above the needs that were read."""
    slugs = {*asked.reading.needs, *(asked.given.get("need") or [])}
    areas = Need.objects.broad().filter(needs__slug__in=slugs).distinct()
    return [(area.name, area.get_absolute_url()) for area in areas[:BROADER]]


def gp_choice(asked, params: QueryDict) -> dict | None:
    """Which half the GP is in: guessed from the home, said to be a guess, changed in one tap."""
    if not asked.district:
        return None
    others = Area.objects.current().filter(kind__decided_by="gp")
    chosen = asked.gp_areas
    options = [(area.name, address(params, gp=area.code)) for area in others if area not in chosen]
    if asked.given.get("gp") != "unsure":
        options.append(("I am not sure: show both", address(params, gp="unsure")))
    return {
        "names": join(area.name for area in chosen),
        "guess": asked.gp_is_a_guess,
        "options": options if others else [],
    }

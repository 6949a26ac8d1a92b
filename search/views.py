"""What families see when they look for help."""

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.http import Http404, QueryDict
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from directory.cards import Card, actions, card
from directory.choices import Answer
from directory.facts import trust, whole_name
from directory.models import Area, Need, Service
from directory.words import join, miles

from . import panels
from .address import client_address
from .asked import FIELD_OF
from .chips import Chip, address, chips
from .crisis import Line, panel
from .engines import engine
from .filters import SearchFilter
from .query import LAST_PAGE, PAGE_SIZE, Hit, Query, Result
from .throttle import searches

MOST_HELPLINES = 3


@method_decorator(never_cache, name="dispatch")
class Results(TemplateView):
    """One query in, one page of results out. Nothing typed leaves this page: not in its title,
    not to a cache, not as a referrer."""

    template_name = "search/results.html"

    def get(self, request, *args, **kwargs):
        address = client_address(request)
        if seconds := searches.refused(address):
            refusal = render(request, "429.html", {"seconds": seconds}, status=429)
            refusal["Retry-After"] = seconds
            return refusal
        started = time.thread_time()
        try:
            return super().get(request, *args, **kwargs).render()
        finally:
            searches.spend(address, time.thread_time() - started)

    def get_context_data(self, **kwargs):
        params = self.request.GET
        filters = SearchFilter(params)
        asked, query = filters.asked, filters.query()
        result = engine().search(query)
        if query.page > 1 and not result.hits:
            raise Http404("That page of results does not exist.")
        page = shown(asked, query, result)
        nothing = result.total == 0
        offered = panels.groups(asked, result)
        return super().get_context_data(
            asked=asked,
            q=asked.q,
            age=params.get("age", ""),
            place=params.get("place", ""),
            errors=[(name, words) for name, words in asked.errors.items()],
            field_errors=asked.errors,
            chips=chips(filters, params),
            result=result,
            heading=heading(result.total),
            groups=page.groups,
            local=page.local,
            outside=whole_name() if asked.place and not asked.district else "",
            helplines=helplines(query) if query.page == 1 else [],
            crisis=panel(asked.reading.crisis),
            filter_groups=offered,
            kept=panels.kept(params, {"page", "ages", "within"}, panels.drawn(offered)),
            line_kept=panels.kept(params, {"q", "page", "skip"}),
            clear_url=address(params, **dict.fromkeys(FILTER_PARAMS)),
            sorts=sorts(asked, params),
            paging=paging(result, query, params),
            loosened=loosened(filters, params) if nothing else [],
            nearby=nearby(asked, query, params, wanted=nothing or bool(asked.district)),
            broader=broader(asked, params) if nothing else [],
            gp=gp_choice(asked, params),
            for_me=asked.for_me,
            switch_url=address(params, for_="child" if asked.for_me else "me"),
            copy_url=address(params, near=None, **shareable(asked)),
            **kwargs,
        )

    def render_to_response(self, context, **kwargs):
        response = super().render_to_response(context, **kwargs)
        response["Cache-Control"] = "no-store, private"
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response


FILTER_PARAMS = {*FIELD_OF.values(), "ages", "within", "page", "sort"}


def heading(total: int) -> str:
    if total == 0:
        return "We found nothing that fits all of this"
    return f"{total:,} result{'s' if total != 1 else ''}"


def records(refs: Sequence[str]) -> dict[str, Service]:
    """The visible records of these references. What was unpublished a moment ago is not among them."""
    keys = [int(ref.partition(":")[2]) for ref in refs if ref.startswith("service:")]
    found = Service.objects.visible().filter(pk__in=keys).for_display()
    return {service.ref: service for service in found}


@dataclass
class Shown:
    """One page of results: groups of (title, hint, cards), and the many groups that are each for one area."""

    groups: list[tuple[str, str, list[Card]]]
    local: list[Service]


def shown(asked, query: Query, result: Result) -> Shown:
    """Those that say so themselves first, then those that may also help. For a young person "say so"
    means that they can ask for it themselves; else that it names the need. Without a place, what is
    open to any need in one area stands in short: one of them is the family's, and we cannot tell which."""
    found = records([hit.ref for hit in result.hits])
    first: list[Card] = []
    others: list[Card] = []
    local: list[Service] = []
    for hit in result.hits:
        service = found.get(hit.ref)
        if service is None:
            continue
        needs = query.needs & {need.slug for need in service.needs.all()}
        says_so = service.refer_self == Answer.YES if asked.for_me else bool(needs)
        if not says_so and service.any_need and service.areas.all() and not asked.knows_where:
            local.append(service)
            continue
        made = card(service, asked.age, asked.for_me)
        made.distance_words = miles(hit.metres) if hit.metres is not None else ""
        made.why = why(service, hit, query, asked)
        (first if says_so else others).append(made)
    groups = [
        ("You can ask for these yourself", "", first),
        ("We do not know yet if you can ask", "You can still try, or ask someone you trust to help.", others),
    ]
    if not asked.for_me:
        groups = [
            ("Best matches", "", first),
            ("May also help", "They fit the rest, but do not name it.", others),
        ]
        if not first:
            groups = [("", "", others)]
    return Shown([group for group in groups if group[2]], local)


def why(service: Service, hit: Hit, query: Query, asked) -> list[str]:
    """In a few words, why this is here."""
    named = {*asked.shown_needs, *(asked.given.get("need") or [])}
    said = [f"for: {need.name}" for need in service.needs.all() if need.slug in named][:2]
    if service.any_need and query.needs:
        said.append("open to any need")
    if hit.parts.get("age"):
        said.append(f"says age {asked.age}" if asked.age is not None else "says this age")
    if hit.parts.get("area"):
        said.append("covers your area")
    return said


def helplines(query: Query) -> list[Line]:
    """Lines to ring whatever was searched for: those for the need first. No filter touches them."""
    found = list(Service.objects.visible().helplines().filter(crisis=False).for_display())
    found.sort(key=lambda s: (not query.needs & {need.slug for need in s.needs.all()}, s.name))
    return [
        Line(service.name, service.summary, actions(service), trust(service), service.get_absolute_url())
        for service in found[:MOST_HELPLINES]
    ]


def sorts(asked, params) -> list[tuple[str, str, bool]]:
    """(words, address, chosen). Nearest needs a place."""
    if not asked.spot:
        return []
    return [
        ("Best match", address(params, sort=None), asked.sort == "fit"),
        ("Nearest", address(params, sort="distance"), asked.sort == "distance"),
    ]


def paging(result: Result, query: Query, params) -> dict:
    pages = min(-(-result.total // PAGE_SIZE), LAST_PAGE)
    number = query.page
    return {
        "number": number,
        "pages": pages,
        "previous_url": address(params, page=str(number - 1)) if number > 1 else "",
        "next_url": address(params, page=str(number + 1)) if number < pages else "",
    }


def loosened(filters: SearchFilter, params) -> list[tuple[str, str, int]]:
    """(words, address, count): each thing that can be taken off, if that leaves anything."""
    made = chips(filters, params)
    if filters.asked.q:
        made.append(Chip("", "the words you typed", without_words(filters.asked, params)))
    queries = [SearchFilter(_params(chip.remove_url)).query() for chip in made]
    counts = engine().count(queries)
    rows = [
        (f"Take off {chip.label}", chip.remove_url, count)
        for chip, count in zip(made, counts, strict=True)
        if count
    ]
    return sorted(rows, key=lambda row: -row[2])


def without_words(asked, params) -> str:
    """The same search without its words, but with the age and the place that were read in them."""
    kept = {}
    if asked.age_from_text:
        kept["age"] = str(asked.age)
    if asked.place_from_text:
        kept["place"] = asked.place.label
    return address(params, q=None, **kept)


def _params(url: str) -> QueryDict:
    return QueryDict(url.partition("?")[2])


def nearby(asked, query: Query, params, wanted: bool) -> list[tuple[str, str, int]]:
    """(name, address, count) for the districts next door, nearest first, when a place was named. What is
    for both, or for the whole county, is not counted again."""
    if not wanted or not asked.district:
        return []
    neighbours = asked.district.neighbours(4)
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


def broader(asked, params) -> list[tuple[str, str]]:
    """(name, address) of the broad areas above the needs that were read."""
    slugs = {*asked.reading.needs, *(asked.given.get("need") or [])}
    areas = Need.objects.broad().filter(needs__slug__in=slugs).distinct()
    return [(area.name, area.get_absolute_url()) for area in areas[:3]]


def gp_choice(asked, params) -> dict | None:
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


POSTCODE = re.compile(r"\b[a-z]{1,2}[0-9][0-9a-z]?\s*[0-9][a-z]{2}\b", re.IGNORECASE)


def shareable(asked) -> dict:
    """What to change in a link that is passed on: no postcode anywhere, only its district or a town."""
    shared = {"q": " ".join(POSTCODE.sub(" ", asked.q).split())}
    if asked.place:
        shared["place"] = asked.place.shareable
        if asked.place_from_text:
            shared["q"] = " ".join(POSTCODE.sub(" ", asked.reading.without_place).split())
    elif asked.district:
        shared["place"] = asked.district.name
    else:
        shared["place"] = None
    shared["age"] = str(asked.age) if asked.age is not None and not asked.age_from_text else None
    return shared

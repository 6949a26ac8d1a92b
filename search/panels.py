"""The filters beside the results: each option with how many it would leave."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import QueryDict

from directory.choices import Category, Phase
from directory.models import AccessFeature, Area, Language, Need

from .asked import BANDS, Asked
from .filters import KIND, REFERRERS, WHEN, WITHIN
from .query import FacetCount, Result

NOTHING = FacetCount(0, 0)
SAY_NOTHING = "The number is how many say so. Those that do not say are shown last, not hidden."


@dataclass
class Option:
    name: str
    value: str
    label: str
    count: int | None
    checked: bool = False
    says: bool = False
    """Counted are those that say so themselves; those that do not say stay in the list."""

    @property
    def id(self) -> str:
        return f"f-{self.name}-{self.value}"


@dataclass
class Group:
    title: str
    options: list[Option]
    name: str = ""
    hint: str = ""
    kind: str = "checkbox"
    open: bool = False
    chosen_words: str = field(init=False)

    def __post_init__(self):
        chosen = [option.label for option in self.options if option.checked and option.value]
        self.chosen_words = ", ".join(chosen)
        self.name = self.name or (self.options[0].name if self.options else "")
        self.open = self.open or bool(chosen)


def groups(asked: Asked, result: Result) -> list[Group]:
    given, facets = asked.given, result.facets

    def count(facet: str, value: str, stated: bool = False) -> int:
        found: Mapping[str, FacetCount] = facets.get(facet, {})
        counted = found.get(value, NOTHING)
        return counted.explicit if stated else counted.fits

    def option(name, facet, value, label, stated=False) -> Option:
        chosen = given.get(name) or []
        checked = value in chosen if isinstance(chosen, list) else value == chosen
        return Option(name, value, str(label), count(facet, value, stated), checked, stated)

    def held(kind: str) -> bool:
        return bool(count("kind", kind)) or kind in (given.get("kind") or [])

    easy = [
        option("diagnosis", "diagnosis", "not-needed", "No diagnosis needed", True),
        option("refer", "referral", "parent", "Ask them yourself", True),
        option("cost", "cost", "free", "Free", True),
        option("contact", "contact", "no-phone", "No phone call needed", True),
        option("open", "open", "yes", "Says it is open now", True),
    ]
    where = [
        option("reach", "reach", "online", "Online", True),
        option("reach", "reach", "phone", "By phone", True),
        option("reach", "reach", "place", "A place you go to", True),
    ]
    needs = _used(
        Need.objects.specific().values_list("slug", "name"), facets.get("need", {}), given.get("need")
    )
    made = [
        Group("Easy to get", easy, hint=SAY_NOTHING, open=True),
        Group("What is hard", [option("need", "need", slug, name) for slug, name in needs]),
        Group("What to show", [option("kind", "kind", value, label) for value, label in KIND if held(value)]),
        Group(
            "Kind of help",
            [
                option("category", "category", value, label)
                for value, label in Category.choices
                if value and (count("category", value) or value in (given.get("category") or []))
            ],
        ),
        Group("How you get it", where, hint=SAY_NOTHING),
        Group(
            "Day and time",
            [option("when", "when", value, label, True) for value, label in WHEN],
            hint=SAY_NOTHING,
        ),
        Group(
            "Who can ask",
            [option("refer", "referral", v, label, True) for v, label in REFERRERS if v != "parent"],
            hint=SAY_NOTHING,
        ),
        Group(
            "District",
            [
                option("area", "area", code, name)
                for code, name in Area.objects.current().home_units().values_list("code", "name")
            ],
        ),
        Group(
            "Access",
            [
                option("access", "access", slug, name, True)
                for slug, name in AccessFeature.objects.filter(filterable=True).values_list("slug", "name")
            ],
            hint=SAY_NOTHING,
        ),
        Group(
            "Language",
            [
                option("language", "language", code, name, True)
                for code, name in Language.objects.values_list("code", "name")
                if count("language", code, True) or code in (given.get("language") or [])
            ],
            hint=SAY_NOTHING,
        ),
        Group(
            "School phase",
            [
                option("phase", "phase", value, label)
                for value, label in Phase.choices
                if value and (count("phase", value) or value in (given.get("phase") or []))
            ],
        ),
    ]
    if asked.age is None:
        chosen = given.get("ages") or ""
        bands = [Option("ages", "", "Any age", None, not chosen)]
        bands += [Option("ages", band, band.replace("-", " to "), None, band == chosen) for band in BANDS]
        made.insert(2, Group("Age", bands, kind="radio", hint="No stated age means it shows for every age."))
    if asked.spot:
        chosen = given.get("within") or ""
        far = [Option("within", "", "Any distance", None, not chosen)]
        far += [Option("within", str(n), f"Within {n} miles", None, chosen == str(n)) for n in WITHIN]
        made.insert(
            2,
            Group(
                "How far", far, kind="radio", hint="Help by phone, online or across the county always shows."
            ),
        )
    # What the line itself says has a chip: a box that cannot be unticked would only puzzle.
    for group in made:
        group.options = [each for each in group.options if (each.name, each.value) not in asked.reading.flags]
    return [group for group in made if group.options]


def _used(choices, counted: Mapping[str, FacetCount], chosen) -> list[tuple[str, str]]:
    """The needs that some result names, most first; those chosen always."""
    rows = [
        (slug, name)
        for slug, name in choices
        if counted.get(slug, NOTHING).explicit or slug in (chosen or [])
    ]
    return sorted(rows, key=lambda row: (-counted.get(row[0], NOTHING).explicit, row[1]))[:20]


def kept(params: QueryDict, own: set[str], drawn: frozenset[tuple[str, str]] = frozenset()) -> list:
    """(name, value) that a form carries on: all but the names it holds itself and the options it draws."""
    return [
        (name, value)
        for name, values in params.lists()
        if name not in own
        for value in values[:60]
        if value and (name, value) not in drawn
    ]


def drawn(groups: list[Group]) -> frozenset[tuple[str, str]]:
    """The (name, value) of every option that the panel offers."""
    return frozenset((option.name, option.value) for group in groups for option in group.options)

"""What was asked, before it becomes a `Query`: also what chips and forms show again."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from directory.choices import Category, Diagnosis, WordKind
from directory.models import Area, Need
from directory.places import Place, gp_guess, nearest_unit
from directory.words import METRES_A_MILE

from .elsewhere import errand, speaks_of_family
from .query import LAST_PAGE, Query, Spot
from .reading import Reading
from .speakers import asks_to_read, kinds, told, voices
from .tokens import SOFT, split, stem, tokens
from .vocabulary import nearest

BANDS = {"0-4": range(5), "5-10": range(5, 11), "11-15": range(11, 16), "16-25": range(16, 26)}
SCHOOL_TYPES = frozenset(
    tokens(
        """
        nursery preschool reception infant junior primary middle secondary upper academy grammar
        comprehensive sixth college university uni
        """
    )
)
SCHOOL_PAIRS = {("first", "school"), ("high", "school"), ("special", "school"), ("support", "centr")}
"""Stems that say which kind of school is asked for, alone and side by side."""
SCHOOL_NEEDS = {"school-place"}

CONDITIONS = frozenset(
    {"autism", "adhd", "learning-disability", "genetic", "fasd", "demand-avoidance", "brain-injury"}
)
GENERAL_NEEDS = {"school-help", "carer"}
GENERAL = SOFT | frozenset(
    tokens("schools school families support group groups local offer dspl lead send sen disability disabled")
)
"""Stems of a line that asks for help in an area and says no more."""

FIELD_OF = {
    "kind": "kind",
    "category": "category",
    "need": "need",
    "area": "area",
    "diagnosis": "diagnosis",
    "referral": "refer",
    "contact": "contact",
    "cost": "cost",
    "reach": "reach",
    "when": "when",
    "access": "access",
    "language": "language",
    "phase": "phase",
    "open": "open",
}
"""Facet → the parameter that chooses in it."""

FACET_OF = {name: facet for facet, name in FIELD_OF.items()}


@dataclass(frozen=True)
class Asked:
    """The parameters of one search, cleaned and read."""

    given: dict
    reading: Reading
    age: int | None
    age_from_text: bool
    place: Place | None
    place_from_text: bool
    errors: dict[str, str]
    ages: tuple[int, int] | None = None
    """Years from and to, read from the words; None where an age is known or was chosen."""
    elsewhere: tuple[int, ...] = ()
    """Keys of `Elsewhere`: things in the line that others look after."""

    @cached_property
    def shown_needs(self) -> list[str]:
        """Needs that were read and may be named: a sign never makes the site name a condition."""
        signs = [slug for slug, kind in self.reading.needs.items() if kind == "sign"]
        unnamed = set(
            Need.objects.filter(slug__in=signs, names_condition=True).values_list("slug", flat=True)
        )
        return [slug for slug in self.reading.needs if slug not in unnamed]

    @property
    def for_me(self) -> bool:
        return self.given.get("for_") == "me"

    @property
    def q(self) -> str:
        return self.given.get("q") or ""

    @cached_property
    def district(self) -> Area | None:
        """The home unit of the place named, or of where the phone is."""
        if self.place:
            return self.place.district
        near = self.given.get("near")
        return nearest_unit(*near) if near else None

    @property
    def knows_where(self) -> bool:
        """Whether anything says which area the family is in."""
        return bool(self.district or self.spot or self.given.get("area"))

    @cached_property
    def spot(self) -> Spot | None:
        if self.place:
            return Spot(self.place.latitude, self.place.longitude, self.place.label)
        near = self.given.get("near")
        return Spot(*near, "where you are") if near else None

    @cached_property
    def gp_areas(self) -> list[Area]:
        """The areas that the GP decides: chosen, else guessed from the home, else none."""
        chosen = self.given.get("gp")
        if chosen == "unsure":
            return []
        if chosen:
            return list(Area.objects.current().filter(code=chosen))
        return gp_guess(self.district) if self.district else []

    @property
    def gp_is_a_guess(self) -> bool:
        return bool(self.gp_areas) and not self.given.get("gp")

    @property
    def page(self) -> int:
        text = self.given.get("page") or ""
        return min(max(int(text), 1), LAST_PAGE) if text.isascii() and text.isdigit() and len(text) < 9 else 1

    @property
    def sort(self) -> str:
        return "distance" if self.given.get("sort") == "distance" and self.spot else "fit"

    def query(self) -> Query:
        filters = {
            facet: frozenset(self.given[name]) for facet, name in FIELD_OF.items() if self.given.get(name)
        }
        for name, value in self.reading.flags:
            # "Moving to a special school" asks about schools: it ranks them, and hides no advice.
            if name == "kind" and self.reading.needs:
                continue
            facet = FACET_OF[name]
            filters[facet] = filters.get(facet, frozenset()) | {value}
            # A family without a diagnosis may be waiting for one.
            if (facet, value) == ("diagnosis", Diagnosis.NOT_NEEDED):
                filters[facet] |= {Diagnosis.WAITING.value}
        if self.age is not None:
            filters["age"] = frozenset([str(self.age)])
        elif band := self.given.get("ages"):
            filters["age"] = frozenset(map(str, BANDS[band]))
        elif self.ages:
            first, last = self.ages
            filters["age"] = frozenset(map(str, range(first, last + 1)))
        if self.district and "area" not in filters:
            filters["area"] = frozenset([self.district.code])
        if self.gp_areas:
            filters["gp"] = frozenset(area.code for area in self.gp_areas)
        if self.for_me:
            filters["referral"] = filters.get("referral", frozenset()) | {"self"}
        within = self.given.get("within")
        # A need that was ticked narrows; one that was read widens. Without words the ticked one ranks.
        read = frozenset(self.reading.needs)
        needs = read if read or self.reading.words else filters.get("need", frozenset())
        hinted = hinted_at(self.reading.needs) & needs
        needs, background = parted_by_condition(needs - hinted)
        near = (nearest(needs) | background | hinted if needs else frozenset()) - needs
        # In a cry for help what it cries of comes first, and all else it speaks of after.
        crying = (
            Need.objects.filter(crisis=True, slug__in=needs) if self.reading.crisis else Need.objects.none()
        )
        if urgent := frozenset(crying.values_list("slug", flat=True)):
            needs, near = urgent, (near | needs) - urgent
        local = self.asks_for_an_area(needs)
        to_read = asks_to_read(self.q)
        return Query(
            words=self.words(to_read),
            needs=needs,
            near_needs=near,
            background=background,
            family=not needs and (local or speaks_of_family(self.q) or SOFT.issuperset(self.reading.words)),
            voice=voices(self.q, self.for_me),
            wanted=kinds(self.q) | ({Category.HELPLINE.value} if self.reading.quiet else frozenset()),
            local=local,
            to_read=to_read,
            tells=told(self.q, self.for_me),
            elsewhere=self.is_elsewhere(needs),
            filters=filters,
            spot=self.spot,
            within=round(int(within) * METRES_A_MILE) if within and self.spot else None,
            sort=self.sort,
            schools=self.wants_schools,
            page=self.page,
        )

    def words(self, to_read: bool) -> tuple[str, ...]:
        """Words for the engine. Those that led to a need tell apart which page is asked for as well:
        "autism assessment" and "ADHD assessment" are one need and two guides."""
        return tuple(dict.fromkeys([*self.reading.words, *(tokens(self.q) if to_read else ())]))

    def is_elsewhere(self, needs: frozenset[str]) -> bool:
        """The line is about something that others look after, and cries for no help."""
        if self.reading.crisis or self.reading.quiet:
            return False
        return errand(self.q) if needs and not needs & SCHOOL_NEEDS else bool(self.elsewhere and not needs)

    def asks_for_an_area(self, needs: frozenset[str]) -> bool:
        """An area is known, and beside it only help in general was asked for."""
        if not self.district or not needs <= GENERAL_NEEDS:
            return False
        return GENERAL.issuperset(self.reading.words)

    @property
    def wants_schools(self) -> bool:
        """The words, the category or the need ask for a school."""
        return bool(
            "school" in (self.given.get("kind") or [])
            or ("kind", "school") in self.reading.flags
            or Category.SCHOOL in (self.given.get("category") or [])
            or self.given.get("phase")
            or SCHOOL_NEEDS & {*self.reading.needs, *(self.given.get("need") or [])}
            or names_a_school(self.q)
        )


def hinted_at(needs: Mapping[str, str]) -> frozenset[str]:
    """Conditions that a line shows only signs of while it names something else: "obsessive hand washing"
    is about OCD before it is about autism."""
    signs = {slug for slug, kind in needs.items() if kind == WordKind.SIGN}
    return frozenset(signs & CONDITIONS) if needs.keys() - signs else frozenset()


def parted_by_condition(needs: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """(what a line is about, the conditions it names beside it): of "autistic and not sleeping" sleep is
    what help is sought with. A line that names nothing but conditions is about them."""
    about = needs - CONDITIONS
    return (about, needs & CONDITIONS) if about else (needs, frozenset())


def names_a_school(text: str) -> bool:
    """Whether a line says a kind of school, or asks for schools."""
    stems = [stem(word) for word in split(text)]
    return bool(
        SCHOOL_TYPES.intersection(stems)
        or SCHOOL_PAIRS.intersection(pairwise(stems))
        or stems[:1] == ["school"]
    )

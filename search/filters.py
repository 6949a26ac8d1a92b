"""From a visitor's parameters to one frozen `Query`. A bad field drops out with a kind message; the
good ones stay. Whatever bytes arrive, something sensible comes out."""

import re
from dataclasses import dataclass, replace
from functools import cached_property

import django_filters
from django import forms
from django.http import QueryDict

from directory.choices import Category, ContactKind, Cost, Diagnosis, Phase
from directory.models import AccessFeature, Area, Language, Need, Service
from directory.places import Place, areas_for, gp_guess, nearest_unit, resolve
from directory.words import METRES_A_MILE

from .query import LAST_PAGE, Query, Spot
from .reading import OLDEST, Reading, Vocabulary, read
from .vocabulary import vocabulary

MOST_CHOICES = 60
LONGEST_WORDS = 300
WITHIN = (3, 5, 10, 20)
BANDS = {"0-4": range(5), "5-10": range(5, 11), "11-15": range(11, 16), "16-25": range(16, 26)}
SCHOOL_WORDS = {"schools", "nursery", "nurseries", "preschool", "sixth", "primary", "secondary", "college"}
SCHOOL_NEEDS = {"school-place"}
PLAIN = re.compile(r"[^\x20-\uffff\U00010000-\U0010ffff]|[\ud800-\udfff]")


def plain(text: str) -> str:
    """Text without control characters or broken halves, which no database or page should meet."""
    return PLAIN.sub(" ", text)


class Words(forms.CharField):
    """A line of any length and any bytes: cut and cleaned, never refused."""

    def __init__(self, *args, longest=LONGEST_WORDS, **kwargs):
        self.longest = longest
        super().__init__(*args, **kwargs | {"required": False})

    def to_python(self, value):
        # Cleaned before the parent sees it: a NUL would be refused there, and families typed words.
        return super().to_python(plain(str(value or ""))[: self.longest].strip())

    def run_validators(self, value):
        return None


class Lenient(forms.MultipleChoiceField):
    """Several choices; those it does not know are left out, and the rest still count."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs | {"required": False})

    def to_python(self, value):
        known = {str(key) for key, _ in self.choices}
        given = dict.fromkeys(str(each) for each in (value or [])[: MOST_CHOICES * 4])
        return [each for each in given if each in known][:MOST_CHOICES]

    def validate(self, value):
        return None


class LenientOne(forms.ChoiceField):
    """One choice; an unknown one counts as none."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs | {"required": False})

    def to_python(self, value):
        value = super().to_python(value)
        return value if self.valid_value(value) else ""

    def validate(self, value):
        return None


class Age(Words):
    """Whole years from `7`, `7yo`, `seven` or `18 months`."""

    def clean(self, value):
        text = super().to_python(value)
        if not text:
            return None
        age = read(f"age {text}", Vocabulary()).age
        if age is None:
            age = read(text, Vocabulary()).age
        if age is None:
            raise forms.ValidationError(
                f"We could not read that age. Write a number from 0 to {OLDEST}. We kept the rest."
            )
        return age


class PlaceField(Words):
    def clean(self, value):
        text = super().to_python(value)
        if not text:
            return None
        place = resolve(text)
        if place is None:
            raise forms.ValidationError(
                "We do not know that place. Try a town or the first half of a postcode. We kept the rest."
            )
        return place


class Point(Words):
    """`51.75,-0.47`: WGS84 degrees, already rounded on the device."""

    def clean(self, value):
        match = re.fullmatch(r"\s*(-?\d{1,3}(?:\.\d{1,6})?),(-?\d{1,3}(?:\.\d{1,6})?)\s*", str(value or ""))
        if not match:
            return None
        latitude, longitude = float(match[1]), float(match[2])
        # Great Britain with its seas; elsewhere there is nothing near.
        if not (49 < latitude < 61 and -9 < longitude < 3):
            return None
        return round(latitude * 200) / 200, round(longitude * 143) / 143


class Several(django_filters.Filter):
    field_class = Lenient


class One(django_filters.Filter):
    field_class = LenientOne


def filter_of(field_class: type[forms.Field], **extra) -> django_filters.Filter:
    return type("Filter", (django_filters.Filter,), {"field_class": field_class})(**extra)


REFERRERS = [
    ("self", "A young person can ask"),
    ("parent", "A parent can ask"),
    ("school", "A school can ask"),
    ("gp", "A GP can ask"),
    ("professional", "Another professional can ask"),
]
REACH = [
    ("place", "A place you go to"),
    ("online", "Online"),
    ("phone", "By phone"),
    ("county", "Whole county"),
]
WHEN = [("evening", "In the evening"), ("weekend", "At the weekend"), ("holidays", "In school holidays")]
CONTACT = [("no-phone", "Without a phone call"), *((str(k), k.label) for k in ContactKind)]


class SearchFilter(django_filters.FilterSet):
    """Every parameter of /search/. It filters nothing itself: an engine does that."""

    q = filter_of(Words)
    age = filter_of(Age)
    ages = One(choices=[(band, band) for band in BANDS])
    place = filter_of(PlaceField)
    near = filter_of(Point)
    gp = One(choices=lambda: [("unsure", "Not sure"), *_areas("gp")])
    need = Several(choices=lambda: list(Need.objects.values_list("slug", "name")))
    skip = Several(choices=lambda: list(Need.objects.values_list("slug", "name")))
    area = Several(choices=lambda: _areas("home", "school"))
    kind = Several(choices=[("service", "Services"), ("school", "Schools and settings")])
    category = Several(choices=[choice for choice in Category.choices if choice[0]])
    diagnosis = Several(choices=[(Diagnosis.NOT_NEEDED.value, "No diagnosis needed")])
    refer = Several(choices=REFERRERS)
    contact = Several(choices=CONTACT)
    cost = Several(choices=[(Cost.FREE.value, "Free"), (Cost.SOME_FREE.value, "Some of it free")])
    reach = Several(choices=REACH)
    when = Several(choices=WHEN)
    access = Several(choices=lambda: list(AccessFeature.objects.values_list("slug", "name")))
    language = Several(choices=lambda: list(Language.objects.values_list("code", "name")))
    phase = Several(choices=[choice for choice in Phase.choices if choice[0]])
    open = Several(choices=[("yes", "Open to new people")])
    within = One(choices=[(str(n), f"Within {n} miles") for n in WITHIN])
    sort = One(choices=[("fit", "Best match"), ("distance", "Nearest")])
    for_ = One(choices=[("me", "For me"), ("child", "For my child")])
    page = filter_of(Words)

    class Meta:
        model = Service
        fields: list[str] = []

    def __init__(self, data: QueryDict):
        data = data.copy()
        if "for" in data:
            data["for_"] = data["for"]
        super().__init__(data, queryset=Service.objects.none())

    @cached_property
    def asked(self) -> "Asked":
        """The parameters, cleaned and read."""
        self.form.errors  # noqa: B018  (validates; fields that fail are missing from cleaned_data)
        given = self.form.cleaned_data
        reading = read(given.get("q") or "", vocabulary())
        skipped = set(given.get("skip") or [])
        needs = {slug: kind for slug, kind in reading.needs.items() if slug not in skipped}
        place, from_text = given.get("place"), False
        if place is None and "place" not in self.form.errors and not given.get("near") and reading.place:
            place, from_text = resolve(reading.place), True
        age = given.get("age")
        return Asked(
            given=given,
            reading=replace(reading, needs=needs),
            age=reading.age if age is None and "age" not in self.form.errors else age,
            age_from_text=age is None and reading.age is not None,
            place=place,
            place_from_text=from_text and place is not None,
            errors={name: errors[0] for name, errors in self.form.errors.items()},
        )

    def query(self) -> Query:
        return self.asked.query()


@dataclass(frozen=True)
class Asked:
    """What was asked, before it becomes a `Query`: also what chips and forms show again."""

    given: dict
    reading: Reading
    age: int | None
    age_from_text: bool
    place: Place | None
    place_from_text: bool
    errors: dict[str, str]

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

    @cached_property
    def covering(self) -> list[Area]:
        """Every area over the district, for "Your areas"."""
        return areas_for(self.district) if self.district else []

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
        if self.age is not None:
            filters["age"] = frozenset([str(self.age)])
        elif band := self.given.get("ages"):
            filters["age"] = frozenset(map(str, BANDS[band]))
        if self.district and "area" not in filters:
            filters["area"] = frozenset([self.district.code])
        if self.gp_areas:
            filters["gp"] = frozenset(area.code for area in self.gp_areas)
        if self.for_me:
            filters["referral"] = filters.get("referral", frozenset()) | {"self"}
        within = self.given.get("within")
        return Query(
            words=self.reading.words,
            needs=frozenset(self.reading.needs) | filters.get("need", frozenset()),
            filters=filters,
            spot=self.spot,
            within=round(int(within) * METRES_A_MILE) if within and self.spot else None,
            sort=self.sort,
            schools=self.wants_schools,
            page=self.page,
        )

    @property
    def wants_schools(self) -> bool:
        """The words, the category or the need ask for a school."""
        return bool(
            "school" in (self.given.get("kind") or [])
            or Category.SCHOOL in (self.given.get("category") or [])
            or self.given.get("phase")
            or SCHOOL_NEEDS & {*self.reading.needs, *(self.given.get("need") or [])}
            or SCHOOL_WORDS & set(self.q.casefold().split())
        )


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


def _areas(*decided_by: str) -> list[tuple[str, str]]:
    return list(Area.objects.current().filter(kind__decided_by__in=decided_by).values_list("code", "name"))

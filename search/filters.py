"""From a visitor's parameters to one frozen `Query`. A bad field drops out with a kind message; the
good ones stay. Whatever bytes arrive, something sensible comes out."""

from dataclasses import replace
from functools import cached_property

import django_filters
from django import forms
from django.http import QueryDict

from directory.choices import Category, ContactKind, Cost, Diagnosis, Phase
from directory.models import AccessFeature, Area, Language, Need, Service
from directory.places import resolve

from .asked import BANDS, Asked
from .elsewhere import parted
from .fields import Age, Lenient, LenientOne, PlaceField, Point, Words
from .query import Query
from .reading import read
from .vocabulary import vocabulary

WITHIN = (3, 5, 10, 20)


class Several(django_filters.Filter):
    field_class = Lenient


class One(django_filters.Filter):
    field_class = LenientOne


def filter_of(field_class: type[forms.Field], **extra) -> django_filters.Filter:
    return type("Filter", (django_filters.Filter,), {"field_class": field_class})(**extra)


KIND = [
    ("service", "Services"),
    ("school", "Schools and settings"),
    ("handbook", "Handbook"),
    ("guide", "Guides"),
    ("page", "About help and this site"),
]
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
DIAGNOSIS = [
    (Diagnosis.NOT_NEEDED.value, "No diagnosis needed"),
    (Diagnosis.WAITING.value, "While you wait"),
]
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
    kind = Several(choices=KIND)
    category = Several(choices=[choice for choice in Category.choices if choice[0]])
    diagnosis = Several(choices=DIAGNOSIS)
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
    as_typed = One(choices=[("1", "Search for exactly what was typed")])

    class Meta:
        model = Service
        fields: list[str] = []

    def __init__(self, data: QueryDict):
        data = data.copy()
        for name, field in (("for", "for_"), ("as-typed", "as_typed")):
            if name in data:
                data[field] = data[name]
        super().__init__(data, queryset=Service.objects.none())

    @cached_property
    def asked(self) -> Asked:
        """The parameters, cleaned and read."""
        self.form.errors  # noqa: B018  (validates; fields that fail are missing from cleaned_data)
        given = self.form.cleaned_data
        known = vocabulary()
        if given.get("as_typed"):
            known = replace(known, speller=None)
        reading = read(given.get("q") or "", known)
        skipped = set(given.get("skip") or [])
        needs, elsewhere = parted(reading.needs)
        needs = {slug: kind for slug, kind in needs.items() if slug not in skipped}
        place, from_text = given.get("place"), False
        if place is None and "place" not in self.form.errors and not given.get("near") and reading.place:
            place, from_text = resolve(reading.place), True
        age = given.get("age")
        chosen = age is not None or given.get("ages") or "age" in self.form.errors
        return Asked(
            given=given,
            reading=reading._replace(needs=needs),
            elsewhere=elsewhere,
            age=age if chosen else reading.age,
            ages=None if chosen else reading.ages,
            age_from_text=not chosen and reading.age is not None,
            place=place,
            place_from_text=from_text and place is not None,
            errors={name: errors[0] for name, errors in self.form.errors.items()},
        )

    def query(self) -> Query:
        return self.asked.query()


def _areas(*decided_by: str) -> list[tuple[str, str]]:
    return list(Area.objects.current().filter(kind__decided_by__in=decided_by).values_list("code", "name"))

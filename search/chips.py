"""What was understood and applied, each with its words and the address without it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import QueryDict

from directory.models import Need

from .filters import SearchFilter
from .links import address

FLAGS = {
    ("diagnosis", "not-needed"): "Without a diagnosis",
    ("diagnosis", "waiting"): "While waiting",
    ("cost", "free"): "Free",
    ("refer", "parent"): "Can ask yourself",
    ("refer", "self"): "A young person can ask",
    ("contact", "no-phone"): "No phone call",
    ("reach", "online"): "Online",
    ("when", "weekend"): "At the weekend",
    ("when", "evening"): "In the evening",
    ("when", "holidays"): "In the holidays",
    ("kind", "school"): "School or setting",
}
"""Words for what one line can say; any other choice keeps the words of its filter."""

NO_CHIP = {"skip", "sort", "for_", "within", "ages", "gp"}


@dataclass(frozen=True)
class Chip:
    label: str
    remove_url: str


def chips(filters: SearchFilter, params: QueryDict) -> list[Chip]:
    """Everything that was applied, in the order of the form. A sign never names a need here."""
    asked = filters.asked
    return [
        *_needs(asked, params),
        *_age(asked, params),
        *_place(asked, params),
        *_choices(filters, params),
    ]


def _line_without(asked, key: str) -> dict[str, str]:
    """The change that takes these words out of the line, if they stand in it."""
    without = asked.reading.without
    return {"q": without[key]} if key in without else {}


def _needs(asked, params) -> Iterator[Chip]:
    ticked = asked.given.get("need") or []
    names = dict(Need.objects.filter(slug__in=asked.shown_needs).values_list("slug", "name"))
    for slug in asked.shown_needs:
        if slug in names and slug not in ticked:
            yield Chip(names[slug], address(params, skip=[*params.getlist("skip"), slug]))


def _age(asked, params) -> Iterator[Chip]:
    words = ""
    if asked.age is not None:
        words = f"Age {asked.age}"
    elif ages := asked.ages:
        words = f"Age {ages[0]} to {ages[1]}" if ages[0] != ages[1] else f"Age {ages[0]}"
    elif band := asked.given.get("ages"):
        words = f"Age {band.replace('-', ' to ')}"
    if words:
        yield Chip(words, address(params, {"age": None, "ages": None, **_line_without(asked, "age")}))


def _place(asked, params) -> Iterator[Chip]:
    if asked.place:
        label = asked.place.label
        if asked.place.district and asked.place.district.name != label:
            label = f"{label}, {asked.place.district.name}"
        yield Chip(label, address(params, {"place": None, **_line_without(asked, "place")}))
    elif asked.spot:
        yield Chip("Near where you are", address(params, near=None))
    if asked.given.get("within") and asked.spot:
        yield Chip(f"Within {asked.given['within']} miles", address(params, within=None))


def _choices(filters: SearchFilter, params) -> Iterator[Chip]:
    """Choices of the filters, ticked or said in the line."""
    asked = filters.asked
    if asked.for_me:
        yield Chip("Help I can ask for myself", address(params, for_=None))
    said = asked.reading.flags
    for name, field in filters.form.fields.items():
        ticked = asked.given.get(name)
        if name in NO_CHIP or (ticked and not isinstance(ticked, list)):
            continue
        values = [*(ticked or []), *(value for parameter, value in said if parameter == name)]
        if not values:
            continue
        labels = {str(key): str(label) for key, label in field.choices}
        for value in dict.fromkeys(values):
            changes: dict = {name: [each for each in params.getlist(name) if each != value]}
            changes |= _line_without(asked, f"{name}={value}")
            if name == "need" and value in asked.shown_needs:
                changes["skip"] = [*params.getlist("skip"), value]
            yield Chip(FLAGS.get((name, value)) or labels.get(value, value), address(params, changes))

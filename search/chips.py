"""What was applied, each with its words and the address without it; and the addresses themselves."""

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse

from directory.models import Need

from .filters import SearchFilter

KEPT = ("q", "age", "place", "near", "for", "gp")


@dataclass(frozen=True)
class Chip:
    kind: str
    label: str
    remove_url: str


def address(params: QueryDict, **changes) -> str:
    """/search/ with these parameters changed (None or "" takes one out, a list sets several)."""
    params = params.copy()
    for name, value in changes.items():
        name = name.rstrip("_")
        if value in (None, "", []):
            params.pop(name, None)
        elif isinstance(value, list):
            params.setlist(name, value)
        else:
            params[name] = value
    if "page" not in changes:
        params.pop("page", None)
    for name in [name for name, values in params.lists() if not any(values)]:
        params.pop(name)
    query = params.urlencode()
    return reverse("search") + (f"?{query}" if query else "")


def chips(filters: SearchFilter, params: QueryDict) -> list[Chip]:
    """Everything that was applied, in the order of the form. A sign never names a need here."""
    asked, made = filters.asked, []
    given = asked.given
    names = dict(Need.objects.filter(slug__in=asked.shown_needs).values_list("slug", "name"))
    for slug in asked.shown_needs:
        if slug in names and slug not in (given.get("need") or []):
            skip = [*(given.get("skip") or []), slug]
            made.append(Chip("Need", names[slug], address(params, skip=skip)))
    if asked.age is not None:
        without = {"q": asked.reading.without_age} if asked.age_from_text else {"age": None}
        made.append(Chip("Age", str(asked.age), address(params, **without)))
    elif given.get("ages"):
        made.append(Chip("Age", given["ages"].replace("-", " to "), address(params, ages=None)))
    if asked.place:
        without = {"q": asked.reading.without_place} if asked.place_from_text else {"place": None}
        label = asked.place.label
        if asked.place.district and asked.place.district.name != label:
            label = f"{label}, {asked.place.district.name}"
        made.append(Chip("Near", label, address(params, **without)))
    elif asked.spot:
        made.append(Chip("Near", "where you are", address(params, near=None)))
    if given.get("within") and asked.spot:
        made.append(Chip("Within", f"{given['within']} miles", address(params, within=None)))
    if asked.for_me:
        made.append(Chip("", "Help I can ask for myself", address(params, for_=None)))
    for name, field in filters.form.fields.items():
        if name in ("skip", "sort", "for_", "within", "ages", "gp") or not isinstance(given.get(name), list):
            continue
        labels = {str(key): str(label) for key, label in field.choices}
        for value in given[name]:
            rest = [each for each in given[name] if each != value]
            made.append(Chip(KINDS.get(name, ""), labels[value], address(params, **{name: rest})))
    return made


KINDS = {
    "need": "Need",
    "area": "Area",
    "category": "Kind",
    "kind": "Kind",
    "language": "Language",
    "phase": "Phase",
    "access": "Access",
    "refer": "Asking",
    "when": "When",
    "reach": "Where",
}

"""Two versions of one service side by side: what is on the form, and what someone else saved."""

from dataclasses import dataclass

from django.utils.text import capfirst
from wagtail.fields import RichTextField
from wagtail.utils.text import text_from_html

from .labels import LABELS

EMPTY = "—"


@dataclass(frozen=True)
class Difference:
    label: str
    mine: str
    theirs: str


def differences(form, theirs, whole: bool) -> list[Difference]:
    """Each fact that differs between a bound form and a saved version, in the form's order.

    Rows can only be compared when the `whole` form is valid; until then its own errors come first
    and its plain fields are compared.
    """
    mine = form.save(commit=False) if whole else form.instance
    facts = {field.name for field in (*mine._meta.fields, *mine._meta.many_to_many)}
    pairs = [
        (label_of(form, name), shown(mine, name), shown(theirs, name))
        for name in form.fields
        if name in facts
    ]
    if whole:
        pairs += [(heading(name), rows(mine, name), rows(theirs, name)) for name in form.formsets]
    return [Difference(*pair) for pair in pairs if pair[1] != pair[2]]


def label_of(form, name) -> str:
    return LABELS.get(name) or str(form.fields[name].label or heading(name))


def heading(name: str) -> str:
    return capfirst(name.replace("_", " "))


def shown(record, name: str) -> str:
    """A field's value in words."""
    field = record._meta.get_field(name)
    value = getattr(record, name)
    if field.many_to_many:
        words = ", ".join(sorted(str(item) for item in value.all()))
    elif field.choices:
        words = str(getattr(record, f"get_{name}_display")())
    elif isinstance(field, RichTextField):
        words = text_from_html(value)
    elif isinstance(value, bool):
        words = "Yes" if value else "No"
    elif isinstance(value, list):
        words = ", ".join(str(item) for item in value)
    else:
        words = "" if value is None else str(value)
    return words.strip() or EMPTY


def rows(record, relation: str) -> str:
    """A relation's rows, one a line, each with all that it says."""
    lines = (
        " · ".join(
            shown(row, field.name)
            for field in row._meta.fields
            if field.name not in ("id", "service", "order") and shown(row, field.name) != EMPTY
        )
        for row in getattr(record, relation).all()
    )
    return "\n".join(lines) or EMPTY

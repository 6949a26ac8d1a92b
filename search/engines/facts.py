"""A document as one line of JSON and a row of words, and back."""

import json
from collections.abc import Mapping, Sequence

from search.query import FIELDS, Document


def encode(document: Document) -> str:
    """All of a document but its reference, title and words; values in order, so equal means equal."""
    return json.dumps(
        {
            "kind": document.kind,
            "fits": {facet: sorted(values) for facet, values in sorted(document.fits.items())},
            "explicit": {facet: sorted(values) for facet, values in sorted(document.explicit.items())},
            "points": document.points,
            "anywhere": document.anywhere,
            "helpline": document.helpline,
            "checked": document.checked,
            "open": document.open,
        },
        separators=(",", ":"),
    )


def words(document: Document) -> list[str]:
    """The tokens of each of FIELDS, parted by spaces."""
    return [" ".join(document.words.get(name, ())) for name in FIELDS]


def decode(ref: str, title: str, facts: str, fields: Sequence[str]) -> Document:
    """The document that was encoded."""
    held = json.loads(facts)
    return Document(
        ref=ref,
        kind=held["kind"],
        words={name: tuple(text.split()) for name, text in zip(FIELDS, fields, strict=True)},
        fits=_sets(held["fits"]),
        explicit=_sets(held["explicit"]),
        points=tuple((latitude, longitude) for latitude, longitude in held["points"]),
        anywhere=held["anywhere"],
        helpline=held["helpline"],
        checked=held["checked"],
        open=held["open"],
        title=title,
    )


def _sets(values: Mapping[str, list[str]]) -> dict[str, frozenset[str]]:
    return {facet: frozenset(each) for facet, each in values.items()}

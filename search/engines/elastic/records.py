"""A record as Elasticsearch holds it: keywords to find and count it by, and the document itself.

No text is analysed there: words come as tokens. Whatever decides what fits or which field tells most is
asked of `search.score` here, once a record, so that the index holds answers and not rules.
"""

from collections.abc import Iterator
from typing import Any

from elasticsearch.dsl import Mapping

from search import score
from search.query import FACETS, FIELDS, MARKS, READ, Document, Query
from search.tokens import split, stem

FITS, STATES, KNOWN = "fits:", "states:", "known:"
"""Before a value of a facet: the record fits it, states it, or merely shows that there is such a value."""
SILENT = "silent"
"""Instead of values it fits: the record fits every value."""
NOBODYS = frozenset(["\0"])
"""A value that no record knows: who fits it fits everything."""


def mapping() -> dict[str, Any]:
    made = Mapping()
    made.meta("dynamic", "strict")
    made.meta("_source", includes=["document"])
    made.field("ref", "keyword")
    made.field("title", "keyword")
    made.field("length", "integer")
    made.field("begins", "keyword", doc_values=False)
    made.field("flags", "keyword", doc_values=False)
    made.field("held", "keyword", doc_values=False)
    made.field("needs", "keyword", doc_values=False)
    made.field("points", "geo_point")
    made.field("document", "object", enabled=False)
    best = {name: {"type": "keyword", "doc_values": False} for name in FIELDS}
    facets = {facet: {"type": "keyword"} for facet in (*FACETS, *MARKS)}
    made.field("best", "object", properties=best)
    made.field("facets", "object", properties=facets)
    return made.to_dict()


def fields(document: Document) -> dict[str, Any]:
    """All that is indexed of a record."""
    best = _best(document)
    return {
        "ref": document.ref,
        "title": document.title,
        "length": len(document.title),
        "begins": sorted(_begins(document)),
        "flags": list(_flags(document)),
        "held": [word for words in best.values() for word in words],
        "best": best,
        "needs": _needs(document),
        "facets": {facet: list(_values(document, facet)) for facet in FACETS}
        | {mark: [STATES + value for value in sorted(document.explicit.get(mark, ()))] for mark in MARKS},
        "points": [{"lat": latitude, "lon": longitude} for latitude, longitude in document.points],
        "document": packed(document),
    }


def gone(ref: str) -> dict[str, Any]:
    """What is left of a record that is no more, so that no older change brings it back."""
    return {"ref": ref, "flags": []}


def _best(document: Document) -> dict[str, list[str]]:
    best: dict[str, list[str]] = {}
    for word in {word for words in document.words.values() for word in words}:
        if name := score.best_field(word, document):
            best.setdefault(name, []).append(word)
    return best


def _flags(document: Document) -> Iterator[str]:
    yield "live"
    if document.kind == "school":
        yield "school"
    if document.kind in READ:
        yield "to read"
    if document.points:
        yield "placed"
    elif document.helpline:
        yield "phone"
    if score.fits_any_need(document):
        yield "any need"
    for name in ("anywhere", "helpline", "checked", "open"):
        if getattr(document, name):
            yield name


def _needs(document: Document) -> list[str]:
    """The needs that make it match."""
    named = document.fits.get("need", frozenset()) | document.explicit.get("need", frozenset())
    return [need for need in named if score.matches(Query(needs=frozenset([need])), document, {})]


def _values(document: Document, facet: str) -> Iterator[str]:
    held = document.fits.get(facet, frozenset())
    if score.passes(facet, NOBODYS, document):
        yield SILENT
        yield from (KNOWN + value for value in held)
    else:
        yield from (FITS + value for value in held)
    yield from (STATES + value for value in document.explicit.get(facet, ()))


def _begins(document: Document) -> set[str]:
    """What a word typed may begin: titles as people read them, providers as stems."""
    return {*split(document.title), *document.words.get("provider", ())} if document.title else set()


def beginnings(word: str) -> tuple[str, ...]:
    """A word as it is typed and as a stem."""
    return tuple({word, stem(word)})


def packed(document: Document) -> dict[str, Any]:
    """A document as JSON holds it."""
    return {
        "ref": document.ref,
        "kind": document.kind,
        "words": {name: " ".join(words) for name, words in document.words.items()},
        "fits": {facet: sorted(values) for facet, values in document.fits.items()},
        "explicit": {facet: sorted(values) for facet, values in document.explicit.items()},
        "points": document.points,
        "anywhere": document.anywhere,
        "helpline": document.helpline,
        "checked": document.checked,
        "open": document.open,
        "title": document.title,
    }


def unpacked(held: dict[str, Any]) -> Document:
    return Document(
        **held
        | {
            "words": {name: tuple(words.split()) for name, words in held["words"].items()},
            "fits": {facet: frozenset(values) for facet, values in held["fits"].items()},
            "explicit": {facet: frozenset(values) for facet, values in held["explicit"].items()},
            "points": tuple(map(tuple, held["points"])),
        }
    )

"""A document as the rows of an index: what memory keeps of it, where it is, and its words."""

import json

from search.query import FIELDS, Document


def facts(document: Document) -> str:
    """All that a state keeps of a document, as JSON."""
    return _json(
        {
            "kind": document.kind,
            "fits": {facet: sorted(values) for facet, values in document.fits.items()},
            "explicit": {facet: sorted(values) for facet, values in document.explicit.items()},
            "anywhere": document.anywhere,
            "helpline": document.helpline,
            "checked": document.checked,
            "open": document.open,
        }
    )


def points(document: Document) -> str:
    """Where one can go: [[latitude, longitude], ...] as JSON, in WGS84 degrees."""
    return _json(document.points)


def words(document: Document) -> str:
    """The tokens of each of FIELDS, parted by spaces; a line a field."""
    return "\n".join(" ".join(document.words.get(name, ())) for name in FIELDS)


def _json(value) -> str:
    return json.dumps(value, separators=(",", ":"))

"""From a record to what search knows of it: its words, what it fits, what it says itself.

A reference names the kind of record and its key: "service:12", "page:7". Services and schools are made
into documents by `services`, what families read by `pages`.
"""

from collections.abc import Iterable, Iterator
from itertools import chain

from search.query import Document

from . import pages, services

MAKERS = {"service": services.documents, "page": pages.documents}


def documents() -> Iterator[Document]:
    """Documents of every record that families may find."""
    return chain.from_iterable(make() for make in MAKERS.values())


def documents_for(refs: Iterable[str]) -> dict[str, Document]:
    """The documents of references, without those that families may not find."""
    keys: dict[str, list[int]] = {}
    for kind, _, key in (ref.partition(":") for ref in refs):
        if kind in MAKERS and key.isascii() and key.isdigit():
            keys.setdefault(kind, []).append(int(key))
    return {each.ref: each for kind, pks in keys.items() for each in MAKERS[kind](pks)}


def document_for(ref: str) -> Document | None:
    """The document of a reference, or None when families may not find the record."""
    return documents_for([ref]).get(ref)


freshness_changes = services.freshness_changes

__all__ = ["document_for", "documents", "documents_for", "freshness_changes"]

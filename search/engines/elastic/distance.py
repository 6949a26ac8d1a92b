"""A page of records by distance, in the very order of the reference.

Elasticsearch measures within some centimetres of `search.near`, which is enough to find the records
near a page but not to tell apart two places equally far away. So it gives the order roughly, and
those that may belong on the page are put in order by `score.place_in_order`.

Helplines without a place are as near as the phone, at 0 metres; other records without a place come
last, the best first.
"""

from collections.abc import Callable, Mapping
from typing import Any

from elasticsearch.dsl.query import Bool

from search import score
from search.query import Document

from .questions import BY_FIT, LAST_HIT, LIVE, Question, flag, search, these
from .records import unpacked

APART = 2.0
"""Metres, far above what two formulas differ by. Places less far apart may be in either order."""
MORE = 50
"""Records asked for beyond the page, so that those as far away as its last are mostly there."""

Ask = Callable[..., list[Mapping[str, Any]]]
Row = tuple[float, str]
"""Metres, as Elasticsearch measures them, and a reference."""
Scored = tuple[Document, dict[str, int]]
"""A record and its points by part."""


def page(question: Question, ask: Ask) -> list[Scored]:
    """The records on the page, in order; `ask` puts some searches to one index."""
    query = question.query
    start, stop = (query.page - 1) * query.size, query.page * query.size
    rows, near, complete = _near(question, ask, stop)
    found: list[Scored] = []
    if start < near:
        first, last = rows[start][0] - APART, rows[min(stop, near) - 1][0] + APART
        while not complete and rows[-1][0] <= last:
            rows, near, complete = _near(question, ask, len(rows) * 2)
        before = sum(1 for metres, _ in rows if metres < first)
        tied = [ref for metres, ref in rows if first <= metres <= last]
        found = _in_order(question, ask, tied)[start - before : stop - before]
    if stop > near:
        found += _placeless(question, ask, max(start - near, 0), stop - max(start, near))
    return found


def _near(question: Question, ask: Ask, many: int) -> tuple[list[Row], int, bool]:
    """The nearest records (at least so many of them), how many there are in all, and whether these
    are all."""
    size = min(many + MORE, LAST_HIT)
    placed, phone = ask(
        search(question.ranked(flag("placed")), size, sort=question.by_metres(), _source=False),
        search(question.ranked(flag("phone")), size, sort=BY_FIT, _source=False),
    )
    rows = [(0.0, hit["_id"]) for hit in phone["hits"]["hits"]]
    rows += [(hit["sort"][0], hit["_id"]) for hit in placed["hits"]["hits"]]
    totals = [each["hits"]["total"]["value"] for each in (placed, phone)]
    return rows, sum(totals), max(totals) <= size or size == LAST_HIT


def _in_order(question: Question, ask: Ask, refs: list[str]) -> list[Scored]:
    (answer,) = ask(search(these(refs), len(refs)))
    return sorted(
        scored(question, answer),
        key=lambda row: score.place_in_order(question.query, row[0], sum(row[1].values())),
    )


def _placeless(question: Question, ask: Ask, skip: int, take: int) -> list[Scored]:
    nowhere = Bool(filter=[LIVE], must_not=[flag("placed"), flag("phone")])
    (answer,) = ask(search(question.ranked(nowhere), take, sort=BY_FIT, **{"from": skip}))
    return scored(question, answer)


def scored(question: Question, answer: Mapping[str, Any]) -> list[Scored]:
    """The documents of an answer's hits, in its order, with their points by part."""
    documents = [unpacked(hit["_source"]["document"]) for hit in answer["hits"]["hits"]]
    return [(each, score.score(question.query, each, question.rare) or {}) for each in documents]

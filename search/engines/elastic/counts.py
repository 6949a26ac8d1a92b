"""How many records fit and state each value of each facet, from the buckets of Elasticsearch."""

from collections.abc import Iterable, Mapping
from typing import Any

from search.query import FacetCount

from .questions import Counted, Question
from .records import FITS, KNOWN, SILENT, STATES

Answer = Mapping[str, Any]


class Counts:
    """One facet of one answer."""

    def __init__(self, answer: Answer, facet: str):
        buckets = answer["aggregations"][facet]["buckets"]
        self._counts = {bucket["key"]: bucket["doc_count"] for bucket in buckets}
        self._silent = self._counts.get(SILENT, 0)

    def of(self, value: str) -> FacetCount:
        fits = self._silent + self._counts.get(FITS + value, 0)
        return FacetCount(fits, self._counts.get(STATES + value, 0))

    def values(self) -> frozenset[str]:
        """Every value that any of the records fits, states or knows."""
        return frozenset(
            key.removeprefix(kind)
            for key in self._counts
            for kind in (FITS, STATES, KNOWN)
            if key.startswith(kind)
        )


def facets(
    known: Mapping[str, Iterable[str]],
    question: Question,
    main: Answer,
    others: Iterable[tuple[Counted, Answer]],
) -> dict[str, dict[str, FacetCount]]:
    """Every known value of every facet: from the main search, or from the one made for it."""
    made = {facet: _of_all(Counts(main, facet), known[facet]) for facet in question.unfiltered}
    for asked, answer in others:
        counts = Counts(answer, asked.facet)
        if asked.value is None:
            made[asked.facet] = _of_all(counts, known[asked.facet])
        elif asked.value in known[asked.facet]:
            made[asked.facet][asked.value] = counts.of(asked.value)
    return made


def _of_all(counts: Counts, values: Iterable[str]) -> dict[str, FacetCount]:
    return {value: counts.of(value) for value in values}


def each_of(answer: Answer) -> list[int]:
    """What `questions.how_many` asked."""
    buckets = answer["aggregations"]["each"]["buckets"]
    return [buckets[str(place)]["doc_count"] for place in range(len(buckets))]

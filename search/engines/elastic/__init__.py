"""The engine on Elasticsearch 8.18 or newer, for directories too large for the site's own machine.

Nothing here touches the site's database, waits longer than a second for a search or asks twice: when
Elasticsearch fails, `Unanswered` is raised at once, and `search.engines.guarded` lets the site's own
index answer.
"""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TypeVar

from django.conf import settings

from search import score, telling
from search.query import FACETS, Applied, Change, Health, Hit, Query, Report, Result, Suggestion
from search.tokens import split

from . import distance
from .client import TIMEOUT, Missing, Unanswered, connect, kind_only, read_address
from .counts import Answer, Counts, each_of, facets
from .indexes import GENERATION, Indexes
from .questions import GROUP, GROUPS, LAST_HIT, LIVE, Question, holding, how_many, search, these, titles

CHUNK = 500
"""Records sent at once while rebuilding."""
TRIES = 3
"""How often a search is begun again because the index changed under it."""
MOST_RARITIES = 20_000
"""Words whose rarity is kept at one generation."""


@dataclass(frozen=True, slots=True)
class State:
    """What is kept of the index at one generation."""

    index: str
    generation: int
    totals: tuple[int, int, int]
    """How many records there are, by group of `search.telling`."""
    values: Mapping[str, frozenset[str]]
    """Every known value, by facet."""
    holding: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    """How many of each hold a word, for the words met so far."""


Found = TypeVar("Found")


class Moved(Exception):
    """The index changed while it was asked."""


class ElasticEngine:
    """One for each process; threads share it."""

    name = "elastic"

    def __init__(self, url: str, timeout: float = TIMEOUT, settle: float = 2 * TIMEOUT):
        """`timeout`: seconds for a request; `settle`: seconds between a rebuild's swap and the end of
        the old index, so that searches under way come to theirs."""
        self._address = read_address(url)
        self._client = connect(self._address, timeout, settings.SEARCH_CA)
        self._indexes = Indexes(
            self._client, self._address.index, timeout, settings.SEARCH_SHARDS, settings.SEARCH_REPLICAS
        )
        self._settle = settle
        self._state: State | None = None

    # Answering

    def search(self, query: Query) -> Result:
        return self._settled(lambda state: self._search(query, state))

    def _search(self, query: Query, state: State) -> tuple[Answer, Result]:
        question = Question(query, self._rarities(state, query))
        by_metres = query.sort == "distance" and query.spot is not None
        skip = (query.page - 1) * query.size
        take = min(query.size, LAST_HIT - skip)
        shown = skip >= 0 < take
        counted = question.counted()
        # Counting and ranking apart: both at once on several cores, and a count that was made before is
        # kept by Elasticsearch, which keeps no hits.
        now, main, *others = self._ask(
            (self._address.index, GENERATION_NOW),
            (state.index, question.counts()),
            *((state.index, search(each.records, facets=[each.facet])) for each in counted),
            *([(state.index, question.page(skip, take))] if shown and not by_metres else []),
        )
        page = []
        if shown and by_metres:
            page = distance.page(question, lambda *each: self._ask(*((state.index, body) for body in each)))
        elif shown:
            page = distance.scored(question, others.pop())
        return now, Result(
            hits=tuple(
                Hit(each.ref, sum(parts.values()), parts, score.distance(query, each)) for each, parts in page
            ),
            total=main["hits"]["total"]["value"],
            facets=facets(state.values, question, main, zip(counted, others, strict=True)),
            generation=state.generation,
        )

    def count(self, queries: Sequence[Query]) -> list[int]:
        return self._settled(lambda state: self._count(queries, state)) if queries else []

    def _count(self, queries: Sequence[Query], state: State) -> tuple[Answer, list[int]]:
        asked = [Question(each, self._rarities(state, each)).matching() for each in queries]
        now, answer = self._ask((self._address.index, GENERATION_NOW), (state.index, how_many(asked)))
        return now, each_of(answer)

    def _settled(self, work: Callable[[State], tuple[Answer, Found]]) -> Found:
        """What some work finds in the state that the index is in while it is done. The work gives the
        generation's record, asked for with the rest, as well."""
        for left in reversed(range(TRIES)):
            state = self._known()
            try:
                now, found = work(state)
            except Moved:
                self._state = None
                continue
            if _stamp(now) == (state.index, state.generation) or not left:
                return found
            self._state = None
        raise Unanswered("The index moves too often.")

    def suggest(self, prefix: str, limit: int) -> list[Suggestion]:
        words = split(prefix)[:8]
        if not words or limit < 1:
            return []
        order = [{"length": "asc"}, {"title": "asc"}, {"ref": "asc"}]
        (answer,) = self._ask((self._address.index, search(titles(words), limit, sort=order)))
        documents = [hit["_source"]["document"] for hit in answer["hits"]["hits"]]
        return [Suggestion(each["title"], each["ref"]) for each in documents]

    def health(self) -> Health:
        try:
            return self._health()
        except Missing as error:
            return Health(self.name, False, 0, 0, str(error), missing=True)
        except Unanswered as error:
            return Health(self.name, False, 0, 0, f"At {self._address.shown}: {error}")

    def _health(self) -> Health:
        now, live = self._ask((self._address.index, GENERATION_NOW), (self._address.index, search(LIVE)))
        with kind_only():
            status = self._client.cluster.health(index=self._address.index, timeout="0s")["status"]
        return Health(
            self.name,
            status != "red",
            _stamp(now)[1],
            live["hits"]["total"]["value"],
            STATUS.get(status, ""),
        )

    # Changing

    def apply(self, changes: Iterable[Change]) -> Applied:
        return self._indexes.apply(changes)

    def rebuild(
        self,
        changes: Iterable[Change],
        catch_up: Callable[[], Iterable[Change]] = tuple,
        progress: Callable[[int], None] = lambda done: None,
    ) -> Report:
        """See `search.engines.Engine`. No lock is needed: whatever is applied from the moment this
        begins reaches the new index as well (`indexes`), and what was applied before is read from the
        records."""
        started = time.monotonic()
        indexes = self._indexes
        made = indexes.begin()
        done = 0
        for chunk in _chunks(changes):
            done += indexes.fill(chunk)
            progress(done)
        self._catch_up(catch_up)
        indexes.ready(made)
        self._catch_up(catch_up)
        old = indexes.swap(made)
        seconds = time.monotonic() - started
        if old:
            time.sleep(self._settle)
            indexes.drop(old)
        return Report(documents=done, seconds=seconds)

    def _catch_up(self, catch_up: Callable[[], Iterable[Change]]) -> None:
        for chunk in _chunks(catch_up()):
            self._indexes.fill(chunk)

    # What is kept between searches

    def _known(self) -> State:
        """The state as this process last saw it."""
        state = self._state
        if state is None:
            (now,) = self._ask((self._address.index, GENERATION_NOW))
            index, generation = _stamp(now)
            (answer,) = self._ask((index, search(LIVE, facets=FACETS, also=GROUPS)))
            schools, pages = (answer["aggregations"][name]["doc_count"] for name in GROUPS)
            services = answer["hits"]["total"]["value"] - schools - pages
            values = {facet: Counts(answer, facet).values() for facet in FACETS}
            state = self._state = State(index, generation, (services, schools, pages), values)
        return state

    def _rarities(self, state: State, query: Query) -> dict[str, int]:
        held = {word: state.holding.get(word) for word in score.counted_words(query)}
        if new := [word for word, counts in held.items() if counts is None]:
            (answer,) = self._ask((state.index, holding(new)))
            counts = each_of(answer)
            counted = dict(zip(new, zip(*[iter(counts)] * len(GROUP), strict=True), strict=True))
            held |= counted
            if len(state.holding) < MOST_RARITIES:
                state.holding.update(counted)
        return {
            word: telling.rarity(*zip(counts, state.totals, strict=True)) for word, counts in held.items()
        }

    def _ask(self, *searches: tuple[str, dict[str, Any]]) -> list[Answer]:
        """Put some searches, each to an index, in one request.

        Raises Moved when an index is gone that was there before, Missing when there never was one, and
        Unanswered when any of the answers is not whole.
        """
        lines = [line for index, body in searches for line in ({"index": index, **WHOLE}, body)]
        with kind_only():
            answers = self._client.msearch(searches=lines)["responses"]
        for (index, _), answer in zip(searches, answers, strict=True):
            if answer["status"] == 404:
                raise Missing() if index == self._address.index else Moved
            if answer["status"] != 200 or answer["_shards"]["failed"]:
                raise Unanswered(f"Elasticsearch answered {answer['status']}.")
        return answers


GENERATION_NOW = search(these([GENERATION]), 1, version=True, _source=False)
WHOLE = {"allow_partial_search_results": False}
STATUS = {
    "red": "Part of the index is missing (status red): start the nodes that are down, or run manage.py index"
    " --rebuild.",
    "yellow": "It answers, but some of its copies are missing (status yellow).",
}


def _stamp(answer: Answer) -> tuple[str, int]:
    """The index that answers and its generation."""
    hits = answer["hits"]["hits"]
    if not hits:
        raise Missing()
    return hits[0]["_index"], hits[0]["_version"]


def _chunks(changes: Iterable[Change]) -> Iterable[list[Change]]:
    changes = iter(changes)
    while chunk := list(islice(changes, CHUNK)):
        yield chunk

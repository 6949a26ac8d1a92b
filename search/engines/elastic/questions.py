"""A `Query` in the words of Elasticsearch: which records, in which order, how many of each.

Points are whole numbers, so their sum is exact in Elasticsearch's 32-bit scores. Each is multiplied by
four, and three less the distance band is added: one number then puts records in order by points and
by band. The points of a page's records are worked out again by `search.score`, part by part.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from elasticsearch.dsl import A
from elasticsearch.dsl.query import Bool, ConstantScore, GeoDistance, Ids, MatchNone, Prefix, Term, Terms
from elasticsearch.dsl.query import Query as Clause

from search import score
from search.near import CLOSE, NEARBY
from search.query import ALL_OF, FACETS, FIELDS, Query

from .records import FITS, SILENT, STATES, beginnings

BANDS = score.NO_POINT + 1
MOST_VALUES = 10_000
"""More than any facet has: fewer would be counted wrongly where there are several shards."""
BY_FIT = [{"_score": "desc"}, {"ref": "asc"}]
LAST_HIT = 20_000
"""How far down a list of hits can be asked for: more than the last page and its neighbours."""


@dataclass(frozen=True, slots=True)
class Counted:
    """Records whose values of a facet are to be counted: all of them, or one."""

    facet: str
    value: str | None
    records: Clause


def flag(name: str) -> Clause:
    return Term("flags", name)


LIVE = flag("live")


def either(*clauses: Clause) -> Clause:
    return Bool(should=list(clauses), minimum_should_match=1) if clauses else MatchNone()


def _stating(needs: frozenset[str]) -> list[Clause]:
    return [Term("facets.need", STATES + need) for need in sorted(needs)]


class Question:
    """One query, with the rarity of each of its counted words."""

    def __init__(self, query: Query, rare: Mapping[str, int]):
        self.query = query
        self.words = score.counted_words(query)
        self.rare = rare
        self.filters = {
            facet: chosen for facet, chosen in query.filters.items() if chosen and facet in FACETS
        }

    # Which records

    def matching(self, without: str = "", chosen: frozenset[str] = frozenset()) -> Clause:
        """Records that match and pass every filter; in one facet, other values than those chosen may
        be asked for instead."""
        clauses = [LIVE, *self._matching(), *self._in_reach()]
        for facet, values in self.filters.items():
            if facet == without:
                values = chosen
            clauses += self._passing(facet, values)
        return Bool(filter=clauses)

    def _matching(self) -> list[Clause]:
        if not score.answerable(self.query, self.rare):
            return [MatchNone()]
        words = score.matching_words(self.query, self.rare)
        if not words and not self.query.needs:
            return []
        ways = [Terms("held", list(words))] if words else []
        if score.by_need(self.query):
            ways.append(self._fitting_need())
        return [either(*ways)]

    def _fitting_need(self) -> Clause:
        return either(
            flag("any need"),
            Terms("needs", sorted(self.query.needs)),
            either(*_stating(self.query.needs | self.query.near_needs)),
        )

    def _in_reach(self) -> list[Clause]:
        if self.query.within is None or self.query.spot is None:
            return []
        placed = flag("placed")
        return [
            either(
                self._reach(self.query.within), flag("anywhere"), flag("helpline"), Bool(must_not=[placed])
            )
        ]

    def _reach(self, metres: float) -> Clause:
        if metres < 0:
            return MatchNone()
        # Elasticsearch refuses a circle of nought; the places of a record are kept to some centimetres.
        return GeoDistance("points", _position(self.query.spot), distance=f"{max(metres, 0.1)}m")

    def _passing(self, facet: str, values: frozenset[str]) -> list[Clause]:
        field = f"facets.{facet}"
        if facet in ALL_OF:
            return [Terms(field, [SILENT, FITS + value]) for value in sorted(values)]
        return [Terms(field, [SILENT, *(FITS + value for value in sorted(values))])] if values else []

    # In which order

    def ranked(self, *also: Clause) -> Clause:
        """Records that match (and fulfil all of `also`), each with its number as score."""
        return Bool(filter=[self.matching(), *also], should=[*self._points()])

    def _points(self):
        """A clause for everything that is worth points. None of them decides whether a record matches."""
        query = self.query
        for word in self.words:
            for name in FIELDS:
                yield worth(score.WORD[name] * self.rare[word], Term(f"best.{name}", word))
        yield worth(score.BESIDE, self._beside())
        if query.schools and not query.needs:
            yield worth(score.SCHOOL, flag("school"))
        yield from self._need()
        yield worth(score.AGE, self._states("age"))
        area = either(self._states("area"), self._states("gp"))
        yield worth(score.AREA, area)
        if query.local:
            yield worth(score.LOCAL, Bool(filter=[area, flag("any need")]))
        yield from self._near()
        for facet in self.filters:
            if facet not in score.OWN_PARTS:
                yield worth(score.STATED, self._states(facet))
        for _, points, facet, values in score.rewards(query):
            if values:
                yield worth(points, Terms(f"facets.{facet}", [STATES + value for value in sorted(values)]))
        yield worth(score.CHECKED, flag("checked"))
        yield worth(score.OPEN, flag("open"))

    def _beside(self) -> Clause:
        if self.query.schools:
            return LIVE
        words, enough = score.naming_words(self.query, self.rare)
        titled = [Term("best.title", word) for word in words]
        rarest = [Term("best.title", word) for word in words if self.rare[word] == score.RAREST]
        named = Bool(filter=[either(*rarest)], should=titled, minimum_should_match=enough)
        return either(Bool(must_not=[flag("school")]), named)

    def _need(self):
        if not score.by_need(self.query):
            return
        named, near = _stating(self.query.needs), _stating(self.query.near_needs)
        yield worth(score.NEED, either(*named))
        for many in range(2, min(len(named), score.MOST_NEEDS) + 1):
            yield worth(score.ANOTHER_NEED, Bool(should=named, minimum_should_match=many))
        yield worth(score.NEAR_NEED, Bool(filter=[either(*near)], must_not=named))
        yield worth(score.ANY_NEED, Bool(filter=[self._fitting_need()], must_not=[*named, *near]))

    def _near(self):
        """Points for nearness and, unless records are put in order by distance, the distance band."""
        if self.query.spot is None:
            return
        banded = self.query.sort != "distance"
        close, nearby = score.NEAR
        yield ConstantScore(filter=self._reach(CLOSE), boost=(close - nearby) * BANDS + banded)
        yield ConstantScore(filter=self._reach(NEARBY), boost=nearby * BANDS + banded)
        if banded:
            # Three less the band: 3 for the nearest and for a phone, 0 where there is no place.
            yield ConstantScore(filter=flag("placed"), boost=1)
            yield ConstantScore(filter=flag("phone"), boost=score.NO_POINT)

    def _states(self, facet: str) -> Clause:
        values = [STATES + value for value in sorted(self.filters.get(facet, ()))]
        field = f"facets.{facet}"
        if facet in ALL_OF and values:
            return Bool(filter=[Term(field, value) for value in values])
        return Terms(field, values) if values else MatchNone()

    def by_metres(self) -> list:
        away = {"points": _position(self.query.spot), "order": "asc", "unit": "m", "mode": "min"}
        return [{"_geo_distance": away}, *BY_FIT]

    def page(self, skip: int, take: int) -> dict[str, Any]:
        """Some of the records, in order of fit. They are not counted, so that those that cannot come so
        far up need not be scored."""
        return search(self.ranked(), take, sort=BY_FIT, track_total_hits=False, **{"from": skip})

    # How many of each

    def counts(self) -> dict[str, Any]:
        """How many records there are, and the counts of every facet that all of them give."""
        return search(self.matching(), facets=self.unfiltered)

    def counted(self) -> list["Counted"]:
        """What must be asked beside `counts`: each facet ignores its own selection; in `access` a chosen
        value keeps the other choices."""
        asked = []
        for facet, chosen in self.filters.items():
            if facet in ALL_OF:
                asked += [
                    Counted(facet, value, self.matching(facet, chosen - {value})) for value in sorted(chosen)
                ]
            else:
                asked.append(Counted(facet, None, self.matching(facet)))
        return asked

    @property
    def unfiltered(self) -> list[str]:
        """Facets that ignore no selection."""
        return [facet for facet in FACETS if facet not in self.filters or facet in ALL_OF]


def worth(points: int, clause: Clause) -> Clause:
    return ConstantScore(filter=clause, boost=points * BANDS)


def _position(spot) -> dict[str, float]:
    return {"lat": spot.latitude, "lon": spot.longitude}


def search(
    clause: Clause, size: int = 0, facets: Iterable[str] = (), also: Mapping[str, Any] | None = None, **more
) -> dict[str, Any]:
    """The body of a search that counts all it finds and the values of some facets."""
    body = {"query": clause.to_dict(), "size": size, "track_total_hits": True, **more}
    if counted := {facet: _values_of(facet) for facet in facets} | dict(also or {}):
        body["aggs"] = counted
    return body


def _values_of(facet: str) -> dict[str, Any]:
    return A("terms", field=f"facets.{facet}", size=MOST_VALUES).to_dict()


GROUPS = {name: A("filter", flag(name)).to_dict() for name in ("school", "to read")}
"""Those that are counted apart: schools, pages to read."""
GROUP = (
    {"must_not": [flag("school"), flag("to read")]},
    {"must": [flag("school")]},
    {"must": [flag("to read")]},
)
"""The groups of `telling.rarity`."""


def how_many(clauses: list[Clause]) -> dict[str, Any]:
    """The body of a search that counts each of some sets of records (see `counts.each_of`), all in one
    state of the index."""
    filters = {str(place): clause.to_dict() for place, clause in enumerate(clauses)}
    return {"size": 0, "aggs": {"each": {"filters": {"filters": filters}}}}


def holding(words: list[str]) -> dict[str, Any]:
    """The body of a search that counts who holds each word: by the groups of `telling.rarity`."""
    return how_many([Bool(filter=[Term("held", word)], **group) for word in words for group in GROUP])


def titles(words: list[str]) -> Clause:
    """Live records with words that begin like each of those typed."""
    begun = [either(*(Prefix("begins", begin) for begin in beginnings(word))) for word in words]
    return Bool(filter=[LIVE, *begun])


def these(refs: list[str]) -> Clause:
    return Ids(values=refs)

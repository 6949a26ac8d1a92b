"""Which records match, what points each gets and in what order they come: the reference.

Every engine must give the same answer as these functions. A score is a sum of whole points, so that
anyone can see why one record comes before another:

| part              | points | given for                                                          |
|-------------------|--------|--------------------------------------------------------------------|
| beside            |  1,000 | not a school; or schools were asked for, or this one by its name   |
| school            |     30 | a school, when schools were asked for and no need was read         |
| need              |     40 | names a need that was read or chosen; 10 more for a second, a third |
|                   |     24 | names none of them, but one that is nearest to them                |
|                   |      8 | names none of these, but is open to any need                       |
| mainly            |     14 | is mainly for a need that was read                                 |
|                   |      5 | is mainly for one nearest to it                                    |
| background        |     10 | names a condition that the line speaks of beside what it is about  |
| kind of help      |     14 | is of the kind that a word asks for ("counselling", "club")        |
| audience          |     15 | is for whoever speaks: a family, a young person, a professional    |
| title words       |     12 | each word found in the title …                                     |
| provider words    |     10 | … else in the provider's name …                                    |
| needs words       |      6 | … else in the words of its needs …                                 |
| summary words     |      6 | … else in the summary …                                            |
| description words |      3 | … else in the description; each times its rarity, 1 to 3           |
| age               |      5 | states the age itself                                              |
| area              |      8 | names the area, or the GP's area, itself                           |
| local             |     50 | and is open to any need, where only help in an area was asked for  |
| near              |     12 | a place to go within 3 miles; 6 within 10 miles                    |
| stated            |      5 | each other filter whose chosen value it states itself              |
| to read           |     60 | is a page to read, when the line asks to understand or what to do  |
| titled            |      8 | is a page whose title speaks of a need that was read, and no other |
| tells             |     40 | is a page that tells what is asked: how long, the steps, the book, |
|                   |        | or what young people tell each other                               |
| direct            |      5 | a parent or a young person can ask, without anyone to refer them   |
| checked           |      4 | confirmed with the service within a year                           |
| open              |      3 | open to new people                                                 |

`beside` outweighs all the rest together, so schools come below services unless the words, the
category or the need ask for one.

Common words ("therapy", where every second record says it) bring points and no record of their own:
a record matches by words when it holds one that tells it apart, unless the line has none.
"""

from collections.abc import Iterable, Mapping
from math import inf
from typing import NamedTuple

from .near import CLOSE, NEARBY, Ruler
from .query import ALL_OF, FACETS, FIELDS, READ, WHAT, Document, Query
from .telling import (
    RAREST,
    answerable,
    counted_words,
    matching_words,
    naming_words,
)

BESIDE = 1_000
SCHOOL = 30
NEED, ANOTHER_NEED, MOST_NEEDS = 40, 10, 3
NEAR_NEED = 24
ANY_NEED = 8
WORD = {"title": 12, "provider": 10, "needs": 6, "summary": 6, "description": 3}
MAINLY, NEAR_MAINLY = 14, 5
BACKGROUND = 10
KIND = 14
AUDIENCE = 15
AGE = 5
AREA = 8
LOCAL = 50
NEAR = (12, 6)
STATED = 5
TO_READ = 60
TELLS = 40
TITLED = 8
DIRECT = 5
CHECKED = 4
OPEN = 3

DIRECTLY = frozenset({"self", "parent"})


class Reward(NamedTuple):
    """Points, under the name of a part, for records that state one of some values of a facet."""

    part: str
    points: int
    facet: str
    values: frozenset[str]


def rewards(query: Query) -> tuple[Reward, ...]:
    """What is given for one stated value, whatever else a record states."""
    return (
        Reward("mainly", MAINLY, "mainly", query.needs),
        Reward("mainly", NEAR_MAINLY, "mainly", query.near_needs),
        Reward("background", BACKGROUND, "need", query.background),
        Reward("kind of help", KIND, "category", query.wanted),
        Reward("audience", AUDIENCE, "audience", query.voice),
        Reward("direct", DIRECT, "referral", DIRECTLY),
        Reward("to read", TO_READ, "kind", READ if query.to_read else frozenset()),
        Reward("titled", TITLED, "titled", query.needs),
        Reward("tells", TELLS, "tells", query.tells),
    )


OWN_PARTS = frozenset({"need", "age", "area", "gp"})
"""Facets whose points are not those of `stated`."""
WORD_PART = {name: f"{name} words" for name in FIELDS}

NO_POINT = 3
"""Band of a record without a place to go; 0, 1 and 2 are 0–3, 3–10 and over 10 miles."""


def best_field(word: str, document: Document) -> str | None:
    """The most telling field that holds a word."""
    return next((name for name in FIELDS if word in document.words.get(name, ())), None)


def fits_any_need(document: Document) -> bool:
    """Open to any need. A helpline fits every filter, so it says by silence that it is for any."""
    if document.helpline:
        return not document.explicit.get("need")
    return "need" not in document.fits


def matches(query: Query, document: Document, rare: Mapping[str, int]) -> bool:
    """Holds a word or fits a need; with neither asked, every record matches (but for `elsewhere`)."""
    if not answerable(query, rare):
        return False
    words = matching_words(query, rare)
    if not words and not query.needs:
        return True
    if any(best_field(word, document) for word in words):
        return True
    return by_need(query) and _fits_need(query, document)


def by_need(query: Query) -> bool:
    """Whether records are found by what they help with."""
    return bool(query.needs or query.near_needs or query.family)


def _fits_need(query: Query, document: Document) -> bool:
    stated = document.explicit.get("need", frozenset())
    return (
        fits_any_need(document)
        or bool((query.needs | query.near_needs) & stated)
        or (not document.helpline and bool(query.needs & document.fits["need"]))
    )


def passes(facet: str, chosen: frozenset[str], document: Document) -> bool:
    """Whether a filter lets a record through. What is not said fits, and no filter about the family
    hides a helpline."""
    if not chosen or facet not in document.fits or (document.helpline and facet not in WHAT):
        return True
    if facet in ALL_OF:
        return chosen <= document.fits[facet]
    return bool(chosen & document.fits[facet])


def in_reach(query: Query, document: Document) -> bool:
    """Whether the chosen distance lets a record through."""
    if query.within is None or query.spot is None or document.anywhere or document.helpline:
        return True
    metres = distance(query, document)
    return metres is None or metres <= query.within


def distance(query: Query, document: Document) -> float | None:
    """Metres from the spot to the nearest place to go; None without a spot or a place."""
    if query.spot is None:
        return None
    return Ruler(query.spot.latitude, query.spot.longitude).nearest(document.points)


def band(metres: float | None, document: Document) -> int:
    """0–3, 3–10, over 10 miles, no place: 0 to 3. A helpline is as near as the phone."""
    if metres is None:
        return 0 if document.helpline else NO_POINT
    return 0 if metres <= CLOSE else 1 if metres <= NEARBY else 2


def score(query: Query, document: Document, rare: Mapping[str, int]) -> dict[str, int] | None:
    """Points by part, those of 0 left out; None when the record does not match.

    `rare` holds the rarity, 0 to 3, of every counted word of the query (see `rarity`).
    """
    if not matches(query, document, rare):
        return None
    parts: dict[str, int] = {}
    for word in counted_words(query):
        field = best_field(word, document)
        if field:
            points = WORD[field] * rare[word]
            parts[WORD_PART[field]] = parts.get(WORD_PART[field], 0) + points
    if document.kind != "school" or query.schools or named(query, document, rare):
        parts["beside"] = BESIDE
    if document.kind == "school" and query.schools and not query.needs:
        parts["school"] = SCHOOL
    if by_need(query):
        parts["need"] = _need(query, document)
    stated = document.explicit
    if _says(query, stated, "age"):
        parts["age"] = AGE
    if _says(query, stated, "area") or _says(query, stated, "gp"):
        parts["area"] = AREA
        parts["local"] = LOCAL if query.local and fits_any_need(document) else 0
    metres = distance(query, document)
    if metres is not None:
        parts["near"] = (*NEAR, 0)[band(metres, document)]
    parts["stated"] = STATED * sum(
        _says(query, stated, facet) for facet in query.filters if facet not in OWN_PARTS
    )
    for part, points, facet, values in rewards(query):
        if values & stated.get(facet, frozenset()):
            parts[part] = parts.get(part, 0) + points
    parts["checked"] = CHECKED if document.checked else 0
    parts["open"] = OPEN if document.open else 0
    return {part: points for part, points in parts.items() if points}


def named(query: Query, document: Document, rare: Mapping[str, int]) -> bool:
    """Whether the line names the record: its title holds enough words, of which one is of the rarest."""
    words, enough = naming_words(query, rare)
    held = [word for word in words if word in document.words.get("title", ())]
    return len(held) >= enough and any(rare[word] == RAREST for word in held)


def _need(query: Query, document: Document) -> int:
    named = len(query.needs & document.explicit.get("need", frozenset()))
    if named:
        return NEED + ANOTHER_NEED * (min(named, MOST_NEEDS) - 1)
    if query.near_needs & document.explicit.get("need", frozenset()):
        return NEAR_NEED
    return ANY_NEED if _fits_need(query, document) else 0


def _says(query: Query, stated: Mapping[str, frozenset[str]], facet: str) -> bool:
    """Whether a record states a chosen value of a facet itself (all of them in `access`)."""
    chosen = query.filters.get(facet)
    if not chosen:
        return False
    said = stated.get(facet, frozenset())
    return chosen <= said if facet in ALL_OF else bool(chosen & said)


def place_in_order(query: Query, document: Document, points: int) -> tuple:
    """The sort key of a record, least first; no two records share one.

    By fit: points, then distance band. By distance: metres, records without a place last. In both a
    helpline without a place counts as near, and ties are broken by reference.
    """
    metres = distance(query, document)
    if query.sort == "distance" and query.spot is not None:
        far = metres if metres is not None else 0.0 if document.helpline else inf
        return (far, -points, document.ref)
    return (-points, band(metres, document) if query.spot else 0, document.ref)


def values_of(documents: Iterable[Document]) -> dict[str, set[str]]:
    """Every value that any of the records fits or states, by facet."""
    known: dict[str, set[str]] = {facet: set() for facet in FACETS}
    for document in documents:
        for source in (document.fits, document.explicit):
            for facet, values in source.items():
                if facet in known:
                    known[facet] |= values
    return known


def counts_towards(query: Query, document: Document, facet: str, value: str, rare: Mapping[str, int]) -> bool:
    """Whether a record is counted under a value: it passes every other facet's filters and the
    distance, and in `access` every other choice too. Then it counts when it fits the value."""
    for other, chosen in query.filters.items():
        if other == facet:
            chosen = chosen - {value} if facet in ALL_OF else NO_CHOICE
        if not passes(other, chosen, document):
            return False
    return in_reach(query, document) and matches(query, document, rare)


NO_CHOICE: frozenset[str] = frozenset()

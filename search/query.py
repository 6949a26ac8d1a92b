"""What is asked of an engine and what it answers: plain frozen values, no Django.

A `Query` is made by `search.filters` from a visitor's parameters; a `Document` is made by
`search.documents` from a record. Engines see nothing else. Distances are metres, ages are whole
years, positions are WGS84 degrees (latitude, longitude).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

PAGE_SIZE = 20
LAST_PAGE = 500

FIELDS = ("title", "provider", "needs", "summary", "description")
"""The fields whose words count, from the most telling to the least; see `search.score`."""

FACETS = (
    "kind",
    "category",
    "need",
    "age",
    "area",
    "gp",
    "diagnosis",
    "referral",
    "contact",
    "cost",
    "reach",
    "when",
    "access",
    "language",
    "phase",
    "open",
)
"""Every facet an engine counts. `access` is the one in which several choices must all hold
(a quiet space AND step-free); in every other facet one of the chosen values is enough."""

MARKS = ("mainly", "audience", "titled", "tells")
"""What a record states and no filter asks for: it only brings points. `mainly` holds the needs it is
there for before all others; `audience` some of `family`, `young` and `professional`; `titled` the one need
that the title of a page speaks of; `tells` what a page tells beside its needs: `wait` how long a wait is,
`steps` the way step by step, `book` all of the handbook, `young` what young people tell each other."""

ALL_OF = frozenset({"access"})

READ = frozenset({"handbook", "guide", "page"})
"""Kinds of a record that a family reads; services and schools are what it goes to or rings."""

WHAT = frozenset({"kind", "phase"})
"""Facets that say what to list, not for whom: the only ones that a helpline must fit
(docs/decisions/0002)."""


def _nothing() -> Mapping[str, frozenset[str]]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Document:
    """One record as search sees it.

    `fits` holds, for every facet, the values the record fits; `explicit` those of them it states
    itself. Unknown fits every value, so a facet absent from `fits` means "fits everything";
    a helpline is held only to WHAT. A facet present with an empty set fits nothing.
    """

    ref: str
    """Stable reference such as "service:12" or "page:7"; ties in score are broken by it."""
    kind: str
    """service, school, handbook, guide or page."""
    words: Mapping[str, tuple[str, ...]]
    """Tokens by field (a key of FIELDS), in reading order, made by `search.tokens`."""
    fits: Mapping[str, frozenset[str]] = field(default_factory=_nothing)
    explicit: Mapping[str, frozenset[str]] = field(default_factory=_nothing)
    points: tuple[tuple[float, float], ...] = ()
    """Where one can go, as (latitude, longitude) degrees; confidential places are left out."""
    anywhere: bool = False
    """Whole county, online or by phone: no distance ever hides it."""
    helpline: bool = False
    """No filter and no distance ever hides it."""
    checked: bool = False
    """Confirmed with the service within the last twelve months."""
    open: bool = True
    """False when closed or not taking referrals."""
    title: str = ""
    """As people read it, for suggestions."""


@dataclass(frozen=True, slots=True)
class Spot:
    """The place a family named, resolved: a position and a name that is safe to show."""

    latitude: float
    longitude: float
    label: str


@dataclass(frozen=True, slots=True)
class Query:
    """One search. Two equal queries get the same answer from every engine.

    `words` are tokens; a record matches when it holds any of them or fits a need in `needs`.
    With neither words nor needs every record matches. `filters` maps a facet to the chosen values.
    """

    words: tuple[str, ...] = ()
    needs: frozenset[str] = frozenset()
    """Slugs of needs read from the words: they add points and widen, but never filter."""
    near_needs: frozenset[str] = frozenset()
    """Slugs of needs nearest to those: records that name one come after, and are found as well."""
    background: frozenset[str] = frozenset()
    """Slugs of conditions that a line names beside what it is about ("autistic and not sleeping")."""
    family: bool = False
    """The line speaks of a child or a family: when no need was read, records open to any need answer."""
    voice: frozenset[str] = frozenset()
    """Whose line it is, as far as it shows: some of `family`, `young` and `professional`."""
    wanted: frozenset[str] = frozenset()
    """Categories that a word of the line asks for ("counselling", "club"): they bring points only."""
    local: bool = False
    """An area is known and nothing more is asked than help: those who look after the area lead."""
    to_read: bool = False
    """The line asks to understand or what to do, rather than for somebody: pages to read come first."""
    tells: frozenset[str] = frozenset()
    """What it asks to be told, some of `wait`, `steps`, `book` and `young`: it brings points only."""
    elsewhere: bool = False
    """The line is about something that nothing here helps with (bins): nothing matches."""
    filters: Mapping[str, frozenset[str]] = field(default_factory=_nothing)
    spot: Spot | None = None
    within: int | None = None
    """Metres from `spot`; None for any distance."""
    sort: str = "fit"
    """fit or distance (distance needs a spot)."""
    schools: bool = False
    """The words, the category or the need ask for a school: schools then rank beside services."""
    page: int = 1
    size: int = PAGE_SIZE


@dataclass(frozen=True, slots=True)
class Hit:
    ref: str
    score: int
    parts: Mapping[str, int]
    """Points by the reason they were given (see `search.score`); they sum to `score`."""
    metres: float | None
    """To the nearest place one can go; None without a spot or a point."""


class FacetCount(NamedTuple):
    """How many matching records fit a value, and how many of those say so themselves. A search
    makes hundreds, so they are the cheapest kind of value."""

    fits: int
    explicit: int


@dataclass(frozen=True, slots=True)
class Result:
    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[str, Mapping[str, FacetCount]]
    """Facet → value → count; each facet ignores its own selection (in `access` every other
    choice still holds). Every value that some record knows is there, even with a count of 0."""
    generation: int
    """Grows whenever the index changes."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    text: str
    ref: str


@dataclass(frozen=True, slots=True)
class Change:
    """A record at a version, or its absence: a tombstone when `document` is None."""

    ref: str
    version: int
    document: Document | None


@dataclass(frozen=True, slots=True)
class Applied:
    changed: int
    stale: int
    """Changes older than what the index already held: left alone."""


@dataclass(frozen=True, slots=True)
class Report:
    documents: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Health:
    engine: str
    ok: bool
    generation: int
    documents: int
    message: str = ""
    missing: bool = False
    """It answers, but has no index: `manage.py index --rebuild` makes one."""

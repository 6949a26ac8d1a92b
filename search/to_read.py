"""Pages to read among the results: chapters of the handbook, guides, information."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from django.core.cache import cache
from django.urls import reverse
from wagtail.models import Page

from handbook.models import Audience, ChapterPage
from home.models import Sourced
from waiting.models import PathwayPage, WaitingTime

from .documents.pages import KINDS, texts_of
from .engines import Engine
from .query import Hit, Query, Result
from .score import NEED
from .tokens import split

WORDS_A_MINUTE = 180
"""What a tired adult reads on a phone; 240 is usual (Brysbaert, 2019)."""
NIGHT = (18, 6)
"""Hours between which what can be read is read tonight."""
ICONS = {"handbook": "book", "guide": "wait", "page": "info"}
MOST = 4
"""Rows in sight; the others are folded away below them."""
HELPS = frozenset({"handbook", "guide"})
"""Kinds of what is worth reading beside services."""
GONE_TO = frozenset({"service", "school"})
"""Kinds that a family goes to or rings."""
WAITS = "waiting:times"
"""The reference of the page of all waiting times, which no engine holds."""


@dataclass(frozen=True)
class ToRead:
    """One page as a row of a list."""

    ref: str
    title: str
    url: str
    kind: str
    kind_words: str
    lede: str
    about: bool = True
    """It is about a need that was read, not only about one near to it."""

    @property
    def icon(self) -> str:
        return f"icons/{ICONS[self.kind]}.html"


def pages(refs: Sequence[str]) -> dict[str, Page]:
    """The pages of these references that anybody may read now, by reference."""
    keys = [int(ref.partition(":")[2]) for ref in refs if ref.startswith("page:")]
    if not keys:
        return {}
    found = Page.objects.filter(pk__in=keys).live().public().specific()
    return {f"page:{page.pk}": page for page in found if type(page) in KINDS}


class Band(NamedTuple):
    """What can be read, beside what families go to or ring."""

    rows: list[ToRead]
    first: bool
    """Whether it stands above every service."""
    listed: Result
    """The result whose services are listed."""


def band(query: Query, result: Result, engine: Engine) -> Band:
    """What to read stands first where it is the best of all that was found, or where the line asks to
    understand and the best page is about the need that was read. Such a line finds many pages; so that
    they do not fill the places of services, these are then found apart."""
    hits = found(query, result, engine)
    shown = rows(hits, to_times="wait" in query.tells)
    if query.filters.get("kind") or not query.to_read:
        return Band(with_waits(shown, hits, query), bool(shown) and hits[0] == result.hits[0], result)
    opening = result if query.page == 1 else engine.search(replace(query, page=1))
    if not leads(found(replace(query, page=1), opening, engine), opening):
        return Band(with_waits(shown, hits, query), asks_for_waits(query), result)
    listed = engine.search(replace(query, filters={**query.filters, "kind": GONE_TO}))
    return Band(with_waits(shown, hits, query) if query.page == 1 else [], True, listed)


def found(query: Query, result: Result, engine: Engine) -> tuple[Hit, ...]:
    """The hits that are pages. Where one page of results holds services only, the best pages beyond it
    stand beside the first: nobody turns to a third page for a chapter."""
    here = tuple(hit for hit in result.hits if hit.ref.startswith("page:"))
    counted = result.facets.get("kind", {})
    beyond = any(kind in counted and counted[kind].explicit for kind in HELPS)
    asked = query.page == 1 and (query.words or query.needs) and not query.filters.get("kind")
    if here or not beyond or not asked:
        return here
    kinds = {**query.filters, "kind": HELPS}
    return engine.search(replace(query, filters=kinds, sort="fit", size=MOST)).hits


def leads(hits: Sequence[Hit], result: Result) -> bool:
    """Whether the best page is the best of all, or about a need that was read."""
    return bool(hits) and (hits[0] == result.hits[0] or hits[0].parts.get("need", 0) >= NEED)


def with_waits(shown: list[ToRead], hits: Sequence[Hit], query: Query) -> list[ToRead]:
    """The page of all waiting times among the rows, where it is asked for."""
    if not asks_for_waits(query):
        return shown
    return [*shown[: speaks_of_one(hits)], waits(), *shown[speaks_of_one(hits) :]]


def asks_for_waits(query: Query) -> bool:
    """Whether the page of all waiting times stands among what is read: the line asks how long a wait is,
    no kind was chosen (it is counted in none), and somebody has published one."""
    if "wait" not in query.tells or query.elsewhere or query.page > 1 or query.filters.get("kind"):
        return False
    return has_waits()


def has_waits() -> bool:
    """Whether anybody has published how long a wait is."""
    return WaitingTime.objects.public().exists()


def speaks_of_one(hits: Sequence[Hit]) -> bool:
    """Whether the best page tells of the wait that was asked for, and no other that tells of one fits as
    well: "waiting list" fits every list, "CAMHS waiting list" one."""
    ways = [hit.score for hit in hits if hit.parts.get("tells") and hit.parts.get("need", 0) >= NEED]
    return bool(ways) and hits[0].score == ways[0] and ways.count(ways[0]) == 1


def waits() -> ToRead:
    return ToRead(
        WAITS,
        "Waiting times",
        reverse("waiting_times"),
        "guide",
        "Figures, with where each comes from.",
        "How long others waited, and how many still wait.",
    )


def rows(hits: Iterable[Hit], to_times: bool = False) -> list[ToRead]:
    """The pages among some hits, in their order. `to_times`: a way opens where it says how long it takes."""
    hits = list(hits)
    seen = pages([hit.ref for hit in hits])
    return [row(seen[hit.ref], to_times, hit.parts.get("need", 0) >= NEED) for hit in hits if hit.ref in seen]


def row(page: Page, to_times: bool = False, about: bool = True) -> ToRead:
    kind = KINDS[type(page)]
    url = f"{page.url or ''}#times" if to_times and isinstance(page, PathwayPage) else page.url or ""
    return ToRead(
        f"page:{page.pk}", page.title, url, kind, kind_words(page), getattr(page, "lede", ""), about
    )


def parted(shown: list[ToRead]) -> tuple[list[ToRead], list[ToRead]]:
    """Those in sight and those folded away. Where some are about what was read, no other is in sight: a
    child who does not sleep is not to be met by the name of a condition (docs/decisions/0003)."""
    best = [each for each in shown if each.about] or shown
    in_sight = best[:MOST]
    return in_sight, [each for each in shown if each not in in_sight]


def kind_words(page: Page) -> str:
    """What it is and how long it takes to read: "Handbook, by parents. A 4-minute read."."""
    if isinstance(page, ChapterPage):
        said = "Handbook, by young people" if page.audience == Audience.YOUNG else "Handbook, by parents"
    else:
        kind = "step by step" if isinstance(page, PathwayPage) else KINDS[type(page)]
        said = {"handbook": "Handbook", "guide": "Guide", "step by step": "Step by step"}.get(
            kind, "Information"
        )
    return f"{said}. A {minutes(page)}-minute read." if isinstance(page, Sourced) else f"{said}."


def minutes(page: Sourced) -> int:
    """How long it takes to read, counted once for each version that was live: opening the blocks of nine
    pages takes longer than finding them."""
    key = f"minutes:{page.pk}:{page.live_revision_id}"
    return cache.get_or_set(key, lambda: counted(page)) if page.live_revision_id else counted(page)


def counted(page: Sourced) -> int:
    parts = (page.body, getattr(page, "steps", None) or [])
    words = sum(len(split(text)) for part in parts for text in texts_of(part))
    return max(round(words / WORDS_A_MINUTE), 1)


def heading(moment: datetime) -> str:
    """`moment` is local time."""
    begins, ends = NIGHT
    return "To read tonight" if moment.hour >= begins or moment.hour < ends else "To read now"

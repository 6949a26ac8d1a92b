"""Pages to read among the results: chapters of the handbook, guides, information."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from wagtail.models import Page

from handbook.models import Audience, ChapterPage
from home.models import Sourced
from waiting.models import PathwayPage

from .documents.pages import KINDS, texts_of
from .query import Hit
from .tokens import split

WORDS_A_MINUTE = 180
"""What a tired adult reads on a phone; 240 is usual (Brysbaert, 2019)."""
NIGHT = (18, 6)
"""Hours between which what can be read is read tonight."""
ICONS = {"handbook": "book", "guide": "wait", "page": "info"}


@dataclass(frozen=True)
class ToRead:
    """One page as a row of a list."""

    ref: str
    title: str
    url: str
    kind: str
    kind_words: str
    lede: str

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


def rows(hits: Sequence[Hit]) -> list[ToRead]:
    """The pages among some hits, in their order."""
    found = pages([hit.ref for hit in hits])
    return [row(found[hit.ref]) for hit in hits if hit.ref in found]


def row(page: Page) -> ToRead:
    kind = KINDS[type(page)]
    return ToRead(
        f"page:{page.pk}", page.title, page.url or "", kind, kind_words(page), getattr(page, "lede", "")
    )


def kind_words(page: Page) -> str:
    """What it is and how long it takes to read: "Handbook, by parents. A 4-minute read."."""
    if isinstance(page, ChapterPage):
        said = "Handbook, by young people" if page.audience == Audience.YOUNG else "Handbook, by parents"
    else:
        kind = "step by step" if isinstance(page, PathwayPage) else KINDS[type(page)]
        said = {"handbook": "Handbook", "guide": "Guide", "step by step": "Step by step"}.get(
            kind, "Information"
        )
    if not isinstance(page, Sourced):
        return f"{said}."
    parts = (page.body, getattr(page, "steps", None) or [])
    words = sum(len(split(text)) for part in parts for text in texts_of(part))
    return f"{said}. A {max(round(words / WORDS_A_MINUTE), 1)}-minute read."


def heading(moment: datetime) -> str:
    """`moment` is local time."""
    begins, ends = NIGHT
    return "To read tonight" if moment.hour >= begins or moment.hour < ends else "To read now"

"""Chapters of the handbook, guides, pathways and information pages as search sees them.

A page is found by the needs it is about, which are what family words lead to, and by the words of its
title, first lines and headings. Of the rest of its text only words count that are no ordinary English
("EBSNA", "melatonin"): a text of eight hundred words holds something of every line.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from django.utils.html import strip_tags
from wagtail.models import Page

from directory.models import Need
from handbook.models import Audience, ChapterPage, HandbookIndexPage
from home.citing import MARK, texts
from home.models import InformationPage, Sourced, UrgentHelpPage
from search.query import Document
from search.reading import read
from search.reading.names import name_tokens
from search.speakers import YOUNG
from search.spelling import is_english
from search.tokens import split, stem, tokens
from search.vocabulary import vocabulary
from waiting.models import GuidancePage, PathwayPage, WaitingIndexPage

from .services import OLDEST, NeedWords

KINDS: dict[type[Page], str] = {
    ChapterPage: "handbook",
    HandbookIndexPage: "handbook",
    PathwayPage: "guide",
    GuidancePage: "guide",
    WaitingIndexPage: "guide",
    InformationPage: "page",
    UrgentHelpPage: "page",
}
"""Every model of page that families can find → its kind."""
TELLS: dict[type[Page], frozenset[str]] = {
    PathwayPage: frozenset(["wait", "steps"]),
    WaitingIndexPage: frozenset(["wait"]),
    HandbookIndexPage: frozenset(["book"]),
}
"""What every page of a model tells beside its needs."""
SAID_BY_NONE = ("category", "phase", "language", "access")
"""Facets of services alone: who filters by one wants no page."""


def visible(model: type[Page]):
    """Live pages of a model that anybody may read, in the order of the tree."""
    return model.objects.live().public().order_by("path")


def documents(pks: Iterable[int] | None = None) -> Iterator[Document]:
    """Documents of every page that families can find, or of those with these keys."""
    need_words = NeedWords()
    for model in KINDS:
        pages = visible(model)
        if pks is not None:
            pages = pages.filter(pk__in=list(pks))
        if issubclass(model, Sourced):
            pages = pages.prefetch_related("needs")
        for page in pages.iterator(chunk_size=200):
            yield document(page, need_words)


def document(page: Page, need_words: NeedWords) -> Document:
    """One live page as search sees it."""
    kind = KINDS[type(page)]
    needs = list(page.needs.all()) if isinstance(page, Sourced) else []
    tagged = {need.slug for need in needs}
    tagged |= {slug for need in needs for slug in need_words.broad.get(need.pk, ())}
    fits = {"kind": frozenset([kind]), "need": frozenset(tagged)}
    fits |= dict.fromkeys(SAID_BY_NONE, frozenset())
    explicit = {"kind": frozenset([kind]), "need": frozenset(tagged)}
    explicit |= {"titled": titled(page.title, needs), "tells": tells(page)}
    if ages := years(page):
        fits["age"] = explicit["age"] = ages
    return Document(
        ref=f"page:{page.pk}",
        kind=kind,
        words=words(page, [token for need in needs for token in need_words.tokens[need.pk]]),
        fits=fits,
        explicit={facet: values for facet, values in explicit.items() if values},
        anywhere=True,
        title=page.title,
    )


def titled(title: str, needs: list[Need]) -> frozenset[str]:
    """The slug of the one need of a page that its title speaks of, with conditions that stand in a word of
    it: "Autism assessment" is about both. A title that speaks of several is about none of them most."""
    known = replace(vocabulary(), speller=None)
    whole = read(title, known).needs.keys()
    words = {slug for word in split(title) for slug in read(word, known).needs}
    conditions = {need.slug for need in needs if need.names_condition and need.slug in words}
    about = {need.slug for need in needs if need.slug in whole} - conditions
    return frozenset(conditions | about if len(about) < 2 else ())


def tells(page: Page) -> frozenset[str]:
    """What it tells beside its needs (see `search.query.MARKS`)."""
    young = getattr(page, "audience", "") == Audience.YOUNG
    return TELLS.get(type(page), frozenset()) | ({YOUNG} if young else frozenset())


def years(page: Page) -> frozenset[str]:
    """The ages it says it is for, in whole years; nothing when it names neither end."""
    first, last = getattr(page, "min_age", None), getattr(page, "max_age", None)
    if (first, last) == (None, None):
        return frozenset()
    return frozenset(map(str, range(first or 0, (OLDEST if last is None else last) + 1)))


def words(page: Page, of_needs: list[str]) -> dict[str, tuple[str, ...]]:
    """Tokens by field. Its name counts as a name, its words less than a service's."""
    body = getattr(page, "body", None) or []
    headings = [str(block.value) for block in body if block.block_type == "heading"]
    first = tokens(" . ".join([getattr(page, "lede", ""), page.search_description, *headings]))
    rest = [
        strip_tags(text) for part in (body, getattr(page, "steps", None) or []) for text in texts_of(part)
    ]
    return {
        "title": name_tokens([page.title]),
        "needs": tuple(of_needs),
        "summary": tokens(page.title),
        "description": tuple(dict.fromkeys([*first, *(token for text in rest for token in telling(text))])),
    }


def texts_of(body) -> Iterator[str]:
    for block in body:
        yield from texts(block.value)


def telling(text: str) -> list[str]:
    """Stems of the words of a text that are no ordinary English."""
    return [stem(word) for word in split(MARK.sub(" ", text)) if not is_english(word) and not word.isdigit()]

"""The handbook as a printed book: every live chapter in order, the part for young people after the rest."""

from wagtail.models import Page

from handbook.models import ChapterPage, HandbookIndexPage
from home.printing import Kind, Manuscript


def public_index(name: str) -> HandbookIndexPage | None:
    if not name.isdecimal() or len(name) > 12:
        return None
    index = HandbookIndexPage.objects.live().public().filter(pk=int(name)).first()
    return index if index and index.url else None


def parts_of(index: HandbookIndexPage) -> list[tuple[HandbookIndexPage, list[ChapterPage]]]:
    """The index and those below it, each with its own chapters; those without any are left out."""
    indexes = [index, *HandbookIndexPage.objects.descendant_of(index).live().public().order_by("path")]
    found = [
        (each, list(ChapterPage.objects.child_of(each).live().public().order_by("path"))) for each in indexes
    ]
    return [(each, chapters) for each, chapters in found if chapters]


def find(name: str) -> Manuscript | None:
    index = public_index(name)
    if index is None:
        return None
    parts = parts_of(index)
    pages = (index, *(chapter for _, chapters in parts for chapter in chapters))
    return Manuscript(
        f"book:{name}",
        index.title,
        index.url,
        "printing/book.html",
        {
            "index": index,
            "parts": [(part, [(page, f"p{page.pk}") for page in chapters]) for part, chapters in parts],
        },
        pages,
    )


def url(name: str) -> str:
    index = public_index(name)
    return index.url if index else ""


def slug(name: str) -> str:
    index = public_index(name)
    return index.slug if index else ""


def ahead():
    for index in HandbookIndexPage.objects.live().public().order_by("path"):
        yield str(index.pk), False
        yield str(index.pk), True


def touched(page: Page):
    """A chapter changes the book of every index above it."""
    if isinstance(page, HandbookIndexPage | ChapterPage):
        for index in HandbookIndexPage.objects.ancestor_of(page, inclusive=True).live():
            yield str(index.pk), False
            yield str(index.pk), True


BOOK = Kind("book", find, url, slug, ahead, touched, priority=50)

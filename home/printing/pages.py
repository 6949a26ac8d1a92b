"""Pages of words as printouts: information, chapters, guides, pathways."""

from wagtail.models import Page

from home.models import Written

from .registry import Kind, Manuscript


def public_page(name: str) -> Written | None:
    """A live page of words that everyone may read, by its primary key in digits."""
    if not name.isdecimal() or len(name) > 12:
        return None
    page = Page.objects.live().public().filter(pk=int(name)).first()
    page = page.specific if page else None
    return page if isinstance(page, Written) and page.url else None


def find(name: str) -> Manuscript | None:
    page = public_page(name)
    if page is None:
        return None
    return Manuscript(f"page:{name}", page.title, page.url, "printing/page.html", {"page": page}, (page,))


def url(name: str) -> str:
    page = public_page(name)
    return page.url if page else ""


def slug(name: str) -> str:
    page = public_page(name)
    return page.slug if page else ""


def ahead():
    """Every page of words; large print is made for whoever asks first."""
    for page in Page.objects.live().public().type(Written).order_by("path"):
        yield str(page.pk), False


def touched(page):
    if isinstance(page, Written) and page.live:
        yield str(page.pk), False


PAGE = Kind("page", find, url, slug, ahead, touched, priority=20)

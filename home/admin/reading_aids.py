"""Reading aids beside a page's form: what it is like to read, and what to look at again.

They read the form as it stands and store nothing. They never keep a page from being saved.
"""

from typing import NamedTuple
from urllib.parse import urlsplit

from django.core.exceptions import BadRequest, PermissionDenied
from django.forms import Media
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import Resolver404, resolve, reverse
from django.views.decorators.http import require_POST
from wagtail.admin.panels import Panel
from wagtail.documents import get_document_model
from wagtail.models import Page, Site

from directory.models import Service
from home import reading_aids
from home.admin.page_words import Link, key_facts, links, parts

FIELDS = ("lede", "steps", "body", "if_worse", "sources")
"""What is read of a form; the script sends no more."""
LARGEST = 1_000_000
"""Bytes of a form: two hundred times a chapter."""
MOST_BLOCKS = 1000
GOAL = 8
"""The school grade that these pages aim for."""
FORMS = ("http", "https", "mailto", "tel")


class Broken(NamedTuple):
    place: str
    words: str
    why: str


def context(page) -> dict:
    """What the report's template shows of a page, or of a form's unsaved version of it."""
    from home.models import Jargon

    report = reading_aids.look(
        parts(page), jargon=Jargon.plain_words(), sources=len(page.sources), named=key_facts(page)
    )
    found = broken(page)
    return {"report": report, "broken": found, "goal": GOAL, "things": report.things + len(found)}


def broken(page) -> list[Broken]:
    """Links that lead nowhere. Other sites are never asked: their addresses are read for their form alone."""
    asked = list(links(page))
    pages = set(Page.objects.live().public().filter(pk__in=keys(asked, "page")).values_list("pk", flat=True))
    files = set(
        get_document_model().objects.filter(pk__in=keys(asked, "document")).values_list("pk", flat=True)
    )
    found = []
    for link in asked:
        if link.kind == "page":
            why = "" if number(link.target) in pages else "it leads to a page that readers cannot open"
        elif link.kind == "document":
            why = "" if number(link.target) in files else "its file is not there any more"
        else:
            why = misleads(link.target)
        if why:
            found.append(Broken(link.place, link.words, why))
    return found


def keys(asked: list[Link], kind: str) -> set[int]:
    return {number(link.target) for link in asked if link.kind == kind}


def number(text: str) -> int:
    """A key; 0, which is nobody's, for what is none."""
    return int(text) if text.isdecimal() and len(text) < 12 else 0


def misleads(address: str) -> str:
    """What is wrong with an address as it was written; empty: nothing that can be seen from here."""
    try:
        to = urlsplit(address.strip())
    except ValueError:
        return "its address is not written as one"
    if not to.scheme and not to.netloc:
        if address.startswith("#"):
            return ""
        if not address.startswith("/"):
            return "its address is not whole: begin with https://"
        return "" if leads_to_readers(to.path) else "it leads to a page of this site that is not there"
    if to.scheme not in FORMS:
        return "its address is of a kind that readers cannot follow"
    if to.scheme in ("http", "https") and ("." not in to.netloc or " " in to.netloc):
        return "its address is not whole"
    return ""


def leads_to_readers(path: str) -> bool:
    """Whether a path of this site leads to something that readers may open now."""
    try:
        match = resolve(path)
    except Resolver404:
        return False
    if match.url_name == "service":
        return Service.objects.visible().filter(slug=match.kwargs["slug"]).exists()
    if match.url_name != "wagtail_serve":
        return True
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if not site:
        return False
    below = path.strip("/")
    url_path = f"{site.root_page.url_path}{below}/" if below else site.root_page.url_path
    return Page.objects.live().public().filter(url_path=url_path).exists()


@require_POST
def look(request, pk: int):
    """The report on a form as it stands, for those who may edit its page. Nothing of it is kept."""
    from home.models import Sourced

    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        return HttpResponse("This is too long to read.", status=413, content_type="text/plain")
    page = get_object_or_404(Page, pk=pk)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    if not issubclass(page.specific_class or Page, Sourced):
        raise Http404
    page = page.get_latest_revision_as_object()
    take(page, request)
    return TemplateResponse(request, "home/admin/reading_aids.html", context(page))


def take(page, request) -> None:
    """Give an unsaved page the words of a form. Raises `BadRequest` for what no form of ours sends."""
    counts = [value for name, value in request.POST.items() if name.endswith("-count")]
    if any(not count.isdecimal() or len(count) > 4 or int(count) > MOST_BLOCKS for count in counts):
        raise BadRequest("These are no blocks.")
    for name in FIELDS:
        if hasattr(page, name) and (name in request.POST or f"{name}-count" in request.POST):
            widget = page._meta.get_field(name).formfield().widget
            try:
                typed = widget.value_from_datadict(request.POST, request.FILES, name)
            except (KeyError, ValueError, TypeError, AttributeError) as fault:
                raise BadRequest("These are no blocks.") from fault
            setattr(page, name, typed or "" if isinstance(typed, str) else typed)


class ReadingAidsPanel(Panel):
    """Drawn with the form, so that it works without JavaScript after each save; a script keeps it fresh."""

    def __init__(self, **kwargs):
        super().__init__(**{"heading": "Reading aids", "classname": "reading-aids"} | kwargs)

    @property
    def clean_name(self):
        return "reading_aids"

    class BoundPanel(Panel.BoundPanel):
        template_name = "home/admin/reading_aids_panel.html"

        @property
        def media(self):
            return Media(css={"all": ["admin/reading_aids.css"]}, js=["admin/reading_aids.js"])

        def get_context_data(self, parent_context=None):
            address = reverse("home_reading_aids", args=[0])
            return super().get_context_data(parent_context) | context(self.instance) | {"address": address}

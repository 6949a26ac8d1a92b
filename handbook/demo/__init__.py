"""The demo's handbook, made through the ordinary models. What is there already is left as it is."""

from pathlib import Path

from django.db import transaction
from wagtail.models import Page

from handbook.models import Audience, ChapterPage, HandbookIndexPage
from home.demo import publish
from home.demo.written import add, files
from home.models import HomePage

CHAPTERS = Path(__file__).with_name("chapters")
INDEX = {
    "slug": "handbook",
    "title": "The handbook",
    "lede": "What helps at home, at school and with the forms. Read it on your phone, or print it. "
    "You do not need a diagnosis for any of it.",
    "search_description": "A handbook for families of children and young people with special educational "
    "needs or disabilities: sleep, meltdowns, school, money and more.",
}
YOUNG = {
    "slug": "young-people",
    "title": "For young people",
    "lede": "Pages for you, to be written by young people who have been there.",
    "audience": Audience.YOUNG,
}


def load(progress=None) -> int:
    """Make what is missing and return how many pages were made. `progress(done, of)` is told along the
    way. All or nothing."""
    chapters = list(files(CHAPTERS))
    made = 0
    with transaction.atomic():
        parents = index(HomePage.objects.first(), INDEX)
        young = index(parents, YOUNG)
        for done, facts in enumerate(chapters, 1):
            part = young if facts.pop("part", "") == "young" else parents
            made += add(part, ChapterPage, facts)
            if progress:
                progress(done, len(chapters))
    return made


def index(parent: Page, facts: dict) -> HandbookIndexPage:
    """The index of that slug below a page, made if need be."""
    parent = Page.objects.get(pk=parent.pk)
    if found := HandbookIndexPage.objects.child_of(parent).filter(slug=facts["slug"]).first():
        return found
    made = parent.add_child(instance=HandbookIndexPage(**facts))
    publish(made)
    return made

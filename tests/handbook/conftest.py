"""A small handbook with one chapter each by parents and by young people, and everybody who works on it."""

import pytest
from django.contrib.auth.models import Group, User
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from handbook.models import Audience, ChapterPage, HandbookIndexPage
from home.demo import load
from home.models import HomePage
from tests.permissions import ROLES

BODY = [
    {"type": "heading", "value": "Tonight"},
    {"type": "paragraph", "value": "<p>Keep the lights low.</p>"},
]


@pytest.fixture
def home(db):
    load()
    return HomePage.objects.get()


@pytest.fixture
def index(home):
    return Page.objects.get(pk=home.pk).add_child(
        instance=HandbookIndexPage(title="The handbook", slug="handbook")
    )


@pytest.fixture
def young_index(index):
    return index.add_child(
        instance=HandbookIndexPage(title="Ours", slug="young-people", audience=Audience.YOUNG)
    )


def chapter_below(parent, title="Sleep", slug="sleep", **facts):
    body = ChapterPage._meta.get_field("body").stream_block.to_python(BODY)
    page = ChapterPage(title=title, slug=slug, lede="What helped in our homes.", body=body, **facts)
    Page.objects.get(pk=parent.pk).specific.add_child(instance=page)
    page.save_revision().publish()
    return ChapterPage.objects.get(pk=page.pk)


@pytest.fixture
def chapter(index):
    return chapter_below(index)


@pytest.fixture
def young_chapter(young_index):
    return chapter_below(young_index, "Asking", "asking")


@pytest.fixture
def people(db):
    """A user of each role, by its name."""
    made = {}
    for name, group in ROLES.items():
        made[name] = User.objects.create_user(name, f"{name}@example.org", "a long password", first_name=name)
        made[name].groups.add(Group.objects.get(name=group))
    return made


def form(title: str, paragraph: str, action: str = "", slug: str = "sleep") -> dict:
    """What the form of a chapter sends."""
    return nested_form_data(
        {
            "title": title,
            "slug": slug,
            "lede": "What helped in our homes.",
            "body": streamfield([("paragraph", rich_text(paragraph))]),
            "sources": streamfield([]),
            "changes": streamfield([]),
            "note": "",
            "private_note": "",
            "comments": inline_formset([]),
            **({action: action} if action else {}),
        }
    )

"""Reading aids beside a page's form: who may ask, what they say, and that they keep nothing."""

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from home.admin.reading_aids import LARGEST, misleads
from home.demo import load
from home.models import HomePage, Jargon
from waiting.models import GuidancePage, WaitingIndexPage

TYPED = {
    "lede": "You may be in receipt of help.",
    "body-count": "2",
    "body-0-deleted": "",
    "body-0-order": "0",
    "body-0-type": "heading",
    "body-0-id": "",
    "body-0-value": "At night",
    "body-1-deleted": "",
    "body-1-order": "1",
    "body-1-type": "key_fact",
    "body-1-id": "",
    "body-1-value-fact": "Nine in ten wake.",
    "body-1-value-source": "7",
    "sources-count": "0",
}


@pytest.fixture
def guide(db):
    load()
    index = HomePage.objects.get().add_child(instance=WaitingIndexPage(title="Wait", slug="waiting"))
    page = index.add_child(instance=GuidancePage(title="Sleep", slug="sleep", lede="Nights are long."))
    page.body = [
        (
            "paragraph",
            f'<p><a linktype="page" id="{index.pk}">this</a>, <a linktype="page" id="99999">that</a> and '
            '<a href="/needs/">needs</a>, <a href="/hole/">a hole</a>.</p><p>Due within 6 weeks.</p>',
        ),
    ]
    for each in (index, page):
        each.save_revision().publish()
    return GuidancePage.objects.get(pk=page.pk)


@pytest.fixture
def editor(client, guide):
    client.force_login(User.objects.create_superuser("editor"))
    return client


def ask(client, page, **changes):
    return client.post(reverse("home_reading_aids", args=[page.pk]), TYPED | changes)


def test_the_form_shows_them_without_javascript(editor, guide):
    page = editor.get(reverse("wagtailadmin_pages:edit", args=[guide.pk])).content.decode()
    assert "Reading aids" in page
    assert "This looks like a fact" in page
    assert "Due within 6 weeks." in page
    assert "“that” in “First lines”: it leads to a page that readers cannot open" in page
    assert "“a hole” in “First lines”: it leads to a page of this site that is not there" in page
    assert page.count("readers cannot open") == 1
    assert "static/admin/reading_aids.js" in page
    assert 'role="status"' in page


def test_they_read_what_is_typed_and_store_nothing(editor, guide):
    before = guide.revisions.count()
    page = ask(editor, guide).content.decode()
    assert "<strong>in receipt of</strong> → getting" in page
    assert "there is no source 7" in page
    guide.refresh_from_db()
    assert guide.lede == "Nights are long."
    assert guide.revisions.count() == before
    assert "noindex" not in page


def test_editors_keep_the_list_of_hard_words(editor, guide):
    Jargon.objects.filter(word="in receipt of").update(plain="given")
    assert "→ given" in ask(editor, guide).content.decode()
    load()
    assert Jargon.objects.get(word="in receipt of").plain == "given"
    assert Jargon.objects.count() > 120


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"body-count": "9999999999"}, 400),
        ({"body-count": "x"}, 400),
        ({"body-count": "3"}, 400),
        ({"body-1-type": "no such block"}, 200),
        ({"lede": "x" * (LARGEST + 1)}, 413),
        ({"body-0-value": "\x00<script>"}, 200),
    ],
)
def test_what_no_form_sends_is_refused(editor, guide, changes, status):
    answer = ask(editor, guide, **changes)
    assert answer.status_code == status
    assert b"<script>" not in answer.content


def test_only_who_may_edit_the_page_may_ask(client, guide, django_user_model):
    assert ask(client, guide).status_code == 302
    stranger = django_user_model.objects.create_user("stranger")
    stranger.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(stranger)
    assert b"receipt" not in ask(client, guide).content
    client.force_login(User.objects.create_superuser("root"))
    assert client.get(reverse("home_reading_aids", args=[guide.pk])).status_code == 405
    assert ask(client, Page.objects.get(depth=2)).status_code == 404
    assert ask(client, Page(pk=99999)).status_code == 404


def test_asking_needs_the_token_of_the_form(guide):
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.create_superuser("root"))
    assert ask(client, guide).status_code == 403


@pytest.mark.parametrize(
    ("address", "wrong"),
    [
        ("https://www.nhs.uk/", False),
        ("mailto:a@example.org", False),
        ("tel:111", False),
        ("#at-night", False),
        ("www.nhs.uk", True),
        ("https://nhs", True),
        ("javascript:alert(1)", True),
        ("http://[bad", True),
    ],
)
def test_an_address_is_read_for_its_form_alone(address, wrong):
    assert bool(misleads(address)) is wrong

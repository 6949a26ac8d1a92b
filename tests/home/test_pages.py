"""The pages a family meets first."""

import pytest
from wagtail.models import Page, Revision

from directory.models import Need
from handbook.models import HandbookIndexPage
from home.demo import load
from home.models import FooterMenuItem, GlossaryTerm, HomePage, InformationPage, MainMenuItem, UrgentHelpPage
from waiting.models import WaitingIndexPage

WRITTEN = [
    "words",
    "about",
    "urgent-help",
    "accessibility",
    "privacy",
    "cookies",
    "about-the-data",
    "other-formats",
]


@pytest.mark.parametrize("path", ["/", "/?for=me", *(f"/{slug}/" for slug in WRITTEN)])
def test_pages_open_set_no_cookie_and_call_nobody(pages, client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    assert not answer.cookies
    words = answer.content.decode()
    assert words.count("<h1") == 1
    assert 'src="http' not in words
    assert "style=" not in words
    assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]


def test_home_asks_one_question_and_offers_ways_in(pages, client):
    words = client.get("/").content.decode()
    assert "What would help right now?" in words
    for href in ("/needs/", "/areas/", "/urgent-help/", "/search/?kind=school", "/?for=me"):
        assert f'href="{href}"' in words
    for band in ("0-4", "5-10", "11-15", "16-25"):
        assert f'href="/search/?ages={band}"' in words


def test_home_speaks_to_a_young_person_in_the_first_person(pages, client):
    words = client.get("/?for=me").content.decode()
    assert "What is hard for you?" in words
    assert '<input type="hidden" name="for" value="me">' in words
    assert "ages=16-25&amp;for=me" in words
    assert "ages=0-4" not in words


def test_tiles_are_the_chosen_needs_in_the_chosen_order(db, client):
    for slug in ("carer", "sleep", "eating"):
        Need.objects.create(name=f"About {slug}", slug=slug)
    load()
    words = client.get("/").content.decode()
    assert words.index("About sleep") < words.index("About eating") < words.index("About carer")
    assert 'href="/needs/sleep/"' in words


def test_loading_twice_changes_nothing(pages):
    def state():
        return (
            list(Page.objects.order_by("path").values_list("path", "title", "latest_revision_created_at")),
            Revision.objects.count(),
            list(MainMenuItem.objects.values_list()),
            list(FooterMenuItem.objects.values_list()),
        )

    before = state()
    assert load() == 0
    assert state() == before


def test_loading_keeps_what_an_editor_changed(pages, client):
    page = InformationPage.objects.get(slug="about")
    page.title = "About our site"
    page.save_revision().publish()
    load()
    assert "About our site" in client.get("/about/").content.decode()


def test_loading_tells_how_far_it_is(db):
    told = []
    load(lambda done, of: told.append((done, of)))
    assert [done for done, _ in told] == list(range(1, told[0][1] + 1))


def test_the_welcome_page_is_gone(pages):
    assert HomePage.objects.get().depth == 2
    assert Page.objects.filter(depth=2).count() == 1


def test_a_page_says_when_it_was_last_read_through(pages, client):
    assert "Not yet read through by the council" in client.get("/about/").content.decode()
    page = InformationPage.objects.get(slug="about")
    page.reviewed_on, page.reviewed_by = "2026-03-02", "the SEND team"
    page.save_revision().publish()
    assert "Last read through on 2 March 2026 by the SEND team" in client.get("/about/").content.decode()


def test_a_script_in_rich_text_never_appears(pages, client):
    page = InformationPage.objects.get(slug="about")
    page.body = [
        (
            "paragraph",
            '<p onclick="x()">Fine <script>alert(1)</script><b>words</b> <img src=x onerror=y()>'
            '<a href="javascript:z()">here</a> <iframe src="//e"></iframe></p>',
        ),
        ("notice", {"kind": "note", "title": "<script>bad()</script>", "words": "<script>worse()</script>"}),
    ]
    page.save_revision().publish()
    words = client.get("/about/").content.decode()
    assert "Fine <b>words</b>" in words
    for danger in ("alert(1)", "onclick", "onerror", "javascript:", "<iframe", "worse()", "<script>bad"):
        assert danger not in words


def test_a_word_that_an_editor_explains_is_shown(pages, client):
    GlossaryTerm.objects.create(
        term="EP", stands_for="educational psychologist", plain="Looks at how a child learns."
    )
    words = client.get("/words/").content.decode()
    assert "<dt>EP</dt><dd>educational psychologist <small>Looks at how a child learns.</small></dd>" in words


def test_every_page_kind_says_where_it_may_live(pages):
    assert HomePage.allowed_subpage_models() == [
        InformationPage,
        UrgentHelpPage,
        HandbookIndexPage,
        WaitingIndexPage,
    ]
    assert InformationPage.allowed_subpage_models() == [InformationPage]
    assert UrgentHelpPage.allowed_subpage_models() == []


def test_queries_of_the_home_page_are_few(pages, client, django_assert_max_num_queries):
    client.get("/")
    with django_assert_max_num_queries(12):
        client.get("/")

"""Chapters, guides and information among what is found."""

import io
import json
from datetime import datetime

import pytest
from django.core.management import call_command
from wagtail.models import Page, PageViewRestriction

from directory.models import NeedWord
from handbook.models import Audience, ChapterPage, HandbookIndexPage
from home.demo import load
from home.models import HomePage
from search import to_read
from search.documents import document_for
from search.speakers import asks_to_read
from search.suggestions import suggestions
from tests import factories as make
from waiting.models import GuidancePage, PathwayPage, WaitingIndexPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(db):
    load()
    return HomePage.objects.get()


@pytest.fixture
def sleep(home):
    need = make.need()
    NeedWord.objects.get_or_create(need=need, word="won't sleep")
    return need


def publish(parent, page, *needs, body=()):
    page.body = page._meta.get_field("body").stream_block.to_python(
        [{"type": kind, "value": value} for kind, value in body]
    )
    Page.objects.get(pk=parent.pk).add_child(instance=page)
    page.needs = needs
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


@pytest.fixture
def chapter(home, sleep):
    index = home.add_child(instance=HandbookIndexPage(title="Handbook", slug="handbook"))
    body = [
        ("heading", "If it is happening tonight"),
        ("paragraph", "<p>Ask a doctor about zopiclotonin and bedtime curtains.</p>"),
    ]
    page = ChapterPage(title="Nights", slug="nights", lede="What helped in our homes.", min_age=2, max_age=11)
    return publish(index, page, sleep, body=body)


@pytest.fixture
def guide(home, sleep):
    index = home.add_child(instance=WaitingIndexPage(title="While you wait", slug="waiting"))
    page = GuidancePage(title="While you wait for a sleep clinic", slug="sleep-wait", lede="Use this now.")
    return publish(index, page, sleep, body=[("paragraph", "<p>Words.</p>")])


def found(client, **params) -> list[str]:
    call_command("index", "--drain")
    answer = client.get("/search/", params)
    assert answer.status_code == 200
    return [page.title for page in answer.context["to_read"]]


def test_a_chapter_is_found_by_family_words_through_its_need(client, chapter):
    assert found(client, q="my girl won't sleep") == ["Nights"]


def test_services_stand_before_what_can_be_read(client, chapter, sleep):
    make.service("Sleep clinic", needs=(sleep,))
    call_command("index", "--drain")
    html = client.get("/search/", {"q": "won't sleep"}).content.decode()
    assert html.index("Sleep clinic</a>") < html.index("Nights</a>")


def test_a_guide_stands_first_when_the_line_asks_what_to_do(client, guide, sleep):
    make.service("Sleep clinic", needs=(sleep,))
    call_command("index", "--drain")
    html = client.get("/search/", {"q": "what can i do while waiting for the sleep clinic"}).content.decode()
    assert html.index("While you wait for a sleep clinic</a>") < html.index("Sleep clinic</a></h3>")


def test_kind_is_a_facet(client, chapter, guide):
    assert found(client, kind="handbook") == ["Handbook", "Nights"]
    assert set(found(client, kind="guide")) == {"While you wait", "While you wait for a sleep clinic"}
    call_command("index", "--drain")
    facets = client.get("/search/").context["result"].facets["kind"]
    assert (facets["handbook"].fits, facets["guide"].fits) == (2, 2)


def test_a_rare_word_of_the_text_finds_it_and_an_ordinary_one_does_not(chapter):
    words = document_for(chapter.ref).words["description"]
    assert "zopiclotonin" in words
    assert "curtain" not in words


def test_ages_it_names_are_its_ages(chapter):
    document = document_for(chapter.ref)
    assert document.fits["age"] == document.explicit["age"] == {str(age) for age in range(2, 12)}


def test_what_is_not_live_is_not_found(client, chapter):
    chapter.unpublish()
    assert found(client, q="won't sleep") == []
    chapter.save_revision().publish()
    assert found(client, q="won't sleep") == ["Nights"]


def test_a_draft_changes_nothing_that_is_found(client, chapter):
    chapter.title = "Daytimes"
    chapter.save_revision()
    assert found(client, q="won't sleep") == ["Nights"]


def test_what_is_deleted_with_its_parent_is_found_no_more(client, chapter):
    chapter.get_parent().delete()
    assert found(client, q="won't sleep") == []
    assert document_for(chapter.ref) is None


def test_what_only_some_may_read_is_found_by_nobody(client, chapter):
    rule = PageViewRestriction.objects.create(page=chapter.get_parent(), restriction_type="login")
    assert found(client, q="won't sleep") == []
    rule.delete()
    assert found(client, q="won't sleep") == ["Nights"]


def test_a_page_that_moved_is_found_at_its_new_address(client, chapter, home):
    young = home.add_child(instance=HandbookIndexPage(title="Ours", slug="ours", audience=Audience.YOUNG))
    chapter.move(young, pos="last-child")
    call_command("index", "--drain")
    (row,) = client.get("/search/", {"q": "won't sleep"}).context["to_read"]
    assert (row.url, row.kind_words) == ("/ours/nights/", "Handbook, by young people. A 1-minute read.")


def test_a_need_that_is_deleted_leads_to_no_page(client, chapter, sleep):
    sleep.delete()
    assert document_for(chapter.ref).explicit.get("need") is None
    assert found(client, need="sleep", q="sleep") == []


def test_suggestions_open_pages(chapter):
    call_command("index", "--drain")
    (offer,) = [each for each in suggestions("nigh") if each.kind == "page"]
    assert (offer.text, offer.url) == ("Nights", "/handbook/nights/")


def test_find_tells_the_kind_and_names_no_record(chapter):
    call_command("index", "--drain")
    out = io.StringIO()
    call_command("find", "won't sleep", "--json", stdout=out)
    (row,) = [row for row in json.loads(out.getvalue())["results"] if row["title"] == "Nights"]
    assert (row["kind"], row["external"], row["url"]) == ("handbook", [], "/handbook/nights/")


def test_queries_do_not_grow_with_pages_found(client, chapter, guide, sleep, django_assert_max_num_queries):
    index = chapter.get_parent()
    for number in range(4):
        publish(
            index,
            ChapterPage(title=f"More {number}", slug=f"more-{number}", lede="x"),
            sleep,
            body=[("heading", "A")],
        )
    found(client, q="won't sleep")
    with django_assert_max_num_queries(55):
        assert len(found(client, q="won't sleep")) == 6


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("what can i do while waiting for autism assessment", True),
        ("tips for meltdowns", True),
        ("how long is the wait for camhs", True),
        ("what is an ehc plan", True),
        ("won't sleep, 7, Hemel", False),
        ("sleep clinic", False),
        ("autism support group near me", False),
    ],
)
def test_a_line_asks_to_understand_or_for_somebody(line, asked):
    assert asks_to_read(line) is asked


@pytest.mark.parametrize(
    ("hour", "words"),
    [(3, "To read tonight"), (12, "To read now"), (18, "To read tonight"), (6, "To read now")],
)
def test_at_night_it_is_read_tonight(hour, words):
    assert to_read.heading(datetime(2026, 11, 23, hour)) == words


def test_a_pathway_is_a_guide(home, sleep):
    index = home.add_child(instance=WaitingIndexPage(title="While you wait", slug="waiting"))
    page = publish(
        index,
        PathwayPage(title="Sleep clinic, step by step", slug="p", lede="x"),
        sleep,
        body=[("heading", "A")],
    )
    assert document_for(page.ref).kind == "guide"
    assert to_read.row(page).kind_words.startswith("Step by step.")

"""Chapters, guides and information among what is found."""

import io
import json
from datetime import date, datetime

import pytest
from django.core.management import call_command
from wagtail.models import Page, PageViewRestriction

from directory.models import NeedWord
from handbook.models import Audience, ChapterPage, HandbookIndexPage
from home.demo import load
from home.models import HomePage
from search import to_read
from search.documents import document_for
from search.speakers import asks_to_read, told, voices
from search.suggestions import suggestions
from tests import factories as make
from waiting.models import GuidancePage, PathwayPage, WaitingIndexPage, WaitingList, WaitingTime

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


def publish(parent, page, *needs, body=(("heading", "A"),)):
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


def test_a_question_is_read_first_even_below_a_service_that_it_names(client, chapter, sleep):
    make.service("Dreamy Owl Moon Star Lamp Club", needs=(sleep,), main_needs=(sleep,))
    call_command("index", "--drain")
    answer = client.get("/search/", {"q": "what happens at dreamy owl moon star lamp club, she won't sleep"})
    assert answer.context["result"].hits[0].ref.startswith("service:"), "or the test could not fail"
    html = answer.content.decode()
    assert html.index("Nights</a>") < html.index("Club</a></h3>")


def test_pages_that_stand_first_take_no_place_of_a_service(client, chapter, sleep):
    for number in range(21):
        make.service(f"Clinic {number}", needs=(sleep,))
        publish(chapter.get_parent(), ChapterPage(title=f"C{number}", slug=f"c{number}", lede="x"), sleep)
    call_command("index", "--drain")
    seen = []
    for page in (1, 2):
        answer = client.get("/search/", {"q": "what can i do when she won't sleep", "page": page})
        assert bool(answer.context["to_read"]) is (page == 1)
        seen += [card.title for _, _, cards in answer.context["groups"] for card in cards]
    assert len(seen) == len(set(seen)) == 21
    assert answer.context["paging"]["pages"] == 2


def test_a_chapter_is_in_sight_however_many_services_fit_better(client, chapter, sleep):
    for number in range(25):
        make.service(f"Clinic {number}", needs=(sleep,), main_needs=(sleep,))
    assert found(client, q="won't sleep") == ["Nights"]
    assert found(client, q="won't sleep", kind="service") == []
    assert found(client) == [], "who asks for nothing is offered nothing to read"


def test_after_three_services_comes_what_can_be_read(client, chapter, sleep):
    for number in range(5):
        make.service(f"Clinic {number}", needs=(sleep,))
    call_command("index", "--drain")
    answer = client.get("/search/", {"q": "won't sleep"})
    assert [len(cards) for _, _, cards in answer.context["groups"]] == [3, 2]
    html = answer.content.decode()
    assert html.index("Clinic 2</a>") < html.index("Nights</a>") < html.index("Clinic 3</a>")


def test_four_pages_are_in_sight_and_the_others_one_tap_away(client, chapter, sleep):
    for number in range(5):
        publish(chapter.get_parent(), ChapterPage(title=f"C{number}", slug=f"c{number}", lede="x"), sleep)
    call_command("index", "--drain")
    html = client.get("/search/", {"q": "won't sleep"}).content.decode()
    band = html[html.index('id="read"') :]
    assert "2 more to read" in band
    assert band[: band.index("<details")].count("<h3>") == 4
    chosen = client.get("/search/", {"q": "won't sleep", "kind": "handbook"}).content.decode()
    assert "more to read" not in chosen, "who asks for the handbook sees all of it"


def test_a_child_who_does_not_sleep_does_not_meet_the_name_of_a_condition(client, chapter, sleep):
    autism = make.need("autism", "Autism", ("autistic",))
    sleep.nearest.add(autism)
    publish(chapter.get_parent(), ChapterPage(title="Autism", slug="autism", lede="A name."), autism)
    call_command("index", "--drain")
    context = client.get("/search/", {"q": "my child won't sleep"}).context
    assert [page.title for page in context["to_read_in_sight"]] == ["Nights"]
    assert [page.title for page in context["to_read_folded"]] == ["Autism"]


def test_a_page_whose_title_speaks_of_the_need_comes_before_one_that_is_also_about_it(client, chapter, sleep):
    page = ChapterPage(title="When they won't sleep", slug="z", lede="x")
    publish(chapter.get_parent(), page, sleep, make.need("anxiety", "Worry", ("worry",)))
    assert found(client, q="wont sleep")[0] == "When they won't sleep"
    assert document_for(page.ref).explicit["titled"] == {"sleep"}
    assert "titled" not in document_for(chapter.ref).explicit


def test_young_people_meet_first_what_young_people_wrote(client, chapter, home, sleep):
    index = home.add_child(instance=HandbookIndexPage(title="Ours", slug="ours", audience=Audience.YOUNG))
    publish(index, ChapterPage(title="Zzz", slug="zzz", lede="x"), sleep)
    assert found(client, q="my son won't sleep") == ["Nights", "Zzz"]
    assert found(client, q="i won't sleep im 11") == ["Zzz", "Nights"]


def test_who_asks_for_the_handbook_gets_all_of_it_first(client, chapter, sleep):
    assert found(client, q="sleep handbook") == ["Handbook", "Nights"]


@pytest.fixture
def way(home, sleep):
    index = home.add_child(instance=WaitingIndexPage(title="While you wait", slug="waiting"))
    return publish(index, PathwayPage(title="Sleep clinic", slug="clinic", lede="x"), sleep)


@pytest.fixture
def figure(way):
    of = WaitingList.objects.create(name="Clinic", code="clinic", pathway=way)
    return WaitingTime.objects.create(
        waiting_list=of, area=make.district(), whom="seen", period_from=date(2026, 1, 1),
        period_to=date(2026, 1, 31), median_weeks=9,
    )  # fmt: skip


def test_how_long_a_wait_is_leads_to_the_way_and_to_all_waiting_times(client, figure):
    assert found(client, q="how long is the wait for sleep")[:2] == ["Sleep clinic", "Waiting times"]
    first, second = client.get("/search/", {"q": "sleep waiting list"}).context["to_read"][:2]
    assert (first.url, second.url) == ("/waiting/clinic/#times", "/waiting/times/")
    assert "Waiting times" not in found(client, q="won't sleep")
    assert "Waiting times" not in found(client, q="sleep waiting list", kind="guide")


def test_waiting_times_are_offered_only_where_somebody_has_published_one(client, way, figure):
    assert found(client, q="waiting times")[0] == "Waiting times"
    assert "Waiting times" in [offer.text for offer in suggestions("waiting ti")]
    figure.delete()
    assert "Waiting times" not in found(client, q="waiting times")
    assert "Waiting times" not in [offer.text for offer in suggestions("waiting ti")]


def test_no_page_stands_above_urgent_help(client, chapter):
    harm = make.need("self-harm", "Self-harm", (), crisis=True)
    NeedWord.objects.create(need=harm, word="wants to die", crisis="suicide")
    make.service("Listeners", crisis=True, helpline=True, crisis_for="suicide", all_hours="yes", phone="1")
    call_command("index", "--drain")
    answer = client.get("/search/", {"q": "what can i do my son won't sleep and wants to die"})
    html = answer.content.decode()
    assert answer.context["to_read"]
    assert html.index('class="crisis') < html.index('id="read"')


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
        ("how do i get an assessment", True),
        ("waiting for camhs", True),
        ("how do i find a sleep clinic", False),
        ("how do i refer a pupil", False),
        ("won't sleep, 7, Hemel", False),
        ("sleep clinic", False),
        ("autism support group near me", False),
    ],
)
def test_a_line_asks_to_understand_or_for_somebody(line, asked):
    assert asks_to_read(line) is asked


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("waiting times", {"wait"}),
        ("how long is the wait for autism in hemel", {"wait"}),
        ("how long does an ehcp take", {"wait"}),
        ("how long does melatonin take to work", set()),
        ("autism pathway", {"steps"}),
        ("neurodiversity handbook", {"book"}),
        ("i cant face school im 14", {"young"}),
        ("my son can't face school, he is 14", set()),
    ],
)
def test_what_a_line_asks_to_be_told(line, asked):
    assert told(line) == asked


@pytest.mark.parametrize(
    ("line", "voice"),
    [
        ("im 15 and cant sleep", {"young"}),
        ("i am nearly 17 and need help", {"young"}),
        ("im 45 and cant sleep", {"family", "young"}),
        ("im 15 weeks pregnant", {"family"}),
        ("my son says im 15 he says", {"family"}),
    ],
)
def test_an_age_said_of_oneself_is_a_young_persons(line, voice):
    assert voices(line) == voice


def test_a_longer_version_takes_longer_to_read(chapter):
    assert to_read.minutes(chapter) == 1
    chapter.body.append(("paragraph", f"<p>{'rest ' * 540}</p>"))
    assert to_read.minutes(chapter) == 1, "a draft changes nothing"
    chapter.save_revision().publish()
    assert to_read.minutes(ChapterPage.objects.get(pk=chapter.pk)) == 3


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

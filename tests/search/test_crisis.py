"""Urgent help above the results: by kind, open at this hour, said once."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command

from directory.choices import Crisis
from directory.models import Contact, NeedWord, Service, Session
from search import filters
from search.crisis import panel, quiet_line
from search.reading import Reading, read, vocabulary
from tests import factories as make

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
NIGHT = datetime(2026, 3, 2, 23, 30, tzinfo=LONDON)
NOON = datetime(2026, 3, 2, 12, tzinfo=LONDON)


def line(name: str, *contacts: Contact, kinds: str = "", **facts) -> Service:
    facts = {"all_hours": "yes"} | facts
    service = Service(
        name=name, summary="Helps.", category="helpline", source="x", live=True, helpline=True, crisis=True
    )
    service.crisis_for = kinds
    for key, value in facts.items():
        setattr(service, key, value)
    service.contacts = list(contacts) or [Contact(kind="phone", value="01234 567890")]
    service.save()
    return service


@pytest.fixture
def lines(db):
    line("999")
    line("Listeners", kinds="suicide|self-harm")
    line("For children", kinds="suicide|abuse|violence-at-home")
    line("Refuge", kinds="violence-at-home")
    line("Office", kinds="abuse|child-hurts-me", all_hours="no")


def names(section) -> list[str]:
    return [line.name for line in section.lines]


@pytest.mark.parametrize(
    ("kind", "title", "found"),
    [
        ("suicide", "You can talk to someone right now", ["999", "Listeners", "For children"]),
        ("self-harm", "You can talk to someone right now", ["999", "Listeners", "For children"]),
        ("abuse", "If someone is hurting you or a child", ["999", "For children", "Listeners"]),
        ("violence-at-home", "If you are not safe at home", ["999", "For children", "Refuge"]),
        ("child-hurts-me", "When your child hurts you", ["999", "Listeners", "For children"]),
        ("missing", "If a child is missing, or has run away", ["999", "Listeners", "For children"]),
    ],
)
def test_each_kind_has_its_own_heading_and_help_that_answers_now(lines, kind, title, found):
    (section,) = panel([kind], NIGHT).sections
    assert section.title == title
    assert names(section) == found


def test_two_kinds_have_two_headings_and_no_line_twice(lines):
    made = panel(["suicide", "violence-at-home"], NIGHT)
    assert [section.anchor for section in made.sections] == ["life", "home"]
    every = [each.name for each in made.lines]
    assert len(every) == len(set(every))
    assert every[0] == "999"


def test_only_ways_in_that_answer_at_this_hour_are_shown(db):
    line(
        "Childline",
        Contact(kind="phone", value="0800 1111", hours="Day and night, every day"),
        Contact(kind="bsl", value="https://example.org/bsl", hours="Monday to Friday, 9am to 6pm"),
        Contact(kind="chat", value="https://example.org/chat", hours="When we can"),
        Contact(kind="relay-uk", value="18001 0800 1111"),
        kinds="abuse",
    )

    def ways(moment):
        return [action.label for action in panel(["abuse"], moment).lines[0].actions]

    assert ways(NIGHT) == ["Call 0800 1111", "Relay UK 18001 0800 1111"]
    assert ways(NOON) == ["Call 0800 1111", "Use BSL", "Relay UK 18001 0800 1111"]


def test_hours_of_the_line_itself_decide_too(db):
    office = line("Office", kinds="abuse", all_hours="no")
    office.sessions = [Session(frequency="weekly", weekday=1, weekday_to=5, starts=time(9), ends=time(17))]
    office.save()
    assert names(panel(["abuse"], NOON).sections[0]) == ["Office"]
    assert panel(["abuse"], NIGHT).lines == []


def test_what_stands_in_the_panel_is_not_a_card_or_a_line_below_it(client, lines):
    harm = make.need("self-harm", "Self-harm", ("self harm",), crisis=True)
    NeedWord.objects.create(need=harm, word="kms", crisis="suicide", kind="own")
    harm.save()
    listeners = Service.objects.get(name="Listeners")
    listeners.needs = [harm]
    listeners.save()
    make.service("Local group", needs=(harm,))
    call_command("index", "--drain")
    page = client.get("/search/", {"q": "kms"})
    assert "Listeners" in [each.name for each in page.context["crisis"].lines]
    cards = [card.title for _, _, found in page.context["groups"] for card in found]
    assert "Local group" in cards
    assert "Listeners" not in cards
    words = page.content.decode()
    assert words.index('id="crisis"') < words.index('name="q"') < words.index("Local group")


def test_every_kind_of_crisis_has_a_heading(db):
    for kind in Crisis:
        if kind and kind != "quiet":
            assert panel([kind]).sections, kind


@pytest.mark.parametrize(
    ("line", "kinds"),
    [
        ("my child hits me", {"child-hurts-me"}),
        ("he hits me", {"abuse"}),
        ("my child hits me and he hits me", {"child-hurts-me", "abuse"}),
    ],
)
def test_a_cry_inside_a_longer_one_is_not_another(line, kinds):
    rows = [("x", "my child hits me", "sign", "", "child-hurts-me"), ("y", "hits me", "own", "", "abuse")]
    assert read(line, vocabulary(rows)).crisis == kinds


@pytest.fixture
def low(monkeypatch):
    made = Reading(words=("hate",), needs={}, quiet=True)
    monkeypatch.setattr(filters, "read", lambda text, known: made)


def test_low_words_bring_one_quiet_line_to_text_and_no_alarm(client, low, lines):
    line("Shout", Contact(kind="text", value="85258"), kinds="suicide")
    page = client.get("/search/", {"q": "I hate myself"})
    words = page.content.decode()
    assert page.context["crisis"] is None
    assert 'class="crisis"' not in words
    assert 'href="sms:85258"' in words
    assert "You do not need to be sure" in words


def test_without_anyone_to_text_the_quiet_line_is_a_call(lines):
    found, way = quiet_line(NIGHT)
    assert (found.name, way.href) == ("Listeners", "tel:01234567890")


def test_the_page_can_be_left_at_once_where_someone_may_look(client, lines):
    assert panel(["violence-at-home"], NIGHT).private
    assert not panel(["suicide"], NIGHT).private

"""Urgent help: what answers at this hour first, and nothing guessed."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from directory.facts import URGENT_FRESH, trust
from directory.models import Contact, Service
from home import urgent
from home.models import UrgentHelpPage

LONDON = ZoneInfo("Europe/London")
MONDAY_NIGHT = datetime(2026, 3, 2, 23, 30, tzinfo=LONDON)
MONDAY_NOON = datetime(2026, 3, 2, 12, 0, tzinfo=LONDON)
NINE_TO_FIVE = (1, 5, time(9), time(17))


@pytest.fixture
def three(urgent_line):
    urgent_line("Office line", crisis_for="abuse", session=NINE_TO_FIVE)
    urgent_line("Hidden hours line", crisis_for="abuse")
    urgent_line("Night line", crisis_for="abuse|suicide", all_hours="yes")


def names(group):
    return [(line.name, line.state) for line in group.lines]


def group(moment, anchor):
    return next(each for each in urgent.groups(moment) if each.anchor == anchor)


def test_at_night_what_is_open_comes_first_and_what_is_shut_last(three):
    assert names(group(MONDAY_NIGHT, "hurt")) == [
        ("Night line", "open"),
        ("Hidden hours line", "unknown"),
        ("Office line", "shut"),
    ]


def test_by_day_the_office_line_is_open_too(three):
    assert names(group(MONDAY_NOON, "hurt"))[:2] == [("Office line", "open"), ("Night line", "open")]


@pytest.mark.parametrize(
    "facts",
    [
        {"season": "term"},
        {"frequency": "monthly"},
        {"ends": None},
        {"valid_to": "2020-01-01"},
        {"weekday": None, "weekday_to": None},
    ],
)
def test_hours_that_do_not_hold_every_week_are_neither_yes_nor_no(urgent_line, facts):
    service = urgent_line("Line", session=NINE_TO_FIVE)
    row = service.sessions.get()
    for name, value in facts.items():
        setattr(row, name, value)
    row.save()
    assert urgent.state(type(service).objects.get(pk=service.pk), MONDAY_NOON) == urgent.UNKNOWN


def test_a_line_for_every_kind_stands_in_the_first_group_only(urgent_line):
    urgent_line("999", all_hours="yes")
    assert [each.anchor for each in urgent.groups(MONDAY_NOON)] == ["danger"]


def test_a_line_stands_in_full_once(three):
    first, second = group(MONDAY_NIGHT, "life"), group(MONDAY_NIGHT, "hurt")
    assert [line.again for line in first.lines] == [False]
    assert [line.again for line in second.lines] == [True, False, False]


def test_the_page_says_open_closed_and_not_known(pages, three, client):
    words = client.get("/urgent-help/").content.decode()
    assert "Exit this page" in words
    assert "Open now" in words
    assert "Its hours are not known yet" in words
    assert 'href="tel:999"' in words


def test_unpublished_help_disappears_at_once(pages, three, client):
    assert "Night line" in client.get("/").content.decode()
    night = urgent.Service.objects.get(name="Night line")
    night.unpublish()
    assert "Night line" not in client.get("/urgent-help/").content.decode()
    assert "Night line" not in client.get("/").content.decode()


def test_the_number_of_queries_does_not_grow_with_the_lines(
    pages, urgent_line, client, django_assert_max_num_queries
):
    for number in range(12):
        urgent_line(f"Line {number}", crisis_for="abuse", all_hours="yes")
    client.get("/urgent-help/")
    with django_assert_max_num_queries(25):
        client.get("/urgent-help/")
    assert UrgentHelpPage.objects.count() == 1


@pytest.mark.parametrize(("days", "late"), [(None, True), (0, False), (31, False), (32, True), (364, True)])
def test_urgent_help_not_checked_for_a_month_is_late(urgent_line, days, late):
    today = timezone.localdate()
    facts = (
        {} if days is None else {"checked_on": today - timedelta(days=days), "checked_by": "the SEND team"}
    )
    service = urgent_line("Line", **facts)
    assert trust(service).checked is not late
    assert Service.objects.urgent().checked_before(today - URGENT_FRESH).exists() is late


def test_editors_see_which_urgent_help_is_late_on_their_first_page(urgent_line, admin_client):
    today = timezone.localdate()
    urgent_line("Late line")
    urgent_line("Checked line", checked_on=today, checked_by="the SEND team")
    assert (
        "<strong>1</strong> Urgent help not checked for a month"
        in admin_client.get("/admin/").content.decode()
    )
    late = admin_client.get("/admin/snippets/directory/service/?checked=urgent&state=live").content.decode()
    assert "Late line" in late
    assert "check it every month" in late
    assert "Checked line" not in late


@pytest.mark.parametrize(
    ("hours", "night", "noon"),
    [
        ("", True, True),
        ("Day and night, every day", True, True),
        ("Monday to Friday, 9am to 6pm", False, True),
        ("Every day, 12pm to 11pm", False, True),
        ("Every day, 9am to 12pm", False, False),
        ("Most evenings", False, False),
    ],
)
def test_a_way_in_with_hours_of_its_own_answers_only_then(hours, night, noon):
    contact = Contact(kind="bsl", value="https://example.org/", hours=hours)
    assert (urgent.answers(contact, MONDAY_NIGHT), urgent.answers(contact, MONDAY_NOON)) == (night, noon)

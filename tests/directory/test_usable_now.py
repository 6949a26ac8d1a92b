"""What a family can use now: only what the service itself confirmed, and never a promise beyond it."""

from datetime import date, timedelta

import pytest

from directory.helping import for_needs
from directory.models import Service
from tests import factories as make

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
YES = {
    "status": "open",
    "diagnosis": "not-needed",
    "refer_parent": "yes",
    "checked_on": TODAY - timedelta(days=365),
    "checked_by": "the SEND team",
}


@pytest.mark.parametrize(
    ("facts", "list_"),
    [
        ({}, "now"),
        ({"refer_parent": "", "refer_self": "yes"}, "now"),
        ({"checked_on": TODAY - timedelta(days=366)}, "ask"),
        ({"checked_on": None}, "ask"),
        ({"checked_on": TODAY + timedelta(days=1)}, "ask"),
        ({"status": ""}, "ask"),
        ({"diagnosis": ""}, "ask"),
        ({"diagnosis": "ask"}, "ask"),
        ({"diagnosis": "waiting"}, "ask"),
        ({"refer_parent": ""}, "ask"),
        ({"refer_parent": "not-stated"}, "ask"),
        ({"diagnosis": "needed"}, "neither"),
        ({"needs_referral": "yes"}, "neither"),
        ({"refer_parent": "no", "refer_self": "no"}, "neither"),
        ({"status": "closed"}, "neither"),
        ({"status": "paused"}, "neither"),
        ({"status": "not-taking"}, "neither"),
        ({"live": False}, "neither"),
    ],
)
def test_only_what_was_confirmed_within_a_year_is_promised(facts, list_):
    make.service("Sleep clinic", **YES | facts)
    visible = Service.objects.visible()
    found = "now" if visible.usable_now(TODAY) else "ask" if visible.worth_asking(TODAY) else "neither"
    assert found == list_


def test_nothing_stands_in_both_lists():
    make.service("A", **YES)
    make.service("B")
    visible = Service.objects.visible()
    assert [each.name for each in visible.usable_now(TODAY)] == ["A"]
    assert [each.name for each in visible.worth_asking(TODAY)] == ["B"]


def test_what_is_mainly_for_a_need_stands_first_and_elsewhere_is_left_out():
    sleep, dacorum, stevenage = make.need(), make.district("Dacorum"), make.district("Stevenage", west=-0.2)
    make.service("Any county", needs=(sleep,), whole_county="yes")
    make.service("Only Stevenage", needs=(sleep,), areas=(stevenage,))
    first = make.service("Zebra sleep", needs=(sleep,), areas=(dacorum,))
    first.main_needs = [sleep]
    first.save()
    assert [each.name for each in for_needs(["sleep"], 4, dacorum)] == ["Zebra sleep", "Any county"]
    assert len(for_needs(["sleep"], 4)) == 3
    assert for_needs([], 4) == []


@pytest.mark.parametrize(
    ("params", "says"),
    [
        ("need=sleep&place=Dacorum", "Near <b>Dacorum</b>"),
        ("need=sleep", "Sleep clinic"),
        ("need=sleep&place=%00", "Sleep clinic"),
        ("need=sleep&place=Nowhere+at+all&most=9999999", "Sleep clinic"),
        ("need=sleep&most=-1", "Sleep clinic"),
        ("need=%00&need=<script>", "We list nothing"),
        ("", "We list nothing"),
    ],
)
def test_whatever_is_asked_of_services_near_gets_a_kind_answer(client, params, says):
    make.district("Dacorum")
    make.service("Sleep clinic", needs=(make.need(),), whole_county="yes")
    answer = client.get(f"/services-near/?{params}")
    assert answer.status_code == 200
    assert says in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "no-referrer"
    assert not answer.cookies

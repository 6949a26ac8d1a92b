"""“Is this what you found?” as a family meets it."""

import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, OperationalError
from django.utils import timezone

from tests import factories as make
from waiting.found.forms import SIGNED
from waiting.found.limit import Limit
from waiting.models import FoundCount, FoundQuestion, PathwayPage

from .conftest import opened, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_limit")]


def form_of(way):
    return f"{way.url}your-wait/"


def text(answer):
    html = re.sub(r"<(script|style).*?</\1>", "", answer.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.split("<main", 1)[1].split("</main>")[0]))


def add(way, area, answer, number, today=None):
    for _ in range(number):
        FoundCount.objects.add(way, area, answer, today)


def switch_off(way, reason="We ask in person this month."):
    FoundQuestion.objects.filter(pathway=way).update(off=True, reason=reason)


# What is kept.


def test_an_answer_adds_one_to_one_count_and_leads_on(client, way, halves):
    answer = client.post(form_of(way), sent(way))
    assert (answer.status_code, answer["Location"]) == (302, f"{form_of(way)}thanks/")
    client.post(form_of(way), sent(way))
    row = FoundCount.objects.get()
    assert (row.pathway_id, row.area, row.answer, row.count) == (way.pk, halves[0], "longer", 2)
    assert row.month == timezone.localdate().replace(day=1)
    thanks = client.get(answer["Location"])
    assert f'href="{way.url}#now"' in thanks.content.decode()
    assert "Not your name" in text(thanks)
    assert FoundCount.objects.get().count == 2  # reading it again counts nothing


def test_not_sure_is_counted_without_a_half(client, way, halves):
    client.post(form_of(way), sent(way, half="not-sure"))
    client.post(form_of(way), sent(way, half="not-sure"))
    assert list(FoundCount.objects.values_list("area", "count")) == [(None, 2)]


def test_a_way_that_the_nhs_does_not_lead_asks_no_half(client, way, halves):
    FoundQuestion.objects.update(by_half=False)
    assert 'name="half"' not in client.get(form_of(way)).content.decode()
    client.post(form_of(way), sent(way))
    assert FoundCount.objects.get().area is None


def test_in_the_demo_only_the_plan_of_the_council_asks_no_half(demo):
    asked = dict(FoundQuestion.objects.values_list("pathway__slug", "by_half"))
    assert [slug for slug, by_half in asked.items() if not by_half] == ["ehc-needs-assessment"]
    assert len(asked) == PathwayPage.objects.count() > 4


def test_a_smaller_area_than_an_nhs_half_is_refused_everywhere(client, way, halves):
    small = make.district("Watford", west=0.2)
    with pytest.raises(ValueError, match="Watford"):
        FoundCount.objects.add(way, small, "longer")
    with pytest.raises(ValueError, match="Watford"):
        FoundCount(pathway=way, area=small, answer="longer", month=date(2026, 1, 1)).save()
    answer = client.post(form_of(way), sent(way, half=small.code))
    assert "Choose one of the places" in text(answer)
    assert not FoundCount.objects.exists()


def test_a_half_that_ended_is_not_asked_about_but_still_told_of(client, way, halves):
    add(way, halves[0], "longer", 12)
    add(way, halves[1], "longer", 9)
    type(halves[0]).objects.filter(kind__slug="nhs").update(valid_to=date(2020, 1, 1))
    assert 'name="half"' not in client.get(form_of(way)).content.decode()
    page = text(client.get(way.url))
    assert "North half, as it was" in page
    assert "12 answers" in page
    assert "South half" not in page


# What is shown.


def test_nothing_is_said_until_ten_gave_one_answer(client, way, halves):
    add(way, halves[0], "longer", 9)
    assert "No more than a few families" in text(client.get(way.url))
    add(way, halves[0], "longer", 1)
    page = text(client.get(way.url))
    assert "It took longer: 10 answers" in page
    assert page.count("fewer than ten") == 3
    assert page.count("Too few answers to show yet.") == 2  # the other half, and not given
    assert "not the official figures" in page


def test_a_page_reads_the_same_whatever_is_hidden(client, way, halves):
    add(way, halves[0], "longer", 14)
    before = client.get(way.url).content
    add(way, halves[0], "right", 9)
    add(way, halves[1], "waiting", 9)
    add(way, None, "quicker", 9)
    assert client.get(way.url).content == before
    add(way, None, "quicker", 1)
    assert client.get(way.url).content != before


def test_twelve_months_are_told_and_what_is_older_is_deleted_by_the_clock(client, way, halves):
    today = timezone.localdate()
    year_ago = today.replace(year=today.year - 1, day=1)
    add(way, halves[0], "longer", 30, year_ago)
    assert "No more than a few families" in text(client.get(way.url))
    next_month = date(year_ago.year + year_ago.month // 12, year_ago.month % 12 + 1, 28)
    add(way, halves[0], "longer", 5, next_month)
    add(way, halves[0], "longer", 6)
    assert "It took longer: 11 answers" in text(client.get(way.url))
    call_command("tick")
    assert sorted(FoundCount.objects.values_list("count", flat=True)) == [5, 6]


def test_official_figures_stand_in_a_section_of_their_own(client, way, halves):
    add(way, halves[0], "longer", 14)
    html = client.get(way.url).content.decode()
    figures = html[html.index('id="times"') :]
    assert "14 answers" not in figures[: figures.index("</section>")]


# Switched off.


def test_while_off_nobody_is_asked_and_nothing_is_told(client, way, halves):
    add(way, halves[0], "longer", 14)
    switch_off(way)
    page = client.get(way.url)
    assert "We ask in person this month." in text(page)
    assert "14" not in text(page)
    assert "your-wait/" not in page.content.decode()
    form = client.get(form_of(way))
    assert "We ask in person this month." in text(form)
    assert b"<form method" not in form.content
    answer = client.post(form_of(way), sent(way))
    assert answer.status_code == 409
    assert "Your answer was not kept." in text(answer)
    assert FoundCount.objects.get().count == 14
    FoundQuestion.objects.update(off=False)
    assert "14 answers" in text(client.get(way.url))


def test_off_needs_a_reason(way):
    question = FoundQuestion.of(way)
    question.off, question.reason = True, "  "
    with pytest.raises(ValidationError) as refused:
        question.full_clean()
    assert list(refused.value.message_dict) == ["reason"]
    with pytest.raises(IntegrityError):
        FoundQuestion.objects.update(off=True)


# The form.


@pytest.mark.parametrize(
    ("facts", "words", "kept"),
    [
        ({"found": None}, "Choose what you found.", 'value="north-half" checked'),
        ({"half": None}, "Choose where your GP is", 'value="longer" checked'),
        ({"found": "never"}, "Choose one of the answers.", 'value="north-half" checked'),
        ({"half": "\x00<b>"}, "Choose one of the places", 'value="longer" checked'),
        ({"website": "http://spam.example"}, "A box that people do not see", 'value="longer" checked'),
        ({"website": "x" * 999}, "A box that people do not see", 'value="longer" checked'),
        ({"opened": "forged"}, "open for a long time", 'value="longer" checked'),
        ({"opened": None}, "open for a long time", 'value="longer" checked'),
    ],
)
def test_each_fault_is_named_kindly_and_what_was_chosen_stays(client, way, halves, facts, words, kept):
    answer = client.post(form_of(way), sent(way, **facts))
    html = answer.content.decode()
    assert answer.status_code == 200
    assert words in text(answer)
    assert kept in html
    assert "<title>Error: " in html
    assert "data-errors" in html
    for target in re.findall(r'<li><a href="#([^"]+)">', html[: html.index("<h1")]):
        assert f'id="{target}"' in html
    assert not FoundCount.objects.exists()


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "very quick"), (25 * 3600, "open for a long time"), (4, ""), (23 * 3600, "")]
)
def test_faster_than_a_person_or_older_than_a_day_is_asked_once_more(client, way, halves, seconds, words):
    answer = client.post(form_of(way), sent(way, opened=opened(way, seconds)))
    assert (answer.status_code == 302) == (words == "")
    if words:
        assert words in text(answer)
        again = re.search(r'name="opened" value="([^"]+)"', answer.content.decode())[1]
        assert SIGNED.unsign(again, max_age=60) == str(way.pk)
    assert FoundCount.objects.count() == (not words)


def test_a_form_opened_for_another_way_does_not_count_here(client, way, halves):
    other = way.get_parent().add_child(instance=PathwayPage(title="Other", slug="other", lede="."))
    assert client.post(form_of(way), sent(way, opened=opened(other))).status_code == 200
    assert not FoundCount.objects.exists()


def test_a_correction_keeps_the_time_at_which_the_form_was_opened(client, way, halves):
    first = opened(way)
    answer = client.post(form_of(way), sent(way, half=None, opened=first))
    assert f'name="opened" value="{first}"' in answer.content.decode()


def test_a_busy_database_is_a_kind_message_and_the_answer_stays(client, way, halves, monkeypatch):
    def busy(*args):
        raise OperationalError("locked")

    monkeypatch.setattr(FoundCount.objects, "add", busy)
    answer = client.post(form_of(way), sent(way))
    assert answer.status_code == 503
    assert "could not count your answer just now" in text(answer)
    assert 'value="longer" checked' in answer.content.decode()


def test_methods_and_addresses_that_do_not_exist_are_answered_kindly(client, way, halves):
    assert client.head(form_of(way)).status_code == client.get(form_of(way)).status_code == 200
    assert client.get(f"{form_of(way)}thanks/").status_code == 200
    for address, allowed in ((form_of(way), "GET, HEAD, POST"), (f"{form_of(way)}thanks/", "GET, HEAD")):
        refused = client.put(address)
        assert (refused.status_code, refused["Allow"]) == (405, allowed)
        assert "Nothing was kept" in text(refused)
    assert client.post(f"{form_of(way)}thanks/").status_code == 405
    for unknown in (f"{way.url}your-wait/other/", "/some-waits/nothing/your-wait/"):
        answer = client.get(unknown)
        assert answer.status_code == 404
        assert "We cannot find that page" in text(answer)
    way.unpublish()
    assert client.get(form_of(way)).status_code == 404
    assert client.post(form_of(way), sent(way)).status_code == 404


def test_the_form_is_not_for_search_engines_and_never_cached(client, way, halves):
    for address in (form_of(way), f"{form_of(way)}thanks/"):
        answer = client.get(address)
        assert '<meta name="robots" content="noindex">' in answer.content.decode()
        assert "no-store" in answer["Cache-Control"]


# Cookies and limits.


def test_only_the_form_sets_a_cookie_and_it_goes_with_the_browser(client, way, halves):
    assert not client.get(way.url).cookies
    assert not client.get(f"{form_of(way)}thanks/").cookies
    cookies = client.get(form_of(way)).cookies
    assert list(cookies) == ["csrftoken"]
    assert cookies["csrftoken"]["max-age"] == cookies["csrftoken"]["expires"] == ""
    assert "sessionid" not in client.post(form_of(way), sent(way)).cookies


def test_another_site_cannot_send_the_form(way, halves):
    from django.test import Client

    answer = Client(enforce_csrf_checks=True).post(form_of(way), sent(way))
    assert answer.status_code == 403
    assert not FoundCount.objects.exists()


def test_a_flood_from_one_address_is_told_to_wait_and_others_are_not(client, way, halves):
    for _ in range(20):
        assert client.post(form_of(way), sent(way), REMOTE_ADDR="203.0.113.7").status_code == 302
    refused = client.post(form_of(way), sent(way), REMOTE_ADDR="203.0.113.7")
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 3600
    assert "Many answers came from your network" in text(refused)
    assert 'value="longer" checked' in refused.content.decode()
    assert client.post(form_of(way), sent(way), REMOTE_ADDR="203.0.113.8").status_code == 302
    assert FoundCount.objects.get().count == 21


class Clock:
    now = 1000.0

    def __call__(self):
        return self.now


def test_addresses_are_known_only_as_hashes_and_only_for_the_hour():
    clock = Clock()
    limit = Limit(allowed=1, clock=clock)
    assert limit.refused("203.0.113.7") == 0
    assert limit.refused("203.0.113.7") == 3600
    assert b"203.0.113.7" not in repr(vars(limit)).encode()
    (before,), secret = limit._seen, limit._secret
    clock.now += 3600
    assert limit.refused("203.0.113.7") == 0
    assert limit._secret != secret
    assert list(limit._seen) != [before]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:203.0.113.7", "203.0.113.7", True),
        ("203.0.113.7", "203.0.113.8", False),
        ("unix:\ud800", "", False),
    ],
)
def test_one_home_is_one_address(one, other, same):
    limit = Limit(allowed=1)
    limit.refused(one)
    assert (limit.refused(other) > 0) is same

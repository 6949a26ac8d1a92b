"""The promises of the design on every engine, each as a test of the whole way from a record to a page."""

from datetime import timedelta
from itertools import count

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from directory.models import NeedWord, Service
from search.engines import engine
from tests import factories as make

pytestmark = pytest.mark.django_db(databases="__all__")
numbers = count(1)


@pytest.fixture(scope="module", params=["sqlite", "postgres", "elastic"])
def address(request):
    """A SEARCH_URL; what it needs is started once."""
    if request.param == "elastic":
        return request.getfixturevalue("elastic_url")
    if request.param == "postgres":
        return f"postgres:{request.getfixturevalue('postgres')}"
    if connection.vendor != "sqlite":
        pytest.skip("The site's database is not SQLite in this run.")
    return "sqlite:"


@pytest.fixture(autouse=True)
def answering(address, settings, monkeypatch, db):
    """The site's own engine is the one at the address, with nothing in it, and none behind it answers."""
    remote = address.startswith("http")
    settings.SEARCH_URL = f"{address}/promise-{next(numbers)}" if remote else address
    used = engine()
    used.rebuild([])
    if remote:
        monkeypatch.setattr(used, "_ask", lambda kind, call: call(used.first))
    return used


@pytest.fixture
def county(db):
    """Two districts side by side, a half of the county by GP over each, and one town."""
    dacorum, stevenage = make.district("Dacorum"), make.district("Stevenage", west=-0.2)
    return {
        "dacorum": dacorum,
        "stevenage": stevenage,
        "south": make.area_over("South and West", dacorum, kind_slug="nhs", decided_by="gp"),
        "north": make.area_over("East and North", stevenage, kind_slug="nhs", decided_by="gp"),
        "hemel": make.town(district=dacorum),
        "sleep": make.need(),
    }


def titles(client, **params) -> list[str]:
    """Names on the cards of a results page, in order."""
    call_command("index", "--drain")
    answer = client.get("/search/", params)
    assert answer.status_code == 200, answer.content[:300]
    return [card.title for _, _, cards in answer.context["groups"] for card in cards]


def test_a_record_with_no_stated_age_fits_every_age(client, county):
    make.service("No age said")
    make.service("Teens only", ages=((156, 227, ""),))
    assert titles(client, age="7") == ["No age said"]
    assert titles(client, age="14") == ["Teens only", "No age said"]


def test_a_conditional_age_reads_may_fit_if(client, county):
    make.service("Therapy", ages=((0, 227, ""), (228, 311, "with an EHC plan")))
    call_command("index", "--drain")
    assert "May fit age 20 with an EHC plan" in client.get("/search/", {"age": "20"}).content.decode()
    assert "May fit" not in client.get("/search/", {"age": "7"}).content.decode()


def test_whole_county_online_and_phone_fit_every_district_and_distance(client, county):
    here, far = make.venue(), make.venue("Far", 51.75, -0.1)
    make.service("County", whole_county="yes")
    make.service("Online", online="yes", areas=(county["stevenage"],))
    make.service("Phone", by_phone="yes", at=far)
    make.service("Near", at=here)
    make.service("Far away", at=far)
    make.service("Elsewhere", areas=(county["stevenage"],))
    found = titles(client, place="Hemel Hempstead", within="3")
    assert {"County", "Online", "Phone", "Near"} == set(found)
    assert found[0] == "Near"


def test_no_filter_ever_hides_a_helpline(client, county):
    make.service(
        "Line",
        helpline=True,
        ages=((0, 59, ""),),
        areas=(county["stevenage"],),
        cost="paid",
        diagnosis="needed",
        status="not-taking",
        needs=(county["sleep"],),
        at=make.venue("Far", 51.75, -0.1),
    )
    hard = {"age": "17", "place": "Hemel Hempstead", "cost": "free", "diagnosis": "not-needed"}
    hard |= {"within": "3", "open": "yes", "need": "sleep", "language": "xx", "when": "weekend"}
    assert titles(client, **hard) == ["Line"]
    answer = client.get("/search/", {"q": "nothing holds this word", "age": "25"})
    assert [line.name for line in answer.context["helplines"]] == ["Line"]


def test_what_a_record_says_comes_before_what_it_leaves_open(client, county):
    make.service("Does not say")
    make.service("Says free", cost="free")
    make.service("Says paid", cost="paid")
    assert titles(client, cost="free") == ["Says free", "Does not say"]


def test_a_needed_diagnosis_hides_and_an_unknown_one_does_not(client, county):
    make.service("Needs one", diagnosis="needed")
    make.service("Silent", diagnosis="not-stated")
    make.service("Unknown")
    make.service("Not needed", diagnosis="not-needed")
    found = titles(client, diagnosis="not-needed")
    assert found[0] == "Not needed"
    assert set(found) == {"Not needed", "Silent", "Unknown"}


def test_health_help_follows_the_gp_guessed_from_the_place_and_changed_in_one_tap(client, county):
    make.service("South clinic", areas=(county["south"],))
    make.service("North clinic", areas=(county["north"],))
    assert titles(client, place="Hemel Hempstead") == ["South clinic"]
    page = client.get("/search/", {"place": "Hemel Hempstead"})
    assert "South and West (our guess)" in page.content.decode()
    other = dict(page.context["gp"]["options"])["East and North"]
    assert [c.title for _, _, cards in client.get(other).context["groups"] for c in cards] == ["North clinic"]
    assert set(titles(client, place="Hemel Hempstead", gp="unsure")) == {"South clinic", "North clinic"}


def test_urgent_help_stands_above_the_results_even_when_negated(client, county):
    suffering = make.need("self-harm", "Self-harm", ("self harm",), crisis=True)
    NeedWord.objects.create(need=suffering, word="wants to die", crisis="suicide")
    suffering.save()
    make.service("Line at night", helpline=True, crisis=True, all_hours="yes", phone="116 123")
    make.service("Line by day", helpline=True, crisis=True, phone="0300 123 4043")
    for words in ("she wants to die", "not saying he WANTS TO DIE", "sleep wants to die"):
        page = client.get("/search/", {"q": words})
        panel = page.context["crisis"]
        assert [line.name for line in panel.lines] == ["Line at night"], words
        text = page.content.decode()
        assert text.index("You can talk to someone right now") < text.index('id="person"')
    assert client.get("/search/", {"q": "sleep"}).context["crisis"] is None


def test_a_sign_never_makes_the_site_name_a_condition(client, county):
    adhd = make.need("adhd", "ADHD", (), names_condition=True)
    NeedWord.objects.create(need=adhd, word="can't sit still", kind="sign")
    adhd.save()
    make.service("Focus group", needs=(adhd,))
    call_command("index", "--drain")
    page = client.get("/search/", {"q": "can't sit still"})
    assert [card.title for _, _, cards in page.context["groups"] for card in cards] == ["Focus group"]
    assert "ADHD" not in [chip.label for chip in page.context["chips"]]


def test_every_card_says_when_it_was_checked_and_by_whom(client, county):
    today = timezone.localdate()
    make.service("Fresh", checked_on=today, checked_by="the SEND team")
    make.service("Old", checked_on=today - timedelta(days=500), checked_by="the SEND team")
    make.service("Never")
    call_command("index", "--drain")
    words = {
        c.title: c.trust.words for _, _, cards in client.get("/search/").context["groups"] for c in cards
    }
    assert words["Fresh"].startswith("Checked ")
    assert words["Fresh"].endswith("by the SEND team")
    assert "over a year ago" in words["Old"]
    assert words["Never"] == "Not yet checked with the service"


def test_unknown_is_said_and_never_blank_no_or_nought(client, county):
    made = make.service("Bare")
    page = client.get(made.get_absolute_url()).content.decode()
    assert page.count("Not known yet") >= 5
    assert "None" not in page
    silent = make.service("Silent", cost="not-stated")
    assert "The source does not say" in client.get(silent.get_absolute_url()).content.decode()


def test_nothing_typed_is_in_the_title_kept_or_passed_on(client, county):
    answer = client.get("/search/", {"q": "zebracorn", "place": "Hemel Hempstead"})
    title = answer.content.decode().split("<title>")[1].split("</title>")[0]
    assert "zebracorn" not in title
    assert "Hemel" not in title
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "no-referrer"
    assert 'name="robots" content="noindex"' in answer.content.decode()
    assert not answer.cookies


def test_a_copied_link_holds_the_district_and_not_the_postcode(client, county):
    make.postcode(district=county["dacorum"])
    url = client.get("/search/", {"q": "sleep", "place": "HP1 3AB"}).context["copy_url"]
    assert "HP1" not in url
    assert "Dacorum" in url
    typed = client.get("/search/", {"q": "sleep hp1 3ab"}).context["copy_url"]
    assert "hp1" not in typed.lower()
    assert "Dacorum" in typed


def test_areas_are_data_with_dates(client, county):
    today = timezone.localdate()
    new = make.district("West Hertfordshire", west=-0.6, valid_from=today + timedelta(days=30))
    assert new.name not in client.get("/areas/").content.decode()
    new.valid_from = today
    new.save()
    assert new.name in client.get("/areas/").content.decode()


def test_what_was_unpublished_is_never_shown_by_a_stale_index(client, county):
    made = make.service("Gone")
    call_command("index", "--drain")
    Service.objects.filter(pk=made.pk).update(live=False)  # behind the index's back
    assert [card for _, _, cards in client.get("/search/").context["groups"] for card in cards] == []

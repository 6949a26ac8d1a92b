"""Waiting times as families see them: on a way's own page, on the page of all, and in the file."""

import csv
import io
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from directory.models import Area, AreaKind
from tests import factories as make
from waiting.models import PathwayPage, WaitingList, WaitingTime
from waiting.times.shown import waits_of

pytestmark = pytest.mark.django_db

SEPTEMBER = {"period_from": date(2026, 9, 1), "period_to": date(2026, 9, 30)}
TODAY = date(2026, 11, 27)


@pytest.fixture
def county(db):
    kind = AreaKind.objects.create(slug="whole", name="County", plural="Counties", whole=True)
    return Area.objects.create(kind=kind, code="C", name="Bordershire", slug="bordershire")


@pytest.fixture
def halves(db):
    kind = AreaKind.objects.create(slug="half", name="NHS half", plural="NHS halves", order=2)
    return [
        Area.objects.create(kind=kind, code=name[0], name=name, slug=name.lower())
        for name in ("East", "West")
    ]


def waiting_list(**facts):
    facts = {"name": "First visit", "order": 1} | facts
    return WaitingList.objects.create(
        who="Children under 18",
        clock_starts="the referral",
        clock_stops="the visit",
        **{"code": facts["name"].lower().replace(" ", "-")} | facts,
    )


def told(of, area, whom="seen", **facts):
    facts = SEPTEMBER | {"source_title": "Board papers", "source_url": "https://example.org/board"} | facts
    time = WaitingTime(waiting_list=of, area=area, whom=whom, **facts)
    time.full_clean()
    time.save()
    return time


def words(of) -> str:
    shown = waits_of(of, TODAY)
    return " ".join(
        sentence
        for each in shown.lists
        for place in each.areas
        for said in place.said
        for sentence in said.sentences
    )


def test_both_those_seen_and_those_still_waiting_are_told(halves):
    first = waiting_list()
    told(first, halves[0], people=40, median_weeks=20)
    (shown,) = waits_of([first], TODAY).lists
    assert "Half the children seen in September 2026 had waited more than 20 weeks." in words([first])
    assert "Nobody has published how many are still waiting" in shown.areas[0].missing
    told(first, halves[0], whom="waiting", people=300, longest_weeks=90)
    (shown,) = waits_of([first], TODAY).lists
    assert shown.areas[0].missing == ""
    assert "300 children were still waiting" in words([first])


def test_the_newest_is_told_and_the_older_stays_in_the_table(halves):
    first = waiting_list()
    told(
        first,
        halves[0],
        people=40,
        median_weeks=30,
        period_from=date(2025, 9, 1),
        period_to=date(2025, 9, 30),
    )
    told(first, halves[0], people=40, median_weeks=20)
    (shown,) = waits_of([first], TODAY).lists
    assert "30 weeks" not in words([first])
    assert [row.when for row in shown.rows] == ["September 2026", "September 2025"]
    (chart,) = shown.areas[0].changes
    assert [bar.value for bar in chart.bars] == ["30 weeks", "20 weeks"]


def test_an_old_figure_is_called_old(halves):
    first = waiting_list()
    told(
        first,
        halves[0],
        people=40,
        median_weeks=30,
        period_from=date(2024, 9, 1),
        period_to=date(2024, 9, 30),
    )
    (said,) = waits_of([first], TODAY).lists[0].areas[0].said
    assert said.old
    assert not waits_of([first], date(2024, 12, 1)).lists[0].areas[0].said[0].old


def test_fewer_than_five_is_never_kept_as_a_number(halves):
    first = waiting_list()
    few = told(first, halves[0], people=3)
    assert few.people is None
    assert few.small
    with pytest.raises(ValidationError, match="fewer than 5"):
        told(first, halves[1], people=4, median_weeks=20)
    assert "Fewer than 5 children" in words([first])


def test_none_at_all_is_said_as_none(halves):
    first = waiting_list()
    told(first, halves[0], whom="waiting", people=0)
    assert words([first]) == "No children were still waiting in September 2026."


def test_the_whole_and_one_part_do_not_tell_the_other_part(county, halves):
    first = waiting_list()
    told(first, county, people=43)
    told(first, halves[0], people=40)
    told(first, halves[1], people=3)
    said = words([first])
    assert "43 children" in said
    assert "40" not in said
    (shown,) = waits_of([first], TODAY).lists
    assert {row.row.area.name: row.cells[0] for row in shown.rows} == {
        "Bordershire": "43",
        "East": "Not shown",
        "West": "Fewer than 5",
    }


def test_a_percentage_does_not_tell_of_a_handful(county):
    plans = waiting_list(name="Plans", limit_weeks=20, limit_law="An Act 2014, section 1")
    told(plans, county, people=50, within_percent=96)
    assert "96" not in words([plans])
    assert "50 children were seen" in words([plans])


def test_lists_one_after_another_are_added_up_area_by_area(halves):
    first, second = waiting_list(), waiting_list(name="Assessment", order=2)
    told(first, halves[0], people=40, median_weeks=20)
    told(second, halves[0], people=40, median_weeks=30)
    told(first, halves[1], people=40, median_weeks=10)
    added = dict(waits_of([first, second], TODAY).added)
    assert "50 weeks" in added["East"]
    assert "cannot be added up" in added["West"]
    assert "“Assessment”" in added["West"]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"people": 9, "median_weeks": 30, "longest_weeks": 20}, "median_weeks"),
        ({"people": 9, "median_weeks": 600}, "median_weeks"),
        ({"people": 9, "within_percent": 50}, "within_percent"),
        ({"people": 9, "period_to": date(2026, 8, 1)}, "period_to"),
        ({}, "people"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(halves, facts, field):
    with pytest.raises(ValidationError) as refused:
        told(waiting_list(), halves[0], **facts)
    assert field in refused.value.message_dict


def test_a_list_belongs_to_something_and_its_limit_to_a_law():
    with pytest.raises(ValidationError) as refused:
        WaitingList(name="X", code="x", who="x", clock_starts="x", clock_stops="x").full_clean()
    assert "pathway" in refused.value.message_dict


def test_the_demo_tells_only_what_a_source_gives(client, demo):
    plans = client.get("/waiting/ehc-needs-assessment/").content.decode()
    assert "Of every 100 new EHC plans finished in 2024, 56 were on time" in plans
    assert "This is old." in plans
    speech = client.get("/waiting/speech-and-language/").content.decode()
    assert "107 reports were still waiting in September 2024." in speech
    assert "more than 600" in speech.lower()
    autism = client.get("/waiting/autism-assessment/").content.decode()
    assert "cannot be added up" in autism
    hearing = client.get("/waiting/audiology/").content.decode()
    assert "Nobody has published how long this takes here." in hearing
    assert not WaitingTime.objects.filter(example=True).exists()
    assert all(WaitingTime.objects.values_list("source_url", flat=True))


def test_an_example_is_called_made_up_everywhere(client, demo):
    pathway = PathwayPage.objects.get(slug="audiology")
    area = Area.objects.get(slug="hertfordshire")
    example = waiting_list(name="Hearing test", pathway=pathway)
    told(example, area, people=40, median_weeks=20, example=True)
    for address in (pathway.url, "/waiting/times/"):
        html = client.get(address).content.decode()
        assert "Example figures." in html
        assert "(example)" in html


def test_the_page_of_all_and_its_file_hold_the_same(client, demo):
    html = client.get("/waiting/times/").content.decode()
    answer = client.get("/waiting/times.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == WaitingTime.objects.count()
    for row in rows:
        assert row["source"] in html.replace("&#x27;", "'")
    assert {row["people"] for row in rows} >= {"107", ">600"}


def test_the_file_that_goes_out_can_come_in_again(client, demo, tmp_path):
    out, file = io.StringIO(), tmp_path / "times.csv"
    file.write_bytes(client.get("/waiting/times.csv").content)
    call_command("load_waiting_times", str(file), dry_run=True, stdout=out)
    assert f"{WaitingTime.objects.count()} the same" in out.getvalue()


def test_a_way_that_is_not_public_tells_nothing(client, demo):
    PathwayPage.objects.get(slug="ehc-needs-assessment").unpublish()
    assert "EHC plans" not in client.get("/waiting/times/").content.decode()
    assert "ehc-plan" not in client.get("/waiting/times.csv").content.decode()


def test_paper_has_the_bars_and_every_figure(demo):
    from bs4 import BeautifulSoup
    from wagtail.models import Site

    from home.printing import registry, tasks

    plans = PathwayPage.objects.get(slug="ehc-needs-assessment")
    copy = registry.manuscript(f"page:{plans.pk}")
    soup = BeautifulSoup(tasks.written(copy, False, Site.objects.get(is_default_site=True)), "html.parser")
    (chart,) = soup.select(".chart")
    bars = [(bar.b.text, bar.select_one(".bar__strong")["style"]) for bar in chart.select("li")]
    assert ("36", "width: 36.0%") in bars
    assert ("56", "width: 56.0%") in bars
    assert not chart.select("svg"), "which paper leaves out"
    assert {value for value, _ in bars} <= {cell.text for cell in soup.select(".waits td")}
    assert "Clock starts" in soup.text


def test_a_new_figure_is_told_to_what_shows_it(halves, demo, monkeypatch):
    heard = []
    monkeypatch.setattr("directory.signals.announce", lambda sender, refs: heard.extend(refs))
    pathway = PathwayPage.objects.get(slug="audiology")
    first = waiting_list(pathway=pathway)
    told(first, halves[0], people=40)
    assert heard == [f"page:{pathway.pk}"] * 2


def test_a_service_tells_its_own_wait(client, county):
    clinic = make.service("Sleep clinic")
    told(waiting_list(service=clinic, name="Sleep clinic visit"), county, people=40, median_weeks=12)
    html = client.get(clinic.get_absolute_url()).content.decode()
    assert "had waited more than 12 weeks" in html
    assert "Sleep clinic" in client.get("/waiting/times/").content.decode()

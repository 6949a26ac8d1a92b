"""Loading a file into the database: what is told is what is done, all of it or nothing, with its history."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.log_actions import registry as log_registry
from wagtail.models import ModelLogEntry, ReferenceIndex, Revision

from directory.models import Area
from directory.signals import changed
from tests import factories as make
from tests.waiting.test_loading_files import WAITS, file
from waiting.loading import figures
from waiting.loading.figures import Outdated, check, load
from waiting.models import WaitingList, WaitingTime

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world(db):
    """A list with a legal limit and one without, a county and a district."""
    clinic = make.service("Child development centre")
    told = {"service": clinic, "who": "All children", "clock_starts": "a letter", "clock_stops": "a visit"}
    limit = {"limit_weeks": 20, "limit_law": "SEND Regulations 2014, regulation 13"}
    WaitingList.objects.create(code="autism-first-visit", name="First visit", **told)
    WaitingList.objects.create(code="ehc-plan", name="EHC plan", order=2, **told, **limit)
    make.district("Hertfordshire", kind=make.kind("county", home_unit=False))
    make.district("Dacorum")


MONTHS = [{"to": f"2024-{month:02}-28", "people": str(100 + month)} for month in range(1, 6)]


def rows(*changes: dict) -> bytes:
    return file(*changes).encode()


def told(content: bytes) -> list[str]:
    return list(map(str, check(content).faults))


def history(figure: WaitingTime) -> list[tuple]:
    """(action, who, whether there is a version to read) of each entry, the first first."""
    entries = log_registry.get_logs_for_instance(figure).order_by("pk")
    return [(each.action, each.user and each.user.username, bool(each.revision_id)) for each in entries]


def state() -> tuple:
    """How much there is of everything that loading writes."""
    return WaitingTime.objects.count(), Revision.objects.count(), ModelLogEntry.objects.count()


def test_the_report_changes_nothing():
    before = state()
    report = check(rows(*MONTHS))
    assert (report.summary, report.faults) == ("5 new, 0 change, 0 the same", [])
    assert state() == before


def test_loads_each_row_with_a_version_and_an_entry_of_its_history(reviewer):
    load(rows({}), "september.csv", reviewer)
    figure = WaitingTime.objects.get()
    assert (figure.people, figure.median_weeks, figure.longest_weeks) == (107, 18, Decimal("71.5"))
    assert (figure.period_from, figure.period_to) == (date(2024, 9, 30), date(2024, 9, 30))
    assert (figure.example, figure.corrected_on) == (False, None)
    assert history(figure) == [("waiting.loaded", "reviewer", True)]
    entry = log_registry.get_logs_for_instance(figure).get()
    assert entry.message == "Loaded from the file september.csv, row 2"


def test_tells_what_is_new_what_changes_and_what_is_the_same():
    load(rows({}, *MONTHS))
    changed = {"people": "112", "half_waited_more_than": "", "published_on": "30/11/2024"}
    report = check(rows(changed, *MONTHS, {"area": "Dacorum"}))
    assert report.summary == "1 new, 1 change, 5 the same"
    assert [row.number for row in report.to_load] == [2, 8]
    assert report.changed[0].changes == [
        ("how many", "107", "112"),
        ("half waited more than", "18", "not known"),
        ("published on", "not known", "2024-11-30"),
    ]


def test_a_change_says_its_day_and_keeps_the_earlier_version(reviewer, administrator):
    load(rows({}), "first.csv", reviewer)
    load(rows({"people": "112"}), "second.csv", administrator)
    figure = WaitingTime.objects.get()
    assert figure.people == 112
    assert figure.corrected_on == timezone.localdate()
    assert [each.as_object().people for each in figure.revisions.order_by("pk")] == [107, 112]
    assert history(figure) == [
        ("waiting.loaded", "reviewer", True),
        ("waiting.loaded", "administrator", True),
    ]


def test_what_never_had_a_version_gets_one_before_its_first_change():
    """The demo's figures, and those that a script made."""
    load(rows({}))
    made = WaitingTime.objects.get()
    Revision.objects.all().delete()
    ModelLogEntry.objects.all().delete()
    load(rows({"people": "112"}))
    assert [each.as_object().people for each in made.revisions.order_by("pk")] == [107, 112]
    assert history(made) == [("waiting.before", None, True), ("waiting.loaded", None, True)]


def test_real_figures_take_the_word_example_off():
    load(rows({}))
    WaitingTime.objects.update(example=True)
    report = load(rows({}))
    assert report.changed[0].changes == [("made up, as an example", "yes", "no")]
    assert not WaitingTime.objects.get().example


def test_an_area_with_loaded_figures_is_in_use_and_is_not_deleted():
    load(rows({"area": "Dacorum"}))
    usage = ReferenceIndex.get_grouped_references_to(Area.objects.get(name="Dacorum"))
    assert usage.is_protected


def test_listeners_are_told_once_for_each_list():
    """The PDFs and the index of what shows these figures."""
    told = []

    def listen(refs, **kwargs):
        told.extend(refs)

    changed.connect(listen)
    try:
        load(rows({}, *MONTHS))
    finally:
        changed.disconnect(listen)
    assert told == [f"service:{WaitingList.objects.first().service_id}"]


def test_the_same_file_again_loads_nothing():
    load(rows({}, *MONTHS))
    before = state()
    report = load(rows({}, *MONTHS))
    assert report.summary == "0 new, 0 change, 6 the same"
    assert state() == before
    assert WaitingTime.objects.exclude(corrected_on=None).count() == 0


def test_one_fault_in_the_last_row_and_nothing_is_loaded():
    load(rows(*MONTHS[:2]))
    before = state()
    content = rows({"to": "2024-01-28", "people": "500"}, {}, {"area": "Dacorum"}, {"people": "x"})
    with pytest.raises(ValueError, match="faults"):
        load(content)
    assert state() == before
    assert WaitingTime.objects.filter(people=500).count() == 0


@pytest.mark.parametrize("model", [Revision, ModelLogEntry, ReferenceIndex])
def test_a_failure_in_the_middle_takes_everything_back(monkeypatch, model):
    load(rows(*MONTHS[:2]))
    before = state()
    seen = []

    def fails(self, records, *args, **kwargs):
        seen.append(WaitingTime.objects.filter(people=500).count())
        raise RuntimeError("The disk is full.")

    monkeypatch.setattr(type(model.objects), "bulk_create", fails)
    content = rows({"to": "2024-01-28", "people": "500"}, {"to": "2024-03-28", "people": "500"})
    with pytest.raises(RuntimeError):
        load(content)
    assert seen == [2], "both were written when it failed"
    assert state() == before
    assert WaitingTime.objects.filter(people=500).count() == 0


def test_what_was_agreed_to_is_what_is_loaded():
    seal = check(rows({})).seal
    load(rows({"people": "99"}))
    with pytest.raises(Outdated) as refused:
        load(rows({}), seal=seal)
    assert refused.value.report.changed[0].changes == [("how many", "99", "107")]
    assert WaitingTime.objects.get().people == 99


def test_a_list_that_is_gone_since_the_check_is_told():
    seal = check(rows({})).seal
    WaitingList.objects.get(code="autism-first-visit").delete()
    with pytest.raises(Outdated) as refused:
        load(rows({}), seal=seal)
    assert "There is no list with this code." in str(refused.value.report.faults[0])


def test_figures_entered_in_the_same_instant_are_told(monkeypatch):
    """The database itself refuses a second row of the same list, area, group and time."""
    content = rows({}, {"area": "Dacorum"})
    seal, keep = check(content).seal, figures.keep

    def somebody_is_faster(kept, *args):
        WaitingTime.objects.bulk_create([kept[1].figure])
        kept[1].figure.pk = None
        keep(kept, *args)

    monkeypatch.setattr(figures, "keep", somebody_is_faster)
    with pytest.raises(Outdated):
        load(content, seal=seal)
    assert WaitingTime.objects.count() == 0


@pytest.mark.parametrize(
    ("cells_", "column", "said"),
    [
        ({"half_waited_more_than": "50"}, "half_waited_more_than", "Half waited more than one in ten did"),
        ({"longest": "39"}, "half_waited_more_than", "Check the three waits."),
        ({"people": "<5"}, "people", "Waits of fewer than 5 people are not kept."),
        ({"people": "3"}, "people", "Waits of fewer than 5 people are not kept."),
        ({"people": "0"}, "people", "Waits of fewer than 5 people are not kept."),
        ({**WAITS, "people": ""}, "people", "Give at least one figure"),
        ({"from": "2024-10-01"}, "to", "The last day comes before the first."),
        ({"percent_within_limit": "56"}, "percent_within_limit", "Only for those seen"),
        ({"percent_within_limit": "56", "whose": "seen"}, "percent_within_limit", "no legal limit"),
    ],
)
def test_figures_that_cannot_be_true_together_are_named(cells_, column, said):
    report = check(rows({"to": "2024-06-30"}, cells_))
    assert [(fault.row, fault.column) for fault in report.faults] == [(3, column)]
    assert said in report.faults[0].wrong
    assert report.faults[0].accepted


def test_small_numbers_are_kept_as_fewer_than_five():
    load(rows({**WAITS, "people": "3"}, {**WAITS, "people": "*", "area": "Dacorum"}))
    assert list(WaitingTime.objects.values_list("people", "small")) == [(None, True), (None, True)]
    assert check(rows({**WAITS, "people": "3"})).rows[0].notes == ["3 is kept as “fewer than 5”"]


def test_a_percentage_of_those_seen_on_a_list_with_a_limit():
    load(rows({**WAITS, "list": "ehc-plan", "whose": "seen", "percent_within_limit": "56 %", "people": ""}))
    assert WaitingTime.objects.get().within_percent == 56


def test_more_than_is_kept():
    load(rows({"people": "more than 600"}))
    figure = WaitingTime.objects.get()
    assert (figure.people, figure.more_than) == (600, True)


# manage.py load_waiting_times


def command(tmp_path, content: bytes, *options) -> str:
    path, out = tmp_path / "figures.csv", io.StringIO()
    path.write_bytes(content)
    call_command("load_waiting_times", str(path), *options, stdout=out)
    return out.getvalue()


def test_the_command_prints_the_report_and_loads(tmp_path):
    out = command(tmp_path, rows({}, {"area": "Dacorum"}))
    assert out.splitlines() == [
        "Row 2: new: First visit, Hertfordshire, those still waiting, September 2024",
        "Row 3: new: First visit, Dacorum, those still waiting, September 2024",
        "2 new, 0 change, 0 the same.",
        "Loaded 2.",
    ]
    out = command(tmp_path, rows({"people": "112"}, {"area": "Dacorum"}))
    assert "those still waiting, September 2024: how many: 107 → 112" in out
    assert "there is nothing to load" in command(tmp_path, rows({"people": "112"}))


def test_the_command_can_do_nothing(tmp_path):
    assert "this was a dry run" in command(tmp_path, rows({}), "--dry-run")
    assert WaitingTime.objects.count() == 0


def test_the_command_fails_on_faults_and_names_each(tmp_path):
    with pytest.raises(CommandError, match=r"2 things to put right\. Nothing was loaded\.") as refused:
        command(tmp_path, rows({"people": "x"}, {"area": "Nowhere"}))
    assert refused.value.returncode == 1
    assert WaitingTime.objects.count() == 0


def test_the_command_needs_a_file_that_is_there(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("load_waiting_times", str(tmp_path / "none.csv"))

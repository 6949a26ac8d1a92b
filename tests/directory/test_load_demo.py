"""`load_demo`: everything once, nothing lost, all or nothing."""

import csv
import io
import shutil

import pytest
from django.core.management import CommandError, call_command

from directory import demo as files
from directory.demo.postcodes import pack, unpack
from directory.demo.schools import phase_in, summary
from directory.models import (
    Area,
    AreaCoverage,
    AreaKind,
    DemoReference,
    ExternalReference,
    Need,
    NeedWord,
    PlaceName,
    Postcode,
    Provider,
    Service,
    Venue,
)

EVERYTHING = (Area, AreaCoverage, AreaKind, Need, NeedWord, PlaceName, Postcode, Provider, Service, Venue)
FEW_SERVICES = "services_safeguarding.toml"
POSTCODES = [
    ("AL11AA", 51.74908, -0.34134, "E07000240", False),
    ("AL11AB", 51.74783, -0.30187, "E07000240", True),
    ("EN51AA", 51.643, -0.171, "", True),
    ("HP13AB", 51.758, -0.473, "E07000096", True),
    # Where a venue of the services is.
    ("SG14AT", 51.91585, -0.20847, "E07000243", True),
]


def load(folder=files.FOLDER) -> str:
    said = io.StringIO()
    files.load(files.Progress(said), folder)
    return said.getvalue()


def held() -> dict:
    return {model.__name__: model.objects.count() for model in EVERYTHING}


@pytest.fixture
def few(tmp_path):
    """The demo's files, with few postcodes, services and schools."""
    folder = tmp_path / "demo"
    shutil.copytree(files.FOLDER, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    for path in folder.glob("services*.toml"):
        if path.name != FEW_SERVICES:
            path.unlink()
    (folder / "postcodes.csv.gz").write_bytes(pack(POSTCODES))
    schools = (folder / "schools.csv").read_text().splitlines(keepends=True)
    (folder / "schools.csv").write_text("".join(schools[:6]))
    return folder


@pytest.mark.usefixtures("demo")
@pytest.mark.django_db
class TestLoaded:
    def test_holds_all_there_is(self):
        assert Service.objects.visible().schools().count() == 599
        assert Service.objects.visible().not_schools().count() == 55
        assert Postcode.objects.count() == 166_381
        assert Postcode.objects.exclude(district=None).count() == 54_390
        assert Need.objects.specific().count() == 61
        assert PlaceName.objects.filter(kind="outward").count() == 148

    def test_every_record_went_live_as_its_first_version(self):
        assert not Service.objects.filter(live_revision=None).exists()
        assert not Service.objects.filter(has_unpublished_changes=True).exists()
        assert not Service.objects.exclude(checked_on=None).exists()

    def test_areas_and_what_decides_them(self):
        decided = dict(AreaKind.objects.values_list("slug", "decided_by"))
        assert decided == {
            "county": "home",
            "district": "home",
            "dspl": "home",
            "nhs": "gp",
            "isl-quadrant": "school",
        }
        assert AreaKind.objects.get(whole=True).areas.get().name == "Hertfordshire"
        assert Area.objects.home_units().count() == 10
        assert not Area.objects.home_units().filter(outline=None).exists()

    @pytest.mark.parametrize("kind", ["county", "nhs", "isl-quadrant"])
    def test_kinds_that_share_out_the_whole_county(self, kind):
        rows = AreaCoverage.objects.filter(area__kind__slug=kind)
        assert rows.filter(whole=True).count() == rows.values("unit").distinct().count() == 10

    def test_an_area_that_covers_only_part_of_a_district(self):
        rows = AreaCoverage.objects.filter(area__slug="dspl-area-6").values_list("unit__name", "whole")
        assert sorted(rows) == [("Hertsmere", False), ("Welwyn Hatfield", False)]
        assert set(
            AreaCoverage.objects.filter(area__slug="dspl-area-9").values_list("unit__name", "whole")
        ) == {
            ("Watford", True),
            ("Three Rivers", True),
            ("Hertsmere", False),
        }

    def test_towns_lie_in_their_districts(self):
        found = dict(PlaceName.objects.filter(kind="town").values_list("name", "district__name"))
        assert found["Hemel Hempstead"] == "Dacorum"
        assert found["Watford"] == "Watford"
        assert found["Luton"] is None

    def test_a_school_says_no_more_than_the_list(self):
        school = Service.objects.get(references__scheme="urn", references__value="117065")
        assert school.name == "Weston Way Nursery School"
        assert school.summary == "A nursery school in Baldock."
        assert school.source_date == "April 2021"
        assert (school.provider, school.silent) == (None, ["provider"])
        assert (school.any_need, school.status, school.whole_county) == (False, "", "")
        for relation in (school.needs, school.areas, school.contacts):
            assert not relation.exists()
        venue = school.service_venues.get().venue
        assert (venue.postcode, venue.town) == ("SG7 6HD", "Baldock")
        assert school.school.phase == "nursery"
        assert school.school.phase_from_name
        assert school.school.special == ""

    def test_a_service_keeps_its_rows(self):
        service = Service.objects.get(references__scheme="hertfordshire-2026", references__value="12")
        assert service.age_ranges.exists()
        assert service.needs.exists()
        assert service.description.startswith("<p>")
        assert service.sessions.get().weekdays == range(1, 6)

    def test_a_second_load_adds_nothing(self):
        before = held()
        assert load() == ""
        assert held() == before

    def test_an_editors_work_survives_a_second_load(self):
        service = Service.objects.not_schools().first()
        service.name, service.summary = "New name", "New words."
        service.save_revision().publish()
        draft = Service.objects.not_schools().last()
        draft.wait = "Three weeks"
        draft.save_revision()
        Need.objects.filter(slug="sleep").update(name="Awake at night")
        NeedWord.objects.filter(need__slug="sleep").delete()
        Area.objects.filter(slug="dacorum").update(towns="Tring")
        load()
        service.refresh_from_db()
        assert (service.name, service.summary) == ("New name", "New words.")
        assert draft.get_latest_revision_as_object().wait == "Three weeks"
        assert Need.objects.get(slug="sleep").name == "Awake at night"
        assert not NeedWord.objects.filter(need__slug="sleep").exists()
        assert Area.objects.get(slug="dacorum").towns == "Tring"

    def test_what_is_missing_is_added(self):
        Service.objects.get(references__scheme="urn", references__value="117065").delete()
        DemoReference.objects.filter(pk="urn:117065").delete()  # as if its file were new
        Postcode.objects.filter(pk="HP13AB").delete()
        assert "Schools" in load()
        assert Service.objects.schools().count() == 599
        assert Postcode.objects.filter(pk="HP13AB").exists()


@pytest.mark.django_db
class TestBroken:
    """One wrong row, and nothing is loaded."""

    def test_the_few_are_right(self, few):
        load(few)
        assert held()["Service"] == 5 + 4
        assert held()["Postcode"] == len(POSTCODES)

    @pytest.mark.parametrize(
        ("name", "old", "new", "said"),
        [
            (
                "areas.csv",
                "nhs,nhs-east-north",
                "none,nhs-east-north",
                "areas.csv, row 23: 'none' is not known",
            ),
            ("areas.csv", ",E07000099,,Hitchin", ",E07999999,,Hitchin", "areas.csv, row 13: 'E07999999'"),
            ("area_kinds.csv", ",gp,", ",vet,", "area_kinds.csv, row 5: decided_by"),
            ("need_words.csv", "speech,late talker,", "speak,late talker,", "need_words.csv, row 3: 'speak'"),
            ("places.tsv", "51.7058", "north", "places.tsv, row 2: could not convert"),
            ("schools.csv", "117066,", "1170x6,", "schools.csv, row 4: "),
            ("schools.csv", "117066,", "102256,", "schools.csv, row 4: "),
            ("schools.csv", ",Bushey,", ",", "schools.csv, row 2: it has too many or too few columns"),
            (
                "services_safeguarding.toml",
                "confidence = ",
                "confident = ",
                "services_safeguarding.toml, row 1 (",
            ),
            ("services_safeguarding.toml", 'category = "', 'category = "x-', "category"),
            ("services_safeguarding.toml", "confidence = ", "confidence = maybe ", "row of the file"),
        ],
    )
    def test_names_the_file_and_the_row_and_leaves_nothing(self, few, name, old, new, said):
        path = few / name
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new, 1))
        before = held()
        with pytest.raises(files.BadRow) as raised:
            load(few)
        assert said in str(raised.value)
        assert str(raised.value).startswith(name)
        assert held() == before

    def test_broken_postcodes(self, few):
        (few / "postcodes.csv.gz").write_bytes(b"not gzip")
        with pytest.raises(files.BadRow, match=r"postcodes\.csv\.gz"):
            load(few)

    def test_the_command_says_what_is_wrong(self, few, monkeypatch):
        (few / "schools.csv").write_text("urn,name\n1\n")
        monkeypatch.setattr(files.load, "__defaults__", (few,))
        before = held()
        with pytest.raises(CommandError, match=r"Nothing was loaded\. schools\.csv, row 2"):
            call_command("load_demo", stdout=io.StringIO())
        assert held() == before


def test_postcodes_come_out_as_they_went_in():
    assert list(unpack(pack(reversed(POSTCODES)))) == POSTCODES


@pytest.mark.parametrize(
    ("name", "phase"),
    [
        ("Weston Way Nursery School", "nursery"),
        ("Arlesdene Nursery School and Pre-School", "nursery"),
        ("Mandeville Primary School", "primary"),
        ("St Nicholas CofE (VA) Primary School and Nursery", "primary"),
        ("Gaddesden Row JMI School", "primary"),
        ("Lordship Junior Mixed and Infant School", "primary"),
        ("Reed First School", "primary"),
        ("Watford Field School (Infant & Nursery)", "infant"),
        ("Highover Infants' School", "infant"),
        ("Bishop Wood Church of England Junior School, Tring", "junior"),
        ("Edwinstree Church of England Middle School", "middle"),
        ("Stanborough Secondary School", "secondary"),
        ("Simon Balle All-Through School", "all-through"),
        ("St Albans High School for Girls", ""),
        ("Bishop's Stortford College", ""),
        ("Hertswood Academy", ""),
        ("Berkhamsted Prep and Pre-Prep School", ""),
        ("All Saints School", ""),
    ],
)
def test_reads_a_phase_only_where_the_name_states_it(name, phase):
    assert phase_in(name) == phase


@pytest.mark.parametrize(
    ("name", "phase", "special", "said"),
    [
        ("The Purcell School", "", False, "A school in Bushey."),
        ("Oxhey Early Years Centre", "", False, "A school or setting in Bushey."),
        ("X Infants' School", "infant", False, "An infant school in Bushey."),
        ("X Special School", "", True, "A special school in Bushey."),
    ],
)
def test_sums_a_school_up(name, phase, special, said):
    assert summary(name, phase, special, "Bushey") == said


def test_every_school_has_a_number_a_postcode_and_a_place():
    with (files.FOLDER / "schools.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len({row["urn"] for row in rows}) == 599
    assert all(row["postcode"] and (row["town"] or row["district"]) for row in rows)


def test_progress_in_a_log_is_one_line_for_a_step():
    said = io.StringIO()
    assert list(files.Progress(said)("Postcodes", iter("abc"), 3)) == ["a", "b", "c"]
    assert said.getvalue().startswith("  Postcodes")
    assert said.getvalue().count("\n") == 1
    assert "\r" not in said.getvalue()


@pytest.mark.django_db
def test_what_an_editor_deleted_is_not_added_again(few):
    load(few)
    gone = Service.objects.first()
    references = [str(each) for each in gone.references.all()]
    gone.delete()
    load(few)
    held = {str(each) for each in ExternalReference.objects.all()}
    assert held.isdisjoint(references)

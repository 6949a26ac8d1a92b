"""The committed service records keep what their source says, and all of its doubt.

The list of 40 services that the records were mapped from is not in the repository; what each row
said on the facts that matter most stands here instead.
"""

import csv
import tomllib
from datetime import time
from pathlib import Path

import pytest

from directory import choices
from directory.models import (
    AgeRange,
    Contact,
    Provider,
    Service,
    ServiceVenue,
    Session,
    Venue,
)

DEMO = Path(__file__).parents[2] / "directory" / "demo"
LIST = "hertfordshire-2026"
ABSENT = object()
DISTRICTS = {f"E07000{n}" for n in ("095", "096", "098", "099", "102", "103", "240", "241", "242", "243")}
AREAS = DISTRICTS | {f"dspl-{n}" for n in range(1, 10)} | {"nhs-south-west", "nhs-east-north"}


def read(pattern: str, key: str) -> list[dict]:
    files = (tomllib.loads(path.read_text()) for path in sorted(DEMO.glob(pattern)))
    return [record for file in files for record in file.get(key, [])]


SERVICES = read("services*.toml", "service")
PROVIDERS = read("providers.toml", "provider")
VENUES = read("providers.toml", "venue")
BY_REF = {service["ref"]: service for service in SERVICES}
EVERY_SERVICE = pytest.mark.parametrize("service", SERVICES, ids=lambda service: service["ref"])


def row(number: int) -> dict:
    return BY_REF[f"{LIST}:{number}"]


def need_slugs() -> set[str]:
    """The needs a service can be tagged with: those that sit under a broad area."""
    with (DEMO / "needs.csv").open(newline="") as file:
        return {line["slug"] for line in csv.DictReader(file) if line["broad_areas"]}


def test_every_row_of_the_list_is_there_once():
    numbers = [int(s["ref"].split(":")[1]) for s in SERVICES if s["ref"].startswith(f"{LIST}:")]
    assert sorted(numbers) == list(range(1, 41))
    assert len(BY_REF) == len(SERVICES)


# The three kinds of unknown: nobody has found it (absent), the source was read and says nothing
# (not-stated), and a stated no.
@pytest.mark.parametrize(
    ("number", "fact", "expected"),
    [
        (1, "age_range", ABSENT),
        (1, "diagnosis", ABSENT),
        (1, "refer_parent", ABSENT),
        (1, "contact", ABSENT),
        (9, "cost", ABSENT),
        (11, "refer_gp", ABSENT),
        (11, "cost", "not-stated"),
        (11, "diagnosis", "ask"),
        (12, "diagnosis", "not-stated"),
        (12, "cost", "not-stated"),
        (13, "age_range", ABSENT),
        (14, "diagnosis", "not-stated"),
        (14, "contact", ABSENT),
        (21, "refer_parent", "no"),
        (21, "refer_gp", "yes"),
        (22, "diagnosis", "not-applicable"),
        (23, "diagnosis", ABSENT),
        (24, "diagnosis", "not-needed"),
        (25, "whole_county", "no"),
        (26, "cost", ABSENT),
        (27, "whole_county", ABSENT),
        (27, "refer_parent", ABSENT),
        (29, "cost", "not-stated"),
        (33, "refer_parent", ABSENT),
        (34, "refer_parent", "no"),
        (34, "refer_self", "no"),
        (34, "refer_school", "yes"),
        (36, "cost", "free"),
        (38, "cost", ABSENT),
        (40, "refer_parent", ABSENT),
        (40, "diagnosis", ABSENT),
    ],
)
def test_unknown_not_stated_and_no_stay_apart(number, fact, expected):
    assert row(number).get(fact, ABSENT) == expected


@pytest.mark.parametrize("number", [1, 27, 39])
def test_a_provider_the_source_does_not_name_is_said_to_be_silent(number):
    assert "provider" not in row(number)
    assert "provider" in row(number)["silent"]


# Ages in months, both ends included, as (from, to, whether there is a condition).
@pytest.mark.parametrize(
    ("number", "ranges"),
    [
        (2, [(0, 311, False)]),
        (11, [(0, 227, False)]),
        (12, [(0, 239, False)]),
        (15, [(0, 227, False), (228, 311, True)]),
        (17, [(48, 227, False), (228, 239, True)]),
        (18, [(60, 239, False)]),
        (19, [(0, 203, False)]),
        (21, [(60, 191, False)]),
        (22, [(0, None, False)]),
        (28, [(None, 215, False), (192, 311, False)]),
        (31, [(60, 239, False)]),
        (33, [(0, 71, False), (72, 95, True)]),
        (36, [(60, 227, False)]),
        (40, [(156, 215, False), (216, 299, True)]),
    ],
)
def test_ages_are_months_with_both_ends(number, ranges):
    found = row(number)["age_range"]
    assert [(r.get("min_months"), r.get("max_months"), bool(r.get("condition"))) for r in found] == ranges


@pytest.mark.parametrize(
    ("number", "needs"),
    [
        (11, {"sleep", "eating", "toilet", "hitting", "autism", "learning-disability"}),
        (13, {"eating-disorder", "self-harm", "adhd"}),
        (16, {"speech", "understanding", "stammer", "eating"}),
        (17, {"toilet"}),
        (22, {"hearing"}),
        (24, {"autism", "adhd", "sleep", "sensory"}),
        (28, {"siblings"}),
        (31, {"breaks"}),
    ],
)
def test_tagged_with_the_needs_the_source_names(number, needs):
    assert needs <= set(row(number)["needs"])


@pytest.mark.parametrize("number", [*range(2, 11), 29])
def test_any_need_stays_any_need(number):
    assert row(number)["any_need"] is True


@pytest.mark.parametrize(
    ("number", "areas"),
    [(9, ["dspl-8"]), (19, ["nhs-east-north"]), (20, ["nhs-south-west"]), (25, ["E07000099", "E07000243"])],
)
def test_covers_the_areas_the_source_names(number, areas):
    assert row(number)["areas"] == areas


def test_an_old_phone_number_says_that_it_is_old():
    for number in (15, 16, 23):
        phone = next(c for c in row(number)["contact"] if c["kind"] == "phone")
        assert "may have changed" in phone["note"]


@EVERY_SERVICE
def test_nothing_claims_to_be_checked(service):
    assert not {"checked_on", "checked_by", "review_due"} & set(service)


@EVERY_SERVICE
def test_can_be_published(service):
    assert len(service["summary"]) <= 220
    assert service["summary"].endswith(".")
    assert service["name"]
    assert service["category"]
    assert service["source"]
    assert service["source_date"]
    assert service["confidence"]
    assert "provider" in service or "provider" in service["silent"]


@EVERY_SERVICE
def test_names_only_what_exists(service):
    assert set(service.get("needs", [])) <= need_slugs()
    assert set(service.get("areas", [])) <= AREAS
    assert service.get("provider", PROVIDERS[0]["key"]) in {p["key"] for p in PROVIDERS}
    assert {v["venue"] for v in service.get("venue", [])} <= {v["key"] for v in VENUES}
    assert set(service.get("silent", [])) <= set(Service.Silent.values)
    assert set(service.get("crisis_for", [])) <= set(choices.Crisis.values) - {""}


def fields(model) -> dict:
    return {field.name: field for field in model._meta.get_fields()}


def faults(record: dict, model, elsewhere=()) -> list[str]:
    """Keys that are no field of the model, values not among its choices, texts that are too long."""
    known, found = fields(model), []
    for key, value in record.items():
        if key in elsewhere:
            continue
        if key not in known:
            found.append(f"{key} is no field")
            continue
        field = known[key]
        text = "\n".join(value) if isinstance(value, list) and key != "silent" else value
        if key == "crisis_for":
            text = "|".join(value)
        if getattr(field, "choices", None) and value not in dict(field.flatchoices):
            found.append(f"{key} cannot be {value!r}")
        limit = getattr(field, "max_length", None)
        if limit and isinstance(text, str) and len(text) > limit:
            found.append(f"{key} is {len(text)} long, over {limit}")
    return found


ROWS = {"age_range": AgeRange, "contact": Contact, "session": Session, "venue": ServiceVenue}


@EVERY_SERVICE
def test_fits_the_model(service):
    assert faults(service, Service, {"ref", "refs", "what_happens", "provider", *ROWS}) == []
    for name, model in ROWS.items():
        for line in service.get(name, []):
            assert faults(line, model) == []
            model(**{k: v for k, v in line.items() if k != "venue"}).clean()


def test_providers_and_venues_fit_the_model():
    assert [faults(provider, Provider, {"key"}) for provider in PROVIDERS] == [[] for _ in PROVIDERS]
    assert [faults(venue, Venue, {"key"}) for venue in VENUES] == [[] for _ in VENUES]


def test_urgent_help_can_be_reached():
    urgent = [service for service in SERVICES if service.get("crisis")]
    assert {"999", "111", "116 123", "0800 1111", "85258"} <= {
        contact["value"] for service in urgent for contact in service["contact"]
    }
    for service in urgent:
        assert service["helpline"] is True
        assert service["whole_county"] == "yes"
    kinds = {kind for service in urgent for kind in service.get("crisis_for", [])}
    assert kinds == set(choices.Crisis.values) - {""}


def test_times_are_times():
    session = row(12)["session"][0]
    assert (session["starts"], session["ends"]) == (time(9), time(17))

"""Pages of the directory: one service, related ones, what is never shown."""

import json

import pytest
from django.core.exceptions import ValidationError

from directory.models import Provider
from directory.related import related
from tests import factories as make

pytestmark = pytest.mark.django_db


def json_ld(page: str) -> dict:
    return json.loads(page.split('<script type="application/ld+json">')[1].split("</script>")[0])


def test_a_school_without_a_provider_has_a_page_and_no_false_relations(client):
    make.service("Other without one", provider=None, silent=["provider"])
    school = make.service("Hill School", category="school", provider=None, silent=["provider"])
    assert client.get(school.get_absolute_url()).status_code == 200
    assert related(school) == []


def test_related_services_say_why(client):
    sleep = make.need()
    here = make.service("Night team", needs=(sleep,))
    make.service("Sleep talks", needs=(sleep,), provider=Provider.objects.create(name="Another"))
    make.service("Same house")
    found = {other.title: other.why for other in related(here)}
    assert "Not sleeping" in found["Sleep talks"]
    assert found["Same house"] == "Also from The Sleep Charity."


def test_a_confidential_place_is_nowhere(client):
    refuge = make.venue(
        "Safe House", town="Hitchin", postcode="SG4 9AA", address="1 Hidden Lane", confidential=True
    )
    service = make.service("Refuge", at=refuge)
    page = client.get(service.get_absolute_url()).content.decode()
    for secret in ("Safe House", "Hitchin", "SG4 9AA", "Hidden Lane", "51.75", "-0.47"):
        assert secret not in page
    assert "kept private" in page


def test_linked_data_holds_only_what_is_known_and_cannot_break_out(client):
    made = make.service("</script><script>alert(1)</script>", summary="Tea & talk", phone="01727 582122")
    page = client.get(made.get_absolute_url()).content.decode()
    assert "<script>alert(1)" not in page
    facts = json_ld(page)
    assert facts["name"] == "</script><script>alert(1)</script>"
    assert facts["description"] == "Tea & talk"
    assert "offers" not in facts
    assert "hoursAvailable" not in facts


def test_three_kinds_of_not_saying_are_three_different_things(client):
    unknown, silent, no = (
        make.service("A", refer_parent=""),
        make.service("B", refer_parent="not-stated"),
        make.service("C", refer_parent="no"),
    )
    pages = [client.get(each.get_absolute_url()).content.decode() for each in (unknown, silent, no)]
    assert len({page.split('id="get"')[1].split("</section>")[0] for page in pages}) == 3


def test_a_draft_has_no_page(client):
    hidden = make.service(live=False)
    assert client.get(hidden.get_absolute_url()).status_code == 404


def test_a_broad_area_shows_what_its_needs_have(client):
    sleep = make.need()
    make.service("Night team", needs=(sleep,))
    page = client.get("/needs/everyday-life/").content.decode()
    assert "Night team" in page
    assert "Not sleeping" in page


@pytest.mark.parametrize(
    "path", ["/services/none/", "/needs/none/", "/areas/none/", "/services/%00/", "/needs/%ff/"]
)
def test_what_is_not_there_is_a_kind_404_with_a_search(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert b'action="/search/"' in answer.content


def test_a_place_moves_with_its_postcode_and_an_unknown_one_is_refused(db):
    make.postcode("HP13AB", 51.755, -0.48)
    make.postcode("SG11AA", 51.9, -0.2)
    hall = make.venue(postcode="HP1 3AB", latitude=None, longitude=None)
    hall.clean()
    assert hall.latitude == 51.755
    hall.save()
    hall.postcode = "sg11aa"
    hall.clean()
    assert (hall.postcode, hall.latitude) == ("SG1 1AA", 51.9)
    hall.save()
    hall.postcode = "ZZ99 9ZZ"
    with pytest.raises(ValidationError, match="do not know this postcode"):
        hall.clean()
    hall.latitude, hall.longitude = 51.8, -0.3  # placed by hand
    hall.clean()
    assert hall.latitude == 51.8

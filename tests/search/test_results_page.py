"""The page of results: bounded work, honest counts, a way on."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search.throttle import searches
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def county(db):
    dacorum = make.district("Dacorum")
    make.district("Stevenage", west=-0.2)
    make.town(district=dacorum)
    return dacorum


def queries(client, url: str) -> int:
    client.get(url)  # what a process keeps is read once
    with CaptureQueriesContext(
        connection,
    ) as made:
        assert client.get(url).status_code == 200
    return len(made)


@pytest.mark.parametrize(
    "url",
    [
        "/search/",
        "/search/?q=sleep&age=7&place=Hemel+Hempstead&cost=free",
        "/needs/sleep/",
        "/areas/dacorum/",
    ],
)
def test_queries_do_not_grow_with_results(client, county, url):
    need = make.need()
    for number in range(3):
        make.service(
            f"Few {number}", needs=(need,), areas=(county,), at=make.venue(f"A{number}"), phone="01727 1"
        )
    call_command("index", "--drain")
    few = queries(client, url)
    for number in range(15):
        make.service(
            f"Many {number}", needs=(need,), areas=(county,), at=make.venue(f"B{number}"), phone="01727 1"
        )
    call_command("index", "--drain")
    assert queries(client, url) <= few + 1
    assert few <= 50


def test_each_filter_counts_as_if_it_were_not_chosen(client, county):
    make.service("Free", cost="free")
    make.service("Paid", cost="paid")
    make.service("Silent")
    call_command("index", "--drain")
    counts = client.get("/search/?cost=free").context["result"].facets["cost"]
    assert (counts["free"].explicit, counts["paid"].explicit) == (1, 1)


def test_twenty_a_page_and_every_record_once(client, county):
    for number in range(45):
        make.service(f"Club {number}")
    call_command("index", "--drain")
    seen = []
    for page in (1, 2, 3):
        answer = client.get("/search/", {"page": page})
        seen += [card.title for _, _, cards in answer.context["groups"] for card in cards]
    assert len(seen) == len(set(seen)) == 45
    assert answer.context["paging"]["pages"] == 3


def test_nothing_found_says_what_each_step_back_would_give(client, county):
    make.service("Paid club", cost="paid", ages=((0, 59, ""),))
    call_command("index", "--drain")
    page = client.get("/search/", {"cost": "free", "place": "Hemel Hempstead"})
    assert page.context["result"].total == 0
    assert [(words, count) for words, _, count in page.context["loosened"]] == [("Take off Free", 1)]
    again = client.get(page.context["loosened"][0][1])
    assert again.context["result"].total == 1


def test_a_chip_takes_off_one_thing_and_keeps_the_rest(client, county):
    make.need()
    page = client.get("/search/", {"q": "sleep 7", "place": "Hemel Hempstead", "cost": "free", "for": "me"})
    chips = {chip.label: chip.remove_url for chip in page.context["chips"]}
    assert set(chips) == {
        "Not sleeping",
        "Age 7",
        "Hemel Hempstead, Dacorum",
        "Free",
        "Help I can ask for myself",
    }
    without = client.get(chips["Age 7"])
    left = {chip.label for chip in without.context["chips"]}
    assert left == set(chips) - {"Age 7"}


def test_a_flood_gets_a_kind_page_and_a_time_to_wait(client, county, monkeypatch):
    monkeypatch.setattr(searches, "allowed", 1e-9)
    client.get("/search/")
    answer = client.get("/search/")
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) >= 1
    assert b"Please wait a moment" in answer.content


def test_a_renamed_service_leads_from_its_old_address_to_its_new_one(client, county):
    service = make.service("Sleep clinic")
    old = service.get_absolute_url()
    service.slug = "night-clinic"
    service.save()
    answer = client.get(old)
    assert answer.status_code == 301
    assert answer["Location"] == "/services/night-clinic/"
    service.slug = "dream-clinic"
    service.save()
    assert client.get(old)["Location"] == "/services/dream-clinic/"
    service.slug = "sleep-clinic"
    service.save()
    assert client.get(old).status_code == 200


def test_what_the_form_does_not_draw_is_carried_on(client, county):
    page = client.get("/search/?kind=school&sort=distance&place=Hemel+Hempstead&contact=phone&cost=some-free")
    kept = page.context["kept"]
    for pair in [("sort", "distance"), ("contact", "phone"), ("cost", "some-free")]:
        assert pair in kept


def test_a_ticked_need_narrows_and_gives_what_its_count_says(client, county):
    sleep, autism = make.need(), make.need("autism", "Autism", ("autism",))
    make.service("Sleep only", needs=(sleep,))
    make.service("Both", needs=(sleep, autism))
    make.service("Autism only", needs=(autism,))
    call_command("index", "--drain")
    count = client.get("/search/?q=sleep").context["result"].facets["need"]["autism"].fits
    assert client.get("/search/?q=sleep&need=autism").context["result"].total == count


@pytest.mark.parametrize(
    "params",
    [
        {"q": "sleep AL3 5AB", "place": "Hemel Hempstead"},
        {"q": "sleep SW1A 1AA HP1 3AB"},
        {"q": "sleep", "place": "SW1A 1AA"},
        {"q": "sleep", "age": "HP1 3AB"},
        {"q": "hp13ab", "near": "51.75,-0.47"},
    ],
)
def test_no_link_that_is_passed_on_holds_a_postcode(client, county, params):
    make.postcode(district=county)
    url = client.get("/search/", params).context["copy_url"].lower()
    for part in ("al3", "sw1a", "hp1", "near="):
        assert part not in url, url


def test_what_was_taken_off_counts_again_for_other_words(client, county):
    make.need()
    page = client.get("/search/?q=sleep&skip=sleep")
    assert ("skip", "sleep") not in page.context["line_kept"]


def test_without_a_place_groups_for_one_area_stand_in_short(client, county):
    make.service("Group of Dacorum", any_need=True, areas=(county,))
    make.service("County group", any_need=True, whole_county="yes")
    call_command("index", "--drain")
    page = client.get("/search/")
    assert [service.name for service in page.context["local"]] == ["Group of Dacorum"]
    page = client.get("/search/", {"place": "Hemel Hempstead"})
    assert page.context["local"] == []
    assert "Group of Dacorum" in [card.title for _, _, cards in page.context["groups"] for card in cards]


def test_next_door_counts_only_what_is_not_here(client, county):
    stevenage = county.neighbours(1)[0]
    make.service("County", whole_county="yes")
    make.service("There", areas=(stevenage,))
    call_command("index", "--drain")
    page = client.get("/search/", {"place": "Hemel Hempstead"})
    assert [(name, count) for name, _, count in page.context["nearby"]] == [("Stevenage", 1)]

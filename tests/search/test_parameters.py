"""Any bytes in any parameter give a page, never a 500."""

from urllib.parse import quote

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.asked import hinted_at
from tests import factories as make

pytestmark = pytest.mark.django_db

NAMES = [
    "q", "age", "ages", "place", "near", "gp", "need", "skip", "area", "kind", "category", "diagnosis",
    "refer", "contact", "cost", "reach", "when", "access", "language", "phase", "open", "within", "sort",
    "for", "page", "as-typed",
]  # fmt: skip

ODD = [
    '"',
    "'",
    '""" OR 1=1 --',
    "\x00",
    " ",
    "",
    "a" * 10_000,
    "7 " * 5_000,
    "😀🏳️‍🌈",
    "-1",
    "99999999999999999999999",
    "1e999",
    "NaN",
    "٣",
    "²",
    "\ud800",
    "%",
    "AND OR NOT NEAR(",
    "title:sleep*",
    "{title}:",
    "../../etc/passwd",
    "<script>alert(1)</script>",
    "\r\nSet-Cookie: a=b",
    "ﷺ" * 300,
    "\u202eabc",
]


def ask(client, name: str, value: str):
    raw = quote(value, errors="surrogatepass")
    return client.get(f"/search/?{name}={raw}")


@pytest.fixture
def directory(db):
    dacorum = make.district("Dacorum")
    make.town(district=dacorum)
    make.service(needs=(make.need(),), at=make.venue())
    call_command("index", "--drain")


@pytest.mark.parametrize("name", NAMES)
def test_odd_values_give_a_page(client, directory, name):
    for value in ODD:
        answer = ask(client, name, value)
        assert answer.status_code in (200, 404), (name, value[:40])
        assert b"<script>alert(1)" not in answer.content


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(NAMES), st.text(max_size=60)), max_size=8))
def test_any_text_in_any_parameters_gives_a_page(client, directory, pairs):
    query = "&".join(f"{name}={quote(value, errors='surrogatepass')}" for name, value in pairs)
    assert client.get(f"/search/?{query}").status_code in (200, 404)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=60))
def test_broken_encodings_give_a_page(client, directory, data):
    query = "".join(f"%{byte:02x}" for byte in data)
    assert client.get(f"/search/?q={query}&place={query}").status_code == 200
    raw = data.decode("latin-1").replace("\n", "")
    assert client.get("/search/", QUERY_STRING=raw).status_code in (200, 404)


def test_ten_thousand_repeated_parameters_give_a_page(client, directory):
    assert client.get("/search/?" + "&".join(["need=sleep"] * 10_000)).status_code == 200
    assert client.get("/search/?" + "&".join(f"x{n}=1" for n in range(10_000))).status_code == 200


def test_more_fields_than_any_form_has_are_refused_kindly(client, directory):
    answer = client.get("/search/?" + "&".join(["need=sleep"] * 10_001))
    assert answer.status_code == 400
    assert b"<h1" in answer.content


def test_a_bad_field_says_so_and_the_others_still_count(client, directory):
    page = client.get("/search/", {"q": "sleep", "age": "purple", "place": "Atlantis"})
    text = page.content.decode()
    assert page.status_code == 200
    assert "We could not read that age" in text
    assert "We do not know that place" in text
    assert page.context["result"].total == 1
    assert 'value="purple"' in text or "purple" in text


def test_one_bad_choice_does_not_drop_the_good_ones(client, directory):
    page = client.get("/search/?need=sleep&need=nonsense&cost=free&cost=%22")
    assert page.context["asked"].given["need"] == ["sleep"]
    assert page.context["asked"].given["cost"] == ["free"]


def test_pages_stop_where_results_do(client, directory):
    assert client.get("/search/?page=2").status_code == 404
    assert client.get("/search/?page=0").status_code == 200
    assert client.get("/search/?page=99999999").status_code == 404


@pytest.mark.parametrize(
    ("needs", "hinted"),
    [
        ({"ocd": "named", "autism": "sign"}, {"autism"}),
        ({"sleep": "sign", "autism": "sign"}, set()),
        ({"autism": "named", "sleep": "sign"}, set()),
        ({}, set()),
    ],
)
def test_a_condition_that_is_only_hinted_at_comes_after_what_is_named(needs, hinted):
    assert hinted_at(needs) == hinted

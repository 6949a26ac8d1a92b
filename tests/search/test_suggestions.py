"""What is suggested while typing, and above all what never is."""

import pytest

from directory.models import NeedWord
from search import outbox
from search.suggestions import LABELS, Offer, named, suggestions
from tests.factories import need, service, town

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def directory(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        need("sleep", "Not sleeping", ("sleep", "won't sleep", "up all night"), order=1)
        walking = need("mobility", "Cerebral palsy", ("hemiplegia",), order=2, names_condition=True)
        NeedWord.objects.create(need=walking, word="toe walking", kind="sign")
        harm = need("self-harm", "Hurting themselves", ("sharp things",), order=3, crisis=True)
        NeedWord.objects.create(need=harm, word="self harm", crisis="self-harm")
        NeedWord.objects.create(need=harm, word="suicide", crisis="suicide")
        town("Hemel Hempstead")
        town("Hexton", kind="village")
        service(name="Sleep clinic")
        service(name="Suicide bereavement circle")
        service(name="Sleepy draft", live=False)


def found(line):
    return [(each.kind, each.text) for each in suggestions(line)]


def test_a_need_stands_under_the_name_families_know():
    assert ("need", "Not sleeping") in found("slee")
    assert ("need", "Not sleeping") in found("won't sl")
    assert found("up all")[0] == ("need", "Not sleeping")


@pytest.mark.parametrize(
    ("typed", "kind", "completed"),
    [
        ("my son, 7, won't sle", "need", "my son, 7, not sleeping"),
        ("my son cereb", "need", "my son cerebral palsy"),
        ("he is up all ni", "need", "he is not sleeping"),
        ("can't sleep Hem", "place", "can't sleep Hemel Hempstead"),
        ("hemel hem", "place", "Hemel Hempstead"),
        ("toy swap hex", "place", "toy swap Hexton"),
    ],
)
def test_picking_completes_the_end_of_the_line_and_keeps_the_rest(typed, kind, completed):
    assert completed in [each.line for each in suggestions(typed) if each.kind == kind]


def test_picking_a_service_opens_it():
    assert Offer("service", "Sleep clinic", url="/services/sleep-clinic/") in suggestions("sle")


def test_a_sign_never_shows_the_name_of_a_condition():
    assert found("toe wal") == []
    assert ("need", "Cerebral palsy") in found("hemip")


@pytest.mark.parametrize(
    "typed", ["suic", "suicide", "self ha", "harm", "sharp", "hurting th", "bereavement suic"]
)
def test_words_of_crisis_are_never_suggested(typed):
    assert found(typed) == []


def test_what_is_not_published_is_never_suggested():
    assert "Sleepy draft" not in [text for _, text in found("sleepy")]


@pytest.mark.parametrize("typed", ["", " ", "s", "?", "zzzz", "%", "'; DROP", "\x00\x00", "a" * 5_000, "my"])
def test_whatever_is_typed_it_answers(typed):
    assert found(typed) == []


def test_eight_at_most_by_kind_in_order():
    for number in range(12):
        service(name=f"Hemlock club {number}")
    outbox.drain_all()
    kinds = [each.kind for each in suggestions("hem")]
    assert len(kinds) == 8
    assert kinds == sorted(kinds, key=list(LABELS).index)
    assert set(kinds) == {"need", "service", "place"}


def test_its_own_name_comes_before_a_phrase_and_nothing_is_found_from_within_one():
    rows = [("One", True, ["goes to bed"]), ("Two", True, ["bedtime"]), ("Wet bed", True, [])]
    known = named("need", rows, inside=True)
    assert [name for name, _ in known.beginning("bed", 3)] == ["Wet bed", "Two"]


def test_a_phrase_that_goes_on_is_offered_only_where_nothing_surer_is():
    rows = [("School places", True, ["autism unit"]), ("Autism", True, ["autistic"])]
    known = named("need", rows, inside=True)
    assert [name for name, _ in known.beginning("aut", 3)] == ["Autism"]
    assert [name for name, _ in known.beginning("autism u", 3)] == ["School places"]


def test_the_answer_is_not_kept_anywhere(client, caplog):
    response = client.get("/search/suggest/", {"q": "my Zorbington sle"})
    assert response.json()["groups"][0] == {
        "label": "What is hard",
        "options": [{"text": "Not sleeping", "line": "my Zorbington not sleeping"}],
    }
    assert response["Cache-Control"] == "no-store, private"
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies
    assert "Zorbington" not in caplog.text


def test_a_flood_is_told_to_wait(client, monkeypatch):
    monkeypatch.setattr("search.suggesting.searches.refused", lambda address: 7)
    response = client.get("/search/suggest/", {"q": "sle"})
    assert (response.status_code, response["Retry-After"]) == (429, "7")

"""What the page says of how it read a line: chips, words put right, what was left out, why each is there."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.management import call_command

from directory.models import Elsewhere, NeedWord
from search import filters
from search.chips import FLAGS
from search.reading import Reading
from search.tokens import tokens
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def reads(monkeypatch):
    """Makes every line read as told, whatever it says."""

    def told(words: tuple[str, ...] = (), needs: dict | None = None, **facts):
        made = Reading(words=words, needs=needs or {}, **facts)
        monkeypatch.setattr(filters, "read", lambda text, known: made)

    return told


def chips(page) -> dict[str, str]:
    return {chip.label: chip.remove_url for chip in page.context["chips"]}


def asked(url: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(url).query)


@pytest.mark.parametrize(("flag", "label"), FLAGS.items())
def test_all_that_a_line_says_has_a_chip_that_comes_off_in_one_tap(client, reads, flag, label):
    name, value = flag
    reads(flags={flag: "said so"}, without={f"{name}={value}": "sleep"})
    url = chips(client.get("/search/", {"q": "sleep said so", "language": "en"}))[label]
    assert asked(url)["q"] == ["sleep"]
    assert name not in asked(url)


def test_what_is_both_said_and_ticked_has_one_chip_that_takes_off_both(client, reads):
    reads(flags={("cost", "free"): "free"}, without={"cost=free": "sleep"})
    page = client.get("/search/", {"q": "free sleep", "cost": ["free", "some-free"]})
    assert list(chips(page)) == ["Free", "Some of it free"]
    assert asked(chips(page)["Free"]) == {"q": ["sleep"], "cost": ["some-free"]}


def test_a_range_of_ages_has_a_chip(client, reads):
    reads(ages=(0, 4), without={"age": "club"})
    page = client.get("/search/", {"q": "club under 5s"})
    assert asked(chips(page)["Age 0 to 4"]) == {"q": ["club"]}


def test_a_chip_is_named_for_those_who_hear_the_page(client):
    assert "Remove: </span>Age 7</span>" in client.get("/search/", {"age": "7"}).content.decode()


def test_near_me_asks_where_and_keeps_the_rest(client, reads):
    reads(words=("sleep",), near_me=True, without={"near_me": "sleep"})
    page = client.get("/search/", {"q": "sleep near me", "cost": "free"})
    assert page.context["notes"].place_kept == [("q", "sleep"), ("cost", "free")]
    assert "Near where?" in page.content.decode()
    assert asked(page.context["notes"].place_skip_url) == {"q": ["sleep"], "cost": ["free"]}


def test_near_me_is_not_asked_where_a_place_is_known(client, reads):
    make.town(district=make.district())
    reads(words=("sleep",), near_me=True)
    page = client.get("/search/", {"q": "sleep near me", "place": "Hemel Hempstead"})
    assert not page.context["notes"].ask_place


def test_a_word_put_right_is_said_with_a_way_back(client, reads):
    reads(words=("autism",), corrected=(("autsim", "autism"),))
    page = client.get("/search/", {"q": "autsim", "age": "7"})
    words = page.content.decode()
    assert "Showing results for <b>autism</b>" in words
    assert "Search instead for autsim" in words
    assert asked(page.context["notes"].typed_url) == {"q": ["autsim"], "age": ["7"], "as-typed": ["1"]}


def test_a_new_line_is_put_right_again(client):
    page = client.get("/search/", {"q": "autsim", "as-typed": "1"})
    assert "as-typed" not in dict(page.context["line_kept"])


def test_words_that_led_nowhere_are_said_without_those_that_tell_nothing(client, reads):
    make.service("Sleep and trampoline")
    call_command("index", "--drain")
    reads(words=tokens("sleep trampoline"), unknown=("my", "help", "trampoline", "trampoline"))
    assert "the word: trampoline." in client.get("/search/", {"q": "sleep"}).content.decode()


def test_a_need_ruled_out_is_said_only_in_the_words_that_were_typed(client, reads):
    autism = make.need("autism", "Autism, or might be autistic", ("autism", "asd"), names_condition=True)
    NeedWord.objects.create(need=autism, word="lines things up", kind="sign")
    make.service("Anything")
    call_command("index", "--drain")
    reads(negated=frozenset({"autism"}))
    assert "We left out: asd." in client.get("/search/", {"q": "not ASD"}).content.decode()
    words = client.get("/search/", {"q": "does not lines things up"}).content.decode()
    assert "left out" not in words
    assert "Autism" not in words


def test_a_card_says_why_it_is_there_in_a_few_words(client):
    dacorum = make.district("Dacorum")
    make.town(district=dacorum)
    sleep = make.need("sleep", "Sleep, or waking early")
    make.service(
        "Night group",
        needs=(sleep,),
        areas=(dacorum,),
        ages=((0, 131, ""),),
        at=make.venue(),
        description="We have a trampoline.",
    )
    call_command("index", "--drain")
    page = client.get("/search/", {"q": "sleep trampoline 7 Hemel Hempstead"})
    (_, _, (card,)), *_ = page.context["groups"]
    assert card.why == [
        "for “Sleep”",
        "matches “trampoline”",
        "says age 7",
        "covers Dacorum",
        "less than a mile away",
    ]


def test_a_need_nearest_to_the_one_read_is_said_unless_it_names_a_condition(client):
    sleep = make.need()
    bed = make.need("bedtime", "Bedtime", ("bedtime",))
    adhd = make.need("adhd", "ADHD", ("adhd",), names_condition=True)
    sleep.nearest.set([bed, adhd])
    sleep.save()
    make.service("Bedtime group", needs=(bed,))
    make.service("Focus group", needs=(adhd,))
    call_command("index", "--drain")
    page = client.get("/search/", {"q": "sleep"})
    why = {card.title: card.why for _, _, cards in page.context["groups"] for card in cards}
    assert why["Bedtime group"] == ["near: “Bedtime”"]
    assert "ADHD" not in str(why["Focus group"])


def test_a_line_about_something_else_is_told_so_and_where_to_go(client):
    Elsewhere.objects.create(name="Bins", words="bin collection", advice="Your borough looks after bins.")
    make.service("Sleep help")
    call_command("index", "--drain")
    page = client.get("/search/", {"q": "bin collection"})
    words = page.content.decode()
    assert page.context["result"].total == 0
    assert "This site does not have that" in words
    assert "Your borough looks after bins." in words
    assert 'href="/needs/"' in words
    assert page.context["loosened"] == []
    assert "bin collection" not in words.split("</title>")[0]


def test_words_nobody_knows_with_a_filter_are_told_the_same(client):
    make.service("Sleep help")
    call_command("index", "--drain")
    assert "This site does not have that" in client.get("/search/", {"q": "xylophone"}).content.decode()

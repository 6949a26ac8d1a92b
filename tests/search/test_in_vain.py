"""What people looked for in vain: counted by known words, and nothing anyone could be known by."""

import sqlite3
import time
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection

from directory.models import NeedWord
from search import in_vain
from search.in_vain import counts as kept
from search.in_vain.counts import Vain
from search.in_vain.lines import Line, lines
from search.in_vain.words import may_be_kept
from search.models import HeldWord, InVain
from search.reading import vocabulary
from search.tokens import split
from tests import factories as make

MONDAY = date(2026, 11, 16)
BROWSER = {"HTTP_ACCEPT": "text/html,application/xhtml+xml", "HTTP_USER_AGENT": "Mozilla/5.0"}
KNOWN = vocabulary(
    [
        ("sleep", "won't sleep", "named", "", ""),
        ("suffering", "wants to die", "named", "", "suicide"),
        ("suffering", "unalive", "own", "", "suicide"),
    ],
    [("Ware", False), ("Watford", True)],
)


@pytest.fixture(autouse=True)
def no_memory(monkeypatch):
    monkeypatch.setattr(in_vain, "lately", in_vain.Lately())


@pytest.fixture
def search(client, db):
    def ask(line, **headers):
        call_command("index", "--rebuild", verbosity=0)
        return client.get("/search/", {"q": line} | headers.pop("params", {}), **(BROWSER | headers))

    return ask


def counts():
    return {(row.kind, row.term, row.district): row.count for row in InVain.objects.all()}


def stored() -> str:
    """All that is stored about searches, as one text."""
    rows = [*InVain.objects.values_list(), *HeldWord.objects.values_list()]
    return " ".join(str(value) for row in rows for value in row)


# Which words may be kept


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("hoarding", ("hoarding",)),
        ("he is hoarding, always hoarding", ("hoarding",)),
        ("Zebediah", ()),
        ("my zebediah Hoarding", ("zebediah",)),
        ("my son zebediah hoarding", ("hoarding",)),
        ("a girl called zaphrina hoarding", ("hoarding",)),
        ("zebediah's hoarding", ("hoarding",)),
        ("zebediah’s hoarding", ("hoarding",)),
        ("zeb@example.org hoarding", ()),
        ("zeb @ example org", ()),
        ("https://example.org/hoarding", ()),
        ("hoarding p7 g4ming", ("hoarding",)),
        ("12 acacia avenue", ()),
        ("acacia avenue hoarding", ("hoarding",)),
        ("hp13ab hoarding", ("hoarding",)),
        ("unaliv hoarding", ("hoarding",)),
        ("ware hoarding", ("hoarding",)),
        ("a" * 31, ()),
        ("ab", ()),
        ("ज़ेबेदिया", ()),
        ("oak ash elm fir yew box", ("oak", "ash", "elm", "fir", "yew")),
        ("", ()),
    ],
)
def test_only_words_that_are_hardly_a_name_or_an_address_are_kept(line, kept):
    assert may_be_kept(line, split(line), KNOWN, lambda word: False) == kept


def test_a_word_from_the_list_of_names_is_never_kept():
    assert may_be_kept("ella hoarding", ["ella", "hoarding"], KNOWN, {"ella"}.__contains__) == ("hoarding",)


@pytest.mark.parametrize("name", ["ella", "mohammed", "oliver", "ellas"])
def test_a_name_in_small_letters_is_not_even_held_as_a_hash(search, name):
    search(f"{name} hoarding")
    assert [held.digest for held in HeldWord.objects.all()] == [kept.digest("hoarding")]


def test_a_word_that_was_understood_is_not_kept():
    assert may_be_kept("hoarding sleep", ["hoarding"], KNOWN, lambda word: False) == ("hoarding",)


# What is counted


def test_a_need_looked_for_in_vain_is_counted_by_its_name_and_district(search):
    dacorum = make.district()
    make.town(district=dacorum)
    make.need(words=("won't sleep",))
    search("my 7 year old won't sleep in hemel hempstead")
    assert counts() == {("need", "sleep", dacorum.code): 1}


def test_a_search_that_found_its_need_is_not_counted(search):
    need = make.need(words=("sleep",))
    make.service(needs=(need,))
    search("sleep")
    assert counts() == {}


def test_what_only_a_group_for_any_need_answers_was_looked_for_in_vain(search):
    make.need(slug="anxious", name="Worried", words=("worried",))
    make.service(name="Parents together", any_need=True)
    search("worried")
    assert counts() == {("need", "anxious", ""): 1}


def test_a_word_is_held_as_a_hash_until_its_fifth_separate_day(search):
    found = Vain(frozenset(), ("hoarding",), True, "dacorum")
    for day in range(4):
        kept.count(found, MONDAY + timedelta(days=day))
        kept.count(found, MONDAY + timedelta(days=day))
        assert "hoarding" not in stored()
    kept.count(found, MONDAY + timedelta(days=4))
    assert counts() == {("word", "hoarding", ""): 5}
    kept.count(found, MONDAY + timedelta(days=4))
    assert counts() == {("word", "hoarding", ""): 6}


def test_the_hash_says_nothing_without_the_secret_key(settings):
    here = kept.digest("hoarding")
    settings.SECRET_KEY = "another"
    assert kept.digest("hoarding") != here


def test_a_word_that_a_record_holds_is_not_in_vain(search):
    make.service(name="Trampolining club")
    search("trampolining")
    search("hoarding")
    assert HeldWord.objects.get().digest == kept.digest("hoarding")


def test_a_word_that_was_not_understood_counts_though_others_found_something(search):
    need = make.need(words=("sleep",))
    make.service(needs=(need,))
    search("sleep hoarding")
    assert HeldWord.objects.get().digest == kept.digest("hoarding")
    assert counts() == {}


@pytest.mark.parametrize(
    "line", ["he wants to die hoarding", "hoarding not wants to die", "wnts to die hoarding"]
)
def test_nothing_of_a_line_that_cries_of_crisis_is_kept(search, line):
    suffering = make.need(slug="suffering", name="Very unhappy", words=())
    NeedWord.objects.create(need=suffering, word="wants to die", crisis="suicide")
    suffering.save()
    search(line)
    assert stored() == ""


def test_a_need_of_crisis_is_never_counted(search):
    make.need(slug="self-harm", name="Hurting themselves", words=("hurting",), crisis=True)
    search("hurting")
    assert counts() == {}


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_ACCEPT": "*/*"},
        {"HTTP_USER_AGENT": "Mozilla/5.0 (compatible; Examplebot/2.1)"},
        {"HTTP_SEC_PURPOSE": "prefetch"},
        {"params": {"page": "2"}},
    ],
)
def test_robots_and_later_pages_are_not_counted(search, headers):
    make.need()
    search("sleep", **headers)
    assert counts() == {}


def test_head_is_not_counted(client, db):
    make.need()
    client.head("/search/?q=sleep", **BROWSER)
    assert counts() == {}


def test_an_editors_own_searches_are_not_counted(search, client, django_user_model):
    make.need()
    client.force_login(django_user_model.objects.create_user("editor"))
    search("sleep")
    assert counts() == {}


def test_a_page_asked_for_again_within_a_minute_is_one_search(search):
    make.need()
    search("sleep")
    search("sleep")
    assert counts() == {("need", "sleep", ""): 1}


def test_a_page_counts_again_after_a_minute():
    clock = SimpleNamespace(now=0.0)
    lately = in_vain.Lately(clock=lambda: clock.now)
    assert not lately.again("q=sleep")
    clock.now = 59.0
    assert lately.again("q=sleep")
    clock.now = 120.0
    assert not lately.again("q=sleep")


# It never gets in the way


def test_a_locked_database_costs_a_count_and_not_the_answer(search, monkeypatch, caplog):
    def locked(*args):
        raise OperationalError("database is locked: zebediah")

    make.need()
    monkeypatch.setattr(kept, "_add", locked)
    with caplog.at_level("WARNING"):
        assert search("sleep").status_code == 200
    assert "OperationalError" in caplog.text
    assert "zebediah" not in caplog.text
    assert counts() == {}


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite has one writer")
def test_a_count_does_not_wait_for_who_writes_now():
    # The first test that empties the database still meets the demo: its needs have these names.
    make.need("of-this-test")
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    started = time.monotonic()
    try:
        with pytest.raises(OperationalError):
            kept.count(Vain(frozenset({"of-this-test"}), (), True, ""))
        assert time.monotonic() - started < 2
    finally:
        other.execute("ROLLBACK")
        other.close()
    kept.count(Vain(frozenset({"of-this-test"}), (), True, ""))
    assert counts() == {("need", "of-this-test", ""): 1}
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA busy_timeout").fetchone() == (5000,)


def test_a_fault_in_reading_the_search_costs_a_count_and_not_the_answer(search, monkeypatch):
    def broken(*args):
        raise RuntimeError("zebediah")

    make.need()
    monkeypatch.setattr(in_vain, "vain", broken)
    assert search("sleep").status_code == 200
    assert counts() == {}


# What is forgotten


def test_hashes_are_forgotten_after_some_weeks_and_refused_words_stay_refused(db):
    kept.count(Vain(frozenset(), ("hoarding",), True, ""), MONDAY)
    kept.refuse("zebediah")
    kept.tidy(MONDAY + kept.HASHES_KEPT)
    assert HeldWord.objects.count() == 2
    kept.tidy(MONDAY + kept.HASHES_KEPT + timedelta(days=1))
    assert [held.digest for held in HeldWord.objects.all()] == [kept.digest("zebediah")]


def test_a_refused_word_is_gone_and_never_counted_again(db):
    found = Vain(frozenset(), ("zebediah",), True, "")
    for day in range(5):
        kept.count(found, MONDAY + timedelta(days=day))
    assert "zebediah" in stored()
    kept.refuse("zebediah")
    for day in range(5, 12):
        kept.count(found, MONDAY + timedelta(days=day))
    assert "zebediah" not in stored()


def test_when_a_week_is_over_a_small_count_loses_its_district(db):
    make.need()
    for _ in range(3):
        kept.count(Vain(frozenset({"sleep"}), (), True, "dacorum"), MONDAY)
    kept.count(Vain(frozenset({"sleep"}), (), True, "ware"), MONDAY)
    kept.tidy(MONDAY + timedelta(days=6))
    assert ("need", "sleep", "ware") in counts()
    kept.tidy(MONDAY + timedelta(days=7))
    assert counts() == {("need", "sleep", "dacorum"): 3, ("need", "sleep", ""): 1}
    kept.tidy(MONDAY + kept.SMALL_COUNTS_KEPT + timedelta(days=1))
    assert counts() == {("need", "sleep", "dacorum"): 3}
    kept.tidy(MONDAY + kept.COUNTS_KEPT + timedelta(days=1))
    assert counts() == {}


# What editors see


@pytest.mark.parametrize(
    ("rows", "shown"),
    [
        ([("", 2)], []),
        ([("", 3)], [("", 3)]),
        ([("dacorum", 3), ("ware", 2)], [("dacorum", 3)]),
        ([("dacorum", 3), ("ware", 2), ("", 1)], [("dacorum", 3), ("", 3)]),
        ([("dacorum", 2), ("ware", 2)], [("", 4)]),
    ],
)
def test_a_line_is_shown_from_three_and_no_small_one_can_be_worked_out(rows, shown):
    found = lines((MONDAY, "need", "sleep", district, number) for district, number in rows)
    assert [(line.district, line.count) for line in found] == shown


def test_lines_stand_newest_week_first_then_most_often():
    older = MONDAY - timedelta(days=7)
    rows = [(older, "need", "a", "", 9), (MONDAY, "need", "b", "", 3), (MONDAY, "need", "c", "", 4)]
    assert [line.term for line in lines(rows)] == ["c", "b", "a"]
    assert isinstance(lines(rows)[0], Line)

"""One typed line, understood. The vocabulary here is small and made for the table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.reading import read, vocabulary

KNOWN = vocabulary(
    [
        ("sleep", "sleep", "named", "", ""),
        ("sleep", "won't sleep", "named", "", ""),
        ("sleep", "up all night", "sign", "", ""),
        ("adhd", "can't sit still", "sign", "", ""),
        ("adhd", "adhd", "named", "", ""),
        ("school-avoidance", "refusing school", "named", "", ""),
        ("ehc-plan", "statement", "named", "sen|school", ""),
        ("self-harm", "kms", "own", "", "suicide"),
        ("self-harm", "wants to die", "named", "", "suicide"),
        ("child-hurts-me", "hits me", "named", "", "child-hurts-me"),
        ("hitting", "hits his sister", "named", "", ""),
    ],
    [("Hemel Hempstead", True), ("Hemel", True), ("Ware", True), ("Hook", False), ("St Albans", True)],
)


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        ("sleep", {"sleep"}),
        ("my 7 year old won't sleep", {"sleep"}),
        ("WON’T SLEEP!!", {"sleep"}),
        ("up all night", {"sleep"}),
        ("can't sit still", {"adhd"}),
        ("yr 9 refusing school watford", {"school-avoidance"}),
        ("statement", {"ehc-plan"}),
        ("sen statement", {"ehc-plan"}),
        ("bank statement", set()),
        ("judo", set()),
        ("", set()),
    ],
)
def test_words_lead_to_needs(text, needs):
    assert set(read(text, KNOWN).needs) == needs


def test_a_sign_is_told_from_a_name():
    assert read("can't sit still", KNOWN).needs == {"adhd": "sign"}
    assert read("adhd can't sit still", KNOWN).needs == {"adhd": "named"}


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("won't sleep, 7, Hemel", 7),
        ("won't sleep 7 hemel", 7),
        ("my 7-year-old", 7),
        ("7yo", 7),
        ("7 yr old", 7),
        ("age 12", 12),
        ("aged fifteen", 15),
        ("seven year old", 7),
        ("18 months old", 1),
        ("18m old", 1),
        ("24/7 helpline", None),
        ("2 weeks", None),
        ("age 90", None),
        ("HP1 3AB", None),
        ("option 2", None),
        ("no number", None),
    ],
)
def test_reads_the_age(text, age):
    assert read(text, KNOWN).age == age


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("won't sleep hemel", "hemel"),
        ("won't sleep Hemel Hempstead", "hemel hempstead"),
        ("sleep HP1 3AB", "HP1 3AB"),
        ("sleep hp13ab", "HP1 3AB"),
        ("help near hook", "hook"),
        ("hook a duck", ""),
        ("st albans clubs", "st albans"),
        ("nothing here", ""),
    ],
)
def test_reads_the_place(text, place):
    assert read(text, KNOWN).place == place


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("kms", {"suicide"}),
        ("she does not want to die but says she wants to die", {"suicide"}),
        ("not kms", {"suicide"}),
        ("my son hits me", {"child-hurts-me"}),
        ("hits his sister", set()),
        ("sleep", set()),
    ],
)
def test_cries_for_help_are_never_switched_off(text, kinds):
    assert read(text, KNOWN).crisis == kinds


def test_the_line_can_lose_its_age_or_its_place():
    reading = read("won't sleep, 7, Hemel", KNOWN)
    assert "7" not in reading.without["age"]
    assert reading.without["age"] == "won't sleep, Hemel"
    assert "Hemel" not in reading.without["place"]
    assert "7" in reading.without["place"]


def test_what_is_not_understood_stays_a_word():
    reading = read("won't sleep trampoline 7", KNOWN)
    assert reading.unknown == ("trampoline",)
    assert any(word.startswith("trampolin") for word in reading.words)


@given(st.text(max_size=400))
def test_any_text_is_read_without_an_error(text):
    reading = read(text, KNOWN)
    assert reading.age is None or 0 <= reading.age <= 25


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("18 months not walking", 1),
        ("age 18 months", 1),
        ("6 months", 0),
        ("waiting 2 years for assessment", None),
        ("6 months waiting for autism assessment", None),
        ("been waiting 18 months for camhs", None),
        ("school refusal yr 9", 13),
        ("year 7", 11),
        ("son in year 9", 13),
        ("y11 exams", 15),
        ("key stage 2 sats", None),
        ("dspl area 8", None),
        ("7 years", 7),
    ],
)
def test_tells_ages_from_school_years_and_from_how_long(text, age):
    assert read(text, KNOWN).age == age


@pytest.mark.parametrize("text", ["wanting to die", "wants to dye hair", "his haircut", "cut out shapes"])
def test_words_near_a_cry_for_help(text):
    known = vocabulary(
        [
            ("self-harm", "wants to die", "named", "", "suicide"),
            ("self-harm", "cutting", "sign", "", "self-harm"),
            ("self-harm", "suicidal", "named", "", "suicide"),
        ]
    )
    assert read(text, known).crisis == (frozenset({"suicide"}) if "die" in text else frozenset())
    for slip in ("suicdal", "sucidal", "suicidall", "SUICIDAL"):
        assert read(slip, known).crisis == {"suicide"}, slip

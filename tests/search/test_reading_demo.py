"""Lines as families type them, read with the words and places of the demo."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.reading import read
from search.tokens import split
from tests.search.demo_vocabulary import demo_vocabulary

LINES = (Path(__file__).parents[1] / "relevance" / "queries.csv").read_text(encoding="utf-8")
STUDY = [row["query"] for row in csv.DictReader(LINES.splitlines()) if row["half"] == "study"]
FIGURES = ["7", "8", "0-5", "16+", "£5", "ks2", "not", "no"]


@pytest.fixture(scope="module")
def known():
    return demo_vocabulary()


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("7yo", 7),
        ("my son is 7yo", 7),
        ("my 7 year old won't sleep hemel", 7),
        ("7 yr old", 7),
        ("seven year old", 7),
        ("seven, hemel", 7),
        ("yr 2", 6),
        ("year two", 6),
        ("Y11", 15),
        ("yr9 refusing school watford", 13),
        ("nearly 3 not talking", 3),
        ("just turned 5", 5),
        ("18 months", 1),
        ("18m not walking", 1),
        ("2 and a half year old", 2),
        ("2.5 year old", 2),
        ("newborn", 0),
        ("he is 7", 7),
        ("help for my 4yo", 4),
        ("wets the bed 9", 9),
        ("im 16 and i think i have adhd", 16),
    ],
)
def test_one_age(text, age, known):
    reading = read(text, known)
    assert (reading.age, reading.ages) == (age, None)


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("KS1", (5, 7)),
        ("ks2 help", (7, 11)),
        ("key stage 2", (7, 11)),
        ("in reception", (4, 5)),
        ("nursery year", (3, 4)),
        ("teen anxiety", (13, 19)),
        ("my teenager", (13, 19)),
        ("tween", (9, 12)),
        ("toddler tantrums", (1, 3)),
        ("baby not feeding", (0, 1)),
        ("under 5s", (0, 4)),
        ("under fives", (0, 4)),
        ("over 16", (16, 25)),
        ("16+", (16, 25)),
        ("0-5", (0, 5)),
        ("ages 8–12", (8, 12)),
        ("5 to 11", (5, 11)),
        ("post 16", (16, 25)),
        ("primary age", (4, 11)),
        ("secondary age", (11, 16)),
        ("preschooler", (2, 4)),
        ("sixth form", (16, 18)),
        ("5 and 8 year old", (5, 8)),
        ("3 year old and 5 year old", (3, 5)),
        ("7 and 9 autistic", (7, 9)),
    ],
)
def test_a_span_of_years(text, ages, known):
    reading = read(text, known)
    assert (reading.age, reading.ages) == (None, ages)


@pytest.mark.parametrize(
    "text",
    [
        "24/7 helpline",
        "2 weeks",
        "ring 01442 123456",
        "0800 1111",
        "P7",
        "101",
        "111 option 2",
        "999",
        "camhs step 2",
        "tier 3 mental health",
        "£5 clubs",
        "clubs under £10",
        "wakes at 3am",
        "waited 2 years",
        "on the list for 2 years",
        "1:1 support",
        "121 support",
        "11+ exam",
        "DSPL 2",
        "section 19",
        "4 kids",
        "HP1 3AB",
        "SG1",
        "key stage",
        "2.5 miles away",
        "within 5 miles",
    ],
)
def test_figures_that_are_no_age(text, known):
    reading = read(text, known)
    assert (reading.age, reading.ages) == (None, None)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("won't sleep hemel", "hemel hempstead"),
        ("HP1 3AB", "HP1 3AB"),
        ("sleep hp13ab", "HP1 3AB"),
        ("AL10 clubs", "al10"),
        ("send help for families tring HP23", "hp23"),
        ("autism codicote", "codicote"),
        ("autism hunton bridge", "hunton bridge"),
        ("hertford heath", "hertford heath"),
        ("help in reed", "reed"),
        ("DSPL Ware", "ware"),
        ("baldock", "baldock"),
        ("luton autism", "luton"),
        ("nasty behaviour", ""),
        ("reed", ""),
        ("barley", ""),
        ("hook a duck", ""),
        ("london", ""),
        ("cambridge", ""),
        ("amwell view", ""),
    ],
)
def test_the_place(text, place, known):
    assert read(text, known).place == place


@pytest.mark.parametrize(
    "text", ["near me", "autism group nearby", "clubs close to home", "local autism groups"]
)
def test_near_me_asks_for_a_place(text, known):
    assert read(text, known).near_me
    assert not read(f"{text} watford", known).near_me


@pytest.mark.parametrize("text", ["local offer", "local authority", "hemel"])
def test_not_every_local_is_near_me(text, known):
    assert not read(text, known).near_me


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("refusing to go to school", "school-avoidance"),
        ("school refuse", "school-avoidance"),
        ("i cant go into school", "school-avoidance"),
        ("sleep won't", "sleep"),
        ("doesn't sleep at night", "sleep"),
        ("not sleeping", "sleep"),
        ("can't sleep", "sleep"),
        ("won't eat", "eating"),
        ("no friends", "friends"),
        ("meltdowns at school", "meltdowns"),
        ("salt stevenage", "speech"),
        ("SALT", "speech"),
        ("salt referral 4 year old", "speech"),
        ("wets the bed 9", "toilet"),
        ("no respite", "breaks"),
        ("no autism support", "autism"),
        ("not just autism", "autism"),
        ("camhs said no", "assessment"),
    ],
)
def test_words_lead_to_a_need(text, need, known):
    reading = read(text, known)
    assert need in reading.needs
    assert need not in reading.negated


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("meltdowns at school", "school-place"),
        ("i cant go into school", "school-place"),
        ("salt and vinegar crisps", "speech"),
        ("too much salt in food", "speech"),
    ],
)
def test_words_that_do_not(text, need, known):
    assert need not in read(text, known).needs


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("not autism", "autism"),
        ("isn't adhd", "adhd"),
        ("doesn't have autism", "autism"),
        ("hasn't got adhd", "adhd"),
        ("isnt talking not deaf 3", "hearing"),
        ("no EHCP", "ehc-plan"),
        ("help at school without an ehcp", "ehc-plan"),
    ],
)
def test_what_is_ruled_out(text, need, known):
    reading = read(text, known)
    assert need in reading.negated
    assert need not in reading.needs


def test_words_that_rule_out_leave_the_line(known):
    assert read("isnt talking not deaf 3", known).words == ("talk",)


FLAGS = {
    ("diagnosis", "not-needed"): [
        "short breaks without a diagnosis", "no diagnosis yet adhd", "undiagnosed", "not diagnosed yet",
        "hasn't been diagnosed", "no autism diagnosis", "never diagnosed",
    ],
    ("diagnosis", "waiting"): [
        "while we wait", "on the waiting list", "waiting for assessment", "still waiting",
        "awaiting diagnosis",
    ],
    ("cost", "free"): ["free clubs", "clubs free of charge", "no cost", "can't afford clubs"],
    ("refer", "parent"): ["self refer", "without a gp referral", "no referral needed", "can i refer my son"],
    ("refer", "self"): ["can i refer myself"],
    ("contact", "no-phone"): [
        "without phoning", "text not call", "by email", "hate phone calls", "i don't like phone calls",
        "not phone", "live chat",
        "dont want to talk on phone",
    ],
    ("reach", "online"): ["online course", "zoom group", "a virtual group"],
    ("when", "weekend"): ["saturday club", "weekends", "anything on sundays"],
    ("when", "evening"): ["workshop evenings", "after work"],
    ("when", "holidays"): ["half term clubs", "easter holidays", "school holidays", "holiday club"],
    ("kind", "school"): ["schools near me", "special schools", "primary school hoddesdon"],
}  # fmt: skip


@pytest.mark.parametrize(("flag", "text"), [(flag, text) for flag, texts in FLAGS.items() for text in texts])
def test_what_is_asked_of_a_service(flag, text, known):
    assert flag in read(text, known).flags


@pytest.mark.parametrize(
    "text",
    [
        "free school meals",
        "gluten free lunch",
        "online safety",
        "groomed online",
        "virtual school",
        "camhs don't call back",
        "meltdowns at primary school",
        "local",
        "diagnosis",
    ],
)
def test_what_is_not(text, known):
    assert not read(text, known).flags


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("kms", "suicide"),
        ("i want to end it", "suicide"),
        ("i keep thinking about unaliving myself", "suicide"),
        ("kill myself", "suicide"),
        ("want to die", "suicide"),
        ("dont want to be here anymore", "suicide"),
        ("i really dont want to be here", "suicide"),
        ("not suicidal", "suicide"),
        ("never said she wants to die", "suicide"),
        ("suicdal", "suicide"),
        ("cutting herself with scissors", "self-harm"),
        ("sh again last night", "self-harm"),
        ("autistic 8yo hits me", "child-hurts-me"),
        ("my dad hits my mum", "violence-at-home"),
        ("hasnt come home", "missing"),
    ],
)
def test_cries_for_help(text, kind, known):
    assert kind in read(text, known).crisis


@pytest.mark.parametrize(
    "text",
    [
        "a haircut",
        "hates having his hair cut",
        "cut up food",
        "can't cut up his food",
        "dying to go",
        "killing time",
        "my phone died",
        "cutting paper with scissors",
        "sh",
        "i hate myself",
        "hits his sister",
        "end of term",
        "rapid response team",
    ],
)
def test_plain_talk_is_no_cry_for_help(text, known):
    assert read(text, known).crisis == frozenset()


@pytest.mark.parametrize("text", ["I hate myself", "i'm worthless", "nobody likes me"])
def test_low_words_bring_a_quiet_line(text, known):
    assert read(text, known).quiet
    assert not read("hates maths", known).quiet


class Fake:
    """Puts three words right."""

    def correct(self, word: str) -> str | None:
        return {"autishm": "autism", "stevenge": "stevenage", "sendias": "autism"}.get(word)


def test_words_that_nobody_knows_are_put_right(known):
    forgiving = replace(known, speller=Fake())
    reading = read("autishm Stevenge", forgiving)
    assert reading.corrected == (("autishm", "autism"), ("stevenge", "stevenage"))
    assert reading.place == "stevenage"
    assert "autism" in reading.needs
    assert reading.words == ("autism",)


def test_a_slip_that_the_vocabulary_lists_is_put_right_as_well(known):
    forgiving = replace(known, speller=Fake(), doubtful=frozenset(["sendias"]))
    assert read("sendias", forgiving).corrected == (("sendias", "autism"),)


def test_known_words_and_short_forms_are_never_put_right(known):
    forgiving = replace(known, speller=Fake())
    assert read("sendias", forgiving).corrected == ()
    assert read("help STEVENGE", forgiving).corrected == ()


@pytest.mark.parametrize(
    ("text", "token"),
    [
        ("palms referral", "=palms"),
        ("step 2 referral", "=step2"),
        ("step2", "=step2"),
        ("0-25 team", "=025team"),
        ("carers in herts", "=carersinhertfordshire"),
        ("add vance", "=addvance"),
        ("addvance course", "=addvance"),
        ("add-vance", "=addvance"),
        ("herts mind network", "=hertfordshiremindnetwork"),
        ("family centre stevenage", "=familycentreservice"),
        ("school nurse", "=schoolnurse"),
        ("lakeside school", "=lakesideschool"),
    ],
)
def test_a_name_is_read_however_it_is_joined_or_parted(text, token, known):
    reading = read(text, known)
    assert token in reading.words
    assert (reading.age, reading.ages) == (None, None)


@pytest.mark.parametrize(
    "text",
    [
        "sweaty palms",
        "space autism group",
        "the next step 2 year old",
        "nhs speech therapy",
        "hand pain",
        "ware",
    ],
)
def test_common_words_that_are_also_a_name_stay_words(text, known):
    assert not any(word.startswith("=") for word in read(text, known).words)


def test_a_part_of_a_name_is_no_need_and_no_age(known):
    assert read("add vance", known).needs == {}
    assert "anxiety" in read("step 2", known).needs
    assert read("step 2 for my 9 year old", known).age == 9


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("think my son might be autistic", "assessment"),
        ("could she have adhd", "assessment"),
        ("im 16 and i think i have adhd", "assessment"),
        ("has he got adhd", "assessment"),
        ("the council refused to assess my daughter", "ehc-plan"),
        ("school wont assess him", "ehc-plan"),
        ("new baby struggling to bond", "milestones"),
        ("hits and bites me when told no", "child-hurts-me"),
    ],
)
def test_what_is_meant_between_the_words(text, need, known):
    assert need in read(text, known).needs


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("dont want to talk on phone", "speech"),
        ("who can i talk to", "speech"),
        ("new baby struggling to bond", "siblings"),
        ("the council refused to assess my daughter", "assessment"),
    ],
)
def test_what_is_not_meant(text, need, known):
    assert need not in read(text, known).needs


TEXT = st.one_of(
    st.text(max_size=300),
    st.lists(
        st.sampled_from(sorted({*FIGURES, *(word for line in STUDY for word in split(line))})),
        max_size=30,
    ).map(" ".join),
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXT)
def test_any_line_is_read_and_every_part_can_be_taken_out(text):
    known = demo_vocabulary()
    reading = read(text, known)
    assert reading.age is None or reading.ages is None
    assert reading.age is None or 0 <= reading.age <= 25
    assert reading.ages is None or 0 <= reading.ages[0] < reading.ages[1] <= 25
    assert not reading.negated & reading.needs.keys()
    for part, line in reading.without.items():
        assert part not in read(line, known).without
    assert (reading.age is not None or reading.ages is not None) == ("age" in reading.without)
    assert bool(reading.place) == ("place" in reading.without)
    assert {"=".join(flag) for flag in reading.flags} == reading.without.keys() - {"age", "place", "near_me"}


@settings(max_examples=200, deadline=None)
@given(TEXT)
def test_putting_right_never_hides_a_cry_for_help(text):
    known = demo_vocabulary()
    assert read(text, known).crisis <= read(text, replace(known, speller=Fake())).crisis


@pytest.mark.parametrize(
    "text", ["7 ", "no autism diagnosis ", "school refuse ", "free ", "HP1 ", "dont want to be "]
)
def test_hostile_lines_are_read_at_once(text, known):
    assert read(text * 2_000, known) is not None

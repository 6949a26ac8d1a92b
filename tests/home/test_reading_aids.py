"""Reading aids: counted by tables of cases."""

import pytest

from home.reading_aids import Part, look, measures

JARGON = {
    "in receipt of": "getting",
    "EHC plan": "",
    "PEP": "a plan",
    "co-produced": "made together",
}


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("sleep", 1), ("people", 2), ("table", 2), ("helped", 1), ("needed", 2), ("times", 1), ("boxes", 2),
        ("being", 2), ("eating", 2), ("diet", 2), ("anxiety", 4), ("family", 3), ("families", 3),
        ("diagnosis", 4), ("safeguarding", 3), ("careful", 2), ("area", 3), ("idea", 3), ("situation", 4),
        ("science", 2), ("question", 2), ("special", 2), ("education", 4), ("called", 1), ("disabled", 3),
        ("didn't", 2), ("don’t", 1), ("ten-year-old", 3), ("NHS", 3), ("ADHD", 4), ("rhythm", 2),
        ("autism", 3), ("7", 1),
    ],
)  # fmt: skip
def test_counts_syllables(word, count):
    assert measures.syllables(word) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Ask for help. You can.", 2),
        ("Ask Dr. Green, e.g. by phone.", 1),
        ("It takes 3.5 weeks.", 1),
        ("“Stop!” he said. Then he slept.", 2),
        ("One line\nand another", 2),
        ("", 0),
        ("[1]", 0),
    ],
)
def test_finds_the_ends_of_sentences(text, count):
    assert len([each for each in measures.sentences(text) if measures.words(each)]) == count


def test_grades_rise_with_long_words_and_long_sentences():
    plain = look(
        [Part("", "Your child may wake at night. Sit with them. Keep the room dark. Talk low. " * 3)]
    )
    words = "Interdisciplinary assessment of presentations necessitates multiagency coordination. "
    heavy = look([Part("", words * 6)])
    assert plain.grade < 3
    assert plain.smog < 4
    assert heavy.grade > 20
    assert heavy.smog > 16


def test_a_few_words_get_no_grade():
    report = look([Part("", "Ask for help.")])
    assert (report.words, report.grade, report.smog) == (3, None, None)


def test_an_empty_page_has_nothing_to_look_at():
    report = look([])
    assert (report.words, report.sentences, report.things) == (0, 0, 0)


def test_each_section_stands_by_itself():
    report = look([Part("First lines", "Sleep is hard."), Part("At night", "word " * 40 + ".")])
    assert [(each.place, each.words) for each in report.sections] == [("First lines", 3), ("At night", 40)]
    assert report.sections[0].grade is None
    assert report.sections[1].grade is not None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("You may be in receipt of help.", ["in receipt of"]),
        ("In receipt of help. Two EHC plans.", ["in receipt of", "EHC plan"]),
        ("The PEP, the PEPs, full of pep.", ["PEP"]),
        ("It is co-produced.", ["co-produced"]),
        ("A peppermint and an ehc planner", []),
    ],
)
def test_finds_hard_words(text, found):
    assert [each.word for each in look([Part("", text)], jargon=JARGON).hard] == found


def test_a_hard_word_says_what_to_write_and_where_it_stands():
    parts = [Part("A", "The PEP."), Part("B", "Two PEPs and a PEP.")]
    (hard,) = look(parts, jargon=JARGON).hard
    assert (hard.plain, hard.times, hard.places) == ("a plan", 3, ("A", "B"))


def test_shows_a_sentence_of_more_than_25_words():
    assert not look([Part("A", "word " * 25 + ".")]).long
    (long,) = look([Part("A", "Short. " + "Word " * 26 + ".")]).long
    assert (long.place, long.words) == ("A", 26)


@pytest.mark.parametrize(
    ("text", "passive"),
    [
        ("The plan is written by the council.", True),
        ("A letter will be sent.", True),
        ("Children are often not seen for a year.", True),
        ("You are tired and scared.", False),
        ("She is in bed.", False),
        ("The team writes the plan.", False),
        ("You are used to it.", False),
    ],
)
def test_hints_at_the_passive(text, passive):
    assert bool(look([Part("", text)]).passive) is passive


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Two in three children sleep badly.", True),
        ("It must be done within 20 weeks.", True),
        ("It must be done within 20 weeks.[1]", False),
        ("56 % were on time.", True),
        ("Research shows that rest helps.", True),
        ("By law the council must answer.", True),
        ("Ring 999 if somebody is in danger.", False),
        ("Lie down for 20 minutes at age 7.", False),
    ],
)
def test_hints_at_a_fact_without_a_source(text, hint):
    assert bool(look([Part("", text)], sources=1).unmarked) is hint
    assert not look([Part("", text, states=False)], sources=1).unmarked


def test_marks_and_sources_must_fit_each_other():
    report = look([Part("", "One.[1] Nine.[9] None.[0]")], sources=4, named=[2])
    assert report.missing == (0, 9)
    assert report.never_named == (3, 4)

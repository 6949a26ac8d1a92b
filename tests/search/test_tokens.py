"""Words, made once: what engines see of a text."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.tokens import LONGEST_WORD, split, stem, tokens


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("can't sleep", ["cant", "sleep"]),
        ("CAN’T Sleep!!", ["cant", "sleep"]),
        ("rock'n'roll 'quoted'", ["rocknroll", "quoted"]),
        ("self-harm, self_harm/other", ["self", "harm", "self", "harm", "other"]),
        ("Café Ångström Łódź", ["cafe", "angstrom", "łodz"]),
        ("ﬁne ① ＡＤＨＤ", ["fine", "1", "adhd"]),
        ("OT and EP", ["ot", "and", "ep"]),
        ("हिन्दी ภาษาไทย 한국어 العربية", ["हिन्दी", "ภาษาไทย", "한국어", "العربية"]),
        ("HP1 3AB", ["hp1", "3ab"]),
        ("\x00\ud800 \u200b a🙂b", ["a", "b"]),
        ("", []),
        ("   \t\n", []),
    ],
)
def test_splits_and_folds(text, words):
    assert split(text) == words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("my child won't sleep", ("child", "sleep")),
        ("sleeping sleeps SLEEP", ("sleep", "sleep", "sleep")),
        ("the OT and the EP", ("ot", "ep")),
        ("not talking", ("talk",)),
        ("anxiety worries", ("anxieti", "worri")),
        ("the of and", ()),
    ],
)
def test_makes_tokens(text, found):
    assert tokens(text) == found


def test_composed_and_decomposed_letters_are_one():
    for text in ("Café", "한국어", "Ǻ"):
        assert split(unicodedata.normalize("NFC", text)) == split(unicodedata.normalize("NFD", text))


@given(st.text(alphabet=st.characters(), max_size=300))
def test_any_text_gives_plain_words(text):
    for word in split(text):
        assert 0 < len(word) <= LONGEST_WORD * 2
        assert not set(word) & set(" \t\n\x00\"'*:()-_")
        assert split(word) == [word], "words are their own words"
    assert all(token for token in tokens(text))


@pytest.mark.parametrize(
    "text",
    [
        "a" * 10_000,
        "a'" * 5_000,
        "\u0301\u0323" * 5_000,
        ("\u0651" * 3000 + "\u064b" * 3000) * 2,
        "ﷺ" * 10_000,
    ],
)
def test_time_grows_with_length_alone(text):
    tokens(text)
    started = time.thread_time()
    tokens(text)
    once = time.thread_time() - started
    started = time.thread_time()
    tokens(text * 8)
    assert time.thread_time() - started < 30 * once + 0.05


def test_stems_are_stable():
    assert stem("refusing") == stem("refuses") == "refus"
    assert stem("ภาษาไทย") == "ภาษาไทย"

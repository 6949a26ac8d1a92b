"""Names of services and providers, as people say them: pure.

A name that is read gives one token more ("=step2"), which the record carries as well (`name_tokens`): a
word that few records hold, so it comes first in every engine without a rule of its own.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from ..spelling import is_english
from ..tokens import split
from .signs import spelt
from .small import FILLERS, GRAMMAR_WORDS, stem

SIGN = "="
"""Begins a token that stands for a name: no word that is split from a text holds it."""
LONGEST_TOKEN = 40
MOST_WORDS = 7
"""Words of a name that anybody types: a longer one is found by its words."""
LONGEST_JOINED = 20
"""Letters of several words that may be written as one ("addvance")."""
SHORTEST = 3
"""A name of so many letters or fewer ("NHS", "OT") has other meanings, as common words have."""
ENDINGS = frozenset(["service", "services", "team"])
"""Words that a name of three words or more may be said without."""

_PARTS = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])|(?<=[A-Z]{2})(?=[a-z])")
_BRACKETS = re.compile(r"\([^)]*\)")


class Name(NamedTuple):
    """What is called by a run of words."""

    token: str
    common: bool
    """Made of words that mean something else too: it counts only where the line says nothing besides."""


def called(text: str) -> list[str]:
    """A name as it stands, and without what is added in brackets or after a colon."""
    short = _BRACKETS.sub(" ", text).partition(":")[0]
    return [text] if split(short) == split(text) else [text, short]


def token_of(text: str) -> str:
    """The token of a name: its folded letters as one, so that "Step 2" and "Step2" are the same."""
    return (SIGN + "".join(split(text)))[:LONGEST_TOKEN]


def name_tokens(names: Iterable[str]) -> tuple[str, ...]:
    """Tokens of all that a record is called, for its document."""
    return tuple(dict.fromkeys(token_of(each) for name in names for each in called(name) if split(each)))


def forms(
    names: Iterable[str], places: Collection[tuple[str, ...]], short: Mapping[str, Iterable[str]]
) -> dict[tuple[str, ...], tuple[Name]]:
    """Stems of every way to say each of the names → what is called so.

    `places` are folded words of each place, which are common words too; `short` other words for one
    within a name (hertfordshire → herts).
    """
    placed = {word for place in places for word in place}.union(short)
    made: dict[tuple[str, ...], tuple[Name]] = {}
    for name in names:
        for text in called(name):
            if not split(text) or tuple(split(text)) in places:
                continue
            common = _is_common(split(text), placed)
            token = token_of(text)
            for words in _ways(text, short):
                joined = len(words) == 1 and words != split(text)
                called_so = Name(token, is_english(words[0]) if joined else common)
                key = tuple([stem(word) for word in words if word not in FILLERS])
                if key and (key not in made or made[key][0].common):
                    made[key] = (called_so,)
    return made


def _is_common(words: Sequence[str], placed: Collection[str]) -> bool:
    """Whether a name is made of common words only."""
    return len("".join(words)) <= SHORTEST or all(
        word in placed or word in GRAMMAR_WORDS or is_english(word) or (word.isdigit() and len(word) < 5)
        for word in words
    )


def _ways(text: str, short: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """Folded words of every way in which a name is written."""
    ways = [split(text), split(spelt(text)), split(_PARTS.sub(" ", text))]
    if len(ways[0]) > 1 and len("".join(ways[0])) <= LONGEST_JOINED:
        ways.append(["".join(ways[0])])
    for words in list(ways):
        if words[0] == "the" and len(words) > 1:
            ways.append(words[1:])
        if words[-1] in ENDINGS and len(words) > 2:
            ways.append(words[:-1])
        for at, word in enumerate(words):
            ways += [[*words[:at], *split(other), *words[at + 1 :]] for other in short.get(word, ())]
    return [words for words in ways if len(words) <= MOST_WORDS]

"""What one word is: looked up once for each word of a line, and it says all that the word can begin."""

from collections.abc import Iterable, Mapping
from functools import reduce
from operator import or_

from ..ages import AGE_WORDS
from ..spelling import english
from ..tokens import STOP
from ..tokens import stem as token
from .assessing import ASSESSED, ASSESSING
from .flags import CONTENT_FLAGS, PLAIN_FLAGS
from .slips import slips
from .small import FILLERS, GRAMMAR_WORDS, NEGATORS, stem
from .tree import Branch, Entry, Tree, grown, stems_of

AGE, NUMBER, PLACE, ALARM, SKIP, FILLER, NOT, STRANGE, SLIP, NAME, ASSESS = (1 << n for n in range(11))
LED, LEADER = 1 << 11, 1 << 12
"""What a word is or can begin: an age, figures, a place, a cry for help by itself; a word of grammar, a
filler, a negator; a word that nobody knows, one that is a slip away from a cry for help; the first word
of a name; a word of assessments; the second and the first word of places whose first word is none by itself
("the" of The Thrift)."""
SECOND = [1 << n for n in range(13, 60)]
"""Marks of words that a rarer one says something with in any order. Several such words share a mark: it tells
quickly that none of them is in a line."""
MOST_MET = 20_000
"""Words outside the vocabulary that are kept with what they are, so that none is cut to its stem twice."""
NOWHERE = Branch(None, None, False)


def _basic_words() -> dict[str, int]:
    marks: dict[str, int] = {}
    for words, mark in (
        (NEGATORS, NOT),
        (FILLERS, FILLER | SKIP),
        (GRAMMAR_WORDS, SKIP),
        (AGE_WORDS, AGE),
        (ASSESSED | ASSESSING, ASSESS),
        (STOP, 0),
    ):
        for word in words:
            marks[word] = marks.get(word, 0) | mark
    return marks


class Words(dict):
    """Folded word → its `Entry`; a word outside the vocabulary gets one when it is first met."""

    def __init__(
        self,
        words: Iterable[str] = (),
        marks: Mapping[str, int] | None = None,
        tree: Tree | None = None,
        close: Mapping[str, Mapping] | None = None,
        slipped: Mapping[str, tuple[str, ...]] | None = None,
    ):
        self._tree = grown(flags=PLAIN_FLAGS, loose_flags=CONTENT_FLAGS) if tree is None else tree
        self._slipped, self._stems = slipped or {}, frozenset(stems_of(self._tree))
        seconds = sorted({second for options in (close or {}).values() for second in options})
        self._second = {second: SECOND[n % len(SECOND)] for n, second in enumerate(seconds)}
        self._wanted = {
            rarest: reduce(or_, [self._second[second] for second in options])
            for rarest, options in (close or {}).items()
        }
        basic, marks = _basic_words(), marks or {}
        for word in {*words, *marks, *basic}:
            self[word] = self._entry(word, basic.get(word, 0) | marks.get(word, 0))
        self._most = len(self) + MOST_MET

    def __missing__(self, word: str) -> Entry:
        mark = 0
        if token(word) not in self._stems and token(word) not in english() and not word.isdigit():
            mark = STRANGE | (SLIP if slips(word, self._slipped) else 0)
        entry = self._entry(word, mark)
        if len(self) < self._most:
            self[word] = entry
        return entry

    def _entry(self, word: str, mark: int) -> Entry:
        cut = stem(word)
        ending, more, names = self._tree.get(cut) or NOWHERE
        mark |= (0 if word.isalpha() else NUMBER) | (NAME if names else 0) | self._second.get(cut, 0)
        wanted = 0 if mark & SKIP else self._wanted.get(cut, 0)
        return cut, mark, "" if word in STOP else token(word), ending, more, wanted

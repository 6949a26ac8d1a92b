"""What one word is: looked up once for each word of a line, and it says all that the word can begin."""

from collections.abc import Iterable, Mapping

from ..ages import AGE_WORDS
from ..spelling import english
from ..tokens import STOP
from ..tokens import stem as token
from .assessing import ASSESSED, ASSESSING
from .flags import CONTENT_FLAGS, PLAIN_FLAGS
from .slips import slips
from .small import FILLERS, GRAMMAR_WORDS, NEGATORS, stem
from .tree import Entry, Tree, grown, stems_of

AGE, NUMBER, PLACE, ALARM, SKIP, FILLER, NOT, STRANGE, SLIP, CLOSE, NAME, ASSESS = (1 << n for n in range(12))
"""What a word is or can begin: an age, figures, a place, a cry for help by itself; a word of grammar, a
filler, a negator; a word that nobody knows, one that is a slip away from a cry for help; the rarest
word of a phrase, the first word of a name; a word of assessments."""
MOST_MET = 20_000
"""Words outside the vocabulary that are kept with what they are, so that none is cut to its stem twice."""


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
        close: Iterable[str] = (),
        slipped: Mapping[str, tuple[str, ...]] | None = None,
    ):
        self._tree = grown(flags=PLAIN_FLAGS, loose_flags=CONTENT_FLAGS) if tree is None else tree
        self._close, self._slipped, self._stems = (
            frozenset(close),
            slipped or {},
            frozenset(stems_of(self._tree)),
        )
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
        branch = self._tree.get(cut)
        mark |= 0 if word.isalpha() else NUMBER
        mark |= CLOSE if cut in self._close and not mark & SKIP else 0
        mark |= NAME if branch is not None and branch.names else 0
        return cut, mark, "" if word in STOP else token(word), branch

"""The words of a line, what each is, and the runs of them that say something."""

from collections.abc import Iterable, Mapping, Sequence, Set

from .crisis import crisis_in, lone_cries
from .lexicon import Vocabulary
from .tree import ALARMS, along, walk
from .words import ALARM, FILLER

NONE: Set[str] = frozenset()


class Line:
    """One line of folded words."""

    __slots__ = ("entries", "kinds", "marks", "runs", "says", "words")

    def __init__(self, words: Sequence[str], known: Vocabulary):
        self.words = words
        self.entries = entries = list(map(known.words.__getitem__, words))
        """What is known of each word (see `tree.Entry`)."""
        self.runs, self.says, self.marks = walk(entries)
        """All that its runs of words say, and marks of these and of all words together."""
        plain: Sequence[int] = ()
        if self.marks & FILLER:
            plain = self.without(FILLER)
            self.runs, self.says = along(entries, plain)
        self.kinds: Set[str] = NONE
        """Kinds of crisis."""
        if self.says & ALARMS:
            self.kinds = crisis_in(words, self.stems(), self.runs, plain or range(len(words)))
        if self.marks & ALARM:
            self.kinds |= lone_cries(words, self.stems(), known)

    def with_(self, changes: Mapping[int, str], known: Vocabulary) -> "Line":
        """The line with other words at these positions."""
        return Line([changes.get(at, word) for at, word in enumerate(self.words)], known)

    def stems(self, positions: Iterable[int] | None = None) -> list[str]:
        entries = self.entries
        return [entry[0] for entry in entries] if positions is None else [entries[at][0] for at in positions]

    def having(self, marks: int) -> list[int]:
        """Positions of words with any of these marks."""
        return [at for at, entry in enumerate(self.entries) if entry[1] & marks]

    def without(self, marks: int) -> list[int]:
        """Positions of words with none of these marks."""
        return [at for at, entry in enumerate(self.entries) if not entry[1] & marks]

"""The words of a line, what each is, and the runs of them that say something."""

from collections.abc import Iterable, Mapping, Sequence

from .crisis import crisis_in, lone_cries
from .lexicon import Vocabulary
from .tree import ALARMS, walk
from .words import ALARM, FILLER


class Line:
    """One line of folded words."""

    __slots__ = ("ends", "entries", "kinds", "marks", "plain", "says", "words")

    def __init__(self, words: Sequence[str], known: Vocabulary):
        self.words = words
        entries = known.words
        self.entries = [entries[word] for word in words]
        """What is known of each word (see `tree.Entry`)."""
        self.ends, self.says, self.marks = walk(self.entries)
        """All that its runs of words say, and marks of these and of all words together."""
        self.plain: Sequence[int] = range(len(words))
        """Positions of the words along which runs were looked for: all but fillers."""
        if self.marks & FILLER:
            self.plain = self.without(FILLER)
            self.ends, self.says, _ = walk([self.entries[at] for at in self.plain])
        self.kinds: set[str] = set()
        """Kinds of crisis."""
        if self.says & ALARMS:
            said = [words[at] for at in self.plain]
            self.kinds = crisis_in(said, self.stems(self.plain), self.ends)
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
        return [at for at, (_, mark, _, _) in enumerate(self.entries) if mark & marks]

    def without(self, marks: int) -> list[int]:
        """Positions of words with none of these marks."""
        return [at for at, (_, mark, _, _) in enumerate(self.entries) if not mark & marks]

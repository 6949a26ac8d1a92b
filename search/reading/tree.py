"""Every run of words that says something, in one tree: a walk reads each word of a line once."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from .flags import Flag
from .names import Name

Key = tuple[str, ...]
"""Stems of a run of words."""


class Phrase(NamedTuple):
    """A family word or phrase: the need it leads to and how it counts."""

    need: str
    kind: str
    context: frozenset[str] = frozenset()
    """Stems, one of which must stand elsewhere in the line for the phrase to count."""


class Alarm(NamedTuple):
    """A cry for help."""

    kind: str
    context: frozenset[str] = frozenset()


PHRASES, ASKS, ALARMS, FLAGS, NAMES = (1 << n for n in range(5))
"""What an ending holds: phrases, some of which ask for other words beside them; cries for help; what is
asked of a service; names."""


class Ending(NamedTuple):
    """All that one run of words says."""

    says: int = 0
    """Marks of what it holds."""
    phrases: tuple[Phrase, ...] = ()
    loose: tuple[Phrase, ...] = ()
    """Those of them that also count with words of grammar between."""
    alarms: tuple[Alarm, ...] = ()
    flags: tuple[Flag, ...] = ()
    loose_flags: tuple[Flag, ...] = ()
    names: tuple[Name, ...] = ()


class Branch(NamedTuple):
    """A place in the tree of all runs of words."""

    ending: Ending | None
    """What the words so far say, if anything."""
    more: dict | None
    """Stem → the branch of what goes on with it."""
    names: bool
    """Whether a name ends here or further on."""


Tree = dict[str, Branch]
Entry = tuple[str, int, str, Ending | None, dict | None, int]
"""A word's stem as reading compares it, its marks (see `words`), its token for the engine ("" for a word
that no engine sees), what it says by itself, the branches of what it begins, by their second stem, and the
marks of words that it says something with in another order (0 for none). Plain, not named, since every
word of every line is one."""


def grown(**endings: Mapping[Key, tuple]) -> Tree:
    """One tree of all these runs of words, for a walk that reads each word of a line once."""
    root: dict = {}
    for part, table in endings.items():
        for key, found in table.items():
            branch = root
            for each in key:
                branch = branch.setdefault(each, {})
            branch[None] = branch.get(None, Ending())._replace(**{part: tuple(found)})
    return {each: _branch(branch) for each, branch in root.items()}


def _branch(made: dict) -> Branch:
    ending = made.pop(None, None)
    more = {each: _branch(branch) for each, branch in made.items()}
    names = bool(ending and ending.names) or any(branch.names for branch in more.values())
    return Branch(ending and _whole(ending), more or None, names)


def _whole(ending: Ending) -> Ending:
    # Where a cry for help and a plain word have one stem, the cry counts.
    phrases, flags = ending.phrases or ending.loose, (*ending.flags, *ending.loose_flags)
    says = (PHRASES if phrases else 0) | (ALARMS if ending.alarms else 0)
    says |= (FLAGS if flags else 0) | (NAMES if ending.names else 0)
    says |= ASKS if any(phrase.context for phrase in (*phrases, *ending.loose)) else 0
    return ending._replace(says=says, phrases=phrases, flags=flags)


def stems_of(tree: Tree) -> Iterator[str]:
    """Stems of every word in the tree, some more than once."""
    for each, branch in tree.items():
        yield each
        yield from stems_of(branch.more or {})


class Run(NamedTuple):
    """Words of a line that say something."""

    start: int
    """Position of the first."""
    less: int
    """Less one for each word more, so that the longest comes first."""
    at: Sequence[int]
    """Positions of all."""
    phrases: Sequence[Phrase]
    ending: Ending | None

    @property
    def stop(self) -> int:
        """Position of the last."""
        return self.at[-1]


def walk(entries: Sequence[Entry]) -> tuple[list[Run], int, int]:
    """(every run of words that the tree knows, marks of all that these say, marks of all the words).

    Runs come in the order of their first words; of several with the same, the longest first. They are
    plain tuples in the order of the fields of `Run`, since making them takes most time.
    """
    found: list = []
    marks = says = 0
    first, after = len(entries), None
    # From the last word back, so that a glance at the word after tells whether a run goes on at all.
    for stem, mark, _, ending, more, _ in reversed(entries):
        first -= 1
        marks |= mark
        if ending is not None:
            found.append((first, 0, (first,), ending[1], ending))
            says |= ending[0]
        if more is not None and after in more:
            for last in range(first + 1, len(entries)):
                branch = more.get(entries[last][0])
                if branch is None:
                    break
                ending, more, _ = branch
                if ending is not None:
                    found.append((first, first - last, range(first, last + 1), ending[1], ending))
                    says |= ending[0]
                if more is None:
                    break
        after = stem
    found.reverse()
    return found, says, marks


def along(entries: Sequence[Entry], positions: Sequence[int]) -> tuple[list[Run], int]:
    """(runs, marks of what they say) of some words of a line, at these positions."""
    found, says, _ = walk([entries[at] for at in positions])
    return [
        (positions[start], less, [positions[each] for each in at], phrases, ending)
        for start, less, at, phrases, ending in found
    ], says


def between(entries: Sequence[Entry], positions: Sequence[int]) -> list[Run]:
    """Runs along these positions that other words stand between, of those that allow it."""
    found: list = []
    first, after = len(positions), None
    for start in reversed(positions):
        first -= 1
        stem, _, _, _, more, _ = entries[start]
        if more is not None and after in more:
            for last in range(first + 1, len(positions)):
                at = positions[last]
                branch = more.get(entries[at][0])
                if branch is None:
                    break
                ending, more, _ = branch
                # What stands side by side was found by the walk along all words.
                if ending is not None and at - start != last - first:
                    found.append((start, first - last, positions[first : last + 1], ending.loose, ending))
                if more is None:
                    break
        after = stem
    found.reverse()
    return found

"""What reading knows, made ready once: one look at a word says all that it can begin.

Three orders of a line are read. *Plain* is every word but fillers ("really"); *content* leaves out
words of grammar too, so that "refusing to go to school" holds "refusing school"; and phrases of
content words count in any order when they stand close together. A phrase whose sense hangs on its
small words ("go in", "hits me") is matched plain only, and so is every cry for help.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from ..ages import AGE_WORDS
from ..tokens import STOP, split
from ..tokens import stem as token
from .flags import CONTENT_FLAGS, PLAIN_FLAGS, Flag
from .small import FILLERS, GRAMMAR_WORDS, LIGHT, NEGATORS, stem

AGE, NUMBER, PLACE, ALARM, SKIP, FILLER, NOT, DULL = (1 << n for n in range(8))
"""What a word is or can begin: an age, figures, a place, a cry for help by itself; a word of grammar, a
filler, a negator; a word that no engine sees."""
QUIET = "quiet"
"""The kind of crisis whose words ask for a quiet line, not an alarm."""
END = None
"""Key of a branch under which what ends there is kept."""

Key = tuple[str, ...]
Branch = dict
"""Stem → the branch of what goes on with it; END → what ends here."""
Entry = tuple[str, int, str | None]
"""A word's stem as reading compares it, its marks, and its token for the engine."""


class Speller(Protocol):
    def correct(self, word: str) -> str | None:
        """The known word that this folded word was meant to be, or None."""


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


class Ending(NamedTuple):
    """All that one run of words says."""

    phrases: tuple[Phrase, ...] = ()
    asks: bool = False
    """Whether any of these phrases asks for other words beside it."""
    alarms: tuple[Alarm, ...] = ()
    flags: tuple[Flag, ...] = ()


def _basic_words() -> dict[str, int]:
    marks: dict[str, int] = {}
    for words, mark in (
        (NEGATORS, NOT),
        (FILLERS, FILLER | SKIP),
        (GRAMMAR_WORDS, SKIP),
        (AGE_WORDS, AGE),
        (STOP, DULL),
    ):
        for word in words:
            marks[word] = marks.get(word, 0) | mark
    return marks


def _entries(words: Iterable[str], marks: Mapping[str, int]) -> dict[str, Entry]:
    """Every word that is known in full."""
    basic = _basic_words()
    made = {}
    for word in {*words, *marks, *basic}:
        mark = basic.get(word, 0) | marks.get(word, 0) | (0 if word.isalpha() else NUMBER)
        made[word] = stem(word), mark, None if word in STOP else token(word)
    return made


def _grown(**endings: Mapping[Key, tuple]) -> Branch:
    """One tree of all these runs of words, for a walk that reads each word of a line once."""
    root: Branch = {}
    for part, table in endings.items():
        for key, found in table.items():
            branch = root
            for each in key:
                branch = branch.setdefault(each, {})
            branch[END] = branch.get(END, Ending())._replace(**{part: tuple(found)})
            if part == "phrases" and any(phrase.context for phrase in found):
                branch[END] = branch[END]._replace(asks=True)
    return root


@dataclass(frozen=True)
class Vocabulary:
    """All that reading knows."""

    words: Mapping[str, Entry] = field(default_factory=lambda: _entries((), {}))
    stems: Set[str] = frozenset()
    """Stems of all phrases: a word with one of these is known in another form."""
    plain: Branch = field(default_factory=lambda: _grown(flags=PLAIN_FLAGS))
    content: Branch = field(default_factory=lambda: _grown(flags=CONTENT_FLAGS))
    close: Mapping[str, tuple[tuple[Key, tuple[Phrase, ...]], ...]] = field(default_factory=dict)
    """Rarest stem of a phrase → (its other stems, phrases): matched in any order."""
    alarms: Mapping[str, tuple[Alarm, ...]] = field(default_factory=dict)
    """Folded words that cry out by themselves and whose stem would say too much ("cutting")."""
    places: Mapping[Key, tuple[bool, str]] = field(default_factory=dict)
    """Folded words of a name → whether it stands alone, and the name to look up."""
    longest: Mapping[str, int] = field(default_factory=dict)
    """First word of a place → most words of any place that it begins."""
    slipped: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """A word of crisis with one letter left out → such words."""
    ruled_out: frozenset[str] | None = None
    """Needs that "no" and "without" rule out: conditions. None for every need."""
    speller: Speller | None = None
    doubtful: frozenset[str] = frozenset()
    """Words of needs that are slips themselves ("autsim"): they lead somewhere, and are put right."""
    known_words: frozenset[str] = frozenset()
    """Every folded word of needs and places."""
    crisis_words: frozenset[str] = frozenset()
    """Folded words of crisis of four letters or more."""

    def slips(self, word: str) -> list[str]:
        """Words of crisis that one slip of the finger turns into this one; the first letter holds."""
        if len(word) < 4 or not self.slipped:
            return []
        cuts = [word, *[word[:at] + word[at + 1 :] for at in range(1, len(word))]]
        meant = dict.fromkeys([each for cut in cuts if cut in self.slipped for each in self.slipped[cut]])
        return [each for each in meant if one_slip(word, each)]


def vocabulary(
    words: Iterable[tuple[str, str, str, str, str]],
    places: Iterable[tuple] = (),
    conditions: Iterable[str] | None = None,
) -> Vocabulary:
    """Build from rows of (need, word, kind, context parted by |, crisis), of (place, stands alone) or
    (place, stands alone, name to look up), and slugs of the needs that name a condition."""
    content: dict[Key, dict[str, Phrase]] = {}
    plain: dict[Key, dict[str, Phrase]] = {}
    crisis: dict[Key, dict[str, Alarm]] = {}
    lone: dict[str, dict[str, Alarm]] = {}
    folded_words: set[str] = set()
    alarming: set[str] = set()
    for need, word, kind, context, alarm in words:
        folded = split(word)
        if not folded:
            continue
        folded_words.update(folded)
        whole = tuple(stem(each) for each in folded if each not in FILLERS) or tuple(map(stem, folded))
        around = frozenset(stem(part) for option in context.split("|") for part in split(option))
        around -= frozenset(whole)
        phrase = Phrase(need, kind, around)
        bare = tuple(stem(each) for each in folded if each not in GRAMMAR_WORDS and each not in FILLERS)
        loose = not alarm and _solid(bare, len(folded))
        group = content if loose else plain
        group.setdefault(bare if loose else whole, {}).setdefault(need, phrase)
        if alarm:
            if alarm != QUIET:
                alarming.update(each for each in folded if len(each) > 3 and each not in NEGATORS)
            # A short form ("sh") has other meanings; a whole word of crisis never waits for another.
            needed = around if len(folded) == 1 and len(folded[0]) < 3 else frozenset()
            if len(whole) == 1 and len(whole[0]) < 4:
                # A lone short stem ("cut") would cry out at haircuts.
                lone.setdefault(folded[0], {}).setdefault(alarm, Alarm(alarm, needed))
            else:
                crisis.setdefault(whole, {}).setdefault(alarm, Alarm(alarm, needed))
    names: dict[Key, tuple[bool, str]] = {}
    for name, alone, *means in places:
        key = tuple(split(name))
        if key:
            before = names.get(key, (False, ""))
            names[key] = (before[0] or alone, before[1] or " ".join(split(means[0] if means else name)))
    marks = dict.fromkeys(lone, ALARM)
    longest: dict[str, int] = {}
    for key in names:
        marks[key[0]] = marks.get(key[0], 0) | PLACE
        longest[key[0]] = max(longest.get(key[0], 0), len(key))
    placed = {word for key in names for word in key}
    return Vocabulary(
        words=_entries(folded_words | placed, marks),
        stems=frozenset(each for key in (*content, *plain, *crisis) for each in key),
        plain=_grown(phrases=_listed(plain), alarms=_listed(crisis), flags=PLAIN_FLAGS),
        content=_grown(phrases=_listed(content), flags=CONTENT_FLAGS),
        close=_close(content),
        alarms=_listed(lone),
        places=names,
        longest=longest,
        slipped=_slipped(alarming),
        ruled_out=None if conditions is None else frozenset(conditions),
        known_words=frozenset(folded_words | placed),
        crisis_words=frozenset(alarming),
    )


def _listed(table: Mapping) -> dict:
    return {key: tuple(found.values()) for key, found in table.items()}


def _solid(bare: Key, typed: int) -> bool:
    """Whether a phrase keeps its sense without its small words: two words of content, or "not" and one."""
    if len(bare) == 1:
        return typed == 1
    strong = [each for each in bare if each not in LIGHT]
    return len(strong) > 1 or (len(strong) == 1 and "not" in bare and len(bare) == 2)


def _close(content: Mapping[Key, Mapping[str, Phrase]]) -> dict:
    """Phrases whose words count in any order, by their rarest stem."""
    wanted = {
        key: tuple(phrase for phrase in found.values() if not phrase.context)
        for key, found in content.items()
        if len(key) > 1 and len(set(key)) == len(key) and not LIGHT & set(key)
    }
    seen = Counter(each for key in wanted for each in key)
    made: dict[str, list] = {}
    for key, phrases in wanted.items():
        if phrases:
            rarest, *others = sorted(key, key=lambda each: (seen[each], each))
            made.setdefault(rarest, []).append((tuple(others), phrases))
    return {rarest: tuple(found) for rarest, found in made.items()}


def _slipped(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    made: dict[str, list[str]] = {}
    for word in sorted(words):
        for cut in {word, *(word[:at] + word[at + 1 :] for at in range(1, len(word)))}:
            made.setdefault(cut, []).append(word)
    return {cut: tuple(found) for cut, found in made.items()}


def one_slip(one: str, other: str) -> bool:
    """Whether one letter more, less, changed or two swapped turns one word into the other."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return one == other
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rest, other_rest = one[start:], other[start:]
    return (
        rest[1:] == other_rest[1:]
        or rest[1:] == other_rest
        or rest == other_rest[1:]
        or (rest[:2] == other_rest[1::-1] and rest[2:] == other_rest[2:])
    )

"""What reading knows, made ready once: one look at a word says all that it can begin.

Three orders of a line are read. *Plain* is every word but fillers ("really"); *content* leaves out
words of grammar too, so that "refusing to go to school" holds "refusing school"; and phrases of
content words count in any order when they stand close together. A phrase whose sense hangs on its
small words ("go in", "hits me") is matched plain only, and so is every cry for help.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from ..ages import AGE_WORDS
from ..tokens import split
from .flags import CONTENT_FLAGS, PLAIN_FLAGS
from .small import FILLERS, GRAMMAR_WORDS, LIGHT, NEGATORS, stem

NEED, PLAIN, CLOSE, CRISIS, PLACE, AGE, FLAG, NUMBER, NOT, GRAMMAR, FILLER = (1 << n for n in range(11))
"""What a word can begin (NEED content, PLAIN and CLOSE phrases, ...) or is."""


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


Key = tuple[str, ...]


def _basic_words() -> dict[str, int]:
    marks = dict.fromkeys(NEGATORS, NOT)
    for words, mark in ((FILLERS, FILLER), (GRAMMAR_WORDS, GRAMMAR), (AGE_WORDS, AGE)):
        for word in words:
            marks[word] = marks.get(word, 0) | mark
    return marks


def _basic_stems() -> dict[str, int]:
    return dict.fromkeys((key[0] for key in (*CONTENT_FLAGS, *PLAIN_FLAGS)), FLAG)


@dataclass(frozen=True)
class Vocabulary:
    """All that reading knows."""

    words: Mapping[str, tuple[str, int]] = field(default_factory=lambda: _entries((), {}, _basic_stems()))
    """Folded word → its stem and its marks."""
    stems: Mapping[str, int] = field(default_factory=_basic_stems)
    """Stem → marks, for words that stand in `words` in another form."""
    content: Mapping[Key, tuple[Phrase, ...]] = field(default_factory=dict)
    plain: Mapping[Key, tuple[Phrase, ...]] = field(default_factory=dict)
    close: Mapping[str, tuple[tuple[frozenset[str], tuple[Phrase, ...]], ...]] = field(default_factory=dict)
    """Rarest stem of a phrase → (all its stems, phrases): matched in any order."""
    crisis: Mapping[Key, tuple[Alarm, ...]] = field(default_factory=dict)
    places: Mapping[Key, tuple[bool, str]] = field(default_factory=dict)
    """Folded words of a name → whether it stands alone, and the name to look up."""
    longest: Mapping[str, int] = field(default_factory=dict)
    """First stem (or first word of a place) → most words of anything that it begins."""
    slipped: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """A word of crisis with one letter left out → such words."""
    ruled_out: frozenset[str] | None = None
    """Needs that "no" and "without" rule out: conditions. None for every need."""
    speller: Speller | None = None

    known_words: frozenset[str] = frozenset()
    """Every folded word of needs and places."""
    crisis_words: frozenset[str] = frozenset()
    """Folded words of crisis of four letters or more."""

    def slips(self, word: str) -> list[str]:
        """Words of crisis that one slip of the finger turns into this one; the first letter holds."""
        if len(word) < 4:
            return []
        cuts = [word, *(word[:at] + word[at + 1 :] for at in range(1, len(word)))]
        meant = dict.fromkeys(each for cut in cuts for each in self.slipped.get(cut, ()))
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
            alarming.update(each for each in folded if len(each) > 3 and each not in NEGATORS)
            # A short form ("sh") has other meanings; a whole word of crisis never waits for another.
            needed = around if len(folded) == 1 and len(folded[0]) < 3 else frozenset()
            # A lone short stem ("cut") would cry out at haircuts.
            key = (folded[0],) if len(whole) == 1 and len(whole[0]) < 4 else whole
            crisis.setdefault(key, {}).setdefault(alarm, Alarm(alarm, needed))
    names: dict[Key, tuple[bool, str]] = {}
    for name, alone, *means in places:
        key = tuple(split(name))
        if key:
            before = names.get(key, (False, ""))
            names[key] = (before[0] or alone, before[1] or " ".join(split(means[0] if means else name)))
    close = _close(content)
    stems = _basic_stems()
    marks: dict[str, int] = {}
    for group, mark in ((content, NEED), (plain, PLAIN)):
        for key in group:
            stems[key[0]] = stems.get(key[0], 0) | mark
    for key in close:
        stems[key] = stems.get(key, 0) | CLOSE
    for key in crisis:
        if len(key) == 1:
            marks[key[0]] = marks.get(key[0], 0) | CRISIS
        stems[key[0]] = stems.get(key[0], 0) | CRISIS
    for key in names:
        marks[key[0]] = marks.get(key[0], 0) | PLACE
    for key in (*content, *plain, *crisis):
        for each in key:
            stems.setdefault(each, 0)
    longest: dict[str, int] = {}
    for key in (*content, *plain, *crisis, *names):
        longest[key[0]] = max(longest.get(key[0], 0), len(key))
    return Vocabulary(
        words=_entries(folded_words | {word for key in names for word in key}, marks, stems),
        stems=stems,
        content={key: tuple(found.values()) for key, found in content.items()},
        plain={key: tuple(found.values()) for key, found in plain.items()},
        close=close,
        crisis={key: tuple(found.values()) for key, found in crisis.items()},
        places=names,
        longest=longest,
        slipped=_slipped(alarming),
        known_words=frozenset(folded_words | {word for key in names for word in key}),
        crisis_words=frozenset(alarming),
        ruled_out=None if conditions is None else frozenset(conditions),
    )


def _entries(words: Iterable[str], marks: Mapping[str, int], stems: Mapping[str, int]) -> dict:
    """Every word that is known in full: its stem and all that it can begin or be."""
    basic = _basic_words()
    return {
        word: (
            stem(word),
            basic.get(word, 0) | marks.get(word, 0) | stems.get(stem(word), 0) | _numeric(word),
        )
        for word in {*words, *marks, *basic}
    }


def _numeric(word: str) -> int:
    return 0 if word.isalpha() else NUMBER


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
            made.setdefault(min(key, key=lambda each: (seen[each], each)), []).append(
                (frozenset(key), phrases)
            )
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

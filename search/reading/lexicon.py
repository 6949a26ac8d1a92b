"""What reading knows, made ready once: one look at a word says all that it can begin.

Two orders of a line are read. *Plain* is every word but fillers ("really"); *content* leaves out words
of grammar too, so that "refusing to go to school" holds "refusing school". Phrases of content words
also count in any order when they stand close together. A phrase whose sense hangs on its small words
("go in", "hits me") counts in the plain order only, and so do every name and every cry for help.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from ..tokens import split
from .flags import CONTENT_FLAGS, PLAIN_FLAGS
from .names import forms
from .slips import slipped_from, slips
from .small import FILLERS, GRAMMAR_WORDS, LIGHT, NEGATORS, stem
from .tree import Alarm, Key, Phrase, grown
from .words import ALARM, LEADER, LED, PLACE, Words

QUIET = "quiet"
"""The kind of crisis whose words ask for a quiet line, not an alarm."""
MOST_MEANT = 5_000
"""Words kept with what the speller makes of them."""


class Speller(Protocol):
    def correct(self, word: str) -> str | None:
        """The known word that this folded word was meant to be, or None."""


@dataclass(frozen=True)
class Vocabulary:
    """All that reading knows."""

    words: Words = field(default_factory=Words)
    close: Mapping[str, Mapping[str, list]] = field(default_factory=dict)
    """Rarest stem of a phrase → the next rarest → (all stems but the rarest, phrases): matched in any
    order."""
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
    needs: frozenset[str] = frozenset()
    """Slugs of all needs that words lead to."""
    known_words: frozenset[str] = frozenset()
    """Every folded word of needs and places."""
    crisis_words: frozenset[str] = frozenset()
    """Folded words of crisis of four letters or more."""
    met: dict[str, str | None] = field(default_factory=dict, init=False, compare=False, repr=False)
    """What the speller made of words, in memory only."""

    def slips(self, word: str) -> list[str]:
        """Words of crisis that one slip of the finger turns into this one."""
        return slips(word, self.slipped)

    def correct(self, word: str) -> str | None:
        """What the speller makes of a folded word: asked once for each, since asking is slow."""
        if word not in self.met:
            if len(self.met) >= MOST_MEANT:
                self.met.clear()
            self.met[word] = self.speller.correct(word)
        return self.met.get(word)


def vocabulary(
    words: Iterable[tuple[str, str, str, str, str]],
    places: Iterable[tuple] = (),
    conditions: Iterable[str] | None = None,
    names: Iterable[str] = (),
    short: Mapping[str, Iterable[str]] | None = None,
) -> Vocabulary:
    """Build from rows of (need, word, kind, context parted by |, crisis), of (place, stands alone) or
    (place, stands alone, name to look up), slugs of the needs that name a condition, names of services
    and providers, and other ways to say words in these (`forms`)."""
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
    sites: dict[Key, tuple[bool, str]] = {}
    for name, alone, *means in places:
        key = tuple(split(name))
        if key:
            before = sites.get(key, (False, ""))
            sites[key] = (before[0] or alone, before[1] or " ".join(split(means[0] if means else name)))
    marks = dict.fromkeys(lone, ALARM)
    longest: dict[str, int] = {}
    for key in sites:
        alone = (key[0],) in sites
        marks[key[0]] = marks.get(key[0], 0) | (PLACE if alone else LEADER)
        if not alone:
            marks[key[1]] = marks.get(key[1], 0) | LED
        longest[key[0]] = max(longest.get(key[0], 0), len(key))
    placed = {word for key in sites for word in key}
    called = forms(names, sites, short or {})
    tree = grown(
        phrases=_listed(plain),
        loose=_listed(content),
        alarms=_listed(crisis),
        flags=PLAIN_FLAGS,
        loose_flags=CONTENT_FLAGS,
        names=called,
    )
    close, slipped = _close(content), slipped_from(alarming)
    return Vocabulary(
        words=Words(folded_words | placed, marks, tree, close, slipped),
        close=close,
        alarms=_listed(lone),
        places=sites,
        longest=longest,
        slipped=slipped,
        ruled_out=None if conditions is None else frozenset(conditions),
        needs=frozenset(each for table in (content, plain) for found in table.values() for each in found),
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
    made: dict[str, dict[str, list]] = {}
    for key, phrases in wanted.items():
        if phrases:
            rarest, *others = sorted(key, key=lambda each: (seen[each], each))
            made.setdefault(rarest, {}).setdefault(others[0], []).append((tuple(others), phrases))
    return made

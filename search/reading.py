"""From what a tired parent typed to what is asked: pure, without Django.

`read(text, vocabulary)` finds, in one line: the needs its words lead to, cries for help, an age, a
place, and the words left for the engine. What is not understood stays a word. Words of crisis are
matched before any word is dropped or cut to its stem, and no negation switches them off.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from .ages import age_in
from .tokens import split, stem, tokens

LONGEST_TEXT = 2_000
PLACE_LEADS = {"in", "near", "at", "around", "by", "from"}
POSTCODE = re.compile(r"^([a-z]{1,2}[0-9][0-9a-z]?)([0-9][a-z]{2})$")
OUTWARD = re.compile(r"^[a-z]{1,2}[0-9][0-9a-z]?$")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A family word or phrase: the need it leads to and how it counts."""

    need: str
    kind: str
    context: frozenset[str] = frozenset()
    """Stems, one of which must stand elsewhere in the line for the phrase to count."""


class Speller(Protocol):
    def correct(self, word: str) -> str | None:
        """The known word that this folded word was meant to be, or None."""


@dataclass(frozen=True)
class Vocabulary:
    """All that reading knows. Keys are tuples of words: stems for needs, folded words elsewhere."""

    phrases: Mapping[tuple[str, ...], tuple[Phrase, ...]] = field(default_factory=dict)
    crisis: Mapping[tuple[str, ...], frozenset[str]] = field(default_factory=dict)
    places: Mapping[tuple[str, ...], bool] = field(default_factory=dict)
    """Place names; True when the name stands alone, False when it needs "in" or "near" before it."""
    longest: int = 6
    known_words: frozenset[str] = frozenset()
    """Every folded word of the vocabulary: none of these is a slip of the finger."""
    crisis_words: frozenset[str] = frozenset()
    """Folded words of crisis of four letters or more."""
    speller: Speller | None = None

    def slips(self, word: str) -> list[str]:
        """Words of crisis that one slip of the finger turns into this one; the first letter holds."""
        if len(word) < 3:
            return []
        return [each for each in self.crisis_words if each[0] == word[0] and _one_slip(word, each)]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one line asks for. Nothing in it is stored or sent anywhere."""

    words: tuple[str, ...]
    """Tokens for the engine, put right, without age, place, flags and what was ruled out."""
    needs: Mapping[str, str]
    """Need slug → kind of the word that led there; a `sign` never becomes a chip."""
    crisis: frozenset[str] = frozenset()
    """Kinds of crisis, read on raw and on corrected words, whatever the negation."""
    quiet: bool = False
    """Low words ("I hate myself"): a quiet line to talk to, no alarm."""
    age: int | None = None
    """Whole years."""
    ages: tuple[int, int] | None = None
    """Whole years from and to, both included; `age` is then None."""
    place: str = ""
    near_me: bool = False
    flags: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """(parameter, value) of `SearchFilter` → the words that said so."""
    negated: frozenset[str] = frozenset()
    """Needs ruled out ("not autism")."""
    corrected: tuple[tuple[str, str], ...] = ()
    """(typed, read as)."""
    without: Mapping[str, str] = field(default_factory=dict)
    """"age", "place", "near_me" or "parameter=value" → the line without the words that said so."""
    unknown: tuple[str, ...] = ()
    """Folded words that led to nothing."""


def vocabulary(
    words: Iterable[tuple[str, str, str, str, str]], places: Iterable[tuple[str, bool]] = ()
) -> Vocabulary:
    """Build from rows of (need, word, kind, context parted by |, crisis) and (place, stands alone)."""
    phrases: dict[tuple[str, ...], dict[str, Phrase]] = {}
    crisis: dict[tuple[str, ...], set[str]] = {}
    every: set[str] = set()
    for need, word, kind, context, alarm in words:
        folded = tuple(split(word))
        if not folded:
            continue
        stems = frozenset(stem(part) for option in context.split("|") for part in split(option))
        phrases.setdefault(tuple(map(stem, folded)), {}).setdefault(need, Phrase(need, kind, stems))
        if alarm:
            crisis.setdefault(folded, set()).add(alarm)
            cut = tuple(map(stem, folded))
            # A lone short stem ("cut") would cry out at haircuts.
            if len(cut) > 1 or len(cut[0]) > 3:
                crisis.setdefault(cut, set()).add(alarm)
        every.update(folded)
    names: dict[tuple[str, ...], bool] = {}
    for name, alone in places:
        key = tuple(split(name))
        if key:
            names[key] = names.get(key, False) or alone
    longest = max((len(key) for group in (phrases, crisis, names) for key in group), default=1)
    return Vocabulary(
        {key: tuple(found.values()) for key, found in phrases.items()},
        {key: frozenset(kinds) for key, kinds in crisis.items()},
        names,
        longest,
        frozenset(every) | {word for key in names for word in key},
        frozenset(word for key in crisis for word in key if len(word) > 3),
    )


def read(text: str, known: Vocabulary) -> Reading:
    """Understand one line. Never raises, whatever the text; time grows with its length alone."""
    raw = split(text[:LONGEST_TEXT])
    stems = [stem(word) for word in raw]
    crisis = _crisis(raw, known) | _crisis(stems, known) | _crisis(_mended(raw, known), known)
    place_span, place = _place(raw, known)
    age_span, age = age_in(raw, place_span)
    taken = {*place_span, *age_span}
    needs: dict[str, str] = {}
    led = set(taken)
    for span in _spans(stems, known.phrases, known.longest):
        if taken & set(span):
            continue
        around = {*stems[: span.start], *stems[span.stop :]}
        for phrase in known.phrases[tuple(stems[span.start : span.stop])]:
            alone = not around
            if phrase.context and not alone and not phrase.context & around:
                continue
            if needs.get(phrase.need, "sign") == "sign":
                needs[phrase.need] = phrase.kind
            led.update(span)
    left = [word for index, word in enumerate(raw) if index not in taken]
    return Reading(
        words=tokens(" ".join(left)),
        needs=needs,
        crisis=crisis,
        age=age,
        place=place,
        without={
            key: " ".join(word for index, word in enumerate(raw) if index not in set(span))
            for key, span in (("age", age_span), ("place", place_span))
            if span
        },
        unknown=tuple(word for index, word in enumerate(raw) if index not in led),
    )


def _crisis(words: list[str], known: Vocabulary) -> frozenset[str]:
    """Kinds of crisis that these words cry of."""
    spans = _spans(words, known.crisis, known.longest, overlapping=True)
    return frozenset(kind for span in spans for kind in known.crisis[tuple(words[span.start : span.stop])])


def _mended(words: list[str], known: Vocabulary) -> list[str]:
    """The same words, each that nobody knows put right if one slip parts it from a word of crisis."""
    return [
        word if word in known.known_words else next((each for each in known.slips(word)), word)
        for word in words
    ]


def _one_slip(one: str, other: str) -> bool:
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


def _spans(
    words: list[str], known: Mapping[tuple[str, ...], object], longest: int, overlapping: bool = False
) -> list[range]:
    """Where known phrases stand, the longest first at every word."""
    found, start = [], 0
    while start < len(words):
        for length in range(min(longest, len(words) - start), 0, -1):
            if tuple(words[start : start + length]) in known:
                found.append(range(start, start + length))
                start += 1 if overlapping else length
                break
        else:
            start += 1
    return found


def _place(words: list[str], known: Vocabulary) -> tuple[range, str]:
    """The last place named, as a span of words and its text."""
    for index in range(len(words) - 1, -1, -1):
        pair = "".join(words[index : index + 2])
        if index + 1 < len(words) and POSTCODE.match(pair) and OUTWARD.match(words[index]):
            return range(index, index + 2), f"{words[index]} {words[index + 1]}".upper()
        whole = POSTCODE.match(words[index])
        if whole:
            return range(index, index + 1), f"{whole[1]} {whole[2]}".upper()
    best: tuple[range, str] = (range(0), "")
    for span in _spans(words, known.places, known.longest):
        led = span.start > 0 and words[span.start - 1] in PLACE_LEADS
        alone = known.places[tuple(words[span.start : span.stop])]
        if alone or led:
            start = span.start - 1 if led else span.start
            best = range(start, span.stop), " ".join(words[span.start : span.stop])
    return best

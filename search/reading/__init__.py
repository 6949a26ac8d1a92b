"""From what a tired parent typed to what is asked: pure, without Django.

`read(text, vocabulary)` finds, in one line: cries for help, an age, a place, what is asked of a service,
the needs its words lead to, and the words left for the engine. What is not understood stays a word.
Time grows with the length of the text alone: one look at each word says what it can begin, and only
words that can begin something cost more.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ..ages import NO_AGE, ages_in
from ..tokens import STOP, split
from ..tokens import stem as token
from .crisis import crisis_in, mended
from .flags import NEAR_ME, Choice, flags_in
from .lexicon import (
    AGE,
    CRISIS,
    FILLER,
    FLAG,
    GRAMMAR,
    NUMBER,
    PLACE,
    Alarm,
    Phrase,
    Speller,
    Vocabulary,
    vocabulary,
)
from .needs import can_be_ruled_out, matches, ruled_out
from .places import place_in
from .small import stem

__all__ = ["Alarm", "Phrase", "Reading", "Speller", "Vocabulary", "read", "vocabulary"]

LONGEST_TEXT = 2_000
QUIET = "quiet"
"""The kind of crisis whose words ask for a quiet line, not an alarm."""
SHORTEST_SLIP = 4
"""Letters of a word that may be put right."""
SIGNS = re.compile(r"£|\d ?[+–—-]|\d[.]\d|½")
TERM = re.compile(r"(?<=\d)\s*[–—-]\s*(?=\d)")
PLUS = re.compile(r"(?<=\d)\s*\+")
HALF = re.compile(r"(?<=\d)(?:[.]5|\s*½)")
MONEY = re.compile(r"£\s*([\d.,]+)")


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
    flags: Mapping[Choice, str] = field(default_factory=dict)
    """(parameter, value) of `SearchFilter` → the words that said so."""
    negated: frozenset[str] = frozenset()
    """Needs ruled out ("not autism")."""
    corrected: tuple[tuple[str, str], ...] = ()
    """(typed, read as)."""
    without: Mapping[str, str] = field(default_factory=dict)
    """"age", "place", "near_me" or "parameter=value" → the line without the words that said so."""
    unknown: tuple[str, ...] = ()
    """Folded words that led to nothing."""


class Without(Mapping):
    """The line without the words of one part, made when somebody asks: most readings never are."""

    __slots__ = ("_known", "_spans", "_text")

    def __init__(self, text: str, known: Vocabulary, spans: Mapping[str, tuple[int, ...]]):
        self._text, self._known, self._spans = text, known, spans

    def __iter__(self) -> Iterator[str]:
        return iter(self._spans)

    def __len__(self) -> int:
        return len(self._spans)

    def __getitem__(self, key: str) -> str:
        left = _cut(self._text, self._spans[key])
        # What stood behind it may now be read in its place ("7 8"): that goes as well.
        for _ in range(MOST_CUTS):
            again = read(left, self._known).without
            if key not in again:
                return left
            left = _cut(again._text, again._spans[key])
        return ""


MOST_CUTS = 12


def _cut(text: str, span: tuple[int, ...]) -> str:
    """The text without these words, as it was typed."""
    gone, kept, at = set(span), [], 0
    for part in text.split():
        words = split(part)
        if not words:
            continue
        inside = [at + n in gone for n in range(len(words))]
        at += len(words)
        if not any(inside):
            kept.append(part)
        elif not all(inside):
            kept += [word for word, out in zip(words, inside, strict=True) if not out]
    return " ".join(kept)


class _Line:
    """Words, their stems, and what each can begin."""

    __slots__ = ("every", "marks", "stems", "strange", "words")

    def __init__(self, words: list[str], known: Vocabulary):
        self.words = words
        self.stems: list[str] = []
        self.marks: list[int] = []
        self.strange: list[int] = []
        every = 0
        for word in words:
            entry = known.words.get(word)
            if entry is None:
                cut = stem(word)
                mark = known.stems.get(cut)
                if mark is None:
                    self.strange.append(len(self.stems))
                    mark = 0
                if not word.isalpha():
                    mark |= NUMBER
            else:
                cut, mark = entry
            self.stems.append(cut)
            self.marks.append(mark)
            every |= mark
        self.every = every

    def order(self, left_out: int, taken: set[int]) -> list[int] | range:
        if not self.every & left_out and not taken:
            return range(len(self.words))
        return [at for at, mark in enumerate(self.marks) if not mark & left_out and at not in taken]

    def crisis(self, known: Vocabulary) -> set[str]:
        if not self.every & CRISIS:
            return set()
        if not self.every & FILLER:
            return crisis_in(self.words, self.stems, self.marks, known)
        kept = self.order(FILLER, set())
        return crisis_in(
            [self.words[at] for at in kept],
            [self.stems[at] for at in kept],
            [self.marks[at] for at in kept],
            known,
        )


def read(text: str, known: Vocabulary) -> Reading:
    """Understand one line. Never raises, whatever the text; time grows with its length alone."""
    text = text[:LONGEST_TEXT]
    line = _Line(split(text), known)
    if line.every & NUMBER and SIGNS.search(text):
        text = _spelt(text)
        line = _Line(split(text), known)
    kinds = line.crisis(known)
    corrected: tuple[tuple[str, str], ...] = ()
    if line.strange:
        if slips := mended(line.words, line.strange, known):
            kinds |= _with(line.words, slips, known).crisis(known)
        if known.speller and (right := _corrections(line, text, known.speller)):
            corrected = tuple((line.words[at], meant) for at, meant in right.items())
            line = _with(line.words, right, known)
            kinds |= line.crisis(known)
    return _understood(text, line, known, kinds, corrected)


def _understood(text, line: _Line, known: Vocabulary, kinds: set[str], corrected) -> Reading:
    words, stems, marks, every = line.words, line.stems, line.marks, line.every
    spans: dict[str, tuple[int, ...]] = {}
    taken: set[int] = set()
    place, where = "", range(0)
    if every & (PLACE | NUMBER):
        where, place = place_in(words, marks, known)
        if place:
            spans["place"] = tuple(where)
            taken.update(where)
    age = NO_AGE
    if every & (AGE | NUMBER):
        age = ages_in(words, where)
        if age.said:
            spans["age"] = age.said
            taken.update(age.taken)
    content = line.order(FILLER | GRAMMAR, taken)
    found = matches(words, stems, marks, line.order(FILLER, taken), content, taken, every, known)
    flags: dict[Choice, str] = {}
    gone = taken
    near_me = False
    if every & FLAG:
        said, whole = flags_in(words, stems, marks, line.order(FILLER, taken), content, found)
        if said:
            gone = set(taken)
        for choice, at in said.items():
            gone.update(at)
            if choice == NEAR_ME:
                near_me = not place
                spans["near_me"] = at
            else:
                flags[choice] = " ".join(words[each] for each in at)
                spans[f"{choice[0]}={choice[1]}"] = at
        if whole:
            found = [match for match in found if not whole.issuperset(match.at)]
    needs: dict[str, str] = {}
    out: set[str] = set()
    led: set[int] = set()
    claimed: set[int] | None = None
    negative = "not" in stems
    for match in found:
        led.update(match.at)
        by = None
        if negative and words[match.start] not in NOT_FIRST:
            if claimed is None:
                claimed = {at for each in found for at in each.at}
            by = ruled_out(words, match, known, claimed)
        for phrase in match.phrases:
            if by is not None and can_be_ruled_out(
                phrase, words[match.start : match.stop + 1], words[by], known
            ):
                out.add(phrase.need)
                gone = gone | {by, *match.at}
            elif needs.get(phrase.need, "sign") == "sign":
                needs[phrase.need] = phrase.kind
    if out:
        out -= needs.keys()
    quiet = QUIET in kinds
    kinds.discard(QUIET)
    return Reading(
        words=tuple([token(word) for at, word in enumerate(words) if at not in gone and word not in STOP]),
        needs=needs,
        crisis=frozenset(kinds),
        quiet=quiet,
        age=age.age,
        ages=age.ages,
        place=place,
        near_me=near_me,
        flags=flags,
        negated=frozenset(out),
        corrected=corrected,
        without=Without(text, known, spans) if spans else {},
        unknown=tuple(
            [
                word
                for at, word in enumerate(words)
                if at not in led
                and at not in gone
                and word not in STOP
                and not marks[at] & (GRAMMAR | FILLER)
            ]
        ),
    )


NOT_FIRST = frozenset(["not", "no"])


def _spelt(text: str) -> str:
    """Signs between figures as words: "0-5" is "0 to 5", "16+" is "16 plus", "£5" is "5 pounds"."""
    for pattern, words in ((HALF, " and a half"), (MONEY, r"\1 pounds"), (PLUS, " plus "), (TERM, " to ")):
        text = pattern.sub(words, text)
    return text


def _with(words: list[str], changes: Mapping[int, str], known: Vocabulary) -> _Line:
    return _Line([changes.get(at, word) for at, word in enumerate(words)], known)


def _corrections(line: _Line, text: str, speller: Speller) -> dict[int, str]:
    """Words that nobody knows → what they were meant to be. Short forms in capitals are left alone."""
    found = {}
    shouting = text.isupper()
    for at in line.strange:
        word = line.words[at]
        if len(word) < SHORTEST_SLIP or not word.isalpha() or (not shouting and word.upper() in text):
            continue
        meant = "".join(split(speller.correct(word) or ""))
        if meant and meant != word:
            found[at] = meant
    return found

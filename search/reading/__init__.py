"""From what a tired parent typed to what is asked: pure, without Django.

`read(text, vocabulary)` finds, in one line: cries for help, an age, a place, what is asked of a service,
the needs its words lead to, and the words left for the engine. What is not understood stays a word.
Time grows with the length of the text alone: one look at each word says what it can begin, and only
words that can begin something cost more.
"""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from ..ages import NO_AGE, ages_in
from ..spelling import english
from ..tokens import split
from ..tokens import stem as token
from .crisis import crisis_in, lone_cries, mended
from .flags import NEAR_ME, Choice, flags_in
from .lexicon import (
    AGE,
    ALARM,
    FILLER,
    NOT,
    NUMBER,
    PLACE,
    QUIET,
    SKIP,
    Alarm,
    Phrase,
    Speller,
    Vocabulary,
    vocabulary,
)
from .needs import can_be_ruled_out, close_by, matches, ruled_out, undiagnosed, walk
from .places import place_in

__all__ = ["Alarm", "Phrase", "Reading", "Speller", "Vocabulary", "read", "vocabulary"]

LONGEST_TEXT = 2_000
SHORTEST_SLIP = 4
"""Letters of a word that may be put right."""
SIGNS = re.compile(r"£|\d ?[+–—-]|\d[.]\d|½")
TERM = re.compile(r"(?<=\d)\s*[–—-]\s*(?=\d)")
PLUS = re.compile(r"(?<=\d)\s*\+")
HALF = re.compile(r"(?<=\d)(?:[.]5|\s*½)")
MONEY = re.compile(r"£\s*([\d.,]+)")


NONE: Mapping = MappingProxyType({})


class Reading(NamedTuple):
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
    flags: Mapping[Choice, str] = NONE
    """(parameter, value) of `SearchFilter` → the words that said so."""
    negated: frozenset[str] = frozenset()
    """Needs ruled out ("not autism")."""
    corrected: tuple[tuple[str, str], ...] = ()
    """(typed, read as)."""
    without: Mapping[str, str] = NONE
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
    """Words, their stems, what each is, and the runs of them that say something."""

    __slots__ = ("begin", "ends", "every", "kinds", "marks", "plain", "stems", "strange", "tokens", "words")

    def __init__(self, words: list[str], known: Vocabulary):
        entries, ordinary = known.words, english()
        stems, marks, tokens, strange, begin = [], [], [], [], []
        every = 0
        for word in words:
            entry = entries.get(word)
            if entry is None:
                cut = end = token(word)
                mark = 0 if word.isalpha() else NUMBER
                if cut not in known.stems and cut not in ordinary:
                    strange.append(len(stems))
            else:
                cut, mark, end = entry
            if mark:
                every |= mark
                if mark & PLACE_OR_AGE:
                    begin.append(len(stems))
            stems.append(cut)
            marks.append(mark)
            tokens.append(end)
        self.words, self.stems, self.marks, self.tokens = words, stems, marks, tokens
        self.strange, self.every, self.begin = strange, every, begin
        if every & FILLER:
            self.plain = [at for at, mark in enumerate(marks) if not mark & FILLER]
            stems = [stems[at] for at in self.plain]
            words = [words[at] for at in self.plain]
        else:
            self.plain = range(len(words))
        self.ends = walk(stems, known.plain)
        self.kinds = crisis_in(words, stems, self.ends) if self.ends else set()
        if every & ALARM:
            self.kinds |= lone_cries(words, stems, known)


def read(text: str, known: Vocabulary) -> Reading:
    """Understand one line. Never raises, whatever the text; time grows with its length alone."""
    text = text[:LONGEST_TEXT]
    line = _Line(split(text), known)
    if line.every & NUMBER and SIGNS.search(text):
        text = _spelt(text)
        line = _Line(split(text), known)
    kinds = line.kinds
    corrected: tuple[tuple[str, str], ...] = ()
    doubtful = known.speller and not known.doubtful.isdisjoint(line.words)
    if line.strange or doubtful:
        if slips := mended(line.words, line.strange, known):
            kinds |= _with(line.words, slips, known).kinds
        if known.speller and (right := _corrections(line, text, known)):
            corrected = tuple([(line.words[at], meant) for at, meant in right.items()])
            line = _with(line.words, right, known)
            kinds |= line.kinds
    return _understood(text, line, known, kinds, corrected)


def _understood(text: str, line: _Line, known: Vocabulary, kinds: set[str], corrected) -> Reading:
    words, stems, marks, every = line.words, line.stems, line.marks, line.every
    spans: dict[str, tuple[int, ...]] = {}
    taken: set[int] = set()
    place, where, age = "", range(0), NO_AGE
    if every & (PLACE | NUMBER):
        where, place = place_in(words, marks, line.begin, known)
        if place:
            spans["place"] = tuple(where)
            taken.update(where)
    if every & (AGE | NUMBER):
        age = ages_in(words, where, [at for at in line.begin if marks[at] & (AGE | NUMBER)])
        if age.said:
            spans["age"] = age.said
            taken.update(age.taken)
    content = [at for at, mark in enumerate(marks) if not mark & SKIP]
    if taken:
        content = [at for at in content if at not in taken]
    bare = [stems[at] for at in content]
    ways = ((line.ends, line.plain), (walk(bare, known.content), content))
    found, asking = matches(ways, stems, bare, taken)
    whole: set[int] = set()
    gone = taken
    flags: dict[Choice, str] = {}
    near_me = False
    if asking:
        said, whole = flags_in(words, asking, found)
        gone = taken.union(*[at for choice, at in said.items() if choice not in STAYING])
        for choice, at in said.items():
            if choice == NEAR_ME:
                near_me = not place
                spans["near_me"] = at
            else:
                flags[choice] = " ".join([words[each] for each in at])
                spans[f"{choice[0]}={choice[1]}"] = at
        if whole:
            found = [match for match in found if not whole.issuperset(match.at)]
    close_by(stems, content, known, found, whole)
    needs: dict[str, str] = {}
    out: dict[str, None] = {}
    unsaid: set[int] = set()
    led = gone.union(*[match.at for match in found])
    for match in found:
        by = ruled_out(words, match, led) if every & NOT else None
        if every & NOT and (at := undiagnosed(words, match)):
            flags[UNDIAGNOSED] = " ".join([words[each] for each in at])
            spans["=".join(UNDIAGNOSED)] = at
            by = None
        for phrase in match.phrases:
            if by is not None and can_be_ruled_out(phrase, words, match, by, known):
                out[phrase.need] = None
                unsaid.update((by, *match.at))
            elif needs.get(phrase.need, "sign") == "sign":
                needs[phrase.need] = phrase.kind
    gone = gone | unsaid if unsaid else gone
    if QUIET in kinds:
        kinds = kinds - {QUIET}
        quiet = True
    else:
        quiet = False
    tokens = line.tokens
    return Reading(
        words=tuple([each for at, each in enumerate(tokens) if each is not None and at not in gone]),
        needs=needs,
        crisis=frozenset(kinds),
        quiet=quiet,
        age=age.age,
        ages=age.ages,
        place=place,
        near_me=near_me,
        flags=flags,
        negated=frozenset(out) - needs.keys() if out else NOTHING,
        corrected=corrected,
        without=Without(text, known, spans) if spans else NONE,
        unknown=tuple([words[at] for at, each in enumerate(tokens) if each is not None and at not in led]),
    )


NOTHING: frozenset[str] = frozenset()
STAYING = frozenset([("kind", "school")])
"""What is said by words that records are found by as well."""
UNDIAGNOSED: Choice = ("diagnosis", "not-needed")
PLACE_OR_AGE = PLACE | AGE | NUMBER


def _spelt(text: str) -> str:
    """Signs between figures as words: "0-5" is "0 to 5", "16+" is "16 plus", "£5" is "5 pounds"."""
    for pattern, words in ((HALF, " and a half"), (MONEY, r"\1 pounds"), (PLUS, " plus "), (TERM, " to ")):
        text = pattern.sub(words, text)
    return text


def _with(words: list[str], changes: Mapping[int, str], known: Vocabulary) -> _Line:
    return _Line([changes.get(at, word) for at, word in enumerate(words)], known)


def _corrections(line: _Line, text: str, known: Vocabulary) -> dict[int, str]:
    """Words that nobody knows → what they were meant to be. Short forms in capitals are left alone."""
    found = {}
    shouting = text.isupper()
    doubtful = [at for at, word in enumerate(line.words) if word in known.doubtful]
    for at in sorted({*line.strange, *doubtful}):
        word = line.words[at]
        if len(word) < SHORTEST_SLIP or not word.isalpha() or (not shouting and word.upper() in text):
            continue
        meant = "".join(split(known.speller.correct(word) or ""))
        if meant and meant != word:
            found[at] = meant
    return found

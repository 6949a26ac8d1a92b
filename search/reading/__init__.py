"""From what a tired parent typed to what is asked: pure, without Django.

`read(text, vocabulary)` finds, in one line: cries for help, an age, a place, what is asked of a service,
the needs its words lead to, and the words left for the engine. What is not understood stays a word.
Time grows with the length of the text alone: one look at each word says what it can begin, and only
words that can begin something cost more.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import compress
from operator import itemgetter
from types import MappingProxyType
from typing import NamedTuple

from ..ages import NO_AGE, ages_in
from ..tokens import split
from .assessing import told_apart
from .crisis import mended
from .flags import NEAR_ME, Choice, flags_in
from .lexicon import QUIET, Speller, Vocabulary, vocabulary
from .line import Line
from .named import names_in
from .needs import RULERS, can_be_ruled_out, close_by, matches, ruled_out, undiagnosed
from .places import place_in
from .signs import SIGNS, spelt
from .tree import NAMES, Alarm, Phrase, Run, between
from .words import AGE, ASSESS, LEADER, LED, NOT, NUMBER, PLACE, SKIP, SLIP, STRANGE

__all__ = ["Alarm", "Phrase", "Reading", "Speller", "Vocabulary", "read", "vocabulary"]

LONGEST_TEXT = 2_000
SHORTEST_SLIP = 4
"""Letters of a word that may be put right."""
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


def read(text: str, known: Vocabulary) -> Reading:
    """Understand one line. Never raises, whatever the text; time grows with its length alone."""
    text = text[:LONGEST_TEXT]
    line = Line(split(text), known)
    marks = line.marks
    if marks & NUMBER and not text.replace(" ", "").isalnum() and SIGNS.search(text):
        text = spelt(text)
        line = Line(split(text), known)
        marks = line.marks
    kinds = line.kinds
    if marks & SLIP:
        kinds = kinds | line.with_(mended(line.words, line.having(SLIP), known), known).kinds
    corrected: tuple[tuple[str, str], ...] = ()
    unsure = known.speller and (marks & STRANGE or not known.doubtful.isdisjoint(line.words))
    if unsure and (right := _corrections(line, text, known)):
        corrected = tuple([(line.words[at], meant) for at, meant in right.items()])
        line = line.with_(right, known)
        kinds = kinds | line.kinds
    return _understood(text, line, known, kinds, corrected)


def _understood(text: str, line: Line, known: Vocabulary, kinds: Set[str], corrected: tuple) -> Reading:
    # Most lines hold few of these parts, so each is looked for only where some word's mark allows it.
    words, entries, marks = line.words, line.entries, line.marks
    spans: dict[str, tuple[int, ...]] = {}
    gone: Set[int] = NOTHING
    named = names_in(line) if line.says & NAMES else ()
    inside = {at for said in named for at in said.at} if named else NOTHING
    place, where, age = "", (), NO_AGE
    if marks & PLACE_OR_NUMBER or (marks & LED and marks & LEADER):
        figures = line.having(NUMBER) if marks & NUMBER else ()
        where, place = place_in(words, line.having(PLACE_OR_LEADER), figures, known, inside)
        if place:
            spans["place"] = tuple(where)
            gone = gone.union(where)
    if marks & AGE_OR_NUMBER:
        age = ages_in(words, inside.union(where), line.having(AGE_OR_NUMBER))
        if age.said:
            spans["age"] = age.said
            gone = gone.union(age.taken)

    content: Sequence[int] = range(len(words))
    if marks & SKIP:
        content = [at for at, entry in enumerate(entries) if not entry[1] & SKIP]
    if gone:
        content = [at for at in content if at not in gone]
    # Words that others stood between may say something together.
    gaps = between(entries, content) if 1 < len(content) < len(words) else ()
    found, asking = (), ()
    if line.runs or gaps:
        found, asking = matches(line, gaps, content, gone, named)
    whole: Set[int] = NOTHING
    flags: dict[Choice, str] = {}
    near_me = False
    if asking:
        asked, whole = flags_in(words, asking, found)
        gone = gone.union(*[at for choice, at in asked.items() if choice not in STAYING])
        for choice, at in asked.items():
            if choice == NEAR_ME:
                near_me = not place
                spans["near_me"] = at
            else:
                flags[choice] = " ".join([words[each] for each in at])
                spans[f"{choice[0]}={choice[1]}"] = at
        if whole:
            found = [run for run in found if not whole.issuperset(run[2])]
    if len(content) > 1:
        used: Set[int] = whole
        for _, less, at, _, _ in found:
            if less:
                used = used.union(at)
        for at in content:
            # In most lines no word has any of the words beside it that it could say something with.
            if entries[at][5] & marks and at not in used:
                found = close_by(line, content, known, found, used)
                break

    needs, out = {}, NOTHING
    # Tokens by position, "" where there is none; at the end also where the word led somewhere.
    said = list(map(TOKEN, entries))
    rulers = [at for at, word in enumerate(words) if word in RULERS] if marks & NOT and found else ()
    left = gone
    if rulers:
        led = gone.union(inside, *[run[2] for run in found])
        needs, out, unsaid, lacking = _with_what_is_ruled_out(words, found, rulers[0], led, known)
        left = gone | unsaid
        if lacking:
            flags[UNDIAGNOSED] = " ".join([words[each] for each in lacking])
            spans["=".join(UNDIAGNOSED)] = lacking
    else:
        for _, _, _, phrases, _ in found:
            for need, kind, _ in phrases:
                if needs.get(need, "sign") == "sign":
                    needs[need] = kind
    if marks & ASSESS and needs:
        needs = told_apart(needs, words, known.needs)
    tokens = said
    if left or named:
        tokens = said.copy()
        for at in left:
            tokens[at] = ""
        tokens[:0] = [each.name.token for each in named]
    tokens = tuple(filter(None, tokens))
    for _, _, at, _, _ in found:
        for each in at:
            said[each] = ""
    for each in gone:
        said[each] = ""
    for each in inside:
        said[each] = ""
    # In the order of their fields and past the constructor, which takes as long as reading a word.
    return tuple.__new__(
        Reading,
        (
            tokens,
            needs,
            frozenset(kinds - {QUIET}) if kinds else NOTHING,
            QUIET in kinds,
            age.age,
            age.ages,
            place,
            near_me,
            flags,
            out - needs.keys() if out else NOTHING,
            corrected,
            Without(text, known, spans) if spans else NONE,
            tuple(compress(words, said)),
        ),
    )


PLACE_OR_NUMBER, PLACE_OR_LEADER, AGE_OR_NUMBER = PLACE | NUMBER, PLACE | LEADER, AGE | NUMBER
NOTHING: frozenset = frozenset()
TOKEN = itemgetter(2)
"""The token of an entry."""
STAYING = frozenset([("kind", "school")])
"""What is said by words that records are found by as well."""
UNDIAGNOSED: Choice = ("diagnosis", "not-needed")


def _with_what_is_ruled_out(
    words: Sequence[str], found: Sequence, first: int, led: Set[int], known: Vocabulary
) -> tuple[dict[str, str], frozenset[str], set[int], tuple[int, ...]]:
    """(needs with their kinds, needs ruled out, positions of the words that rule out and of what they
    rule out, positions of "no ... diagnosis"). `first` is where the first word stands that can rule out."""
    needs: dict[str, str] = {}
    out: set[str] = set()
    unsaid: set[int] = set()
    lacking: tuple[int, ...] = ()
    for match in map(Run._make, found):
        by = None
        if match.start > first:
            by = ruled_out(words, match, led)
            if at := undiagnosed(words, match):
                by, lacking = None, at
        for phrase in match.phrases:
            if by is not None and can_be_ruled_out(phrase, words, match, by, known):
                out.add(phrase.need)
                unsaid.update((by, *match.at))
            elif needs.get(phrase.need, "sign") == "sign":
                needs[phrase.need] = phrase.kind
    return needs, frozenset(out), unsaid, lacking


def _corrections(line: Line, text: str, known: Vocabulary) -> dict[int, str]:
    """Words that nobody knows → what they were meant to be. Short forms in capitals are left alone."""
    found = {}
    shouting = text.isupper()
    doubtful = [at for at, word in enumerate(line.words) if word in known.doubtful]
    for at in sorted({*line.having(STRANGE), *doubtful}):
        word = line.words[at]
        if len(word) < SHORTEST_SLIP or not word.isalpha() or (not shouting and word.upper() in text):
            continue
        meant = "".join(split(known.correct(word) or ""))
        if meant and meant != word:
            found[at] = meant
    return found

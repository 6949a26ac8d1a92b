"""Reading aids: what a page's words are like to read, and what its writer may want to look at again.

Pure: it knows nothing of pages or databases. `home.admin.reading_aids` brings the words and shows the report.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from . import hints, measures

TOO_SHORT = 30
"""Words. A grade of fewer than that says more about chance than about the writing."""


@dataclass(frozen=True)
class Part:
    """One paragraph, list item or line of a page.

    `place` is the heading that it stands under. `states` is False where a fact needs no source of its own:
    in headings, ideas to try, ways to get in touch.
    """

    place: str
    text: str
    states: bool = True


@dataclass(frozen=True)
class Hard:
    """A hard word, what could be said in its place (may be empty), and how often it stands there."""

    word: str
    plain: str
    times: int
    places: tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """A sentence or paragraph and the heading that it stands under. `words` is its length."""

    place: str
    text: str
    words: int


@dataclass(frozen=True)
class Section:
    """The words under one heading. `grade` is None when they are too few to judge."""

    place: str
    words: int
    grade: float | None


@dataclass(frozen=True)
class Report:
    """All that the aids have to say. Grades are US school grades to one decimal, None under 30 words."""

    words: int
    sentences: int
    grade: float | None
    smog: float | None
    sections: tuple[Section, ...]
    hard: tuple[Hard, ...]
    long: tuple[Place, ...]
    passive: tuple[Place, ...]
    unmarked: tuple[Place, ...]
    missing: tuple[int, ...]
    never_named: tuple[int, ...]

    @property
    def things(self) -> int:
        """How many things there are to look at."""
        kinds = (self.hard, self.long, self.passive, self.unmarked, self.missing, self.never_named)
        return sum(map(len, kinds))


def look(
    parts: Iterable[Part],
    *,
    jargon: Mapping[str, str] | None = None,
    sources: int = 0,
    named: Iterable[int] = (),
) -> Report:
    """Read a page's parts, in order, as its readers will.

    `jargon` gives plain words for hard ones. `sources` is how many the page has at its foot; `named` are
    the numbers of those that its key facts name beside the marks ("[2]") in the text.
    """
    parts, jargon = [part for part in parts if part.text.strip()], dict(jargon or {})
    counts = [measure(part.text) for part in parts]
    sections: dict[str, list[tuple[int, int, int, int]]] = {}
    for part, count in zip(parts, counts, strict=True):
        sections.setdefault(part.place, []).append(count)
    whole = add(counts)
    marks = set(named) | {int(mark[1:-1]) for part in parts for mark in hints.MARK.findall(part.text)}
    sentences = [
        Place(part.place, sentence, len(measures.words(sentence)))
        for part in parts
        for sentence in measures.sentences(part.text)
    ]
    return Report(
        words=whole[0],
        sentences=whole[1],
        grade=grade(whole),
        smog=round(measures.smog(whole[1], whole[3]), 1) if whole[0] >= TOO_SHORT else None,
        sections=tuple(
            Section(place, (total := add(rows))[0], grade(total)) for place, rows in sections.items()
        ),
        hard=tuple(hard(parts, jargon)),
        long=tuple(each for each in sentences if each.words > hints.LONG),
        passive=tuple(each for each in sentences if hints.is_passive(each.text)),
        unmarked=tuple(
            Place(part.place, part.text, count[0])
            for part, count in zip(parts, counts, strict=True)
            if part.states and hints.unmarked_fact(part.text)
        ),
        missing=tuple(sorted(mark for mark in marks if not 1 <= mark <= sources)),
        never_named=tuple(number for number in range(1, sources + 1) if number not in marks),
    )


def measure(text: str) -> tuple[int, int, int, int]:
    """(words, sentences, syllables, words of three syllables or more) of a text."""
    beats = [measures.syllables(word) for word in measures.words(text)]
    return len(beats), len(measures.sentences(text)), sum(beats), sum(beat >= 3 for beat in beats)


def add(counts: list[tuple[int, int, int, int]]) -> tuple[int, ...]:
    return tuple(map(sum, zip(*counts, strict=True))) or (0, 0, 0, 0)


def grade(count: tuple[int, ...]) -> float | None:
    words, sentences, beats, _ = count
    return round(measures.flesch_kincaid(words, sentences, beats), 1) if words >= TOO_SHORT else None


def hard(parts: list[Part], jargon: dict[str, str]) -> list[Hard]:
    """Hard words, the most frequent first, then in the order they stand."""
    pattern = hints.finder(jargon)
    times: Counter[str] = Counter()
    places: dict[str, dict[str, None]] = {}
    for part in parts:
        for word in hints.hard_words(part.text, pattern, jargon):
            times[word] += 1
            places.setdefault(word, {})[part.place] = None
    return [Hard(word, jargon[word], count, tuple(places[word])) for word, count in times.most_common()]

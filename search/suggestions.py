"""What may be meant, while it is being typed: needs, services and places, eight at most.

A need is found by any of its words and shown under the name families know. What cries for help is never
suggested, nor is the name of a condition to somebody who typed only a sign of it. Picking a need or a
place completes the line; picking a service opens it.
"""

import threading
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from directory.choices import WordKind
from directory.models import Area, Need, NeedWord, PlaceName, Service

from . import to_read
from .engines import engine
from .reading import Vocabulary, read
from .tokens import STOP, split
from .vocabulary import vocabulary

SHORTEST = 2
LONGEST_LINE = 100
MOST = 8
MOST_NEEDS, MOST_PLACES = 3, 2
MOST_WORDS = 4
"""Words at the end of the line that may be the beginning of one phrase."""
SHORTEST_AFTER = 3
"""Letters of a word after others that lead elsewhere: "sleep he" is not about Hertford yet."""
NAMING = {WordKind.NAMED, WordKind.PROFESSIONAL}
LABELS = {"need": "What is hard", "page": "To read", "service": "Services and schools", "place": "Places"}
"""Kind → the heading it stands under, in this order."""
LARGEST_FIRST = ("city", "town", "area", "village", "suburb", "other", "hamlet")
LAST = "\U0010ffff"
"""After every letter."""


class Offer(NamedTuple):
    kind: str
    """A key of LABELS."""
    text: str
    line: str = ""
    """What the line becomes when it is picked; empty when picking opens `url`."""
    url: str = ""


class Entry(NamedTuple):
    """A way to come to a need or a place."""

    words: str
    """Folded words that what is typed may begin."""
    named: bool
    """Whether they are words of its own name; otherwise they are a whole phrase that leads to it."""
    place: int
    """Which of the needs or places, in their order."""
    phrase: str
    """What completes the line, unless the name itself does."""

    def rank(self, typed: str) -> int:
        """0: the name. 1: a phrase of as many words as are typed. 2: a phrase that goes on."""
        return 0 if self.named else 1 if self.words.count(" ") == typed.count(" ") else 2


@dataclass(frozen=True)
class Named:
    """Needs or places by the beginnings of their words."""

    kind: str
    names: tuple[tuple[str, bool], ...]
    """(name, whether it completes the line)."""
    entries: tuple[Entry, ...]
    """Sorted."""

    def beginning(self, words: str, most: int) -> list[tuple[str, str]]:
        """(name, what completes the line) of those with an entry that begins so: by rank, then those with
        most such entries, then by their order. A phrase that goes on is a guess ("aut" may begin "autism
        unit"), so it counts only where nothing surer does."""
        start = bisect_left(self.entries, (words,))
        best: dict[int, Entry] = {}
        many: Counter[int] = Counter()
        for entry in self.entries[start : bisect_left(self.entries, (words + LAST,))]:
            many[entry.place] += 1
            if entry.place not in best or entry.rank(words) < best[entry.place].rank(words):
                best[entry.place] = entry
        ranks = {place: entry.rank(words) for place, entry in best.items()}
        if min(ranks.values(), default=2) < 2:
            ranks = {place: rank for place, rank in ranks.items() if rank < 2}
        order = sorted(ranks, key=lambda place: (ranks[place], -many[place], place))
        return [
            (name, name if completes else best[place].phrase)
            for place in order[:most]
            for name, completes in [self.names[place]]
        ]


def named(kind: str, rows: Iterable[tuple[str, bool, Iterable[str]]], inside: bool) -> Named:
    """From rows of (name, whether it completes the line, phrases).

    `inside`: found by words within its name as well, so "sleep" finds "Not sleeping". A phrase is only
    found by its beginning, so that what is replaced is all of it that was typed.
    """
    names, entries = [], []
    for place, (name, completes, phrases) in enumerate(rows):
        names.append((name, completes))
        for phrase in (name, *phrases):
            words = split(phrase)
            for start in range(len(words) if inside and phrase == name else 1):
                if start == 0 or words[start] not in STOP:
                    entries.append(Entry(" ".join(words[start:]), phrase == name, place, phrase))
    return Named(kind, tuple(names), tuple(sorted(set(entries))))


_kept: tuple[Vocabulary, Named, Named] | None = None
_lock = threading.Lock()


def _known(known: Vocabulary) -> tuple[Named, Named]:
    """Needs and places of a vocabulary; each process keeps those of the last."""
    global _kept
    kept = _kept
    if kept is None or kept[0] is not known:
        with _lock:
            needs = named("need", need_rows(known), inside=True)
            kept = _kept = (known, needs, named("place", _place_rows(), inside=False))
    return kept[1:]


def need_rows(known: Vocabulary) -> Iterator[tuple[str, bool, list[str]]]:
    """(name, whether it is read as this need, phrases that are) of every need that may be suggested."""
    phrases: dict[int, list[str]] = {}
    for need, word, kind, condition in NeedWord.objects.filter(crisis="").values_list(
        "need_id", "word", "kind", "need__names_condition"
    ):
        if kind in NAMING or not condition:
            phrases.setdefault(need, []).append(word)
    for need in Need.objects.filter(crisis=False).specific().order_by("order", "name"):
        yield need.name, need.slug in read(need.name, known).needs, phrases.get(need.pk, [])


def _place_rows() -> Iterator[tuple[str, bool, tuple]]:
    rows = list(PlaceName.objects.exclude(kind=PlaceName.Kind.OUTWARD).values_list("name", "kind"))
    rows += [(name, "area") for name in Area.objects.home_units().values_list("name", flat=True)]
    rows.sort(key=lambda row: (LARGEST_FIRST.index(row[1]), row[0]))
    for name in dict.fromkeys(name for name, _ in rows):
        yield name, True, ()


def suggestions(line: str) -> list[Offer]:
    """What the end of a line may become, in the order shown; nothing for a line that cries for help."""
    line = " ".join(line[:LONGEST_LINE].split())
    words = split(line)
    known = vocabulary()
    if not words or sum(map(len, words)) < SHORTEST or read(line, known).crisis:
        return []
    needs, places = _known(known)
    found = [
        *_completing(needs, line, words, MOST_NEEDS),
        *_completing(places, line, words, MOST_PLACES),
    ]
    found += _waits(words)
    found += _opened(line, words, known, MOST - len(found))
    order = list(LABELS)
    return sorted(found, key=lambda offer: order.index(offer.kind))


def _completing(known: Named, line: str, words: list[str], most: int) -> list[Offer]:
    """What the longest possible end of the line begins; the words before it stay."""
    for count in range(min(MOST_WORDS, len(words)), 0, -1):
        end = words[-count:]
        after = count < len(words)
        if count == 1 and (end[0] in STOP or len(end[0]) < (SHORTEST_AFTER if after else SHORTEST)):
            continue
        if found := known.beginning(" ".join(end), most):
            before = " ".join(line.split()[: -_pieces(line, count)])
            return [Offer(known.kind, name, _joined(before, end, known.kind)) for name, end in found]
    return []


def _joined(before: str, end: str, kind: str) -> str:
    if not before:
        return end
    # "my son not sleeping", but "sleep Hemel Hempstead" and "my son ADHD".
    if kind == "need" and end[1:2].islower():
        end = end[0].lower() + end[1:]
    return f"{before} {end}"


def _pieces(line: str, count: int) -> int:
    """How many pieces between blanks, from the end, hold the last so many words ("7-year" holds two)."""
    held = 0
    for number, piece in enumerate(reversed(line.split()), 1):
        held += len(split(piece))
        if held >= count:
            return number
    return len(line.split())


def _opened(line: str, words: list[str], known: Vocabulary, most: int) -> list[Offer]:
    """Pages whose title or provider begins so, unless it is by a word of crisis that they are found."""
    refs = [each.ref for each in engine().suggest(line, most + MOST)]
    pages: dict[str, Page] = {}
    for kind, pages_of in PAGES.items():
        keys = [key for each, _, key in (ref.partition(":") for ref in refs) if each == kind]
        pages |= {f"{kind}:{key}": page for key, page in pages_of(keys)}
    return [
        pages[ref].offer
        for ref in refs
        if ref in pages and not _found_by_crisis(pages[ref].titles, words, known)
    ][:most]


def _waits(words: list[str]) -> list[Offer]:
    """The page of all waiting times, which no engine holds, when every word typed begins one of its title."""
    page = to_read.waits()
    title = split(page.title)
    if not all(any(word.startswith(begun) for word in title) for begun in words) or not to_read.has_waits():
        return []
    return [Offer("page", page.title, url=page.url)]


class Page(NamedTuple):
    offer: Offer
    titles: str
    """All that it is found by."""


def _services(keys: list[str]) -> Iterator[tuple[str, Page]]:
    for service in Service.objects.visible().filter(pk__in=keys):
        offer = Offer("service", service.name, url=service.get_absolute_url())
        yield str(service.pk), Page(offer, f"{service.name} {service.other_names}")


def _to_read(keys: list[str]) -> Iterator[tuple[str, Page]]:
    for ref, page in to_read.pages([f"page:{key}" for key in keys]).items():
        yield ref.partition(":")[2], Page(Offer("page", page.title, url=page.url or ""), page.title)


PAGES = {"service": _services, "page": _to_read}
"""Kind of a reference, which is a key of LABELS → the visible pages of some keys, each with its key."""


def _found_by_crisis(title: str, words: list[str], known: Vocabulary) -> bool:
    """Whether what was typed begins a word of crisis in a title that has some."""
    return any(
        part in known.crisis_words and part.startswith(word) for part in split(title) for word in words
    ) and bool(read(title, known).crisis)


def grouped(offers: Iterable[Offer]) -> list[dict]:
    """As the page's script reads them: [{label, options: [{text, line or url}]}]."""
    return [
        {
            "label": LABELS[kind],
            "options": [
                {"text": each.text, "url": each.url} if each.url else {"text": each.text, "line": each.line}
                for each in some
            ],
        }
        for kind, some in groupby(offers, key=lambda offer: offer.kind)
    ]

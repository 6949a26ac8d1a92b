"""What a database engine keeps in memory: for every facet value the set of records that fit it and
of those that say so, and where records are. Words stay in the database."""

import json
from array import array
from collections import OrderedDict, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import cos, floor, radians

from search.query import ALL_OF, FACETS, Document, FacetCount, Query, Spot
from search.score import BANDS, metres

from .bits import from_slots, slots

CELL = 0.02
"""Degrees of latitude of a cell of the grid: about 2.2 km. A cell is as many degrees wide."""
CACHED_BYTES = 16 * 1024 * 1024


def facts_of(document: Document) -> str:
    """What memory needs of a document, as JSON."""
    return json.dumps(
        {
            "k": document.kind,
            "f": {facet: sorted(values) for facet, values in document.fits.items()},
            "e": {facet: sorted(values) for facet, values in document.explicit.items()},
            "p": document.points,
            "a": document.anywhere,
            "h": document.helpline,
            "c": document.checked,
            "o": document.open,
        },
        separators=(",", ":"),
    )


def words_of(document: Document) -> str:
    return json.dumps({name: " ".join(words) for name, words in document.words.items()})


def document_from(ref: str, facts: str, words: str) -> Document:
    """The document as it was put in."""
    held = json.loads(facts)
    return Document(
        ref=ref,
        kind=held["k"],
        words={name: tuple(text.split()) for name, text in json.loads(words).items()},
        fits={facet: frozenset(values) for facet, values in held["f"].items()},
        explicit={facet: frozenset(values) for facet, values in held["e"].items()},
        points=tuple(map(tuple, held["p"])),
        anywhere=held["a"],
        helpline=held["h"],
        checked=held["c"],
        open=held["o"],
    )


class Cache:
    """Sets by key, the least used dropped first, within a number of bytes."""

    def __init__(self, most: int = CACHED_BYTES):
        self.most, self.held = most, 0
        self.kept: OrderedDict[object, tuple[int, ...]] = OrderedDict()

    def get(self, key) -> tuple[int, ...] | None:
        found = self.kept.get(key)
        if found is not None:
            self.kept.move_to_end(key)
        return found

    def put(self, key, sets: tuple[int, ...]) -> None:
        self.kept[key] = sets
        self.held += self._size(sets)
        while self.held > self.most and self.kept:
            self.held -= self._size(self.kept.popitem(last=False)[1])

    @staticmethod
    def _size(sets: tuple[int, ...]) -> int:
        return sum(bits.bit_length() >> 3 for bits in sets) + 100


@dataclass
class Memory:
    """All records of one generation. Never changed once it answers: a new generation is a new one."""

    suffix: int
    generation: int
    token: str
    size: int = 0
    """One more than the highest slot."""
    live: int = 0
    helplines: int = 0
    anywhere: int = 0
    checked: int = 0
    open: int = 0
    schools: int = 0
    placed: int = 0
    speaks: dict[str, int] = field(default_factory=dict)
    """Facet → records that are not silent about it."""
    fits: dict[str, dict[str, int]] = field(default_factory=dict)
    explicit: dict[str, dict[str, int]] = field(default_factory=dict)
    latitudes: array = field(default_factory=lambda: array("d"))
    longitudes: array = field(default_factory=lambda: array("d"))
    places: array = field(default_factory=lambda: array("l"))
    """Slot of every point, beside its latitude and longitude."""
    grid: dict[tuple[int, int], array] = field(default_factory=dict)
    """Cell → numbers of its points."""
    cache: Cache = field(default_factory=Cache)

    @classmethod
    def read(cls, rows: Iterable[tuple[int, str]], size: int, **state) -> "Memory":
        """From (slot, facts) of every live record."""
        made = cls(size=size, **state)
        width = (size >> 3) + 1
        flags = {name: bytearray(width) for name in ("live", *FLAGS)}
        speaks: dict[str, bytearray] = defaultdict(lambda: bytearray(width))
        sets: tuple[dict, dict] = (
            defaultdict(lambda: defaultdict(lambda: bytearray(width))),
            defaultdict(lambda: defaultdict(lambda: bytearray(width))),
        )
        for slot, facts in rows:
            held = json.loads(facts)
            byte, bit = slot >> 3, 1 << (slot & 7)
            flags["live"][byte] |= bit
            for name, key in FLAGS.items():
                if held[key] if key != "k" else held["k"] == "school":
                    flags[name][byte] |= bit
            for facet in held["f"]:
                speaks[facet][byte] |= bit
            for kept, key in zip(sets, ("f", "e"), strict=True):
                for facet, values in held[key].items():
                    values_kept = kept[facet]
                    for value in values:
                        values_kept[value][byte] |= bit
            for latitude, longitude in held["p"]:
                made._place(slot, latitude, longitude)
        for name, held in flags.items():
            setattr(made, name, int.from_bytes(held, "little"))
        made.speaks = {facet: int.from_bytes(held, "little") for facet, held in speaks.items()}
        made.fits, made.explicit = (
            {
                f: {v: int.from_bytes(held, "little") for v, held in values.items()}
                for f, values in kept.items()
            }
            for kept in sets
        )
        made.placed = from_slots(made.places, size)
        return made

    def _place(self, slot: int, latitude: float, longitude: float) -> None:
        number = len(self.places)
        self.places.append(slot)
        self.latitudes.append(latitude)
        self.longitudes.append(longitude)
        self.grid.setdefault((floor(latitude / CELL), floor(longitude / CELL)), array("l")).append(number)

    # Facets

    def passing(self, facet: str, chosen: frozenset[str]) -> int:
        """Records that pass one filter: silent ones, helplines, and those that fit what was chosen."""
        held = self.fits.get(facet, {})
        if facet in ALL_OF:
            fitting = self.live
            for value in chosen:
                fitting &= held.get(value, 0)
        else:
            fitting = 0
            for value in chosen:
                fitting |= held.get(value, 0)
        return (self.live & ~self.speaks.get(facet, 0)) | self.helplines | fitting

    def saying(self, facet: str, chosen: frozenset[str]) -> int:
        """Records that say themselves what was chosen (one of it; all of it where all must hold)."""
        held = self.explicit.get(facet, {})
        if facet in ALL_OF:
            said = self.live
            for value in chosen:
                said &= held.get(value, 0)
            return said
        said = 0
        for value in chosen:
            said |= held.get(value, 0)
        return said

    def counts(self, query: Query, answering: int) -> dict[str, dict[str, FacetCount]]:
        """For every facet and value: how many of the answering records would be left, and how many
        of those say so. Each facet ignores its own selection."""
        passing = {facet: self.passing(facet, chosen) for facet, chosen in query.filters.items()}
        found: dict[str, dict[str, FacetCount]] = {}
        for facet in FACETS:
            base = answering
            for other, bits in passing.items():
                if other != facet:
                    base &= bits
            silent = base & ((self.live & ~self.speaks.get(facet, 0)) | self.helplines)
            spoken = base ^ silent
            always = silent.bit_count()
            fits, explicit = self.fits.get(facet, {}), self.explicit.get(facet, {})
            chosen = query.filters.get(facet, frozenset()) if facet in ALL_OF else frozenset()
            rows = {}
            for value in fits.keys() | explicit.keys():
                within, without = spoken, silent
                for other in chosen - {value}:
                    within &= fits.get(other, 0)
                fitting = within & fits.get(value, 0)
                rows[value] = FacetCount(
                    always + fitting.bit_count(),
                    ((without | fitting) & explicit.get(value, 0)).bit_count(),
                )
            found[facet] = rows
        return found

    # Places

    def rings(self, spot: Spot, within: int | None) -> tuple[int, int, int]:
        """Records with a place inside the first band, the second band, and `within` metres."""
        key = (spot.latitude, spot.longitude, within)
        kept = self.cache.get(key)
        if kept is None:
            limits = (*BANDS, float(within or 0))
            kept = tuple(from_slots(each, self.size) for each in self._rings(spot, limits))
            self.cache.put(key, kept)
        return kept

    def _rings(self, spot: Spot, limits: tuple[float, ...]) -> list[set[int] | list[int]]:
        farthest = max(limits)
        reach = farthest / 111_000 + 0.001
        across = reach / max(cos(radians(spot.latitude)), 0.1)
        rows = range(floor((spot.latitude - reach) / CELL), floor((spot.latitude + reach) / CELL) + 1)
        columns = range(floor((spot.longitude - across) / CELL), floor((spot.longitude + across) / CELL) + 1)
        found: list[list[int]] = [[] for _ in limits]
        for row in rows:
            for column in columns:
                numbers = self.grid.get((row, column))
                if numbers is None:
                    continue
                for number in numbers:
                    away = metres(
                        spot.latitude, spot.longitude, self.latitudes[number], self.longitudes[number]
                    )
                    if away <= farthest:
                        slot = self.places[number]
                        for kept, limit in zip(found, limits, strict=True):
                            if away <= limit:
                                kept.append(slot)
        return found

    def distances(self, spot: Spot, among: int) -> dict[int, float]:
        """Metres to the nearest place of each record of a set that has one."""
        wanted = set(slots(among & self.placed))
        found: dict[int, float] = {}
        for number, slot in enumerate(self.places):
            if slot in wanted:
                away = metres(spot.latitude, spot.longitude, self.latitudes[number], self.longitudes[number])
                if away < found.get(slot, float("inf")):
                    found[slot] = away
        return found


FLAGS = {"helplines": "h", "anywhere": "a", "checked": "c", "open": "o", "schools": "k"}

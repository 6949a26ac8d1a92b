"""What the database engine keeps in memory: sets of records, and where records are.

A `State` is the index at one generation and never changes: a search that began with one ends with
it. The next is made from it and from the records that changed since.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from json import loads
from typing import Any

from search.near import Ruler
from search.query import FACETS, FIELDS, READ, WHAT

from .places import Points

CACHE_BYTES = 16 * 1024 * 1024
"""What the sets of recent words may take, and again those of recent places."""


class Recent:
    """Values by key, the least recently used forgotten once all take more than `CACHE_BYTES`."""

    def __init__(self, size_each: int):
        self._most = max(16, CACHE_BYTES // max(size_each, 1))
        self._held: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], Any]) -> Any:
        return self.many([key], lambda missing: {key: make()})[key]

    def many(self, keys: Iterable[Hashable], make: Callable[[list], dict]) -> dict:
        """The values of keys in their order; `make` gives those of all that are missing."""
        with self._lock:
            found = {key: self._held.get(key) for key in keys}
            for key, value in found.items():
                if value is not None:
                    self._held.move_to_end(key)
        missing = [key for key, value in found.items() if value is None]
        made = make(missing) if missing else {}
        found |= made
        with self._lock:
            self._held |= made
            while len(self._held) > self._most:
                self._held.popitem(last=False)
        return found


@dataclass(frozen=True, slots=True)
class WordSets:
    """Who holds a word."""

    holding: int
    title: int
    best: tuple[tuple[str, int], ...]
    """(field, records in which it is the best field for the word), where there are any."""


def word_sets(by_field: Sequence[int]) -> WordSets:
    """From the records that hold a word in each of FIELDS."""
    seen, best = 0, []
    for name, bits in zip(FIELDS, by_field, strict=True):
        bits &= ~seen
        seen |= bits
        if bits:
            best.append((name, bits))
    return WordSets(seen, by_field[0], tuple(best))


@dataclass(slots=True)
class Facet:
    """Who fits what in one facet."""

    silent: int = 0
    """Records that fit every value: they say nothing, or no filter hides them."""
    stating: int = 0
    """Records that state some value themselves."""
    fits: dict[str, int] = field(default_factory=dict)
    """Value → records that fit it and are not silent."""
    explicit: dict[str, int] = field(default_factory=dict)
    """Value → records that state it; the same object as in `fits` where both are equal, so that it
    need be counted only once."""


class State:
    """The index at one generation."""

    def __init__(self, generation: int, stamp: str, numbered: int, size: int):
        self.generation = generation
        self.stamp = stamp
        self.numbered = numbered
        """Records up to this number are numbered in order of reference; later ones are `late`."""
        self.size = size
        """One more than the highest number."""
        self.sets: dict[tuple[str, ...], int] = {}
        self.facets: dict[str, Facet] = {}
        self.points = Points([])
        self.late: dict[int, tuple[int, str]] = {}
        """Late record → (the record it comes after in order of reference, its own reference)."""
        self.words = Recent(size // 8 * 5)
        self.reaches = Recent(size // 8)

    @property
    def live(self) -> int:
        return self.sets.get(("live",), 0)

    def flag(self, name: str) -> int:
        """school, to read, anywhere, helpline, checked, open or placed."""
        return self.sets.get((name,), 0)

    def reach(self, latitude: float, longitude: float, metres: float) -> int:
        """Records with a place at most so many metres from a point."""
        return self.reaches.get(
            (latitude, longitude, metres),
            lambda: self.points.within(Ruler(latitude, longitude), metres, self.size),
        )


def advanced(
    state: State | None,
    generation: int,
    stamp: str,
    numbered: int,
    size: int,
    rows: Iterable[tuple[int, str | None, str]],
) -> State:
    """The state after `state` (None: nothing), given every row (number, facts, points) that
    changed since."""
    made = State(generation, stamp, numbered, size)
    width = (size >> 3) + 1
    fresh: dict[tuple[str, ...], bytearray] = {}
    places: list[tuple[float, float, int]] = []
    changed, placed = bytearray(width), bytearray(width)
    for number, facts, points in rows:
        byte, bit = number >> 3, 1 << (number & 7)
        changed[byte] |= bit
        if facts is None:
            continue
        held = loads(facts)
        for key in _keys(held):
            kept = fresh.get(key)
            if kept is None:
                kept = fresh[key] = bytearray(width)
            kept[byte] |= bit
        if points != "[]":
            placed[byte] |= bit
            places += [(latitude, longitude, number) for latitude, longitude in loads(points)]
    gone = int.from_bytes(changed, "little")
    fresh[("placed",)] = placed
    before = state.sets if state else {}
    for key in before.keys() | fresh.keys():
        bits = before.get(key, 0)
        bits = (bits ^ (bits & gone)) | int.from_bytes(fresh.get(key, b""), "little")
        if bits:
            made.sets[key] = bits
    if state and not places and not state.flag("placed") & gone:
        made.points = state.points
    else:
        # A bit of bytes: of a large number it would cost as much as the whole number, for every place.
        kept = state.points if state else ()
        old = [place for place in kept if not changed[place[2] >> 3] >> (place[2] & 7) & 1]
        made.points = Points([*old, *places])
    _describe_facets(made)
    return made


def _keys(held: dict) -> Iterable[tuple[str, ...]]:
    """The sets that a record belongs to."""
    yield ("live",)
    if held["kind"] == "school":
        yield ("school",)
    if held["kind"] in READ:
        yield ("to read",)
    for name in ("anywhere", "helpline", "checked", "open"):
        if held[name]:
            yield (name,)
    for facet, values in held["explicit"].items():
        yield from (("explicit", facet, value) for value in values)
        if values:
            yield ("states", facet)
    for facet, values in held["fits"].items():
        # What a helpline fits decides nothing about a family, but its values are known ones.
        always = held["helpline"] and facet not in WHAT
        yield from (("helpline fits" if always else "fits", facet, value) for value in values)
        if not always:
            yield ("speaks", facet)


def _describe_facets(state: State) -> None:
    for facet in FACETS:
        silent = state.live & ~state.sets.get(("speaks", facet), 0)
        state.facets[facet] = Facet(silent=silent, stating=state.sets.get(("states", facet), 0))
    for key in state.sets:
        if len(key) != 3 or key[1] not in state.facets:
            continue
        _, facet, value = key
        held = state.facets[facet]
        if value not in held.fits:
            fits = state.sets.get(("fits", facet, value), 0)
            explicit = state.sets.get(("explicit", facet, value), 0)
            held.fits[value] = fits
            held.explicit[value] = fits if explicit == fits else explicit

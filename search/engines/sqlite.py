"""The embedded engine: words in an FTS5 table, facts in a table beside it, sets in memory.

Every score is summed over sets of records (see `bits`), so that no record is looked at on its own
before the twenty that are shown. Those twenty are scored again by the reference function, which is
where their explanation comes from.
"""

import secrets
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from django.db import OperationalError, connection, transaction

from search import score as points
from search.models import IndexState
from search.query import FIELDS, Applied, Change, Document, Health, Hit, Query, Report, Result, Suggestion

from .bits import Sum, from_slots, slots
from .memory import Memory, document_from
from .tables import create, documents_table, drop, put, quoted, words_table

BATCH = 500
GROUPS = tuple(
    (worth, tuple(field for field in FIELDS if points.FIELD_POINTS[field] == worth))
    for worth in sorted(set(points.FIELD_POINTS.values()), reverse=True)
)
"""(points, fields) from the most telling to the least."""


class SqliteEngine:
    name = "sqlite"

    def __init__(self):
        self._memory: Memory | None = None
        self._lock = threading.Lock()

    # Answering

    def search(self, query: Query) -> Result:
        memory = self._current()
        words = self._words(memory, query)
        answering = self._reached(memory, query, self._answering(memory, query, words))
        matching = self._filtered(memory, query, answering)
        chosen = self._page(memory, query, words, matching)
        hits = self._hits(memory, query, chosen, words)
        return Result(hits, matching.bit_count(), memory.counts(query, answering), memory.generation)

    def count(self, queries: Sequence[Query]) -> list[int]:
        memory = self._current()
        found = []
        for query in queries:
            answering = self._answering(memory, query, self._words(memory, query))
            matching = self._filtered(memory, query, self._reached(memory, query, answering))
            found.append(matching.bit_count())
        return found

    def suggest(self, prefix: str, limit: int) -> list[Suggestion]:
        """Records whose title or provider has words that begin so; the reference is the text too."""
        from search.tokens import split

        asked = split(prefix)
        if not asked or limit < 1:
            return []
        memory = self._current()
        match = " ".join(f'{{title provider}} : "{word}"*' for word in asked)
        rows = self._all(
            f"SELECT d.ref FROM {words_table(memory.suffix)} w JOIN {documents_table(memory.suffix)} d "  # noqa: S608
            f"ON d.slot = w.rowid WHERE {words_table(memory.suffix)} MATCH %s ORDER BY w.rowid LIMIT %s",
            [match, limit],
        )
        return [Suggestion(ref, ref) for (ref,) in rows]

    def health(self) -> Health:
        try:
            memory = self._current()
        except OperationalError as error:
            return Health(self.name, False, 0, 0, type(error).__name__)
        return Health(self.name, True, memory.generation, memory.live.bit_count())

    # The parts of an answer

    def _words(self, memory: Memory, query: Query) -> list[tuple[int, tuple[int, ...]]]:
        """For every word: how rare it is, and for each worth of field the records it is best in."""
        total = memory.live.bit_count()
        found = []
        for word in dict.fromkeys(query.words):
            sets = memory.cache.get(word)
            if sets is None:
                sets = self._postings(memory, word)
                memory.cache.put(word, sets)
            records = sum(bits.bit_count() for bits in sets)
            found.append((points.rarity(records, total), sets))
        return found

    def _postings(self, memory: Memory, word: str) -> tuple[int, ...]:
        seen, sets = 0, []
        for _, fields in GROUPS:
            rows = self._all(
                f"SELECT rowid FROM {words_table(memory.suffix)} WHERE {words_table(memory.suffix)} MATCH %s",  # noqa: S608
                [f"{{{' '.join(fields)}}} : {quoted(word)}"],
            )
            bits = from_slots((slot for (slot,) in rows), memory.size) & ~seen
            seen |= bits
            sets.append(bits)
        return tuple(sets)

    def _answering(self, memory: Memory, query: Query, words) -> int:
        """Records that hold a word or fit a need; all of them when neither was asked for."""
        if not query.words and not query.needs:
            return memory.live
        bits = memory.passing("need", query.needs) if query.needs else 0
        for _, sets in words:
            for each in sets:
                bits |= each
        return bits & memory.live

    def _reached(self, memory: Memory, query: Query, bits: int) -> int:
        if query.within is None or query.spot is None:
            return bits
        inside = memory.rings(query.spot, query.within)[2]
        return bits & (inside | memory.anywhere | memory.helplines | ~memory.placed)

    def _filtered(self, memory: Memory, query: Query, bits: int) -> int:
        for facet, chosen in query.filters.items():
            bits &= memory.passing(facet, chosen)
        return bits

    def _sum(self, memory: Memory, query: Query, words, matching: int) -> Sum:
        total = Sum()
        if query.needs:
            said = memory.saying("need", query.needs)
            total.add(matching & said, points.NEED_SAID)
            total.add(matching & memory.passing("need", query.needs) & ~said, points.NEED_OPEN)
        for rare, sets in words:
            for (worth, _), bits in zip(GROUPS, sets, strict=True):
                total.add(matching & bits, worth * rare)
        areas = 0
        for facet, chosen in query.filters.items():
            part = points.OWN_PART.get(facet, "says")
            if part == "area":
                areas |= memory.saying(facet, chosen)
            elif part != "need":
                total.add(
                    matching & memory.saying(facet, chosen), points.AGE if part == "age" else points.SAYS
                )
        total.add(matching & areas, points.AREA)
        if query.spot is not None:
            first, second, _ = memory.rings(query.spot, query.within)
            total.add(matching & first, points.NEAR[0])
            total.add(matching & second & ~first, points.NEAR[1])
        total.add(matching & memory.checked, points.CHECKED)
        total.add(matching & memory.open, points.OPEN)
        total.add(matching & (memory.live if query.schools else ~memory.schools), points.SERVICE)
        return total

    def _page(self, memory: Memory, query: Query, words, matching: int) -> list[int]:
        """The slots of one page, in order."""
        start = (query.page - 1) * query.size
        if start >= matching.bit_count():
            return []
        if query.sort == "distance" and query.spot is not None:
            return self._by_distance(memory, query, words, matching)[start : start + query.size]
        total = self._sum(memory, query, words, matching)
        inside = matching
        if query.within is not None and query.spot is not None:
            ring = memory.rings(query.spot, query.within)[2]
            inside = matching & (ring | memory.helplines)
        found: list[int] = []
        skipped = 0
        for part in (inside, matching & ~inside):
            for value, bits in total.best(part, max(0, start - skipped - len(found))):
                if not bits:
                    skipped -= value
                    continue
                found += self._in_order(memory, query, bits)
                if skipped + len(found) >= start + query.size:
                    return found[start - skipped : start - skipped + query.size]
        return found[start - skipped : start - skipped + query.size]

    def _in_order(self, memory: Memory, query: Query, bits: int) -> list[int]:
        """Records of one score: nearer bands first, then by reference."""
        groups = [bits]
        if query.spot is not None:
            first, second, _ = memory.rings(query.spot, query.within)
            groups = [bits & first, bits & second & ~first, bits & ~first & ~second]
        found = []
        for group in groups:
            held = slots(group)
            if len(held) > 1:
                refs = self._refs(memory, held)
                held.sort(key=lambda slot: points.ref_order(refs[slot]))
            found += held
        return found

    def _by_distance(self, memory: Memory, query: Query, words, matching: int) -> list[int]:
        away = memory.distances(query.spot, matching)
        total = self._sum(memory, query, words, matching)
        scores = {slot: value for value, bits in total.best(matching) for slot in slots(bits)}
        refs = self._refs(memory, list(scores))
        helplines = set(slots(matching & memory.helplines))
        far = float("inf")

        def key(slot):
            if slot in helplines:
                return 0, 0.0, -scores[slot], points.ref_order(refs[slot])
            metres = away.get(slot, far)
            after = query.within is not None and metres > query.within
            return 2 if after else 1, metres, -scores[slot], points.ref_order(refs[slot])

        return sorted(scores, key=key)

    def _hits(self, memory: Memory, query: Query, chosen: list[int], words) -> tuple[Hit, ...]:
        if not chosen:
            return ()
        rare = dict(zip(dict.fromkeys(query.words), (rarity for rarity, _ in words), strict=True))
        found = {}
        for slot, document in self._load(memory, chosen).items():
            parts = points.score(query, document, rare.__getitem__)
            found[slot] = Hit(document.ref, sum(parts.values()), parts, points.distance(query, document))
        return tuple(found[slot] for slot in chosen if slot in found)

    # Reading the tables

    def _current(self) -> Memory:
        """Memory of the newest generation; each process keeps one and replaces it whole."""
        state = self._state()
        memory = self._memory
        if memory is None or (memory.suffix, memory.generation, memory.token) != state:
            with self._lock:
                memory = self._memory
                if memory is None or (memory.suffix, memory.generation, memory.token) != state:
                    memory = self._memory = self._read()
        return memory

    def _state(self) -> tuple[int, int, str]:
        row = IndexState.objects.filter(pk=self.name).values_list("suffix", "generation", "token").first()
        if row is None:
            with transaction.atomic():
                IndexState.objects.get_orcreate(pk=self.name)
                create(1)
            return 1, 0, ""
        return row

    def _read(self) -> Memory:
        with transaction.atomic():  # one snapshot: state and rows of the same moment
            suffix, generation, token = self._state()
            table = documents_table(suffix)
            size = self._all(f"SELECT coalesce(max(slot), 0) + 1 FROM {table}")[0][0]  # noqa: S608
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT slot, facts FROM {table} WHERE facts IS NOT NULL")  # noqa: S608
                rows = iter(partial(cursor.fetchmany, 2000), [])
                flat = (row for batch in rows for row in batch)
                return Memory.read(flat, size, suffix=suffix, generation=generation, token=token)

    def _load(self, memory: Memory, chosen: Sequence[int]) -> dict[int, Document]:
        marks = ",".join(["%s"] * len(chosen))
        rows = self._all(
            f"SELECT slot, ref, facts, words FROM {documents_table(memory.suffix)} "  # noqa: S608
            f"WHERE facts IS NOT NULL AND slot IN ({marks})",
            list(chosen),
        )
        return {slot: document_from(ref, facts, words) for slot, ref, facts, words in rows}

    def _refs(self, memory: Memory, chosen: list[int]) -> dict[int, str]:
        found = {}
        for start in range(0, len(chosen), BATCH):
            part = chosen[start : start + BATCH]
            marks = ",".join(["%s"] * len(part))
            found |= dict(
                self._all(
                    f"SELECT slot, ref FROM {documents_table(memory.suffix)} WHERE slot IN ({marks})",  # noqa: S608
                    part,
                )
            )
        return found

    @staticmethod
    def _all(statement: str, values: Sequence = ()) -> list[tuple]:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall()

    # Changing

    def apply(self, changes: Iterable[Change]) -> Applied:
        with transaction.atomic():
            suffix = self._state()[0]
            changed, stale = put(suffix, changes)
            if changed:
                self._turn(suffix)
        return Applied(changed, stale)

    def rebuild(
        self,
        changes: Iterable[Change],
        catch_up: Callable[[], Iterable[Change]] = tuple,
        progress: Callable[[int], None] = lambda done: None,
    ) -> Report:
        """Fill new tables while the old ones answer; catch up and swap in one short transaction."""
        started = time.monotonic()
        old = self._state()[0]
        new = old + 1
        with transaction.atomic():
            drop(new)
            create(new)
        done, batch = 0, []
        for change in changes:
            batch.append(change)
            if len(batch) >= BATCH:
                with transaction.atomic():
                    done += put(new, batch)[0]
                batch = []
                progress(done)
        with transaction.atomic():
            done += put(new, batch)[0]
            put(new, catch_up())
            self._turn(new)
            drop(old)
        progress(done)
        return Report(done, time.monotonic() - started)

    def _turn(self, suffix: int) -> None:
        """Name the tables that answer now, and a new generation."""
        state, _ = IndexState.objects.get_orcreate(pk=self.name)
        state.suffix, state.generation = suffix, state.generation + 1
        # Two histories may reach one number (a transaction rolled back): the token tells them apart.
        state.token = secrets.token_hex(8)
        state.save()

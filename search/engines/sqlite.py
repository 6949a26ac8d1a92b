"""The embedded engine: an index in the site's own SQLite, answered from sets in memory.

Words are looked up in an FTS5 table, and facts are kept in memory as sets of records; an `Answer`
works on both. Of the records of a page only their references and places are then read.
"""

# ruff: noqa: S608  (only names of tables and columns, all constants, are put into statements)

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from json import loads

from django.db import DatabaseError, connection, transaction

from search import score
from search.near import Ruler
from search.query import FIELDS, Applied, Change, Health, Hit, Query, Report, Result, Suggestion
from search.tokens import split, stem

from . import tables
from .answer import Answer
from .bits import bitset
from .memory import State, WordSets, advanced, word_sets
from .tables import LIVE, NEXT

CHUNK = 500
"""Records written in one transaction while rebuilding, so that editors need not wait."""


class SqliteEngine:
    """One for each process. Threads share its state, which is only ever replaced whole."""

    name = "sqlite"

    def __init__(self):
        self._state: State | None = None
        self._lock = threading.Lock()

    # Answering

    def search(self, query: Query) -> Result:
        with _reading() as cursor:
            answer = self._answer(cursor, query)
            return Result(
                hits=_hits(cursor, query, answer),
                total=answer.matching.bit_count(),
                facets=answer.facets(),
                generation=answer.state.generation,
            )

    def count(self, queries: Sequence[Query]) -> list[int]:
        with _reading() as cursor:
            return [self._answer(cursor, query).matching.bit_count() for query in queries]

    def suggest(self, prefix: str, limit: int) -> list[Suggestion]:
        words = split(prefix)[:8]
        if not words or limit < 1:
            return []
        # Titles are kept as people read them, providers as stems: a word typed may begin either.
        where = " AND ".join(["(folded LIKE %s OR folded LIKE %s)"] * len(words))
        begins = [f"% {begin}%" for word in words for begin in (word, stem(word))]
        with _reading() as cursor:
            cursor.execute(
                f"SELECT name, ref FROM {LIVE.document} WHERE facts IS NOT NULL AND name <> ''"
                f" AND {where} ORDER BY length(name), name, ref LIMIT %s",
                [*begins, limit],
            )
            return [Suggestion(title, ref) for title, ref in cursor.fetchall()]

    def health(self) -> Health:
        try:
            with _reading() as cursor:
                generation = tables.latest(cursor)[0]
                cursor.execute(f"SELECT COUNT(*) FROM {LIVE.document} WHERE facts IS NOT NULL")
                documents = cursor.fetchone()[0]
        except DatabaseError:
            return Health(self.name, False, 0, 0, "The index has no tables: run manage.py migrate.")
        message = "" if generation else "The index is empty: run manage.py index --rebuild."
        return Health(self.name, True, generation, documents, message)

    def _answer(self, cursor, query: Query) -> Answer:
        state = self._current(cursor)
        words = [
            state.words.get(word, lambda word=word: _look_up(cursor, word, state.size))
            for word in score.counted_words(query)
        ]
        return Answer(state, query, words)

    def _current(self, cursor) -> State:
        """The state of the generation that this reader sees."""
        generation, stamp, numbered = tables.latest(cursor)
        state = self._state
        if state is not None and state.stamp == stamp:
            return state
        with self._lock:
            state = self._state
            if state is None or state.stamp != stamp:
                state = self._state = _read(cursor, state, generation, stamp, numbered)
            return state

    # Changing

    def apply(self, changes: Iterable[Change]) -> Applied:
        with transaction.atomic(), connection.cursor() as cursor:
            changed, stale = tables.apply(cursor, LIVE, changes)
            if changed:
                tables.advance(cursor, changed)
        return Applied(changed=len(changed), stale=stale)

    def rebuild(
        self,
        changes: Iterable[Change],
        catch_up: Callable[[], Iterable[Change]] = tuple,
        progress: Callable[[int], None] = lambda done: None,
    ) -> Report:
        started = time.monotonic()
        with transaction.atomic(), connection.cursor() as cursor:
            tables.drop(cursor, NEXT)
            tables.create(cursor, NEXT)
            tables.create_stage(cursor)
        done = 0
        for chunk in _chunks(changes, CHUNK):
            with transaction.atomic(), connection.cursor() as cursor:
                tables.stage(cursor, chunk)
            done += len(chunk)
            progress(done)
        with transaction.atomic(), connection.cursor() as cursor:
            numbered = tables.number_staged(cursor)
        for after in range(0, numbered, CHUNK):
            with transaction.atomic(), connection.cursor() as cursor:
                tables.index_staged(cursor, after, after + CHUNK)
        with transaction.atomic(), connection.cursor() as cursor:
            tables.apply(cursor, NEXT, catch_up())
        # Nobody else can write from here, so what this last catching up leaves out does not exist.
        with transaction.atomic(), connection.cursor() as cursor:
            tables.apply(cursor, NEXT, catch_up())
            tables.swap(cursor)
            tables.begin_again(cursor, numbered)
        return Report(documents=numbered, seconds=time.monotonic() - started)


@contextmanager
def _reading():
    """A cursor on one snapshot of the database, which asks for no lock.

    `atomic()` would take the writer's lock at once (transaction_mode is IMMEDIATE), so the
    transaction is begun by hand; inside another one, that one's view is used.
    """
    with connection.cursor() as cursor:
        if connection.in_atomic_block or not connection.get_autocommit():
            yield cursor
            return
        cursor.execute("BEGIN")
        try:
            yield cursor
        finally:
            cursor.execute("ROLLBACK")


def _read(cursor, state: State | None, generation: int, stamp: str, numbered: int) -> State:
    """The state of a generation, from an earlier one where what changed since is known."""
    cursor.execute(f"SELECT MAX(n) FROM {LIVE.document}")
    size = (cursor.fetchone()[0] or 0) + 1
    if state is not None and tables.changes_since(cursor, state.generation, state.stamp):
        cursor.execute(
            f"SELECT n, facts, points FROM {LIVE.document}"
            " WHERE n IN (SELECT n FROM search_change WHERE generation > %s)",
            [state.generation],
        )
    else:
        state = None
        cursor.execute(f"SELECT n, facts, points FROM {LIVE.document}")
    made = advanced(state, generation, stamp, numbered, size, _rows(cursor))
    cursor.execute(
        f"SELECT d.n, d.ref, (SELECT b.n FROM {LIVE.document} b WHERE b.ref < d.ref AND b.n <= %s"
        f" ORDER BY b.ref DESC LIMIT 1) FROM {LIVE.document} d WHERE d.n > %s",
        [numbered, numbered],
    )
    made.late = {number: (before or 0, ref) for number, ref, before in _rows(cursor)}
    return made


def _rows(cursor) -> Iterator[tuple]:
    while rows := cursor.fetchmany(1000):
        yield from rows


def _look_up(cursor, word: str, size: int) -> WordSets:
    """Who holds a word, in one statement: an array of numbers for each field."""
    quoted = '"' + word.replace('"', "") + '"'
    cursor.execute(POSTINGS, [f"{name} : {quoted}" for name in FIELDS])
    return word_sets([bitset(loads(numbers), size) for numbers in cursor.fetchone()])


POSTINGS = "SELECT " + ", ".join(
    [f"(SELECT json_group_array(rowid) FROM {LIVE.words} WHERE {LIVE.words} MATCH %s)"] * len(FIELDS)
)


def _hits(cursor, query: Query, answer: Answer) -> tuple[Hit, ...]:
    numbers = answer.page()
    if not numbers:
        return ()
    cursor.execute(
        f"SELECT n, ref, points FROM {LIVE.document} WHERE n IN ({', '.join(['%s'] * len(numbers))})",
        numbers,
    )
    found = {number: (ref, points) for number, ref, points in cursor.fetchall()}
    ruler = Ruler(query.spot.latitude, query.spot.longitude) if query.spot else None
    hits = []
    for number, parts in zip(numbers, answer.parts(numbers), strict=True):
        ref, points = found[number]
        metres = ruler.nearest(loads(points)) if ruler else None
        hits.append(Hit(ref, sum(parts.values()), parts, metres))
    return tuple(hits)


def _chunks(changes: Iterable[Change], size: int) -> Iterator[list[Change]]:
    chunk: list[Change] = []
    for change in changes:
        chunk.append(change)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk

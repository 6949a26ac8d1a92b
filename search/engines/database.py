"""The engine in a database: an index in its tables, answered from sets in memory.

Who holds a word is read from the tables, facts are kept in memory as sets of records; an `Answer`
works on both. Of the records of a page only their references and places are then read. What SQLite
and PostgreSQL do each in their way is in a dialect: `sqlite.Sqlite`, `postgres.Postgres`.
"""

# ruff: noqa: S608  (only names of tables and columns, all constants, are put into statements)

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from json import loads
from typing import TypeVar

from django.db import DatabaseError, OperationalError, connections, transaction

from search import score
from search.near import Ruler
from search.query import Applied, Change, Health, Hit, Query, Report, Result, Suggestion

from . import postings, tables
from .answer import Answer
from .memory import State, WordSets, advanced
from .suggestions import Title, Titles, typed_words
from .tables import LIVE, NEXT

TRIES = 5
"""How often an answer is worked out again because the index changed meanwhile."""
WAITS = 600
"""How often, a second apart, a swap is tried while somebody reads for long."""
Given = TypeVar("Given")
Latest = tuple[int, str, int]


class DatabaseEngine:
    """One for each process. Threads share its state, which is only ever replaced whole."""

    def __init__(self, dialect, alias: str = "default"):
        self.dialect = dialect
        self.name = dialect.name
        self.alias = alias
        """The key of DATABASES in whose database the index is."""
        self._state: State | None = None
        self._titles: Titles | None = None
        self._lock = threading.Lock()

    # Answering

    def search(self, query: Query) -> Result:
        return self._ask(lambda cursor, latest: self._result(cursor, latest, query))

    def count(self, queries: Sequence[Query]) -> list[int]:
        return self._ask(
            lambda cursor, latest: [
                self._answer(cursor, latest, query).matching.bit_count() for query in queries
            ]
        )

    def suggest(self, prefix: str, limit: int) -> list[Suggestion]:
        typed = typed_words(prefix)
        if not typed or limit < 1:
            return []
        return self._ask(lambda cursor, latest: self._suggestions(cursor, latest, typed, limit))

    def health(self) -> Health:
        # Inside a transaction PostgreSQL needs a savepoint to go on after an error.
        inside = connections[self.alias].in_atomic_block
        try:
            with transaction.atomic(using=self.alias) if inside else nullcontext():
                documents, generation = self._ask(_held)
        except DatabaseError:
            return Health(self.name, False, 0, 0, "The index has no tables: run manage.py migrate.")
        message = "" if generation else "The index is empty: run manage.py index --rebuild."
        return Health(self.name, True, generation, documents, message)

    def _ask(self, work: Callable[..., Given]) -> Given:
        """What `work(cursor, latest)` gives, all from one generation of the index."""
        with self.dialect.reading(connections[self.alias]) as (cursor, moves):
            for _ in range(TRIES):
                latest = tables.latest(cursor)
                given = work(cursor, latest)
                if not moves or tables.latest(cursor) == latest:
                    break
            return given

    def _result(self, cursor, latest: Latest, query: Query) -> Result:
        answer = self._answer(cursor, latest, query)
        return Result(
            hits=_hits(cursor, query, answer),
            total=answer.matching.bit_count(),
            facets=answer.facets(),
            generation=answer.state.generation,
        )

    def _answer(self, cursor, latest: Latest, query: Query) -> Answer:
        state = self._current(cursor, latest)
        words = state.words.many(
            score.counted_words(query), lambda missing: _look_up(cursor, missing, state.size)
        )
        return Answer(state, query, list(words.values()))

    def _current(self, cursor, latest: Latest) -> State:
        """The state of the generation that this reader sees."""
        state = self._state
        if state is not None and state.stamp == latest[1]:
            return state
        with self._lock:
            state = self._state
            if state is None or state.stamp != latest[1]:
                state = self._state = _read(cursor, state, *latest)
            return state

    def _suggestions(self, cursor, latest: Latest, typed, limit: int) -> list[Suggestion]:
        titles, since = self._titles_since(cursor, latest)
        numbers = titles.best(typed, limit, (title.number for title in since))
        found = [title for title in since if title.begins(typed)]
        found += (
            Title(*row, words="")
            for row in tables.select(cursor, f"SELECT n, ref, name FROM {LIVE.document} WHERE n", numbers)
        )
        found.sort(key=lambda title: title.order)
        return [Suggestion(title.name, title.ref) for title in found[:limit]]

    def _titles_since(self, cursor, latest: Latest) -> tuple[Titles, list[Title]]:
        """Titles of some generation, and the records that changed since."""
        titles = self._titles
        if titles is not None and titles.stamp == latest[1]:
            return titles, []
        with self._lock:
            titles = self._titles
            if titles is None or not tables.changes_since(cursor, titles.generation, titles.stamp):
                cursor.execute(
                    f"SELECT n, folded FROM {LIVE.document} WHERE name <> '' ORDER BY length(name), name, ref"
                )
                titles = self._titles = Titles(latest[0], latest[1], _rows(cursor))
        cursor.execute(
            f"SELECT n, ref, name, folded FROM {LIVE.document} WHERE n IN ({CHANGED})", [titles.generation]
        )
        return titles, [Title(*row) for row in cursor.fetchall()]

    # Changing

    def apply(self, changes: Iterable[Change]) -> Applied:
        with self._writing() as cursor:
            self.dialect.lock_writers(cursor)
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
        """See `Engine.rebuild`. Raises DatabaseError when another one begins before this one ends."""
        started = time.monotonic()
        with self._writing() as cursor:
            stamp = tables.begin_rebuild(cursor, self.dialect)
        done = 0
        # Some hundred records a transaction, so that editors need not wait.
        for some in tables.batches(changes):
            with self._writing(stamp) as cursor:
                tables.stage(cursor, some)
            done += len(some)
            progress(done)
        with self._writing(stamp) as cursor:
            numbered = tables.number_staged(cursor)
        for block in range(numbered // postings.BLOCK + 1):
            with self._writing(stamp) as cursor:
                tables.index_block(cursor, block)
        with self._writing(stamp) as cursor:
            tables.apply(cursor, NEXT, catch_up())
        for wait in range(WAITS):
            try:
                self._finish(stamp, numbered, catch_up)
                break
            except Held:
                if wait + 1 == WAITS:
                    raise
                time.sleep(1)
        return Report(documents=numbered, seconds=time.monotonic() - started)

    def _finish(self, stamp: str, numbered: int, catch_up: Callable[[], Iterable[Change]]) -> None:
        with self._writing(stamp) as cursor:
            self.dialect.lock_writers(cursor)
            try:
                self.dialect.lock_readers(cursor)
            except OperationalError as error:
                raise Held("The index is being read by somebody for long.") from error
            # Nobody else can write from here, so what this last catching up leaves out does not exist.
            tables.apply(cursor, NEXT, catch_up())
            tables.swap(cursor, numbered)

    @contextmanager
    def _writing(self, stamp: str = "") -> Iterator:
        """A cursor in a transaction; with the stamp of a rebuild, only while it is the latest."""
        with transaction.atomic(using=self.alias), connections[self.alias].cursor() as cursor:
            if stamp:
                tables.still_ours(cursor, stamp)
            yield cursor


class Held(DatabaseError):
    """Somebody reads the tables that are to be replaced."""


CHANGED = "SELECT n FROM search_change WHERE generation > %s"


def _read(cursor, state: State | None, generation: int, stamp: str, numbered: int) -> State:
    """The state of a generation, from an earlier one where what changed since is known."""
    cursor.execute(f"SELECT MAX(n) FROM {LIVE.document}")
    size = (cursor.fetchone()[0] or 0) + 1
    columns = f"SELECT n, facts, points FROM {LIVE.document}"
    if state is not None and tables.changes_since(cursor, state.generation, state.stamp):
        cursor.execute(f"{columns} WHERE n IN ({CHANGED})", [state.generation])
        rows: Iterable[tuple] = cursor.fetchall()
    else:
        state = None
        rows = _in_turn(cursor, columns, size)
    made = advanced(state, generation, stamp, numbered, size, rows)
    cursor.execute(
        f"SELECT d.n, d.ref, (SELECT b.n FROM {LIVE.document} b WHERE b.ref < d.ref AND b.n <= %s"
        f" ORDER BY b.ref DESC LIMIT 1) FROM {LIVE.document} d WHERE d.n > %s",
        [numbered, numbered],
    )
    made.late = {number: (before or 0, ref) for number, ref, before in cursor.fetchall()}
    return made


def _in_turn(cursor, statement: str, size: int) -> Iterator[tuple]:
    """Every row, some at a time: a driver may hold all that one statement finds."""
    for after in range(0, size, 5000):
        cursor.execute(f"{statement} WHERE n > %s AND n <= %s", [after, after + 5000])
        yield from _rows(cursor)


def _rows(cursor) -> Iterator[tuple]:
    while rows := cursor.fetchmany(1000):
        yield from rows


def _held(cursor, latest: Latest) -> tuple[int, int]:
    cursor.execute(f"SELECT COUNT(*) FROM {LIVE.document} WHERE facts IS NOT NULL")
    return cursor.fetchone()[0], latest[0]


def _look_up(cursor, words: Sequence[str], size: int) -> dict[str, WordSets]:
    """Who holds each of some words."""
    found: dict[str, list[tuple]] = {word: [] for word in words}
    statement = f"SELECT word, field, block, places FROM {LIVE.words} WHERE word"
    for word, *row in tables.select(cursor, statement, words):
        found[word].append(row)
    return {word: postings.sets(rows, size) for word, rows in found.items()}


def _hits(cursor, query: Query, answer: Answer) -> tuple[Hit, ...]:
    numbers = answer.page()
    statement = f"SELECT n, ref, points FROM {LIVE.document} WHERE n"
    found = {number: (ref, points) for number, ref, points in tables.select(cursor, statement, numbers)}
    ruler = Ruler(query.spot.latitude, query.spot.longitude) if query.spot else None
    hits = []
    for number, parts in zip(numbers, answer.parts(numbers), strict=True):
        if number not in found:
            continue  # gone since: inside another transaction the question is put again
        ref, points = found[number]
        metres = ruler.nearest(loads(points)) if ruler else None
        hits.append(Hit(ref, sum(parts.values()), parts, metres))
    return tuple(hits)

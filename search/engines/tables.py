"""The tables of the SQLite index and all that writes to them.

`search_document` holds a row a record, `search_words` (FTS5) its words under the same number. Words
arrive as tokens, so FTS5 only parts them at spaces: its `ascii` tokeniser leaves every other letter
of every script alone. `search_generation` says how often the index has changed; each change has a
random stamp as well, since a rolled back change and the one after it bear the same number.
`search_change` says which records each change touched, so that processes need not read all again.
"""

# ruff: noqa: S608  (only names of tables and columns, all constants, are put into statements)

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from search.query import FIELDS, Change
from search.tokens import split

from . import facts

COLUMNS = ", ".join(FIELDS)
MARKS = ", ".join(["%s"] * len(FIELDS))
GENERATIONS_KEPT = 50


@dataclass(frozen=True, slots=True)
class Tables:
    document: str
    words: str


LIVE = Tables("search_document", "search_words")
NEXT = Tables("search_document_next", "search_words_next")
STAGE = "search_stage"

GENERATION = """
CREATE TABLE IF NOT EXISTS search_generation (
    generation INTEGER PRIMARY KEY,
    stamp TEXT NOT NULL,
    numbered INTEGER NOT NULL -- records up to this number were numbered in order of reference
)"""
CHANGE = """
CREATE TABLE IF NOT EXISTS search_change (
    generation INTEGER NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (generation, n)
) WITHOUT ROWID"""


def create(cursor, tables: Tables = LIVE) -> None:
    """Make the tables where they are missing."""
    cursor.execute(GENERATION)
    cursor.execute(CHANGE)
    cursor.execute(
        f"CREATE TABLE IF NOT EXISTS {tables.document} ("
        " n INTEGER PRIMARY KEY, ref TEXT NOT NULL UNIQUE, version INTEGER NOT NULL,"
        # Facts are NULL when the record is gone: its version is remembered.
        " name TEXT NOT NULL, folded TEXT NOT NULL, points TEXT NOT NULL, facts TEXT)"
    )
    cursor.execute(
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {tables.words} USING fts5({COLUMNS}, tokenize = 'ascii')"
    )


def drop(cursor, tables: Tables) -> None:
    cursor.execute(f"DROP TABLE IF EXISTS {tables.document}")
    cursor.execute(f"DROP TABLE IF EXISTS {tables.words}")


def drop_all(cursor) -> None:
    drop(cursor, LIVE)
    drop(cursor, NEXT)
    for table in (STAGE, "search_generation", "search_change"):
        cursor.execute(f"DROP TABLE IF EXISTS {table}")


def latest(cursor) -> tuple[int, str, int]:
    """The generation, its stamp, and how many records are numbered in order of reference."""
    cursor.execute(
        "SELECT generation, stamp, numbered FROM search_generation ORDER BY generation DESC LIMIT 1"
    )
    return cursor.fetchone() or (0, "", 0)


def advance(cursor, changed: Iterable[int]) -> None:
    """Note that these records changed. What very old states would need is forgotten."""
    generation, _, numbered = latest(cursor)
    _note(cursor, generation + 1, numbered)
    cursor.executemany(
        "INSERT INTO search_change (generation, n) VALUES (%s, %s)",
        [(generation + 1, number) for number in set(changed)],
    )
    for table in ("search_generation", "search_change"):
        cursor.execute(f"DELETE FROM {table} WHERE generation <= %s", [generation + 1 - GENERATIONS_KEPT])


def begin_again(cursor, numbered: int) -> None:
    """Note that all was numbered anew: no state from before can be brought up to date."""
    generation = latest(cursor)[0]
    cursor.execute("DELETE FROM search_generation")
    cursor.execute("DELETE FROM search_change")
    _note(cursor, generation + 1, numbered)


def _note(cursor, generation: int, numbered: int) -> None:
    cursor.execute(
        "INSERT INTO search_generation (generation, stamp, numbered) VALUES (%s, %s, %s)",
        [generation, secrets.token_hex(8), numbered],
    )


def changes_since(cursor, generation: int, stamp: str) -> bool:
    """Whether what changed since that generation is still known (see `search_change`)."""
    cursor.execute(
        "SELECT 1 FROM search_generation WHERE generation = %s AND stamp = %s", [generation, stamp]
    )
    return cursor.fetchone() is not None


def apply(cursor, tables: Tables, changes: Iterable[Change]) -> tuple[list[int], int]:
    """Write changes that are not older than what is held: the numbers of the records written, and how
    many changes were too old."""
    changed: list[int] = []
    stale = 0
    for change in changes:
        cursor.execute(f"SELECT n, version FROM {tables.document} WHERE ref = %s", [change.ref])
        number, held = cursor.fetchone() or (None, -1)
        if change.version < held:
            stale += 1
            continue
        row = [change.version, *_row(change)]
        if number is None:
            cursor.execute(
                f"INSERT INTO {tables.document} (version, name, folded, points, facts, ref)"
                " VALUES (%s, %s, %s, %s, %s, %s)",
                [*row, change.ref],
            )
            number = cursor.lastrowid
        else:
            cursor.execute(
                f"UPDATE {tables.document} SET version = %s, name = %s, folded = %s,"
                " points = %s, facts = %s WHERE n = %s",
                [*row, number],
            )
            cursor.execute(f"DELETE FROM {tables.words} WHERE rowid = %s", [number])
        if change.document is not None:
            cursor.execute(
                f"INSERT INTO {tables.words} (rowid, {COLUMNS}) VALUES (%s, {MARKS})",
                [number, *facts.words(change.document)],
            )
        changed.append(number)
    return changed, stale


def _row(change: Change) -> tuple[str, str, str, str | None]:
    """Title, folded title and provider for suggestions, points and facts."""
    document = change.document
    if document is None:
        return "", "", "[]", None
    folded = " ".join(["", *split(document.title), *document.words.get("provider", ())])
    return document.title, folded, facts.points(document), facts.facts(document)


def create_stage(cursor) -> None:
    cursor.execute(f"DROP TABLE IF EXISTS {STAGE}")
    cursor.execute(
        f"CREATE TABLE {STAGE} (ref TEXT PRIMARY KEY,"
        f" version, name, folded, points, facts, {COLUMNS}) WITHOUT ROWID"
    )


def stage(cursor, changes: Iterable[Change]) -> None:
    """Keep records, in whatever order they come, until all are there to be numbered."""
    cursor.executemany(
        f"INSERT OR REPLACE INTO {STAGE} (ref, version, name, folded, points, facts, {COLUMNS})"
        f" VALUES (%s, %s, %s, %s, %s, %s, {MARKS})",
        [
            (each.ref, each.version, *_row(each), *facts.words(each.document))
            for each in changes
            if each.document is not None
        ],
    )


def number_staged(cursor) -> int:
    """Number what was staged in order of reference; gives how many there are."""
    cursor.execute(
        f"INSERT INTO {NEXT.document} (n, ref, version, name, folded, points, facts)"
        f" SELECT row_number() OVER (ORDER BY ref), ref, version, name, folded, points, facts FROM {STAGE}"
    )
    cursor.execute(f"SELECT COUNT(*) FROM {STAGE}")
    return cursor.fetchone()[0]


def index_staged(cursor, after: int, until: int) -> None:
    """Index the words of the records numbered `after` < n <= `until`."""
    cursor.execute(
        f"INSERT INTO {NEXT.words} (rowid, {COLUMNS}) SELECT d.n, {COLUMNS}"
        f" FROM {NEXT.document} d JOIN {STAGE} s ON s.ref = d.ref"
        " WHERE d.n > %s AND d.n <= %s ORDER BY d.n",
        [after, until],
    )


def swap(cursor) -> None:
    """Put the next tables in the place of the live ones."""
    drop(cursor, LIVE)
    cursor.execute(f"ALTER TABLE {NEXT.document} RENAME TO {LIVE.document}")
    cursor.execute(f"ALTER TABLE {NEXT.words} RENAME TO {LIVE.words}")
    cursor.execute(f"DROP TABLE IF EXISTS {STAGE}")

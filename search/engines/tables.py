"""The tables of the database index and all that writes to them, in SQLite's and PostgreSQL's common SQL.

`search_document` holds a row a record, `search_words` who holds each word (see `postings`).
`search_generation` says how often the index has changed; each change has a random stamp as well, since
a rolled back change and the one after it bear the same number. `search_change` says which records each
change touched, so that processes need not read all again.
"""

# ruff: noqa: S608  (only names of tables and columns, all constants, are put into statements)

import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db import DatabaseError

from search.query import Change
from search.tokens import split

from . import facts, postings

MANY = 500
"""Rows or values of one statement."""
GENERATIONS_KEPT = 50


@dataclass(frozen=True, slots=True)
class Tables:
    document: str
    words: str


LIVE = Tables("search_document", "search_words")
NEXT = Tables("search_document_next", "search_words_next")
STAGE = "search_stage"
OTHERS = ("search_generation", "search_change", "search_rebuild")

HELD = ("version", "name", "folded", "points", "facts", "words")
"""Columns of a record beside its number and reference. `facts` are NULL when it is gone: its version is
remembered. `folded` are the words that suggestions find it by."""
NAMES = ", ".join(HELD)
MARKS = ", ".join(["%s"] * len(HELD))
TAKEN = ", ".join(f"{name} = excluded.{name}" for name in HELD)


def create(cursor, dialect, tables: Tables = LIVE) -> None:
    """Make the tables where they are missing."""
    text, blob = dialect.text, dialect.blob
    held = (
        f"ref {text} NOT NULL UNIQUE, version BIGINT NOT NULL, name {text} NOT NULL,"
        f" folded {text} NOT NULL, points {text} NOT NULL, facts {text}, words {text} NOT NULL"
    )
    for table, columns in (
        # Records up to `numbered` were numbered in order of reference.
        (
            "search_generation",
            f"generation INTEGER PRIMARY KEY, stamp {text} NOT NULL, numbered INTEGER NOT NULL",
        ),
        ("search_change", "generation INTEGER NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (generation, n)"),
        ("search_rebuild", f"stamp {text} NOT NULL"),
        (tables.document, f"n INTEGER PRIMARY KEY, {held}"),
        (
            tables.words,
            f"word {text} NOT NULL, field SMALLINT NOT NULL, block INTEGER NOT NULL,"
            f" places {blob} NOT NULL, PRIMARY KEY (word, field, block)",
        ),
        *([(STAGE, held)] if tables == NEXT else ()),
    ):
        cursor.execute(f"CREATE TABLE IF NOT EXISTS {table} ({columns})")


def drop(cursor, *names: str) -> None:
    for name in names:
        cursor.execute(f"DROP TABLE IF EXISTS {name}")


def drop_all(cursor) -> None:
    drop(cursor, LIVE.document, LIVE.words, NEXT.document, NEXT.words, STAGE, *OTHERS)


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
    many changes were too old. Only one transaction at a time may do so."""
    changed: list[int] = []
    stale = 0
    cursor.execute(f"SELECT MAX(n) FROM {tables.document}")
    top = cursor.fetchone()[0] or 0
    for some in batches(changes):
        known = f"SELECT ref, n, version, words FROM {tables.document} WHERE ref"
        held = {ref: rest for ref, *rest in select(cursor, known, {change.ref for change in some})}
        rows: dict[int, tuple] = {}
        moved: dict[int, tuple[str, str]] = {}
        for change in some:
            number, version, words = held.get(change.ref, (None, -1, ""))
            if change.version < version:
                stale += 1
                continue
            if number is None:
                number = top = top + 1
            rows[number] = (number, change.ref, *row(change))
            moved[number] = (moved.get(number, (words,))[0], rows[number][-1])
            held[change.ref] = (number, change.version, rows[number][-1])
        cursor.executemany(
            f"INSERT INTO {tables.document} (n, ref, {NAMES}) VALUES (%s, %s, {MARKS})"
            f" ON CONFLICT (n) DO UPDATE SET {TAKEN}",
            list(rows.values()),
        )
        _move(cursor, tables, moved)
        changed += rows
    return changed, stale


def row(change: Change) -> tuple:
    """The values of HELD."""
    document = change.document
    if document is None:
        return change.version, "", "", "[]", None, ""
    folded = " ".join([*split(document.title), *document.words.get("provider", ())])
    held = facts.points(document), facts.facts(document), facts.words(document)
    return change.version, document.title, folded, *held


def _move(cursor, tables: Tables, moved: dict[int, tuple[str, str]]) -> None:
    """Take records (number → words before, words after) out of words and into words."""
    places: dict[tuple[str, int, int], dict[int, bool]] = {}
    for number, (before, after) in moved.items():
        block, place = divmod(number, postings.BLOCK)
        old, new = postings.keys(before), postings.keys(after)
        for word, field in old ^ new:
            places.setdefault((word, field, block), {})[place] = (word, field) in new
    blocks = sorted({number // postings.BLOCK for number in moved})
    held = {}
    if places:
        within = f"WHERE block >= {blocks[0]} AND block <= {blocks[-1]} AND word"
        for word, field, block, packed in select(
            cursor,
            f"SELECT word, field, block, places FROM {tables.words} {within}",
            {word for word, _, _ in places},
        ):
            held[word, field, block] = packed
    now = {key: postings.changed(held.get(key, b""), each) for key, each in places.items()}
    cursor.executemany(
        f"DELETE FROM {tables.words} WHERE word = %s AND field = %s AND block = %s",
        [key for key, packed in now.items() if not packed],
    )
    _put(cursor, tables, ((*key, packed) for key, packed in now.items() if packed))


def _put(cursor, tables: Tables, rows: Iterable[tuple]) -> None:
    """Write rows of words, over those there are."""
    for some in batches(rows):
        cursor.execute(
            f"INSERT INTO {tables.words} (word, field, block, places)"
            f" VALUES {', '.join(['(%s, %s, %s, %s)'] * len(some))}"
            " ON CONFLICT (word, field, block) DO UPDATE SET places = excluded.places",
            [value for each in some for value in each],
        )


def select(cursor, statement: str, values: Iterable) -> Iterator[Sequence]:
    """Rows of a statement that ends with the column that has one of these values."""
    for some in batches(values):
        cursor.execute(f"{statement} IN ({', '.join(['%s'] * len(some))})", some)
        yield from cursor.fetchall()


def batches(items: Iterable) -> Iterator[list]:
    """The same, `MANY` at a time."""
    items = iter(items)
    while some := list(islice(items, MANY)):
        yield some


def begin_rebuild(cursor, dialect) -> str:
    """Make the next tables, empty; gives the stamp that `still_ours` asks for."""
    create(cursor, dialect)
    drop(cursor, NEXT.document, NEXT.words, STAGE)
    create(cursor, dialect, NEXT)
    stamp = secrets.token_hex(8)
    cursor.execute("DELETE FROM search_rebuild")
    cursor.execute("INSERT INTO search_rebuild (stamp) VALUES (%s)", [stamp])
    return stamp


def still_ours(cursor, stamp: str) -> None:
    """Raises DatabaseError when another rebuild has begun since and the next tables are its own."""
    cursor.execute("SELECT 1 FROM search_rebuild WHERE stamp = %s", [stamp])
    if not cursor.fetchone():
        raise DatabaseError("Another rebuild began, so this one stopped. The index is as it was.")


def stage(cursor, changes: Iterable[Change]) -> None:
    """Keep records, in whatever order they come, until all are there to be numbered."""
    cursor.executemany(
        f"INSERT INTO {STAGE} (ref, {NAMES}) VALUES (%s, {MARKS}) ON CONFLICT (ref) DO UPDATE SET {TAKEN}",
        [(each.ref, *row(each)) for each in changes if each.document is not None],
    )


def number_staged(cursor) -> int:
    """Number what was staged in order of reference; gives how many there are."""
    cursor.execute(
        f"INSERT INTO {NEXT.document} (n, ref, {NAMES})"
        f" SELECT row_number() OVER (ORDER BY ref), ref, {NAMES} FROM {STAGE}"
    )
    drop(cursor, STAGE)
    cursor.execute(f"SELECT COUNT(*) FROM {NEXT.document}")
    return cursor.fetchone()[0]


def index_block(cursor, block: int) -> None:
    """Write who holds each word, of the records of one block."""
    first = block * postings.BLOCK
    cursor.execute(
        f"SELECT n, words FROM {NEXT.document} WHERE n >= %s AND n < %s", [first, first + postings.BLOCK]
    )
    held = postings.by_key(cursor.fetchall())
    _put(cursor, NEXT, ((*key, block, postings.packed(held[key])) for key in sorted(held)))


def swap(cursor, numbered: int) -> None:
    """Put the next tables in the place of the live ones. All is numbered anew, so no state from before
    can be brought up to date."""
    drop(cursor, LIVE.document, LIVE.words)
    cursor.execute(f"ALTER TABLE {NEXT.document} RENAME TO {LIVE.document}")
    cursor.execute(f"ALTER TABLE {NEXT.words} RENAME TO {LIVE.words}")
    generation = latest(cursor)[0]
    for table in OTHERS:
        cursor.execute(f"DELETE FROM {table}")
    _note(cursor, generation + 1, numbered)

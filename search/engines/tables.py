"""The tables of the embedded engine: words in FTS5 with its own content, facts beside it.

A rebuild fills tables with the next suffix, so that the old ones answer until the swap.
"""

from collections.abc import Iterable

from django.db import connection

from search.query import FIELDS, Change

from .memory import facts_of, words_of


def words_table(suffix: int) -> str:
    return f"search_words_{suffix}"


def documents_table(suffix: int) -> str:
    return f"search_documents_{suffix}"


def quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


def create(suffix: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TABLE IF NOT EXISTS {documents_table(suffix)} (slot integer PRIMARY KEY, "
            "ref varchar(40) NOT NULL UNIQUE, version bigint NOT NULL, facts text, words text)"
        )
        cursor.execute(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS {words_table(suffix)} USING fts5"
            f"({', '.join(FIELDS)}, tokenize = 'unicode61 remove_diacritics 0')"
        )


def drop(suffix: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {words_table(suffix)}")
        cursor.execute(f"DROP TABLE IF EXISTS {documents_table(suffix)}")


def put(suffix: int, changes: Iterable[Change]) -> tuple[int, int]:
    """Write changes newer than what is held; returns (changed, stale). A tombstone keeps its row."""
    documents, words = documents_table(suffix), words_table(suffix)
    changed = stale = 0
    with connection.cursor() as cursor:
        for change in changes:
            cursor.execute(f"SELECT slot, version FROM {documents} WHERE ref = %s", [change.ref])  # noqa: S608
            row = cursor.fetchone()
            if row and row[1] >= change.version:
                stale += 1
                continue
            document = change.document
            facts = None if document is None else facts_of(document)
            held = None if document is None else words_of(document)
            if row:
                slot = row[0]
                cursor.execute(
                    f"UPDATE {documents} SET version = %s, facts = %s, words = %s WHERE slot = %s",  # noqa: S608
                    [change.version, facts, held, slot],
                )
                cursor.execute(f"DELETE FROM {words} WHERE rowid = %s", [slot])  # noqa: S608
            else:
                cursor.execute(
                    f"INSERT INTO {documents} (ref, version, facts, words) VALUES (%s, %s, %s, %s)",  # noqa: S608
                    [change.ref, change.version, facts, held],
                )
                slot = cursor.lastrowid
            if document is not None:
                cursor.execute(
                    f"INSERT INTO {words} (rowid, {', '.join(FIELDS)}) VALUES (%s, %s, %s, %s, %s, %s)",  # noqa: S608
                    [slot, *(" ".join(document.words.get(name, ())) for name in FIELDS)],
                )
            changed += 1
    return changed, stale

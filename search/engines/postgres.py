"""What is PostgreSQL's own in the database engine.

Renamed tables are seen by every transaction at once, their rows only by those that began later, so a
reader names its tables before it takes its snapshot, and a swap waits for such readers. Both take
their locks in one order: documents, then words.
"""

from collections.abc import Iterator
from contextlib import contextmanager


class Postgres:
    name = "postgres"
    vendor = "postgresql"
    text = 'TEXT COLLATE "C"'
    """Sorts by code point, as Python does, whatever the database's own order is."""
    blob = "BYTEA"

    @contextmanager
    def reading(self, connection) -> Iterator[tuple]:
        """A cursor on one snapshot of the database, and whether it may move on: inside another
        transaction every statement sees what was committed by then."""
        with connection.cursor() as cursor:
            if connection.in_atomic_block or not connection.get_autocommit():
                yield cursor, True
                return
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            try:
                cursor.execute("LOCK TABLE search_document, search_words IN ACCESS SHARE MODE")
                yield cursor, False
            finally:
                cursor.execute("ROLLBACK")

    def lock_writers(self, cursor) -> None:
        """One writer at a time; readers go on."""
        cursor.execute("LOCK TABLE search_generation IN SHARE ROW EXCLUSIVE MODE")

    def lock_readers(self, cursor) -> None:
        """Wait until nobody reads and let nobody begin, until the transaction ends.

        Raises OperationalError after half a second: whoever reads for long (a backup) must not make
        every search wait behind a swap.
        """
        cursor.execute("SET LOCAL lock_timeout = '500ms'")
        cursor.execute("LOCK TABLE search_document, search_words IN ACCESS EXCLUSIVE MODE")
        cursor.execute("SET LOCAL lock_timeout = 0")

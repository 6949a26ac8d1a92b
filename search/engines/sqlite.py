"""What is SQLite's own in the database engine."""

from collections.abc import Iterator
from contextlib import contextmanager


class Sqlite:
    name = vendor = "sqlite"
    text = "TEXT"
    blob = "BLOB"

    @contextmanager
    def reading(self, connection) -> Iterator[tuple]:
        """A cursor on one snapshot of the database, and whether it may move on (it never does).

        No lock is asked for: `atomic()` would take the writer's at once (transaction_mode is
        IMMEDIATE), so the transaction is begun by hand; inside another one, that one's view is used.
        """
        with connection.cursor() as cursor:
            if connection.in_atomic_block or not connection.get_autocommit():
                yield cursor, False
                return
            cursor.execute("BEGIN")
            try:
                yield cursor, False
            finally:
                cursor.execute("ROLLBACK")

    def lock_writers(self, cursor) -> None:
        """A transaction that writes has the file's one lock already."""

    def lock_readers(self, cursor) -> None:
        """Readers have their snapshot, in which tables keep their names."""

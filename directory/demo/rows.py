"""Rows of the demo files, and what is said when one of them is wrong."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import DatabaseError


class BadRow(Exception):
    """A row that cannot be loaded; its text names the file, the row and what is wrong."""


@contextmanager
def at(path: Path, row: object):
    """Name the file and the row in whatever goes wrong inside."""
    try:
        yield
    except (ValidationError, ValueError, TypeError, LookupError, ObjectDoesNotExist, DatabaseError) as error:
        raise BadRow(f"{path.name}, row {row}: {_words(error)}") from error


def table(path: Path, delimiter: str = ",") -> Iterator[tuple[int, dict[str, str]]]:
    """(number of its first line, row) of a table with a header line. Raises `BadRow`."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, delimiter=delimiter)
        before = 1
        for row in reader:
            if None in row or None in row.values():
                raise BadRow(f"{path.name}, row {before + 1}: it has too many or too few columns.")
            yield before + 1, row
            before = reader.line_num


def parts(text: str) -> list[str]:
    """`a|b` → [a, b]."""
    return [part.strip() for part in text.split("|") if part.strip()]


def save(record):
    """Check one record by its model's own rules, and save it. Raises `ValidationError`."""
    record.full_clean()
    record.save()
    return record


def _words(error: Exception) -> str:
    if isinstance(error, ValidationError):
        if hasattr(error, "error_dict"):
            return " ".join(f"{field}: {' '.join(said)}" for field, said in error.message_dict.items())
        return " ".join(error.messages)
    if isinstance(error, KeyError):
        return f"{error.args[0]!r} is not known."
    return str(error)

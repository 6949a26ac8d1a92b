"""Engines behind one call. `engine()` gives the one that the setting SEARCH_URL names.

| SEARCH_URL                      | engine                                                 |
|---------------------------------|--------------------------------------------------------|
| `sqlite:`                       | an index in the site's own SQLite                      |
| `postgres:`                     | an index in the site's own PostgreSQL                  |
| `postgres:ALIAS`                | the same in another of DATABASES                       |
| `http://host:9200`, `https://…` | Elasticsearch; `elastic` for short on the command line |

Left out, it is the first or the second, as the site's database is.

An engine is imported when it is first asked for, so a heavy client costs nothing unless used.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from typing import Protocol

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, connections

from search.query import Applied, Change, Health, Query, Report, Result, Suggestion


class Engine(Protocol):
    """What every engine does. All give the answer that `search.score` gives."""

    name: str

    def search(self, query: Query) -> Result: ...

    def count(self, queries: Sequence[Query]) -> list[int]:
        """How many records each query finds, all from one state of the index."""

    def suggest(self, prefix: str, limit: int) -> list[Suggestion]:
        """Records whose title or provider has words that begin like those typed."""

    def apply(self, changes: Iterable[Change]) -> Applied:
        """Take changes in; those older than what is held are left alone."""

    def rebuild(
        self,
        changes: Iterable[Change],
        catch_up: Callable[[], Iterable[Change]] = tuple,
        progress: Callable[[int], None] = lambda done: None,
    ) -> Report:
        """Index every record anew, at its version, while the old index goes on answering.

        `catch_up` gives what changed since it was last called (at first: since the rebuild began);
        `progress` is told how many records were read.
        """

    def health(self) -> Health: ...


def _database(name: str, alias: str) -> Engine:
    from .database import DatabaseEngine
    from .postgres import Postgres
    from .sqlite import Sqlite

    dialect = {"sqlite": Sqlite, "postgres": Postgres}[name]()
    if alias and alias not in connections:
        raise ImproperlyConfigured(
            f"SEARCH_URL is {name}: and something more, which names no database of the site. Leave it out."
        )
    vendor = connections[alias or "default"].vendor
    if vendor != dialect.vendor:
        raise ImproperlyConfigured(
            f"SEARCH_URL is {name}: but the database is {CALLED.get(vendor, vendor)}, not"
            f" {CALLED[dialect.vendor]}. Leave SEARCH_URL out to search in the site's own database, or set"
            " DATABASE_URL for another one."
        )
    return DatabaseEngine(dialect, alias or "default")


CALLED = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def _elastic(url: str) -> Engine:
    try:
        from .elastic import ElasticEngine
    except ImportError as error:
        raise ImproperlyConfigured(
            "Search on Elasticsearch needs its client: pip install -r requirements-elastic.txt"
        ) from error
    return ElasticEngine(url)


def _guarded(url: str) -> Engine:
    """Elasticsearch, with the index in the site's own database behind it."""
    from .guarded import GuardedEngine

    own = {"postgresql": "postgres:"}.get(connection.vendor, "sqlite:")
    return GuardedEngine(_elastic(url), _made(own))


def _elastic_by_name(rest: str) -> Engine:
    """The Elasticsearch of SEARCH_URL, else the one on this machine: for `manage.py find --engine`."""
    if rest:
        raise ImproperlyConfigured("SEARCH_URL for Elasticsearch begins with http: or https:")
    named = settings.SEARCH_URL.startswith(("http:", "https:"))
    return _elastic(settings.SEARCH_URL if named else "http://127.0.0.1:9200")


ENGINES: dict[str, Callable[[str], Engine]] = {
    "sqlite": partial(_database, "sqlite"),
    "postgres": partial(_database, "postgres"),
    "http": lambda rest: _guarded(f"http:{rest}"),
    "https": lambda rest: _guarded(f"https:{rest}"),
    "elastic": _elastic_by_name,
}


def engine(url: str | None = None) -> Engine:
    """The engine of a URL or bare name; the site's own unless told.

    Raises ImproperlyConfigured, in words an operator can act on, when there is no such engine.
    """
    return _made(settings.SEARCH_URL if url is None else url)


@cache
def _made(url: str) -> Engine:
    scheme, _, rest = url.partition(":")
    if scheme not in ENGINES:
        known = " or ".join(f"{name}:" for name in ENGINES if name != "elastic")
        # Only the scheme is repeated: the rest of a URL may hold a password.
        raise ImproperlyConfigured(
            f"SEARCH_URL begins with {scheme!r}, which is no search engine. It must be {known};"
            " leave it out for the embedded engine."
        )
    return ENGINES[scheme](rest)

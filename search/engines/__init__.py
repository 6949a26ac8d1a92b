"""Engines: one protocol, chosen by one setting, SEARCH_URL."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from importlib import import_module
from typing import Protocol

from django.conf import settings

from search.query import Applied, Change, Health, Query, Report, Result, Suggestion

NAMES = {"sqlite": "search.engines.sqlite.SqliteEngine"}


class Engine(Protocol):
    name: str

    def search(self, query: Query) -> Result: ...

    def count(self, queries: Sequence[Query]) -> list[int]: ...

    def suggest(self, prefix: str, limit: int) -> list[Suggestion]: ...

    def apply(self, changes: Iterable[Change]) -> Applied: ...

    def rebuild(
        self,
        changes: Iterable[Change],
        catch_up: Callable[[], Iterable[Change]] = tuple,
        progress: Callable[[int], None] = lambda done: None,
    ) -> Report: ...

    def health(self) -> Health: ...


def named(url: str) -> str:
    """The engine that a SEARCH_URL (or a bare name) asks for, or ""."""
    name = url.partition(":")[0]
    return name if name in NAMES else ""


def engine(url: str | None = None) -> Engine:
    """The engine of a SEARCH_URL, the site's own unless told. Raises ValueError for an unknown one."""
    url = settings.SEARCH_URL if url is None else url
    name = named(url)
    if not name:
        raise ValueError(f"No search engine called {url!r}; there are {', '.join(NAMES)}.")
    return _made(name, url)


@lru_cache
def _made(name: str, url: str) -> Engine:
    module, _, cls = NAMES[name].rpartition(".")
    return getattr(import_module(module), cls)()

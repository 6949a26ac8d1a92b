"""An engine on another machine, with one in the site's own database behind it.

Families get an answer whatever happens to the first: it is asked with a short timeout of its own,
and when it fails, in whatever way, the second answers the same question. After three failures the
first rests (see `search.engines.breaker`), so that nobody waits for it.
"""

import logging
import time
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, TypeVar

from search.query import Applied, Change, Health, Query, Report, Result, Suggestion

from .breaker import CLOSED, Breaker

if TYPE_CHECKING:
    from . import Engine

SLOW = 1.5
"""Seconds. An answer that took longer is used, and counts as a failure: the first engine's timeout
is for one step of the network, and what drips in can pass every step."""
A_CHANGE = 0.05
"""Seconds more for every change that is taken in."""

Answer = TypeVar("Answer")
log = logging.getLogger("localoffer.search")


class Resting(Exception):
    """The engine failed lately and is left in peace for some seconds."""


class GuardedEngine:
    """Answers with the first engine or, when that fails, with the second. One for each process.

    Changes go to the first alone, under its name: the second takes them in for itself. Writing has a
    breaker of its own, since an engine that is read-only still answers.
    """

    def __init__(self, first: "Engine", second: "Engine", rest: float = 5.0):
        self.name = first.name
        self.first = first
        self.second = second
        self.reading = Breaker(rest=rest)
        self.writing = Breaker(rest=rest)

    @property
    def answering(self) -> "Engine":
        """The engine that answers now."""
        return self.first if self.reading.state == CLOSED else self.second

    def search(self, query: Query) -> Result:
        return self._ask("search", lambda engine: engine.search(query))

    def count(self, queries: Sequence[Query]) -> list[int]:
        queries = list(queries)
        return self._ask("count", lambda engine: engine.count(queries))

    def suggest(self, prefix: str, limit: int) -> list[Suggestion]:
        return self._ask("suggest", lambda engine: engine.suggest(prefix, limit))

    def apply(self, changes: Iterable[Change]) -> Applied:
        """Take changes in. Raises Resting at once after three failures, else whatever went wrong."""
        changes = list(changes)
        if not self.writing.admits():
            raise Resting(f"{self.name} failed lately")
        started = time.monotonic()
        try:
            applied = self.first.apply(changes)
        except Exception as error:
            if self.writing.failed():
                log.error("search: %s takes in no changes (%s)", self.name, type(error).__name__)
            raise
        if time.monotonic() - started > SLOW + A_CHANGE * len(changes):
            if self.writing.failed():
                log.error("search: %s takes changes in too slowly", self.name)
        elif self.writing.succeeded():
            log.warning("search: %s takes in changes again", self.name)
        return applied

    def rebuild(
        self,
        changes: Iterable[Change],
        catch_up: Callable[[], Iterable[Change]] = tuple,
        progress: Callable[[int], None] = lambda done: None,
    ) -> Report:
        return self.first.rebuild(changes, catch_up, progress)

    def health(self) -> Health:
        """The first engine's own, asked even while it rests. Never raises."""
        try:
            return self.first.health()
        except Exception as error:
            return Health(self.name, False, 0, 0, f"It does not answer ({type(error).__name__}).")

    def _ask(self, kind: str, call: Callable[["Engine"], Answer]) -> Answer:
        if self.reading.admits():
            started = time.monotonic()
            try:
                answer = call(self.first)
            except Exception as error:
                # Only the kind of error: its words may hold what someone typed.
                self._failed(kind, type(error).__name__)
            else:
                if time.monotonic() - started > SLOW:
                    self._failed(kind, "too slow")
                elif self.reading.succeeded(kind):
                    log.warning("search: %s answers again", self.name)
                return answer
        return call(self.second)

    def _failed(self, kind: str, what: str) -> None:
        if self.reading.failed(kind):
            log.error("search: %s fails (%s); %s answers instead", self.name, what, self.second.name)

"""An engine on another machine, with one in the site's own database behind it.

Families get an answer whatever happens to the first: it is asked with a short timeout of its own,
and when it fails, in whatever way, the second answers the same question. After three failures the
first rests (see `search.engines.breaker`), so that nobody waits for it.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from search.query import Applied, Change, Health, Query, Report, Result, Suggestion

from .breaker import CLOSED, Breaker

if TYPE_CHECKING:
    from . import Engine

LONGEST = 1.5
"""Seconds that a call may take in all. The first engine's own timeout is for one step of the network:
what drips in passes every step, and one search may take several."""
A_CHANGE = 0.05
"""Seconds more for every change that is taken in."""
AT_ONCE = 32
"""Calls under way, with those that nobody waits for any more."""

Answer = TypeVar("Answer")
log = logging.getLogger("localoffer.search")


class Resting(Exception):
    """The engine failed lately and is left in peace for some seconds."""


class TooSlow(Exception):
    """No answer came in time."""


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
        self._calls = ThreadPoolExecutor(AT_ONCE, thread_name_prefix=f"search-{first.name}")

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
        try:
            applied = self._within(LONGEST + A_CHANGE * len(changes), lambda: self.first.apply(changes))
        except Exception as error:
            if self.writing.failed():
                log.error("search: %s takes in no changes (%s)", self.name, type(error).__name__)
            raise
        if self.writing.succeeded():
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
            return self._within(LONGEST, self.first.health)
        except Exception as error:
            return Health(self.name, False, 0, 0, f"It does not answer ({type(error).__name__}).")

    def _ask(self, kind: str, call: Callable[["Engine"], Answer]) -> Answer:
        if self.reading.admits():
            try:
                answer = self._within(LONGEST, lambda: call(self.first))
            except Exception as error:
                # Only the kind of error: its words may hold what someone typed.
                if self.reading.failed(kind):
                    what = type(error).__name__
                    log.error("search: %s fails (%s); %s answers instead", self.name, what, self.second.name)
            else:
                if self.reading.succeeded(kind):
                    log.warning("search: %s answers again", self.name)
                return answer
        return call(self.second)

    def _within(self, seconds: float, call: Callable[[], Answer]) -> Answer:
        """What the call gives. One that takes longer is left to itself: a search harms nothing, and what
        a late change writes is refused if it is old. The first engine never touches the site's database,
        so a thread of its own needs no connection."""
        try:
            return self._calls.submit(call).result(seconds)
        except TimeoutError as error:
            raise TooSlow(f"{self.name} took longer than {seconds:.1f} s") from error

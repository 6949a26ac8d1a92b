"""The worker that keeps every engine up to date, for as long as it is let run."""

import signal
import threading
import time
from collections.abc import Callable, Iterable

from django.db import Error, close_old_connections

from .engines import Engine
from .outbox import Refused, drain, lag_of, rebuild

PAUSE = 0.5
"""Seconds between looks at the outbox."""
TURN = 10.0
"""Seconds that one engine may take before the next has its turn."""
LONGEST_PAUSE = 10.0
"""An engine that fails is tried again after one second, two, four and so on up to this."""
LOOK = 20.0
"""Seconds between looks at whether an engine has its index, and at what lags."""


class Watch:
    """Drains engines as changes come. One that fails, as the database may, is tried again later and
    later, and keeps no other waiting."""

    def __init__(self, engines: Iterable[Engine], say: Callable[[str], None]):
        self.turns = [Turn(each, say) for each in engines]
        self.say = say
        self.stopping = threading.Event()

    def stop(self, *args) -> None:
        self.stopping.set()

    def run(self) -> None:
        """Until SIGTERM or SIGINT; what is being written then is finished first."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)
        self.say("watching: " + ", ".join(turn.engine.name for turn in self.turns))
        while not self.stopping.is_set():
            busy = [turn.take() for turn in self.turns]
            close_old_connections()
            if not any(busy):
                self.stopping.wait(PAUSE)
        self.say("stopped")


class Turn:
    """One engine's state with its worker."""

    def __init__(self, engine: Engine, say: Callable[[str], None]):
        self.engine = engine
        self.say = lambda words: say(f"{engine.name}: {words}")
        self.failures = 0
        self.again = 0.0
        self.looks = 0.0

    def take(self) -> bool:
        """Take in what waits; whether there was anything."""
        now = time.monotonic()
        if now < self.again:
            return False
        try:
            if now >= self.looks:
                self._look()
                self.looks = now + LOOK
            taken = drain(self.engine, seconds=TURN)
        except Refused as error:
            self.say(str(error))
            self.again = time.monotonic() + LOOK
            return False
        except Exception as error:
            self._failed(error)
            return False
        if self.failures:
            self.failures = 0
            self.say("takes changes in again")
        return bool(taken)

    def _look(self) -> None:
        found = self.engine.health()
        if found.missing or (found.ok and not found.generation):
            self.say("has no index; it is made now")
            report = rebuild(self.engine)
            self.say(f"{report.documents:,} records in {report.seconds:.1f} s")
        if behind := self._behind():
            self.say(behind)

    def _failed(self, error: Exception) -> None:
        pause = min(2.0**self.failures, LONGEST_PAUSE)
        self.failures += 1
        self.looks = 0.0
        self.again = time.monotonic() + pause
        # The class alone: the error's words may be a record's.
        said = f"fails ({type(error).__name__}); trying again in {pause:.0f} s"
        try:
            self.say("; ".join(filter(None, [said, self._behind()])))
        except Error:
            self.say(said)

    def _behind(self) -> str:
        found = lag_of(self.engine)
        return (
            f"{found.changes:,} changes wait since {found.since:%Y-%m-%d %H:%M:%S} UTC" if found.since else ""
        )

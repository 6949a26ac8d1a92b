"""When to stop asking a service that fails, and when to ask it again. Pure but for its clock."""

import threading
import time
from collections.abc import Callable

CLOSED, OPEN, PROBING = "closed", "open", "probing"


class Breaker:
    """Opens after `limit` failed calls, rests some seconds, then lets one call through as a probe:
    if that succeeds it closes, else it rests again. Threads may share it.

    Failures are counted by kind of call, and only a success of the same kind takes them away: when
    searches hang and suggestions do not, the breaker opens all the same.
    """

    def __init__(self, limit: int = 3, rest: float = 5.0, clock: Callable[[], float] = time.monotonic):
        self.limit = limit
        self.rest = rest
        self._clock = clock
        self._lock = threading.Lock()
        self._failures: dict[str, int] = {}
        self._open = False
        self._until = 0.0
        self._probed = False

    @property
    def state(self) -> str:
        with self._lock:
            if not self._open:
                return CLOSED
            return PROBING if self._probed and self._clock() < self._until else OPEN

    def admits(self) -> bool:
        """Whether to make the call. Whoever is told yes says later whether it `failed` or `succeeded`."""
        with self._lock:
            if not self._open:
                return True
            if self._clock() < self._until:
                return False
            # A probe that never says how it went (its thread died) must not keep others out for ever.
            self._probed = True
            self._until = self._clock() + self.rest
            return True

    def succeeded(self, kind: str = "") -> bool:
        """Note a success; True when it closed the breaker."""
        with self._lock:
            self._failures.pop(kind, None)
            closing = self._open and self._probed
            if closing:
                self._open = self._probed = False
            return closing

    def failed(self, kind: str = "") -> bool:
        """Note a failure; True when it opened the breaker (not when a probe failed)."""
        with self._lock:
            self._failures[kind] = self._failures.get(kind, 0) + 1
            opening = not self._open and sum(self._failures.values()) >= self.limit
            if opening or (self._open and self._probed):
                self._open, self._probed = True, False
                self._until = self._clock() + self.rest
            return opening

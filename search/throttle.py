"""A limit on what one address may cost, not on how often it asks.

Thirty families behind one school's address search as often as they like: an ordinary search costs
a few milliseconds. A program that asks for costly things without end is told to wait. Addresses are
kept only in memory, only as a salted hash, and only for a minute.
"""

import secrets
import threading
import time
from collections.abc import Callable
from hashlib import blake2b

SECONDS_A_MINUTE = 20.0
"""Processor seconds of searching that one address may use in a minute, in one worker."""
MOST_ADDRESSES = 20_000
_SALT = secrets.token_bytes(16)


class Throttle:
    def __init__(self, allowed: float = SECONDS_A_MINUTE, clock: Callable[[], float] = time.monotonic):
        self.allowed, self.clock = allowed, clock
        self._spent: dict[bytes, tuple[float, float]] = {}
        self._lock = threading.Lock()

    def refused(self, address: str) -> int:
        """Whole seconds to wait, or 0 when the address may search."""
        spent = self._now(self._key(address))
        if spent < self.allowed:
            return 0
        return max(1, round((spent - self.allowed) * 60 / self.allowed) + 1)

    def spend(self, address: str, seconds: float) -> None:
        key = self._key(address)
        with self._lock:
            if len(self._spent) >= MOST_ADDRESSES:
                self._spent.clear()
            self._spent[key] = (self._now(key) + seconds, self.clock())

    def forget(self) -> None:
        """Everybody may begin anew."""
        with self._lock:
            self._spent.clear()

    def _now(self, key: bytes) -> float:
        """What is left of what was spent: it drains evenly, all of the allowance in a minute."""
        spent, at = self._spent.get(key, (0.0, 0.0))
        return max(0.0, spent - (self.clock() - at) * self.allowed / 60)

    @staticmethod
    def _key(address: str) -> bytes:
        return blake2b(address.encode("utf-8", "replace"), key=_SALT, digest_size=16).digest()


searches = Throttle()

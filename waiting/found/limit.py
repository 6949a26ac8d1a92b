"""A limit on how many answers come from one address in an hour.

Addresses are known only in this process's memory, only as a hash under a secret that nobody sees, and
only for the hour: then secret and hashes are both thrown away, and what they stood for cannot be found.
"""

import hmac
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable
from ipaddress import ip_address, ip_network

ANSWERS_AN_HOUR = 20
"""From one address, in one worker: a parents' group on one network, but not a program."""
HOUR = 3600.0
MOST_ADDRESSES = 20_000
HOME = 64
"""Bits of an IPv6 address that one home or phone keeps while the rest changes."""


class Limit:
    def __init__(self, allowed: int = ANSWERS_AN_HOUR, clock: Callable[[], float] = time.monotonic):
        self.allowed, self.clock = allowed, clock
        self._lock = threading.Lock()
        self._begin()

    def refused(self, address: str) -> int:
        """Whole seconds to wait, or 0 when one more answer may come; that one is then counted."""
        with self._lock:
            if self.clock() - self._began >= HOUR or len(self._seen) >= MOST_ADDRESSES:
                self._begin()
            key = hmac.digest(self._secret, home_of(address), "sha256")
            if self._seen[key] >= self.allowed:
                return max(1, round(self._began + HOUR - self.clock()))
            self._seen[key] += 1
            return 0

    def _begin(self) -> None:
        self._secret = secrets.token_bytes(32)
        self._seen: Counter[bytes] = Counter()
        self._began = self.clock()


def home_of(address: str) -> bytes:
    """What stays the same of one visitor's address; the words themselves if they are no address."""
    try:
        known = ip_address(address)
    except ValueError:
        return address.encode("utf-8", "replace")
    if known.version == 4:
        return known.packed
    if known.ipv4_mapped:
        return known.ipv4_mapped.packed
    return ip_network((known, HOME), strict=False).network_address.packed


answers = Limit()

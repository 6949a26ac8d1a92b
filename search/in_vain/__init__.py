"""What people looked for in vain: counts, and as little as counts can say.

`note` is told of each search; what it decides to count is written once the answer is out, and
anything that goes wrong is dropped. What is never counted, and why, stands in docs/search.md.
"""

import logging
import re
import secrets
import threading
import time
from collections.abc import Callable
from hashlib import blake2b

from django.conf import settings
from django.core.signals import request_finished

from search.query import Query, Result
from search.reading import Vocabulary
from search.score import ANY_NEED
from search.vocabulary import vocabulary

from .counts import Vain, count
from .words import is_name, may_be_kept

log = logging.getLogger("localoffer.search")

REPEAT = 60.0
"""Seconds in which the same page asked for again is the same search."""
MOST_REMEMBERED = 5_000
ROBOT = re.compile(r"bot[/;) -]|crawl|spider|python|curl", re.IGNORECASE)


# What a search says


def found_nothing(query: Query, result: Result) -> bool:
    """Nothing was found, or only what is open to any need."""
    if result.total == 0:
        return True
    if query.sort != "fit" or not (query.words or query.needs):
        return False
    return not any(
        hit.parts.get("need", 0) > ANY_NEED or any(part.endswith(" words") for part in hit.parts)
        for hit in result.hits
    )


def vain(asked, query: Query, result: Result, known: Vocabulary, is_name) -> Vain | None:
    """What this search counts for, or None. A line that cries of crisis, or asks for what others look
    after, never counts."""
    reading = asked.reading
    if reading.crisis or reading.quiet or query.elsewhere:
        return None
    nothing = found_nothing(query, result)
    needs = frozenset(reading.needs) | query.filters.get("need", frozenset()) if nothing else frozenset()
    words = may_be_kept(asked.q, reading.unknown, known, is_name)
    if not needs and not words:
        return None
    return Vain(needs, words, nothing, asked.district.code if asked.district else "")


# Who asked


def by_a_person(request) -> bool:
    """A page asked for by a family's browser: not by a robot, ahead of time, or by who edits the site."""
    return (
        request.method == "GET"
        and "text/html" in request.headers.get("Accept", "")
        and "prefetch" not in request.headers.get("Sec-Purpose", "")
        and not ROBOT.search(request.headers.get("User-Agent", ""))
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
    )


class Lately:
    """Which pages were asked for within the last minute: hashes with a salt of this process, in
    memory only, with nothing about who asked."""

    def __init__(self, clock: Callable[[], float] = time.monotonic):
        self.clock = clock
        self._salt = secrets.token_bytes(16)
        self._seen: dict[bytes, float] = {}
        self._lock = threading.Lock()

    def again(self, page: str) -> bool:
        key = blake2b(page.encode("utf-8", "replace"), key=self._salt, digest_size=16).digest()
        now = self.clock()
        with self._lock:
            if len(self._seen) >= MOST_REMEMBERED:
                self._seen = {each: at for each, at in self._seen.items() if now - at < REPEAT}
                if len(self._seen) >= MOST_REMEMBERED:
                    self._seen.clear()
            at = self._seen.get(key)
            self._seen[key] = now
        return at is not None and now - at < REPEAT


lately = Lately()
_waiting = threading.local()


def note(request, asked, query: Query, result: Result) -> None:
    """Count this search once its answer is out, if it was in vain. Never raises."""
    try:
        if query.page > 1 or not by_a_person(request) or lately.again(request.GET.urlencode()):
            return
        _waiting.vain = vain(asked, query, result, vocabulary(), is_name)
    except Exception as problem:
        _dropped(problem)


def after_the_answer(**kwargs) -> None:
    """Write what the request that just ended counts for."""
    found, _waiting.vain = getattr(_waiting, "vain", None), None
    if found is None:
        return
    try:
        count(found)
    except Exception as problem:
        _dropped(problem)


request_finished.connect(after_the_answer, dispatch_uid="search.in_vain")


def _dropped(problem: Exception) -> None:
    # Its message may hold what was typed.
    log.warning("a search in vain was not counted: %s", type(problem).__name__)

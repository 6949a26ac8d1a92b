"""What people looked for in vain: counts, and as little as counts can say.

`note` is told of each search; what it decides to count is written once the answer is out, and
anything that goes wrong is dropped. What is never counted, and why, stands in docs/search.md.
"""

import logging
import re
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from hashlib import blake2b
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.signals import request_finished
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from directory.models import Need

from .engines import engine
from .models import HeldWord, InVain
from .query import Query, Result
from .reading import Vocabulary
from .score import ANY_NEED
from .tokens import SOFT, STOP, split, stem
from .vocabulary import vocabulary

log = logging.getLogger("localoffer.search")

DAYS_UNTIL_KNOWN = 5
HASHES_KEPT = timedelta(weeks=8)
WORDS_KEPT = timedelta(weeks=26)
COUNTS_KEPT = timedelta(weeks=52)
SMALL_COUNTS_KEPT = timedelta(weeks=8)
FEWEST_SHOWN = 3
"""Editors never see a count below this."""
MOST_HASHES = 20_000
MOST_WORDS = 5
"""Words of one line that count."""
SHORTEST, LONGEST = 3, 30
REPEAT = 60.0
"""Seconds in which the same page asked for again is the same search."""
MOST_REMEMBERED = 5_000
FIRST_NAMES = Path(__file__).with_name("first_names.txt")
PATIENCE = 100
"""Milliseconds to wait for whoever writes to the database now."""

BEFORE_NAMES = frozenset(
    split(
        """
        called named name names surname mr mrs miss ms dr mum mummy dad daddy nan grandad son daughter
        child kid boy girl baby brother sister twin twins
        """
    )
)
ROBOT = re.compile(r"bot[/;) -]|crawl|spider|python|curl", re.IGNORECASE)
STREETS = frozenset(
    split("road rd street st avenue ave close lane drive way gardens crescent court terrace grove")
)
TELLS_NOTHING = STOP | BEFORE_NAMES | STREETS


@dataclass(frozen=True, slots=True)
class Vain:
    """What one search counts for."""

    needs: frozenset[str]
    words: tuple[str, ...]
    """Folded words that may be kept, in the order typed."""
    nothing: bool
    """Nothing was found that names any of it."""
    district: str


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


def may_be_kept(
    line: str, unknown: Iterable[str], known: Vocabulary, is_name: Callable[[str], bool]
) -> tuple[str, ...]:
    """Those of the unknown words of a line that can hardly be a name, an address or a cry for help.

    A word with a capital may be a name; in scripts without capitals nobody can tell, so those words
    are left out with them.
    """
    if "@" in line or "://" in line or "www." in line.lower():
        return ()
    unknown, kept = set(unknown), {}
    parts = line.replace("’", "'").split()
    before = ""
    for part, after in zip_longest(parts, parts[1:], fillvalue=""):
        words = split(part)
        lead, before = before, words[-1] if words else before
        if not part.islower() or "'s" in part or any(letter.isdigit() for letter in part):
            continue
        if lead in BEFORE_NAMES or STREETS & set(split(after)):
            continue
        for word in words:
            if word in unknown and _ordinary(word, known) and not is_name(word):
                kept[word] = True
    return tuple(kept)[:MOST_WORDS]


def _ordinary(word: str, known: Vocabulary) -> bool:
    return (
        SHORTEST <= len(word) <= LONGEST
        and word.isalpha()
        and word not in TELLS_NOTHING
        and stem(word) not in SOFT
        and (word,) not in known.places
        and word not in known.crisis_words
        and not known.slips(word)
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


# What is kept


def count(found: Vain, today: date | None = None) -> None:
    """Write what one search counts for; a locked database raises `OperationalError` at once."""
    today = today or timezone.localdate()
    needs = list(Need.objects.filter(slug__in=found.needs, crisis=False).values_list("slug", flat=True))
    words = vocabulary().known_words
    known = [word for word in found.words if word in words] if found.nothing else []
    strange = _held_by_no_record([word for word in found.words if word not in words])
    if not (needs or known or strange):
        return
    with _patience(), transaction.atomic():
        _patience_of_postgres()
        for slug in needs:
            _add(today, InVain.Kind.NEED, slug, found.district)
        for word in known:
            _add(today, InVain.Kind.WORD, word, found.district)
        for word in strange:
            if days := _met(word, today):
                _add(today, InVain.Kind.WORD, word, "", days)


def _held_by_no_record(words: list[str]) -> list[str]:
    if not words:
        return []
    held = engine().count([Query(words=(stem(word),)) for word in words])
    return [word for word, number in zip(words, held, strict=True) if not number]


def _met(word: str, today: date) -> int:
    """Note a word outside the vocabulary; gives how much it counts now: 0 while only its hash is held.

    The word itself is in hand only here. On its fifth day it is written down, and counts for those days.
    """
    held, made = HeldWord.objects.get_or_create(
        digest=digest(word), defaults={"first_day": today, "last_day": today}
    )
    if held.refused:
        return 0
    if held.word:
        HeldWord.objects.filter(pk=held.pk).update(last_day=today)
        return 1
    if made or not HeldWord.objects.filter(pk=held.pk, last_day__lt=today).update(
        days=F("days") + 1, last_day=today
    ):
        return 0
    if held.days + 1 < DAYS_UNTIL_KNOWN:
        return 0
    HeldWord.objects.filter(pk=held.pk).update(word=word)
    return DAYS_UNTIL_KNOWN


def digest(word: str) -> str:
    """The keyed hash of a word: without the site's secret key it says nothing."""
    return salted_hmac("search.in_vain", word, algorithm="sha256").hexdigest()


def week_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _add(day: date, kind: str, term: str, district: str, number: int = 1) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO search_invain (week, kind, term, district, count) VALUES (%s, %s, %s, %s, %s)"
            " ON CONFLICT (week, kind, term, district)"
            " DO UPDATE SET count = search_invain.count + excluded.count",
            [week_of(day), kind, term, district, number],
        )


@contextmanager
def _patience():
    """SQLite lets one writer in: a count is not worth waiting for the others."""
    if connection.vendor != "sqlite":
        yield
        return
    usual = int(connection.settings_dict.get("OPTIONS", {}).get("timeout", 5) * 1000)
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")


def _patience_of_postgres() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = {PATIENCE}")


@cache
def _first_names() -> frozenset[str]:
    return frozenset(split(FIRST_NAMES.read_text(encoding="utf-8")))


def is_name(word: str) -> bool:
    """Whether a folded word is a first name that many children have, or its plural ("ellas")."""
    return word in _first_names() or word.removesuffix("s") in _first_names()


# What is forgotten, and what editors see


def refuse(word: str) -> None:
    """Forget a word and never count it again; only its hash stays, to know it by."""
    today = timezone.localdate()
    with transaction.atomic():
        HeldWord.objects.update_or_create(
            digest=digest(word),
            defaults={"word": "", "refused": True, "last_day": today},
            create_defaults={"refused": True, "first_day": today, "last_day": today},
        )
        InVain.objects.filter(kind=InVain.Kind.WORD, term=word).delete()


def tidy(today: date | None = None) -> None:
    """Forget what is old. In weeks that are over, a small count loses its district."""
    today = today or timezone.localdate()
    hashes = HeldWord.objects.filter(word="", refused=False)
    hashes.filter(first_day__lt=today - HASHES_KEPT).delete()
    HeldWord.objects.exclude(word="").filter(last_day__lt=today - WORDS_KEPT).delete()
    if (extra := hashes.count() - MOST_HASHES) > 0:
        oldest = list(hashes.order_by("last_day").values_list("pk", flat=True)[:extra])
        HeldWord.objects.filter(pk__in=oldest).delete()
    with transaction.atomic():
        small = InVain.objects.filter(week__lt=week_of(today), count__lt=FEWEST_SHOWN).exclude(district="")
        for row in list(small):
            row.delete()
            _add(row.week, row.kind, row.term, "", row.count)
        InVain.objects.filter(week__lt=today - SMALL_COUNTS_KEPT, count__lt=FEWEST_SHOWN).delete()
        InVain.objects.filter(week__lt=today - COUNTS_KEPT).delete()


class Line(NamedTuple):
    """One line of the report. No two lines of a week count the same search for the same thing."""

    week: date
    kind: str
    term: str
    district: str
    """Code of an area, or "" for all the rest: other districts and no place."""
    count: int


def lines(rows: Iterable[tuple[date, str, str, str, int]], fewest: int = FEWEST_SHOWN) -> list[Line]:
    """What may be shown of (week, kind, term, district, count): a district's count when it is large
    enough, all smaller ones together when those are. There are no totals, so that none can be taken
    from another to find a small one."""
    large, rest = [], Counter()
    for row in map(Line._make, rows):
        if row.district and row.count >= fewest:
            large.append(row)
        else:
            rest[row[:3]] += row.count
    large += [Line(*key, "", number) for key, number in rest.items() if number >= fewest]
    return sorted(large, key=lambda line: (-line.week.toordinal(), -line.count, line.kind, line.term))

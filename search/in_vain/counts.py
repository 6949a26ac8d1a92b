"""What is written down of searches in vain, and when it is forgotten."""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from directory.models import Need
from search.engines import engine
from search.models import HeldWord, InVain
from search.query import Query
from search.tokens import stem
from search.vocabulary import vocabulary

from .lines import FEWEST_SHOWN

DAYS_UNTIL_KNOWN = 5
HASHES_KEPT = timedelta(weeks=8)
WORDS_KEPT = timedelta(weeks=26)
COUNTS_KEPT = timedelta(weeks=52)
SMALL_COUNTS_KEPT = timedelta(weeks=8)
MOST_HASHES = 20_000
PATIENCE = 100
"""Milliseconds to wait for whoever writes to the database now."""


@dataclass(frozen=True, slots=True)
class Vain:
    """What one search counts for."""

    needs: frozenset[str]
    words: tuple[str, ...]
    """Folded words that may be kept, in the order typed."""
    nothing: bool
    """Nothing was found that names any of it."""
    district: str


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

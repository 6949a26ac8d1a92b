"""Printouts that are kept: which are true, which are wanted anew, which must go at once."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from home.models.printout import Printout, store

from . import press, registry

SOON = timedelta(seconds=30)
"""After an edit. Others that follow meanwhile go into the same printout."""
BOOKLETS = timedelta(hours=1)
"""After a change to a service: booklets of the directory are many and its edits are small."""
STALE = timedelta(hours=2)
"""A printout that was wanted anew this long ago and still is not made is not handed out any more."""
LOST = timedelta(minutes=15)
"""A queued printout of which nothing is heard for this long is queued again: its worker died."""
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=2), timedelta(hours=12)
"""After one failure, doubled after each more."""


def want(key: str, large: bool = False, after: timedelta = SOON) -> None:
    """Note that this is wanted, and queue it unless it is queued for then or sooner already."""
    from .tasks import enqueue

    if not press.available():
        return
    with transaction.atomic():
        row, _ = Printout.objects.select_for_update().get_or_create(key=key, large=large)
        now = timezone.now()
        at = now + max(after, pause(row.failures))
        row.wanted_since = row.wanted_since or now
        if not row.queued_at or row.queued_at > at:
            row.queued_at = at
            enqueue(row)
        row.save(update_fields=["wanted_since", "queued_at"])


def pause(failures: int) -> timedelta:
    """How long to leave alone what failed this often in a row."""
    if not failures:
        return timedelta()
    return min(FIRST_PAUSE * 2 ** min(failures - 1, 20), LONGEST_PAUSE)


def stale(refs: Iterable[str]) -> None:
    """Services changed: what shows them, and every booklet that may have to. One query, since records come
    by the thousand; the clock, or the next reader, queues them."""
    booklets = [kind.name for kind in registry.kinds.values() if kind.of_services]
    rows = Printout.objects.holding(refs) | Printout.objects.of_kinds(booklets)
    rows.filter(wanted_since=None).update(wanted_since=timezone.now())


def changed(refs: Iterable[str]) -> None:
    """Pages changed, came or went: what shows them, or should from now on, is made anew soon."""
    from wagtail.models import Page

    refs = set(refs)
    keys = set(Printout.objects.holding(refs).values_list("key", "large"))
    for page in Page.objects.filter(pk__in=[int(ref[5:]) for ref in refs]).specific(defer=True):
        keys |= registry.touched(page)
    for key, large in sorted(keys):
        want(key, large)


def forget(pages: Iterable) -> int:
    """Delete at once every printout that holds one of these pages, and have it made anew. How many went.

    For what must not be handed out a minute longer: a consent that was taken back. Call it inside the
    transaction that takes it back; until that is committed no row changes for others, and a file whose row
    is gone is served to nobody.
    """
    refs = [f"page:{page.pk}" for page in pages]
    return drop(Printout.objects.holding(refs)) if refs else 0


def drop(rows) -> int:
    """Forget what is kept of these, and want them anew."""
    gone = 0
    for row in rows.exclude(fingerprint=""):
        file = row.file
        Printout.objects.filter(pk=row.pk).update(fingerprint="", size=0, pages=0, made_at=None, holds="")
        transaction.on_commit(lambda file=file: discard(file))
        want(row.key, row.large)
        gone += 1
    return gone


def discard(file: str) -> None:
    """Delete a file that no row names."""
    if file and not Printout.objects.filter(fingerprint=file.removesuffix(".pdf")).exists():
        store().delete(file)


def public(refs: Iterable[str]) -> bool:
    """Whether all of these are still shown to everyone."""
    from wagtail.models import Page

    from directory.models import Service

    refs = set(refs)
    pages = [int(ref[5:]) for ref in refs if ref.startswith("page:")]
    services = [int(ref[8:]) for ref in refs if ref.startswith("service:")]
    return (not pages or Page.objects.live().public().filter(pk__in=pages).count() == len(pages)) and (
        not services or Service.objects.visible().filter(pk__in=services).count() == len(services)
    )


def handed_out(row: Printout | None) -> bool:
    """Whether what is kept may be given to a reader now."""
    if not row or not row.fingerprint or not registry.address(row.key):
        return False
    if row.wanted_since and row.wanted_since < timezone.now() - STALE:
        return False
    return public(row.refs)


def mind() -> int:
    """What the clock does: want what nobody has made yet, what may have changed with the date, and what got
    lost on the way; delete files that no row names. Returns how many are wanted."""
    if not press.available():
        return 0
    now = timezone.now()
    wanted = Q(wanted_since__isnull=False)
    Printout.objects.filter(wanted, queued_at__lt=now - LOST).update(queued_at=None)
    want_ahead()
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    for row in Printout.objects.filter(wanted | Q(checked_at__lt=midnight), queued_at=None):
        if registry.address(row.key):
            want(row.key, row.large, rest(row, now))
        else:
            let_go(row)
    tidy(now)
    return Printout.objects.filter(wanted).count()


def want_ahead() -> None:
    """Want what is made before anyone asks, and was never wanted yet."""
    have = set(Printout.objects.values_list("key", "large"))
    for key, large in registry.ahead():
        if (key, large) not in have:
            want(key, large, timedelta())


def rest(row: Printout, now) -> timedelta:
    """How long this may wait: a booklet that is still young, until it is an hour old."""
    kind, _ = registry.parted(row.key)
    if kind.of_services and row.checked_at:
        return max(row.checked_at + BOOKLETS - now, SOON)
    return SOON


def let_go(row: Printout) -> None:
    """What it printed is public no more, or was never."""
    row.delete()
    transaction.on_commit(lambda: discard(row.file))


def tidy(now) -> None:
    """Delete files that no row names: those of a worker that died, say."""
    if not store().exists(""):
        return
    named = {row.file for row in Printout.objects.exclude(fingerprint="")}
    for file in store().listdir("")[1]:
        if file not in named and store().get_modified_time(file) < now - LOST:
            store().delete(file)

"""From an edit to the index.

The transaction that changes a record also notes it here, so no kill between the two can lose a
change. Once it commits, whoever edited drains what waits, so their own edit is searchable in the
answer that confirms it; should that fail, `manage.py index --watch`, `tick` or the next edit does it.

No lock is held while an engine is written: it may be on another machine. Versions make that safe.
A drainer reads versions first and records after, so what it writes is never older than the version
it bears; an engine refuses what is older than what it holds; and a row is only taken off the list if
its version is still the one that was written. So several drainers, or one that died half-way, can do
no more than the same work twice.
"""

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db import connection, transaction
from django.db.models import Count, Min

from . import documents, terms
from .engines import Engine, engine
from .engines.guarded import GuardedEngine, Resting
from .models import Outbox, Pending
from .query import Change, Report

BATCH = 200
FEW = 20
"""Changes at a time while an editor waits: another machine may take time for each."""
OWN_EDIT = 1.0
"""Seconds that an edit may spend on bringing an engine on another machine up to date."""
BAD_RECORDS = 3
"""So many records refused in a row mean that the engine fails, not the records."""

log = logging.getLogger("localoffer.search")


class Refused(Exception):
    """Some records could not be read, or the engine did not take them; all others were taken in."""

    def __init__(self, refs: Iterable[str]):
        super().__init__(f"not taken in: {', '.join(sorted(refs))}")


def engines_kept() -> list[Engine]:
    """The engines that are kept up to date, the site's own database first: it must answer whenever
    another machine cannot."""
    chosen = engine()
    return [chosen.second, chosen] if isinstance(chosen, GuardedEngine) else [chosen]


def note(sender, refs: Iterable[str], **kwargs) -> None:
    """Note changed references, in the transaction that changed them."""
    kept = sorted(each.name for each in engines_kept())
    with transaction.atomic():
        # Always in the same order, so that two transactions cannot wait for each other.
        for some in _batches(sorted(set(refs))):
            with connection.cursor() as cursor:
                cursor.executemany(
                    "INSERT INTO search_outbox (ref, version) VALUES (%s, 1)"
                    " ON CONFLICT (ref) DO UPDATE SET version = search_outbox.version + 1",
                    [(ref,) for ref in some],
                )
            versions = Outbox.objects.filter(ref__in=some).order_by("ref").values_list("ref", "version")
            Pending.objects.bulk_create(
                [
                    Pending(engine=name, ref=ref, version=version)
                    for ref, version in versions
                    for name in kept
                ],
                update_conflicts=True,
                unique_fields=["engine", "ref"],
                update_fields=["version"],
            )
        if drain_quietly not in (job for _, job, _ in connection.run_on_commit):
            transaction.on_commit(drain_quietly)


def drain_quietly() -> None:
    """Drain after an edit. An index that cannot be written now must not fail what was saved, nor keep
    the editor waiting."""
    for each in engines_kept():
        elsewhere = isinstance(each, GuardedEngine)
        try:
            drain(each, seconds=OWN_EDIT, newest_first=True, size=FEW) if elsewhere else drain(each)
        except Resting:
            log.debug("search: %s rests; what waits is left for later", each.name)
        except Exception:
            log.exception("the search index could not be updated; the next drain will do it")


def drain_all() -> int:
    """Bring every kept engine up to date; gives how many changes were taken in.

    One engine's failure keeps no other waiting: it is raised when all have had their turn.
    """
    taken, failure = 0, None
    for each in engines_kept():
        try:
            taken += drain(each)
        except Exception as error:
            failure = failure or error
    if failure:
        raise failure
    return taken


def drain(target: Engine, seconds: float | None = None, newest_first: bool = False, size: int = BATCH) -> int:
    """Bring one engine up to date; gives how many changes it took in.

    Told so, it stops after some seconds. A record that cannot be read or that the engine refuses holds
    no other up: it waits for the next drain, and Refused is raised when all others had their turn.
    """
    ends = None if seconds is None else time.monotonic() + seconds
    taken = 0
    refused: dict[str, Exception] = {}
    waiting = Pending.objects.filter(engine=target.name).order_by("-pk" if newest_first else "pk")
    while batch := list(waiting.exclude(ref__in=refused)[:size]):
        try:
            taken += _take_in(target, batch)
        except Exception as error:
            if isinstance(error, Resting) or _over(ends) or len(batch) == 1:
                raise
            taken += _take_in_singly(target, batch, refused)
        if _over(ends):
            break
    if refused:
        raise Refused(refused) from next(iter(refused.values()))
    return taken


def _over(ends: float | None) -> bool:
    return ends is not None and time.monotonic() > ends


def _take_in(target: Engine, batch: list[Pending]) -> int:
    versions = {each.ref: each.version for each in batch}
    changed = target.apply(list(read(versions))).changed
    terms.add(versions)
    _take_off(target, versions)
    return changed


def _take_in_singly(target: Engine, batch: list[Pending], refused: dict[str, Exception]) -> int:
    """Take in one by one, adding those that could not be to `refused`. Raises when it is the engine
    that fails."""
    taken = in_a_row = 0
    for each in batch:
        try:
            taken += _take_in(target, [each])
            in_a_row = 0
        except Exception as error:
            in_a_row += 1
            if isinstance(error, Resting) or in_a_row == BAD_RECORDS:
                raise
            refused[each.ref] = error
    return taken


def _take_off(target: Engine, versions: dict[str, int]) -> None:
    """Take off the list what was written at these versions, but not what has changed since."""
    for some in _batches(sorted(versions)):
        with transaction.atomic():
            # Rows that an edit holds just now are passed over: they change, so they must wait anyway.
            rows = Pending.objects.select_for_update(skip_locked=True).filter(
                engine=target.name, ref__in=some
            )
            done = [row.pk for row in rows if row.version <= versions[row.ref]]
            Pending.objects.filter(pk__in=done).delete()


def read(versions: dict[str, int]) -> Iterator[Change]:
    """Changes of these references, each record read afresh; a missing one is a tombstone."""
    found = documents.documents_for(versions)
    for ref, version in versions.items():
        yield Change(ref, version, found.get(ref))


def rebuild(target: Engine, progress: Callable[[int], None] = lambda done: None) -> Report:
    """Make an engine's index anew from every record, while the old one goes on answering and taking
    changes in."""
    versions = dict(Outbox.objects.values_list("ref", "version"))
    # What is gone is marked so in the new index as well: an old change that comes late, from a process
    # that slept for long, must not bring it back.
    gone = dict(versions)

    def everything() -> Iterator[Change]:
        for document in documents.documents():
            gone.pop(document.ref, None)
            yield Change(document.ref, versions.get(document.ref, 0), document)

    def catch_up() -> Iterator[Change]:
        rows = Outbox.objects.values_list("ref", "version")
        newer = gone | {ref: version for ref, version in rows if version > versions.get(ref, 0)}
        gone.clear()
        versions.update(newer)
        for some in _batches(newer):
            yield from read({ref: newer[ref] for ref in some})

    report = target.rebuild(everything(), catch_up, progress)
    # What another drainer gave to the old index in the moment of the swap.
    for some in _batches(catch_up()):
        target.apply(some)
    waiting = Pending.objects.filter(engine=target.name).values_list("ref", flat=True)
    _take_off(target, {ref: versions.get(ref, 0) for ref in waiting})
    terms.rebuild()
    return report


@dataclass(frozen=True, slots=True)
class Lag:
    """What waits for one engine: how many changes, and since when the oldest does."""

    changes: int
    since: datetime | None


def lag() -> int:
    """How many changes wait for the engine in use."""
    return lag_of(engine()).changes


def lag_of(target: Engine) -> Lag:
    found = Pending.objects.filter(engine=target.name).aggregate(changes=Count("pk"), since=Min("since"))
    return Lag(found["changes"], found["since"])


def _batches(items: Iterable) -> Iterator[list]:
    items = iter(items)
    while some := list(islice(items, BATCH)):
        yield some

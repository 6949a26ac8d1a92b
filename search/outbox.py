"""From an edit to the index.

The transaction that changes a record also notes it here, so no kill between the two can lose a
change. Once it commits, whoever edited drains what waits, so their own edit is searchable in the
answer that confirms it; should that fail, `manage.py tick` or the next edit does it.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from django.conf import settings
from django.db import connection, transaction

from . import documents
from .engines import Engine, engine
from .models import Outbox, Pending
from .query import Change, Report

BATCH = 200
log = logging.getLogger("localoffer.search")


def engines_kept() -> list[Engine]:
    """The engines that are kept up to date."""
    return [engine(settings.SEARCH_URL)]


def note(sender, refs: Iterable[str], **kwargs) -> None:
    """Note changed references, in the transaction that changed them."""
    with transaction.atomic():
        for some in _batches(sorted(set(refs))):
            with connection.cursor() as cursor:
                cursor.executemany(
                    "INSERT INTO search_outbox (ref, version) VALUES (%s, 1)"
                    " ON CONFLICT (ref) DO UPDATE SET version = search_outbox.version + 1",
                    [(ref,) for ref in some],
                )
            versions = Outbox.objects.filter(ref__in=some).values_list("ref", "version")
            Pending.objects.bulk_create(
                [
                    Pending(engine=each.name, ref=ref, version=version)
                    for ref, version in versions
                    for each in engines_kept()
                ],
                update_conflicts=True,
                unique_fields=["engine", "ref"],
                update_fields=["version"],
            )
        if drain_quietly not in (job for _, job, _ in connection.run_on_commit):
            transaction.on_commit(drain_quietly)


def drain_quietly() -> None:
    """Drain after an edit. An index that cannot be written now must not fail what was saved."""
    try:
        drain_all()
    except Exception:
        log.exception("the search index could not be updated; the next drain will do it")


def drain_all() -> int:
    """Bring every kept engine up to date; gives how many changes were taken in."""
    return sum(drain(each) for each in engines_kept())


def drain(target: Engine) -> int:
    """Bring one engine up to date; gives how many changes it took in.

    Each batch is one transaction. SQLite lets one writer in at a time, so there is one drainer at a
    time, and the records it reads are those of the versions it read.
    """
    taken = 0
    while True:
        with transaction.atomic():
            waiting = list(Pending.objects.filter(engine=target.name).order_by("pk")[:BATCH])
            if not waiting:
                return taken
            versions = {each.ref: each.version for each in waiting}
            taken += target.apply(read(versions)).changed
            Pending.objects.filter(pk__in=[each.pk for each in waiting]).delete()


def read(versions: dict[str, int]) -> Iterator[Change]:
    """Changes of these references, each record read afresh; a missing one is a tombstone."""
    found = documents.documents_for(versions)
    for ref, version in versions.items():
        yield Change(ref, version, found.get(ref))


def rebuild(target: Engine, progress: Callable[[int], None] = lambda done: None) -> Report:
    """Make an engine's index anew from every record, while the old one goes on answering."""
    versions = dict(Outbox.objects.values_list("ref", "version"))

    def everything() -> Iterator[Change]:
        for document in documents.documents():
            yield Change(document.ref, versions.get(document.ref, 0), document)

    def catch_up() -> Iterator[Change]:
        rows = Outbox.objects.values_list("ref", "version")
        newer = {ref: version for ref, version in rows if version > versions.get(ref, 0)}
        versions.update(newer)
        for some in _batches(newer):
            yield from read({ref: newer[ref] for ref in some})

    report = target.rebuild(everything(), catch_up, progress)
    with transaction.atomic():
        for pk, ref, version in Pending.objects.filter(engine=target.name).values_list(
            "pk", "ref", "version"
        ):
            if version <= versions.get(ref, 0):
                Pending.objects.filter(pk=pk).delete()
    return report


def lag() -> int:
    """How many changes wait for the engine in use."""
    return Pending.objects.filter(engine=engine().name).count()


def _batches(items: Iterable[str]) -> Iterator[list[str]]:
    items = iter(items)
    while some := list(islice(items, BATCH)):
        yield some

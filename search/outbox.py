"""From an edit to the index. The edit's own transaction writes the outbox, so neither a crash nor a
kill between the two can lose a change; a drainer reads each record afresh and applies it."""

import logging
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.db import connection, transaction

from .documents import document_for, documents
from .engines import Engine, engine, named
from .models import Outbox, Pending
from .query import Applied, Change, Report

BATCH = 200
log = logging.getLogger("localoffer.search")


def engines_kept() -> list[str]:
    """Names of the engines that are kept up to date."""
    return [named(settings.SEARCH_URL)]


def note(sender, refs: Iterable[str], **kwargs) -> None:
    """Write changed references to the outbox, in the transaction that changed them."""
    refs = sorted(set(refs))
    with transaction.atomic(), connection.cursor() as cursor:
        for ref in refs:
            cursor.execute(
                "INSERT INTO search_outbox (ref, version) VALUES (%s, 1) "
                "ON CONFLICT (ref) DO UPDATE SET version = search_outbox.version + 1",
                [ref],
            )
        versions = dict(Outbox.objects.filter(ref__in=refs).values_list("ref", "version"))
        Pending.objects.bulk_create(
            [
                Pending(engine=name, ref=ref, version=version)
                for name in engines_kept()
                for ref, version in versions.items()
            ],
            update_conflicts=True,
            unique_fields=["engine", "ref"],
            update_fields=["version"],
        )
    # Once a transaction: the person's own edit is searchable in the answer that confirms it.
    waiting = {job[1] for job in connection.run_on_commit}
    if drain_quietly not in waiting:
        transaction.on_commit(drain_quietly)


def drain_quietly() -> None:
    """Drain after an edit. A search that cannot be updated now must never undo the edit."""
    try:
        drain_all()
    except Exception:
        log.exception("search could not be updated; the next drain will")


def drain_all() -> int:
    return sum(drain(engine(name)) for name in engines_kept())


def drain(target: Engine) -> int:
    """Apply what waits for an engine; returns how many changes were applied.

    One transaction a batch: SQLite lets one writer in at a time, so there is one drainer at a time.
    """
    done = 0
    while True:
        with transaction.atomic():
            waiting = list(
                Pending.objects.filter(engine=target.name)
                .order_by("pk")
                .values_list("pk", "ref", "version")[:BATCH]
            )
            if not waiting:
                return done
            applied: Applied = target.apply(
                Change(ref, version, document_for(ref)) for _, ref, version in waiting
            )
            for pk, _, version in waiting:
                Pending.objects.filter(pk=pk, version=version).delete()
            done += applied.changed


def rebuild(target: Engine, progress=lambda done: None) -> Report:
    """Make an engine's index anew from the records, serving from the old one until it is done."""
    versions = dict(Outbox.objects.values_list("ref", "version"))

    def changes() -> Iterator[Change]:
        for document in documents():
            yield Change(document.ref, versions.get(document.ref, 0), document)

    def catch_up() -> Iterator[Change]:
        newer = Outbox.objects.values_list("ref", "version")
        for ref, version in newer:
            if version > versions.get(ref, -1):
                yield Change(ref, version, document_for(ref))
        Pending.objects.filter(engine=target.name).delete()

    return target.rebuild(changes(), catch_up, progress)


def lag() -> int:
    """Changes that wait for the engine in use."""
    return Pending.objects.filter(engine=named(settings.SEARCH_URL)).count()

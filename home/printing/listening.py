"""Printouts hear of every change to what they show."""

from django.db import transaction

from directory.signals import changed

from . import kept


def listen() -> None:
    changed.connect(something_changed, dispatch_uid="printouts hear of changes")


def something_changed(refs, **kwargs):
    pages = [ref for ref in refs if ref.startswith("page:")]
    services = [ref for ref in refs if ref.startswith("service:")]
    if services:
        kept.stale(services)
    if pages:
        # What it is only shows once it is committed: a page that goes is still there before.
        transaction.on_commit(lambda: kept.changed(pages))

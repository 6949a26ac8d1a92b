"""All clock work in one command: run it every five minutes, by cron or a timer."""

import logging
import time
from datetime import timedelta

from axes.models import AccessAttempt
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.management.base import BaseCommand
from django.utils import timezone
from wagtail.models import Revision

from directory.facts import URGENT_FRESH
from directory.models import Service
from directory.publishing import publish_due
from directory.signals import announce
from handbook.consent.removal import end_what_ran_out
from home.printing import kept, tasks
from localoffer.models import ClockWork
from search.documents import freshness_changes
from search.in_vain.counts import tidy
from search.outbox import drain_all
from waiting.models import FoundCount

log = logging.getLogger("localoffer.tick")
KEEP_AUTOSAVES = timedelta(days=30)


class Command(BaseCommand):
    help = "Publish what is due, unpublish what expired, re-index what went stale, prune what is old."

    def handle(self, *args, **options):
        started = time.monotonic()
        last = ClockWork.objects.filter(pk=1).first()
        due = publish_due()
        since = (last.ran_at if last else timezone.now() - timedelta(days=2)).date()
        announce(Service, freshness_changes(since, timezone.localdate()))
        end_what_ran_out()
        pruned = prune()
        wanted = kept.mind()
        ClockWork.note(time.monotonic() - started)
        log.info(
            "tick: %s published, %s sent back, %s unpublished, %s revisions pruned,"
            " %s PDFs to make, %s records of urgent help to check",
            due.published,
            due.sent_back,
            due.unpublished,
            pruned,
            wanted,
            Service.objects.visible().urgent().checked_before(timezone.localdate() - URGENT_FRESH).count(),
        )
        # Last, since an engine on another machine may fail while the clock's own work is done.
        drain_all()


def prune() -> int:
    """Sign-ins that ended, attempts that are over, old counts of searches in vain and of what families
    found, and autosaves nobody can want back."""
    now = timezone.now()
    Session.objects.filter(expire_date__lt=now).delete()
    AccessAttempt.objects.filter(attempt_time__lt=now - timedelta(days=1)).delete()
    tidy()
    FoundCount.objects.older().delete()
    tasks.prune()
    return prune_revisions(now - KEEP_AUTOSAVES)


def prune_revisions(before) -> int:
    """Old revisions of services that nothing points at: neither live, latest, scheduled nor in a
    workflow. The first of each day is kept, so that history stays readable."""
    kind = ContentType.objects.get_for_model(Service)
    old = Revision.objects.filter(content_type=kind, created_at__lt=before, approved_go_live_at=None)
    old = old.filter(task_states=None)
    pointed_at = set(Service.objects.values_list("latest_revision_id", flat=True))
    pointed_at |= set(Service.objects.values_list("live_revision_id", flat=True))
    seen, doomed = set(), []
    for pk, object_id, made in old.order_by("created_at").values_list("pk", "object_id", "created_at"):
        day = (object_id, made.date())
        if day in seen and pk not in pointed_at:
            doomed.append(pk)
        seen.add(day)
    Revision.objects.filter(pk__in=doomed).delete()
    return len(doomed)

"""Going live: by schedule, and being sent back with a message instead.

`Service.publish` is the last door and raises `ValidationError` for a record that lacks what a
result card needs. Here stand those who knock: the clock, and a reviewer's approval.
"""

import logging
from typing import NamedTuple

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import DraftStateMixin, Revision

logger = logging.getLogger(__name__)

SENT_BACK = "directory.sent_back"


class Due(NamedTuple):
    """What one run of the schedule did, in numbers of records."""

    published: int
    sent_back: int
    unpublished: int


def publish_due(now=None) -> Due:
    """Take down what has expired and publish what is due, pages and services alike.

    `now` is an aware datetime, the present unless told. Each record stands alone: one that may
    not go live is sent back to its editors with the reason, and the rest still go live.
    """
    now = now or timezone.now()
    published = sent_back = 0
    over = list(expired(now))
    for record in over:
        with transaction.atomic():
            record.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    for revision in Revision.objects.filter(approved_go_live_at__lte=now).order_by("approved_go_live_at"):
        try:
            with transaction.atomic():
                revision.publish(log_action="wagtail.publish.scheduled")
            published += 1
        except ValidationError as refusal:
            send_back(revision, refusal.messages)
            sent_back += 1
        except Exception:
            # Whatever is wrong with this record must not keep the others from going live.
            logger.exception("Revision %s could not be published", revision.pk)
            send_back(
                revision, ["Something went wrong when it was due to go live. Try to publish it by hand."]
            )
            sent_back += 1
    return Due(published, sent_back, len(over))


def expired(now):
    """Live records whose time is up, of every kind that can be a draft."""
    for model in apps.get_models():
        if issubclass(model, DraftStateMixin) and not any(
            issubclass(parent, DraftStateMixin) for parent in model._meta.get_parent_list()
        ):
            yield from model.objects.filter(live=True, expire_at__lte=now).order_by("expire_at")


def send_back(revision: Revision, problems: list[str]) -> None:
    """Take a revision off the schedule and say why, in its history and on its form."""
    with transaction.atomic():
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
        if (record := revision.content_object) is not None:
            log(instance=record, action=SENT_BACK, data={"problems": problems}, revision=revision)


def return_for_changes(task_state, user, problems: list[str]) -> None:
    """Answer an approval that may not go through: ask for changes, with the reasons as comment."""
    task_state.refresh_from_db()
    if task_state.status == task_state.STATUS_IN_PROGRESS:
        task_state.specific.reject(user=user, comment=reasons(problems))


def reasons(problems: list[str]) -> str:
    return "It cannot go live yet. " + " ".join(problems)

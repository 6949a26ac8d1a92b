"""The clock work, and what a monitor hears of it."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError
from django.utils import timezone

from directory.models import Service
from localoffer.management.commands.tick import prune_revisions
from localoffer.models import ClockWork
from search import outbox
from search.engines import engine
from search.query import Query
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_a_tick_drains_what_waits_and_is_noted(client):
    make.service()
    assert client.get("/health/").json()["outbox_waiting"] == 1
    assert client.get("/health/").json()["tick_late"] is True
    call_command("tick")
    health = client.get("/health/").json()
    assert health["outbox_waiting"] == 0
    assert health["tick_late"] is False
    assert health["documents"] == 1


def test_a_check_that_grew_a_year_old_stops_counting_as_fresh():
    today = timezone.localdate()
    service = make.service(checked_on=today - timedelta(days=365), checked_by="the SEND team")
    call_command("tick")
    assert engine().search(Query()).hits[0].parts.get("checked")
    # Two days go by: nobody edits the record, only the clock.
    Service.objects.filter(pk=service.pk).update(checked_on=today - timedelta(days=366))
    ClockWork.objects.update(ran_at=timezone.now() - timedelta(days=1))
    call_command("tick")
    assert not engine().search(Query()).hits[0].parts.get("checked")


def test_old_autosaves_go_and_what_matters_stays():
    service = make.service(live=False)
    revisions = [service.save_revision() for _ in range(4)]
    kind = type(revisions[0])
    revisions[1].publish()
    kind.objects.update(created_at=timezone.now() - timedelta(days=60))
    assert prune_revisions(timezone.now() - timedelta(days=30)) == 1
    left = set(kind.objects.values_list("pk", flat=True))
    assert left == {revisions[0].pk, revisions[1].pk, revisions[3].pk}


def test_health_is_503_when_the_database_does_not_answer(client, monkeypatch):
    def broken(**lookups):
        raise DatabaseError

    monkeypatch.setattr(outbox.Pending.objects, "filter", broken)
    answer = client.get("/health/")
    assert answer.status_code == 503
    assert answer.json()["ok"] is False

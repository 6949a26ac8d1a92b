"""From an edit to the index: nothing is lost, nothing old comes back."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from directory.models import Service
from search import outbox
from search.engines import engine
from search.models import Outbox, Pending
from search.query import Query
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def index(db):
    """The site's engine, brought up to date with what is there."""
    outbox.rebuild(engine())
    return engine()


def refs(index) -> list[str]:
    return [hit.ref for hit in index.search(Query()).hits]


def test_an_edit_is_searchable_once_it_commits(index, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        made = make.service()
    assert refs(index) == [made.ref]
    assert outbox.lag() == 0
    assert callbacks.count(outbox.drain_quietly) == 1, "one drain a transaction"


def test_a_kill_between_save_and_index_loses_nothing(index):
    made = make.service()  # never committed in a test, so nothing drains: as after a kill
    assert refs(index) == []
    assert outbox.lag() == 1
    assert outbox.drain_all() == 1
    assert refs(index) == [made.ref]
    assert outbox.lag() == 0


def test_a_kill_while_indexing_leaves_the_change_waiting(index, monkeypatch):
    made = make.service()
    apply = index.apply

    def killed(changes):
        apply(changes)
        raise KeyboardInterrupt

    monkeypatch.setattr(index, "apply", killed)
    with pytest.raises(KeyboardInterrupt):
        outbox.drain(index)
    monkeypatch.undo()
    assert outbox.lag() == 1, "what was written but not taken off the list is written again"
    outbox.drain(index)
    assert (refs(index), outbox.lag()) == ([made.ref], 0)


def test_an_edit_stands_even_if_the_index_cannot_be_written(
    index, monkeypatch, django_capture_on_commit_callbacks
):
    def broken(changes):
        raise OSError("disk full")

    monkeypatch.setattr(index, "apply", broken)
    with django_capture_on_commit_callbacks(execute=True):
        make.service()
    assert Service.objects.count() == 1
    assert outbox.lag() == 1


def test_a_change_made_while_its_record_is_written_waits_its_turn(index, monkeypatch):
    made = make.service("First name")
    apply = index.apply

    def edited_meanwhile(changes):
        applied = apply(changes)
        monkeypatch.undo()
        made.name = "Second name"
        made.save()
        return applied

    monkeypatch.setattr(index, "apply", edited_meanwhile)
    assert outbox.drain(index) == 2
    assert [each.text for each in index.suggest("second", 3)] == ["Second name"]
    assert outbox.lag() == 0


def test_a_record_that_cannot_be_read_holds_no_other_up(index, monkeypatch):
    made = [make.service(f"Service {number}") for number in range(6)]
    broken = made[2]
    documents_for = outbox.documents.documents_for

    def read(refs):
        if broken.ref in refs:
            raise ValueError("no such thing")
        return documents_for(refs)

    monkeypatch.setattr(outbox.documents, "documents_for", read)
    with pytest.raises(outbox.Refused, match=broken.ref):
        outbox.drain(index)
    assert refs(index) == sorted(each.ref for each in made if each is not broken)
    assert outbox.lag() == 1
    monkeypatch.undo()
    outbox.drain(index)
    assert broken.ref in refs(index)


def test_an_old_change_that_comes_after_a_rebuild_brings_nothing_back(index):
    made = make.service()
    late = list(outbox.read({made.ref: Outbox.objects.get(ref=made.ref).version}))
    made.delete()
    outbox.drain_all()
    outbox.rebuild(index)
    assert index.apply(late).stale == 1
    assert refs(index) == []


def test_what_is_changed_in_the_moment_of_the_swap_is_in_the_new_index(index, monkeypatch):
    rebuild = index.rebuild
    made = []

    def swapped(changes, catch_up, progress):
        report = rebuild(changes, catch_up, progress)
        # Another drainer gave this to the old index, a moment before it went.
        made.append(make.service("In the moment of the swap"))
        Pending.objects.all().delete()
        return report

    monkeypatch.setattr(index, "rebuild", swapped)
    outbox.rebuild(index)
    assert refs(index) == [made[0].ref]


def test_a_change_rolled_back_leaves_no_trace(index):
    with transaction.atomic():
        make.service()
        transaction.set_rollback(True)
    assert not Outbox.objects.exists()
    assert not Pending.objects.exists()


def test_every_change_is_a_version_later(index):
    made = make.service()
    first = Outbox.objects.get(ref=made.ref).version
    made.save()
    assert Outbox.objects.get(ref=made.ref).version == first + 1
    assert Pending.objects.get(ref=made.ref).version == first + 1


def test_deleted_and_unpublished_records_disappear_and_stay_away(index):
    gone, hidden = make.service("Gone"), make.service("Hidden")
    outbox.drain_all()
    gone.delete()
    hidden.live = False
    hidden.save()
    outbox.drain_all()
    assert refs(index) == []
    outbox.rebuild(index)
    assert refs(index) == []
    hidden.live = True
    hidden.save()
    outbox.drain_all()
    assert refs(index) == [hidden.ref]


def test_a_rebuild_equals_what_changes_made_and_empties_the_outbox(index):
    made = {make.service(f"Service {number}").ref for number in range(5)}
    report = outbox.rebuild(index)
    assert set(refs(index)) == made
    assert (report.documents, outbox.lag()) == (5, 0)


def test_the_command_says_what_it_did(index):
    make.service()
    said = io.StringIO()
    call_command("index", "--drain", stdout=said)
    call_command("index", "--rebuild", stdout=said)
    assert "1 changes taken in" in said.getvalue()
    assert "1 records in" in said.getvalue()
    with pytest.raises(CommandError, match="no search engine"):
        call_command("index", "--drain", engine="solr")

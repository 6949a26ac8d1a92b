"""Nothing goes live that lacks what a result card needs, by any path; and every change is told."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, Revision, WorkflowState

from directory.demo.services import publish
from directory.models import Contact, Language, Need, Provider, Service
from directory.publishing import publish_due
from directory.signals import changed


def url(name, *args):
    return reverse(f"wagtailsnippets_directory_service:{name}", args=args)


def said(response) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def save_version(service, **facts) -> Service:
    """Save facts as the latest draft, as autosave does: without any validation."""
    draft = service.get_latest_revision_as_object()
    for name, value in facts.items():
        setattr(draft, name, value)
    draft.save_revision(clean=False)
    return Service.objects.get(pk=service.pk)


# The button


@pytest.mark.parametrize("lost", ["name", "summary", "category"])
def test_publish_button_refuses_a_blank_record_and_keeps_what_was_typed(client, reviewer, draft, typed, lost):
    client.force_login(reviewer)
    sent = typed(
        client, url("edit", draft.pk), **{lost: "", "who_for": "Tired families", "action-publish": "1"}
    )
    page = client.post(url("edit", draft.pk), sent)
    assert page.status_code == 200
    assert page.context["form"].errors
    assert "Tired families" in page.content.decode()
    draft.refresh_from_db()
    assert not draft.live


def test_publish_button_says_what_is_missing_between_fields(client, reviewer, draft, typed):
    client.force_login(reviewer)
    sent = typed(client, url("edit", draft.pk), **{"provider": "", "source": "", "action-publish": "1"})
    page = client.post(url("edit", draft.pk), sent)
    assert "Say who runs it" in said(page)
    assert "Say where the facts come from." in said(page)
    assert Service.objects.get(pk=draft.pk).live is False


def test_publish_button_puts_a_whole_record_live(client, reviewer, draft, typed):
    client.force_login(reviewer)
    sent = typed(client, url("edit", draft.pk), **{"name": "Better sleep", "action-publish": "1"})
    assert client.post(url("edit", draft.pk), sent).status_code == 302
    draft.refresh_from_db()
    assert (draft.live, draft.name) == (True, "Better sleep")


def test_a_new_service_can_be_published_at_once_or_sent_back(client, reviewer, draft, typed):
    client.force_login(reviewer)
    facts = {"name": "Toilet talks", "summary": "Help with toilet training.", "category": "support"}
    sent = typed(client, url("add"), **facts, **{"action-publish": "1"})
    assert "Say who runs it" in said(client.post(url("add"), sent))
    sent |= {"provider": draft.provider_id, "source": "https://example.org/toilet"}
    client.post(url("add"), sent)
    assert Service.objects.get(name="Toilet talks").live


def test_all_that_an_incomplete_record_lacks_is_said_at_once(client, reviewer, draft, typed):
    client.force_login(reviewer)
    page = client.post(
        url("add"), typed(client, url("add"), **{"name": "Toilet talks", "action-publish": "1"})
    )
    assert set(page.context["form"].errors) == {"summary", "category", "__all__"}
    assert "Say who runs it" in said(page)
    assert "Say where the facts come from." in said(page)


def test_a_half_filled_record_can_always_be_saved_as_a_draft(client, editor, draft, typed):
    client.force_login(editor)
    sent = typed(client, url("edit", draft.pk), summary="", category="", provider="", source="")
    assert client.post(url("edit", draft.pk), sent).status_code == 302
    assert Service.objects.get(pk=draft.pk).get_latest_revision_as_object().summary == ""


def test_submitting_asks_for_the_same_facts(client, editor, draft, typed):
    client.force_login(editor)
    sent = typed(client, url("edit", draft.pk), **{"source": "", "action-submit": "1"})
    assert "Say where the facts come from." in said(client.post(url("edit", draft.pk), sent))
    assert draft.workflow_states.count() == 0


# Approval


@pytest.fixture
def submitted(draft, editor):
    draft.get_workflow().start(draft, editor)
    return draft


def approve_from_dashboard(client, service):
    task_state = service.current_workflow_task_state
    return client.post(url("workflow_action", service.pk, "approve", task_state.pk), follow=True)


def test_approval_publishes_a_whole_record(client, reviewer, submitted):
    client.force_login(reviewer)
    approve_from_dashboard(client, submitted)
    submitted.refresh_from_db()
    assert submitted.live


def test_approving_a_record_that_autosave_broke_sends_it_back_with_the_reason(client, reviewer, submitted):
    save_version(submitted, summary="", category="")
    client.force_login(reviewer)
    page = approve_from_dashboard(client, submitted)
    assert page.status_code == 200
    assert "It does not say in one sentence what it does." in said(page)
    submitted.refresh_from_db()
    assert not submitted.live
    state = WorkflowState.objects.for_instance(submitted).get()
    assert state.status == WorkflowState.STATUS_NEEDS_CHANGES
    assert "Choose what kind of help it is." in state.current_task_state.comment


def test_approving_in_the_modal_answers_in_its_own_format(client, reviewer, submitted):
    save_version(submitted, summary="")
    client.force_login(reviewer)
    task_state = submitted.current_workflow_task_state
    answer = client.post(
        url("workflow_action", submitted.pk, "approve", task_state.pk),
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    assert answer.json()["step"] == "success"
    assert not Service.objects.get(pk=submitted.pk).live


@pytest.mark.parametrize("facts", [{}, {"source": ""}, {"summary": ""}])
def test_approving_from_the_form_publishes_or_sends_back(client, reviewer, submitted, typed, facts):
    client.force_login(reviewer)
    action = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    sent = typed(client, url("edit", submitted.pk), **facts, **action)
    page = client.post(url("edit", submitted.pk), sent, follow=True)
    assert page.status_code == 200
    service = Service.objects.get(pk=submitted.pk)
    assert service.live == (not facts)
    if facts:
        assert "Sent back for changes." in said(page)
        assert service.current_workflow_state.status == WorkflowState.STATUS_NEEDS_CHANGES


def test_a_reviewer_can_ask_for_changes_to_a_broken_record(client, reviewer, submitted, typed):
    save_version(submitted, summary="")
    client.force_login(reviewer)
    extra = json.dumps({"comment": "Please say what it does."})
    action = {
        "action-workflow-action": "true",
        "workflow-action-name": "reject",
        "workflow-action-extra-data": extra,
    }
    client.post(url("edit", submitted.pk), typed(client, url("edit", submitted.pk), **action))
    assert submitted.current_workflow_state.status == WorkflowState.STATUS_NEEDS_CHANGES


def test_a_record_sent_back_can_be_mended_and_submitted_again(client, editor, reviewer, submitted, typed):
    save_version(submitted, summary="")
    client.force_login(reviewer)
    approve_from_dashboard(client, submitted)
    client.force_login(editor)
    sent = typed(client, url("edit", submitted.pk), **{"summary": "Helps with sleep.", "action-submit": "1"})
    assert client.post(url("edit", submitted.pk), sent).status_code == 302
    client.force_login(reviewer)
    approve_from_dashboard(client, Service.objects.get(pk=submitted.pk))
    assert Service.objects.get(pk=submitted.pk).live


# The schedule


def schedule(service, **facts):
    """A version that is due; facts are lost afterwards, as a provider or an import may do."""
    service = save_version(service, go_live_at=timezone.now() + timedelta(hours=1))
    service.get_latest_revision().publish()
    content = service.get_latest_revision().content | facts
    past = timezone.now() - timedelta(minutes=5)
    Revision.objects.filter(pk=service.latest_revision_id).update(
        content=content | {"go_live_at": past.isoformat()}, approved_go_live_at=past
    )


def test_one_broken_record_never_stops_the_others(make_service):
    broken, whole, last = (make_service(name=name) for name in ("Broken", "Whole", "Last"))
    for service, facts in ((broken, {"summary": ""}), (whole, {}), (last, {})):
        schedule(service, **facts)
    due = publish_due()
    assert (due.published, due.sent_back) == (2, 1)
    assert set(Service.objects.filter(live=True)) == {whole, last}
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()
    entry = ModelLogEntry.objects.get(action="directory.sent_back")
    assert entry.data["problems"] == ["It does not say in one sentence what it does."]
    assert publish_due().sent_back == 0


def test_an_unforeseen_fault_does_not_stop_the_others_either(make_service, monkeypatch):
    broken, whole = make_service(name="Broken"), make_service(name="Whole")
    schedule(broken)
    schedule(whole)
    publish = Service.publish

    def fails_for_one(self, *args, **kwargs):
        if self.pk == broken.pk:
            raise RuntimeError
        return publish(self, *args, **kwargs)

    monkeypatch.setattr(Service, "publish", fails_for_one)
    assert publish_due().published == 1
    assert Service.objects.get(pk=whole.pk).live


def test_what_came_back_is_shown_on_its_form_and_in_its_history(client, editor, make_service):
    service = make_service()
    schedule(service, source="")
    publish_due()
    client.force_login(editor)
    assert "Say where the facts come from." in said(client.get(url("edit", service.pk)))
    assert "Sent back by the schedule" in client.get(url("history", service.pk)).content.decode()


def test_expired_records_are_taken_down(live):
    Service.objects.filter(pk=live.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    assert publish_due().unpublished == 1
    live.refresh_from_db()
    assert (live.live, live.expired) == (False, True)


def test_wagtails_own_command_does_the_same(make_service, capsys):
    schedule(make_service(), summary="")
    call_command("publish_scheduled")
    assert "0 published, 1 sent back" in capsys.readouterr().out


def test_a_date_to_go_live_is_not_given_to_a_broken_record(draft):
    broken = save_version(draft, summary="", go_live_at=timezone.now() + timedelta(days=1))
    with pytest.raises(ValidationError):
        broken.get_latest_revision().publish()


# Code and imports


def test_publishing_by_code_refuses(draft):
    broken = save_version(draft, category="")
    with pytest.raises(ValidationError, match="kind of help"):
        broken.get_latest_revision().publish()
    assert not Service.objects.get(pk=draft.pk).live


def test_an_empty_way_to_get_in_touch_stays_a_draft(draft):
    draft.contacts = [Contact(kind="phone", value="")]
    assert draft.problems() == ["A way to get in touch is empty. Fill it in or remove it."]


def test_a_draft_cannot_take_another_records_address_or_number(draft, make_service):
    other = make_service(name="Other")
    other.references.create(scheme="urn", value="1")
    other.save()
    taking = Service(**{f.name: getattr(draft, f.name) for f in draft._meta.fields if f.name != "slug"})
    taking.slug = other.slug
    taking.references.add(other.references.model(scheme="urn", value="1"))
    assert len(taking.problems()) == 2


def test_a_draft_that_names_a_deleted_need_still_goes_live(live):
    need, kept = Need.objects.create(name="A", slug="a"), Need.objects.create(name="B", slug="b")
    version = live.get_latest_revision_as_object()
    version.needs.set([need, kept])
    version.save_revision()
    need.delete()
    live.refresh_from_db()
    live.get_latest_revision().publish()
    assert list(Service.objects.get(pk=live.pk).needs.all()) == [kept]


def test_an_imported_version_can_be_reviewed_and_compared(client, editor, db, typed):
    service = Service(name="Sleep clinic", summary="Helps.", category="therapy", silent=["provider"])
    service.source = "https://example.org/sleep"
    publish(service)
    imported = service.latest_revision_id
    client.force_login(editor)
    client.post(url("edit", service.pk), typed(client, url("edit", service.pk), summary="Helps families."))
    history = client.get(url("history", service.pk)).content.decode()
    assert url("revisions_revert", service.pk, imported) in history
    assert url("revisions_compare", service.pk, imported, "latest") in history
    assert Service.objects.get(pk=service.pk).has_unpublished_changes


# Every change is told, once it can be read


@pytest.fixture
def told():
    """The references that listeners were told of."""
    told_of = []

    def receiver(sender, signal, refs, **kwargs):
        told_of.extend(refs)

    changed.connect(receiver)
    yield told_of
    changed.disconnect(receiver)


def test_told_by_the_button(client, reviewer, draft, typed, told):
    client.force_login(reviewer)
    sent = typed(client, url("edit", draft.pk), **{"action-publish": "1"})
    told.clear()
    client.post(url("edit", draft.pk), sent)
    assert draft.ref in told


def test_told_by_approval(client, reviewer, submitted, told):
    client.force_login(reviewer)
    told.clear()
    approve_from_dashboard(client, submitted)
    assert submitted.ref in told


def test_told_by_the_schedule(make_service, told):
    service = make_service()
    schedule(service)
    told.clear()
    publish_due()
    assert service.ref in told


def test_told_by_unpublishing(client, reviewer, live, told):
    client.force_login(reviewer)
    told.clear()
    client.post(url("unpublish", live.pk))
    assert not Service.objects.get(pk=live.pk).live
    assert live.ref in told


def test_told_by_deleting_one_or_many(client, reviewer, live, make_service, told):
    client.force_login(reviewer)
    told.clear()
    client.post(url("delete", live.pk))
    assert told == [live.ref]
    others = [make_service(name=name) for name in ("One", "Two")]
    told.clear()
    Service.objects.all().delete()
    assert set(told) == {service.ref for service in others}


def test_told_by_the_bulk_action(client, reviewer, make_service, told):
    services = [make_service(name=name) for name in ("One", "Two")]
    client.force_login(reviewer)
    address = reverse("wagtail_bulk_action", args=["directory", "service", "delete"])
    told.clear()
    client.post(address + "?" + "&".join(f"id={service.pk}" for service in services))
    assert not Service.objects.exists()
    assert set(told) == {service.ref for service in services}


@pytest.mark.parametrize("act", ["save", "delete"])
@pytest.mark.parametrize("relation", ["needs", "languages", "provider"])
def test_told_by_the_vocabulary(live, told, relation, act):
    if relation == "provider":
        record = live.provider
    else:
        model = {"needs": Need, "languages": Language}[relation]
        key = {"needs": {"slug": "sleep"}, "languages": {"code": "pl"}}[relation]
        record = model.objects.create(name="Some", **key)
        setattr(live, relation, [record])
        live.save()
    told.clear()
    getattr(record, act)()
    assert told == [live.ref]


def test_told_nothing_when_nobody_points_at_it(db, told):
    Provider.objects.create(name="Alone").save()
    assert told == []

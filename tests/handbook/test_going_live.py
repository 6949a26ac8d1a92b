"""Nothing that fails its own checks goes live, by whichever door."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, TaskState

from directory.publishing import publish_due
from handbook.models import ChapterPage
from home.models import NotReady
from tests.handbook.conftest import form

pytestmark = pytest.mark.django_db


@pytest.fixture
def broken(chapter):
    """A live chapter whose draft names a source that is not there."""
    chapter.lede = "Half of us [3]."
    chapter.body = ChapterPage._meta.get_field("body").stream_block.to_python(
        [{"type": "paragraph", "value": "<p>Half of us do not sleep [3].</p>"}]
    )
    chapter.save_revision()
    return chapter


@pytest.fixture
def boss(db):
    return User.objects.create_superuser("boss", "boss@example.org", "a long password")


def live_words(page) -> str:
    return str(ChapterPage.objects.get(pk=page.pk).body)


def test_a_script_is_refused(broken):
    with pytest.raises(NotReady):
        broken.get_latest_revision().publish()
    assert "Half of us" not in live_words(broken)


def test_the_clock_sends_it_back_with_the_reason(broken):
    revision = broken.get_latest_revision()
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.save()
    assert publish_due().sent_back == 1
    assert "Half of us" not in live_words(broken)


def test_an_approval_is_refused_and_the_page_stays_in_the_queue(client, broken, people):
    broken.get_workflow().start(broken, people["parent"])
    state = broken.current_workflow_task_state
    client.force_login(people["handbook"])
    answer = client.post(
        reverse("wagtailadmin_pages:workflow_action", args=[broken.pk, "approve", state.pk]), follow=True
    )
    assert answer.status_code == 200
    assert "no source of that number" in answer.content.decode()
    assert "Half of us" not in live_words(broken)
    assert TaskState.objects.get(pk=state.pk).status == TaskState.STATUS_IN_PROGRESS


def test_many_at_once_are_refused(client, broken, boss):
    client.force_login(boss)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={broken.pk}"
    answer = client.post(address, follow=True)
    assert answer.status_code == 200
    assert "Half of us" not in live_words(broken)


def test_the_button_is_refused_and_keeps_what_was_typed(client, broken, boss):
    client.force_login(boss)
    sent = form("Typed just now", "<p>Half of us do not sleep [3].</p>", "action-publish")
    answer = client.post(reverse("wagtailadmin_pages:edit", args=[broken.pk]), sent, follow=True)
    assert "no source of that number" in answer.content.decode()
    assert ChapterPage.objects.get(pk=broken.pk).title == "Sleep"
    assert ChapterPage.objects.get(pk=broken.pk).get_latest_revision_as_object().title == "Typed just now"


def test_a_copy_does_not_go_live(client, broken, boss):
    client.force_login(boss)
    client.post(
        reverse("wagtailadmin_pages:copy", args=[broken.pk]),
        {
            "new_title": "Copy",
            "new_slug": "copy",
            "new_parent_page": broken.get_parent().pk,
            "publish_copies": "on",
        },
    )
    for page in Page.objects.filter(slug="copy").specific():
        assert not (page.live and page.problems())


def test_advice_on_health_needs_a_specialist_by_every_door(client, chapter, people, boss):
    chapter.specialist = True
    revision = chapter.save_revision()
    with pytest.raises(NotReady):
        revision.publish(user=boss)
    chapter.get_workflow().start(chapter, people["parent"])
    first = chapter.current_workflow_task_state
    first.specific.approve(user=people["handbook"])
    chapter = ChapterPage.objects.get(pk=chapter.pk)
    second = chapter.current_workflow_task_state
    assert second.task.name == "Specialist’s check"
    assert not chapter.specialist
    second.specific.approve(user=people["specialist"])
    assert ChapterPage.objects.get(pk=chapter.pk).specialist


def test_what_needs_no_specialist_goes_live_after_one_check(chapter, people):
    chapter.title = "Nights"
    chapter.save_revision()
    chapter.get_workflow().start(chapter, people["parent"])
    chapter.current_workflow_task_state.specific.approve(user=people["handbook"])
    assert ChapterPage.objects.get(pk=chapter.pk).title == "Nights"


def test_a_change_after_the_specialists_check_needs_another(chapter, people, boss):
    chapter.specialist = True
    chapter.save_revision()
    chapter.get_workflow().start(chapter, people["parent"])
    chapter.current_workflow_task_state.specific.approve(user=people["handbook"])
    ChapterPage.objects.get(pk=chapter.pk).current_workflow_task_state.specific.approve(
        user=people["specialist"]
    )
    chapter = ChapterPage.objects.get(pk=chapter.pk)
    chapter.lede = "Another claim."
    with pytest.raises(NotReady):
        chapter.save_revision().publish(user=boss)

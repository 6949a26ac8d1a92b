"""Who checks a page before it goes live: the step of specialists, and the refusal at the last door."""

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from wagtail.locks import WorkflowLock
from wagtail.models import (
    AbstractGroupApprovalTask,
    GroupPagePermission,
    Page,
    TaskState,
    Workflow,
    WorkflowPage,
)

WORKFLOW = "Check a chapter or guide before it goes live"
"""Made by a migration; an administrator may give it another name once pages are bound to it."""


class NotReady(ValidationError):
    """A page that may not go live, with the reasons for whoever tried."""

    def __init__(self, page, problems: list[str]):
        super().__init__(problems)
        self.page = page


class BeingChecked(WorkflowLock):
    """The lock of a page that was sent, in words for whoever sent it."""

    def get_message(self, user):
        if self.for_user(user):
            since = self.object.current_workflow_state.created_at
            return (
                f"The reviewers have this page since {since:%-d %B %Y}. You get an e-mail when they answer. "
                "Until then you can read it here, but not change it."
            )
        return super().get_message(user)


class SpecialistCheck(AbstractGroupApprovalTask):
    """A second pair of eyes for advice on health or the law. Pages not marked so pass this step by."""

    class Meta:
        verbose_name = "specialist’s check"

    def start(self, workflow_state, user=None):
        state = super().start(workflow_state, user=user)
        sent = workflow_state.content_object.get_latest_revision_as_object()
        if not getattr(sent, "specialist", False):
            # The workflow goes on by itself when a task is no longer in progress.
            state.approve(user=user, update=False, comment="No specialist’s check was needed.")
        return state

    @classmethod
    def get_description(cls):
        return "Members of the chosen groups check pages that are marked as needing a specialist"


def checked_by_specialist(revision) -> bool:
    """Whether a specialist approved this version, or what became it, after it was written."""
    return TaskState.objects.filter(
        task__in=SpecialistCheck.objects.all(),
        workflow_state__base_content_type=revision.base_content_type,
        workflow_state__object_id=revision.object_id,
        status=TaskState.STATUS_APPROVED,
        finished_at__gte=revision.created_at,
    ).exists()


REVIEWERS, SPECIALISTS = "Handbook reviewers", "Specialist reviewers"
GRANTS = {REVIEWERS: ("add", "change", "publish", "lock", "unlock"), SPECIALISTS: ("publish",)}
"""Whoever approves last makes a page live, so each of them may: `Sourced.publish` sees to the order."""


def check_below(page: Page) -> None:
    """Pages below this one are checked by that workflow, unless an administrator chose another, and by
    those who check."""
    kind = ContentType.objects.get_for_model(Page)
    for name, actions in GRANTS.items():
        group = Group.objects.filter(name=name).first()
        for permission in Permission.objects.filter(
            content_type=kind, codename__in=[f"{action}_page" for action in actions]
        ):
            if group:
                GroupPagePermission.objects.get_or_create(group=group, page_id=page.pk, permission=permission)
    workflow = Workflow.objects.filter(name=WORKFLOW, active=True).first()
    if workflow and not WorkflowPage.objects.filter(page_id=page.pk).exists():
        WorkflowPage.objects.create(workflow=workflow, page_id=page.pk)

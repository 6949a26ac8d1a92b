"""What stands on the admin's first page: a co-author's own pages, and what waits to be checked."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from wagtail.admin.ui.components import Component
from wagtail.models import Page, Task, TaskState, WorkflowState

from handbook.models import ChapterPage
from home.models import Sourced

from .access import own_pages


@dataclass(frozen=True)
class Own:
    """One page of a co-author: its state in words, and the one thing to do next."""

    title: str
    state: str
    said: str
    """What the reviewers said to the page as a whole when they asked for changes."""
    url: str
    button: str
    live_url: str


class YourPages(Component):
    name = "your_pages"
    template_name = "handbook/admin/your_pages.html"
    order = 10

    def __init__(self, user, alone=False):
        self.user = user
        self.alone = alone
        """Whether nothing else stands on the first page, so that it is named after this."""

    def get_context_data(self, parent_context):
        pages = own_pages(self.user).select_related("latest_revision")
        return {
            "pages": [own(page) for page in pages],
            "credit": getattr(self.user, "co_author", None),
            "alone": self.alone,
        }


def own(page: ChapterPage) -> Own:
    workflow, said, button = page.current_workflow_state, "", "Open"
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    if workflow and workflow.status == WorkflowState.STATUS_NEEDS_CHANGES:
        said = workflow.current_task_state.comment
        # Wagtail opens the margin for one who asks for a comment in it.
        first = page.wagtail_admin_comments.filter(resolved_at=None).order_by("pk").first()
        if first:
            button, edit = "Read the comments", f"{edit}?comment={first.pk}"
    elif workflow:
        button = "Look at it"
    title = page.draft_title or page.title
    return Own(title, state_of(page), said, edit, button, page.url if page.live else "")


def state_of(page: Page) -> str:
    """Where a page is on its way, as somebody who wrote it would ask."""
    workflow = page.current_workflow_state
    if workflow and workflow.status == WorkflowState.STATUS_NEEDS_CHANGES:
        return "Changes asked for. Answer or change it, then send it again."
    if workflow and workflow.status == WorkflowState.STATUS_IN_PROGRESS:
        return (
            f"With the reviewers since {workflow.created_at:%-d %B %Y}. You get an e-mail when they answer."
        )
    if page.has_unpublished_changes and page.latest_revision:
        saved = f"Your draft was saved on {page.latest_revision.created_at:%-d %B %Y}."
        return f"{saved} Readers see the version before." if page.live else f"{saved} Not yet live."
    if page.live:
        return f"Live since {page.last_published_at:%-d %B %Y}." if page.last_published_at else "Live."
    return "Not yet live."


@dataclass(frozen=True)
class ToCheck:
    title: str
    step: str
    sent_by: str
    since: datetime
    note: str
    url: str
    differences_url: str


class WaitingToBeChecked(Component):
    """Chapters, guides and pathways in the queue of whoever looks, those that wait longest first."""

    name = "waiting_to_be_checked"
    template_name = "handbook/admin/queue.html"
    order = 20

    def __init__(self, user):
        self.user = user

    def get_context_data(self, parent_context):
        states = TaskState.objects.none()
        for task in Task.objects.filter(active=True).specific():
            states |= task.get_task_states_user_can_moderate(self.user)
        states = states.select_related("revision", "task", "workflow_state__requested_by").order_by(
            "workflow_state__created_at", "pk"
        )
        rows = [(state, state.revision.as_object()) for state in states if state.revision_id]
        return {"rows": [to_check(state, page) for state, page in rows if isinstance(page, Sourced)]}


def to_check(state: TaskState, page: Sourced) -> ToCheck:
    by = state.workflow_state.requested_by
    compare = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "live", "latest"])
    return ToCheck(
        title=page.title,
        step=state.task.name,
        sent_by=(by.get_full_name() or by.get_username()) if by else "",
        since=state.workflow_state.created_at,
        note=page.note,
        url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
        differences_url=compare if page.live else "",
    )

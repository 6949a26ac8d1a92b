"""The service's list and form, where they do more than Wagtail's own.

Wagtail lets the last Save win without a word and answers an approval of a broken record with an
error page. Here a stale Save or Publish is refused, keeps what was typed, shows both versions and
asks; and a record that may not go live goes back with the reason.
"""

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.shortcuts import redirect
from django.utils.functional import cached_property
from wagtail.admin import messages
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column, StatusTagColumn
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.views import generic
from wagtail.log_actions import registry as log_registry
from wagtail.models import Revision, WorkflowState
from wagtail.snippets.views import snippets

from directory.facts import trust
from directory.models import PlaceName, Service
from directory.publishing import SENT_BACK, reasons, return_for_changes

from .differences import differences

# Long enough for any name; SQLite refuses a LIKE pattern of more than 50,000 bytes.
LONGEST_SEARCH = 200
STALE = "Not saved: someone saved this service after you opened it."


class Ticked(snippets.IndexView):
    """Rows can be ticked by those who may do something with the ticked ones, which is to delete them."""

    @cached_property
    def may_tick(self) -> bool:
        return self.user_has_permission("delete")

    @cached_property
    def columns(self):
        columns = super().columns
        if self.may_tick:
            return columns
        return [column for column in columns if not isinstance(column, BulkActionsCheckboxColumn)]


class ServiceIndex(Ticked):
    """One row a service. Its state is read in the same query, whatever the number of rows."""

    @cached_property
    def columns(self):
        *checkbox, title = super().columns[: 2 if self.may_tick else 1]
        title.label, title.sort_key = "Name", "name"
        return [
            *checkbox,
            title,
            Column("category", label="Kind", accessor="get_category_display", sort_key="category"),
            Column("provider", label="Run by", accessor=run_by, sort_key="provider__name"),
            StatusTagColumn("state", label="State", accessor=state, primary=lambda record: record.live),
            Column("checked_on", label="Last checked", accessor=last_checked, sort_key="checked_on"),
            Column("review_due", label="Next check", accessor=next_check, sort_key="review_due"),
        ]

    @cached_property
    def search_query(self):
        return super().search_query[:LONGEST_SEARCH]

    def get_base_queryset(self):
        return with_state(super().get_base_queryset()).select_related("provider", "latest_revision")


def with_state(services):
    """Annotates what `state` needs: the workflow under way, and whether a date to go live is set."""
    kind = ContentType.objects.get_for_model(Service)
    key = models.functions.Cast(models.OuterRef("pk"), models.CharField())
    workflows = WorkflowState.objects.filter(base_content_type=kind, object_id=key)
    revisions = Revision.objects.filter(base_content_type=kind, object_id=key)
    return services.annotate(
        workflow_status=models.Subquery(
            workflows.filter(status__in=["in_progress", "needs_changes"]).values("status")[:1]
        ),
        has_schedule=models.Exists(revisions.filter(approved_go_live_at__isnull=False)),
    )


def state(service) -> str:
    if service.has_schedule:
        detail = "scheduled"
    elif service.workflow_status:
        detail = {"in_progress": "in review", "needs_changes": "changes asked for"}[service.workflow_status]
    elif service.live:
        detail = "changes not live" if service.has_unpublished_changes else ""
    else:
        return "expired" if service.expired else "draft"
    return " + ".join(part for part in ("live" if service.live else "", detail) if part)


def run_by(service) -> str:
    if service.provider:
        return service.provider.name
    return "Not stated" if "provider" in service.silent else "Not known yet"


def last_checked(service) -> str:
    said = f"{service.checked_on:%-d %b %Y}" if service.checked_on else "Never"
    late = service.crisis and not trust(service).checked
    return f"{said}: urgent help, check it every month" if late else said


def next_check(service) -> str:
    return f"{service.review_due:%-d %b %Y}" if service.review_due else "Not set"


class RefusesBroken:
    """Turns a refusal at the last door into a message on the form."""

    def run_action_method(self):
        try:
            with transaction.atomic():
                return super().run_action_method()
        except ValidationError as refusal:
            self.answer_refusal(refusal.messages)
            return redirect(self.get_edit_url())

    def answer_refusal(self, problems):
        messages.error(self.request, f"Saved as a draft. {reasons(problems)}")


class ServiceCreate(RefusesBroken, snippets.CreateView):
    pass


class ServiceEdit(RefusesBroken, snippets.EditView):
    stale = False

    def get(self, request, *args, **kwargs):
        if problems := self.sent_back_with:
            messages.warning(request, f"This was due to go live and came back. {reasons(problems)}")
        return super().get(request, *args, **kwargs)

    @cached_property
    def sent_back_with(self) -> list[str]:
        """Why the schedule sent the latest version back, or []."""
        last = (
            log_registry.get_logs_for_instance(self.object)
            .filter(action=SENT_BACK, revision=self.object.latest_revision_id)
            .first()
        )
        return last.data["problems"] if last else []

    # A stale form

    def get_action(self, request):
        """“Keep mine over theirs” carries the action that was refused and the version it may replace."""
        action, _, self.replaces = request.POST.get("keep_mine", "").partition(":")
        if action in self.get_available_actions():
            return action
        return super().get_action(request)

    def version(self, hold=False) -> str:
        """The newest saved version, as it stands in the database now; `hold` locks the record."""
        services = Service.objects.select_for_update(of=("self",)) if hold else Service.objects
        newest = services.values_list("latest_revision_id", "latest_revision__created_at")
        number, saved = newest.get(pk=self.object.pk)
        return f"{number}@{saved.isoformat()}" if number else ""

    def loaded(self) -> str:
        """The version this form was filled in from, and may replace."""
        sent = self.request.POST
        if self.replaces:
            return self.replaces
        number = sent.get("loaded_revision_id", "")
        return f"{number}@{sent.get('loaded_revision_created_at', '')}" if number else ""

    @cached_property
    def overwrite_revision(self):
        return None if self.replaces else super().overwrite_revision

    def is_valid(self, form):
        # A reviewer must be able to ask for changes to a record that is not ready; an approval of
        # it is answered when it knocks at the last door.
        if self.action == "workflow-action":
            self.saving_as_draft = True
        if not self.expects_json_response and not self.locked_for_user:
            self.stale = self.version() != self.loaded()
        self.form_is_valid = super().is_valid(form)
        if self.stale:
            self.produced_error_message = STALE
        return self.form_is_valid and not self.stale

    def form_valid(self, form):
        """Check once more with the write lock held: two people may press Save in the same instant."""
        if self.expects_json_response:
            return super().form_valid(form)
        with transaction.atomic():
            if self.version(hold=True) == self.loaded():
                return super().form_valid(form)
        self.stale, self.produced_error_message = True, STALE
        return self.form_invalid(form)

    def workflow_action_action(self):
        self.approved = self.object.current_workflow_task_state
        return super().workflow_action_action()

    def answer_refusal(self, problems):
        if self.action != "workflow-action":
            return super().answer_refusal(problems)
        return_for_changes(self.approved, self.request.user, problems)
        messages.error(self.request, f"Sent back for changes. {reasons(problems)}")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if self.stale:
            context |= self.get_stale_context()
        return context

    def get_stale_context(self):
        theirs = Service.objects.select_related("latest_revision__user").get(pk=self.object.pk)
        newest = theirs.latest_revision
        # Without this the form would carry the newer version's number, and a second Save would win.
        return {
            "revision_enabled": False,
            "autosave_enabled": False,
            "stale": {
                "by": get_user_display_name(newest.user) if newest and newest.user else "someone",
                "at": newest and newest.created_at,
                "differences": differences(
                    self.form, theirs.get_latest_revision_as_object(), whole=self.form_is_valid
                ),
                "keep_mine": f"{self.action}:{self.version()}",
                "loaded_id": self.request.POST.get("loaded_revision_id", ""),
                "loaded_at": self.request.POST.get("loaded_revision_created_at", ""),
                "action": {"publish": "publish mine", "submit": "submit mine"}.get(self.action, "save mine"),
            },
        }


class ServiceWorkflowAction(snippets.WorkflowActionView):
    """Approving from the dashboard. A record that may not go live goes back for changes."""

    def post(self, request, *args, **kwargs):
        try:
            return super().post(request, *args, **kwargs)
        except ValidationError as refusal:
            return_for_changes(self.task_state, request.user, refusal.messages)
            messages.error(request, f"Sent back for changes. {reasons(refusal.messages)}")
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return self.render_modal_json(request, {"step": "success", "redirect": self.redirect_url})
        return redirect(self.redirect_url)


class ShortSearch:
    """No search is long enough to trouble the database."""

    @cached_property
    def search_query(self):
        return super().search_query[:LONGEST_SEARCH]

    def search_queryset(self, queryset):
        return super().search_queryset(queryset).distinct()


class PlainIndex(ShortSearch, Ticked):
    pass


class PlainModelIndex(ShortSearch, generic.IndexView):
    pass


class PlaceIndex(PlainModelIndex):
    queryset = PlaceName.objects.select_related("district")

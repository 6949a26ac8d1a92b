"""The list and the form of figures, where they do more than Wagtail's own."""

from decimal import Decimal

from django.db import transaction
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.views import snippets

from directory.admin.views import PlainIndex
from directory.words import join
from waiting.keeping import differences, in_words, said
from waiting.models import WaitingTime

LOAD = "waiting.load_waitingtime"


class FigureIndex(PlainIndex):
    @cached_property
    def columns(self):
        *checkbox, title = super().columns[: 2 if self.may_tick else 1]
        title.width = "22%"
        return [*checkbox, title, *super().columns[len(checkbox) + 1 :]]

    @cached_property
    def header_buttons(self):
        buttons = super().header_buttons
        if self.request.user.has_perm(LOAD):
            load = HeaderButton("Load from a file", url=reverse("waiting_times_load"), icon_name="upload")
            buttons = [*buttons, load]
        return buttons


class SavedByHand:
    """Figures are public the moment they are saved: nothing saves them but the person at the form."""

    overwrite_revision = None

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.autosave_enabled = False


class FigureCreate(SavedByHand, snippets.CreateView):
    pass


class FigureEdit(SavedByHand, snippets.EditView):
    """A Save over what somebody else saved meanwhile is refused once, with what they changed; what was typed
    stays in the form, and a second Save puts it over theirs."""

    def version(self, hold: bool = False) -> str:
        """The newest version in the database; `hold` locks the figures."""
        figures = WaitingTime.objects.select_for_update(of=("self",)) if hold else WaitingTime.objects
        newest = figures.values_list("latest_revision_id", "latest_revision__created_at")
        number, at = newest.get(pk=self.object.pk)
        return f"{number}@{at.isoformat()}" if number else ""

    def loaded(self) -> str:
        number, at = (self.request.POST.get(f"loaded_revision_{name}", "") for name in ("id", "created_at"))
        return f"{number}@{at}" if number else ""

    def is_valid(self, form):
        valid = super().is_valid(form)
        if self.version() != self.loaded():
            self.produced_error_message = self.stale(form)
            return False
        return valid

    def stale(self, form) -> str:
        theirs = WaitingTime.objects.select_related("latest_revision__user").get(pk=self.object.pk)
        newest = theirs.latest_revision
        by = get_user_display_name(newest.user) if newest and newest.user else "Somebody"
        changes = in_words(theirs, form.instance, differences(theirs, form.instance))
        differ = join([f"{label}: {there}" for label, there, _ in changes])
        return (
            f"Not saved: {by} saved these figures after you opened them. "
            f"{f'Theirs say, where yours differ: {differ}.' if differ else 'They say the same as yours.'} "
            "What you typed is still here. Save again to put it over theirs, which stay in the history."
        )

    def form_valid(self, form):
        """Once more with the figures locked: two people may press Save in the same instant."""
        with transaction.atomic():
            if self.version(hold=True) == self.loaded():
                return super().form_valid(form)
        self.produced_error_message = self.stale(form)
        return self.form_invalid(form)


class FigureInspect(snippets.InspectView):
    """What is not known reads so, and not as “None”."""

    def get_field_display_value(self, field_name, field):
        value = getattr(self.object, field_name)
        if value in (None, "") or isinstance(value, bool | Decimal):
            return said(self.object, field_name)
        return super().get_field_display_value(field_name, field)

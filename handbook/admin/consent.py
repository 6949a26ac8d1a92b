"""Quotes and pictures in the admin: for reviewers of the handbook. Co-authors choose, and see no more than
readers do."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.text import Truncator
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import log
from wagtail.snippets.views import chooser, snippets
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from handbook.consent.pages import showing
from handbook.consent.removal import withdraw
from handbook.models import Picture, Quote

WITHDRAWN = "handbook.withdrawn"
LONGEST_NOTE = 500
"""Characters of the note on a withdrawal."""


def terms(shared: list) -> ObjectList:
    return ObjectList(
        [
            MultiFieldPanel(shared, heading="What is shared"),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("given_by"), FieldPanel("contact")]),
                    FieldPanel("about"),
                    FieldPanel("consent_of"),
                ],
                heading="Who said yes",
                help_text="Only reviewers of the handbook see this.",
            ),
            MultiFieldPanel(
                [FieldPanel("best_interests_role"), FieldPanel("best_interests_note")],
                heading="A best-interests decision",
                help_text="Leave empty unless they are 16 or over and cannot decide this, even with help.",
                classname="collapsed",
            ),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("named_as"), FieldPanel("public_name")])], heading="The name"
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("for_website"), FieldPanel("for_print")]),
                    FieldRowPanel([FieldPanel("for_talks"), FieldPanel("for_social")]),
                    FieldRowPanel([FieldPanel("given_on"), FieldPanel("expires_on")]),
                ],
                heading="What for and how long",
            ),
            HelpPanel(
                "<p>It can be taken back at any time, by the button <b>Take back</b> at the top. "
                "It is then deleted from every page, every PDF and every old version that we keep. "
                "Copies already printed or saved by others cannot be recalled: say so when you ask.</p>"
            ),
        ]
    )


class Edit(snippets.EditView):
    @cached_property
    def header_buttons(self):
        buttons = super().header_buttons
        if not self.object.removed_at:
            address = reverse(self.model.snippet_viewset.get_url_name("withdraw"), args=[self.object.pk])
            buttons = [*buttons, HeaderButton("Take back", url=address, icon_name="undo")]
        return buttons


class Shareable:
    """In a chooser: only what may be shown today, as readers see it."""

    def get_object_list(self):
        return self.model_class.objects.usable()

    @property
    def columns(self):
        return [*super().columns, Column("seen", label="What readers see", accessor=seen)]


def seen(record) -> str:
    said = record.words if isinstance(record, Quote) else record.alt
    return Truncator(said).chars(160) + (f" ({record.public_name})" if record.public_name else "")


class Choose(Shareable, chooser.ChooseView):
    pass


class ChooseResults(Shareable, chooser.ChooseResultsView):
    pass


class SharedChooser(chooser.SnippetChooserViewSet):
    choose_view_class = Choose
    choose_results_view_class = ChooseResults


class SharedViewSet(SnippetViewSet):
    list_filter = ["about", "consent_of"]
    ordering = ["expires_on"]
    edit_view_class = Edit
    chooser_viewset_class = SharedChooser
    copy_view_enabled = False
    list_per_page = 50

    def get_urlpatterns(self):
        return [*super().get_urlpatterns(), path("withdraw/<int:pk>/", self.withdraw, name="withdraw")]

    def withdraw(self, request, pk):
        """Says what happens, asks, and does it."""
        if not self.permission_policy.user_has_permission(request.user, "change"):
            raise PermissionDenied
        record = get_object_or_404(self.model, pk=pk)
        note, error = request.POST.get("note", ""), ""
        if request.method == "POST":
            if len(note) > LONGEST_NOTE:
                error = f"The note is too long: at most {LONGEST_NOTE} characters."
            else:
                pages = withdraw(record, note.strip())
                log(instance=record, action=WITHDRAWN, user=request.user)
                messages.success(request, f"Taken back and deleted. {told(pages)}")
                return redirect(reverse(self.get_url_name("list")))
        context = {
            "record": record,
            "seen": seen(record),
            "pages": showing(record),
            "note": note,
            "error": error,
            "back": reverse(self.get_url_name("edit"), args=[pk]),
        }
        return TemplateResponse(
            request, "handbook/admin/withdraw.html", context, status=400 if error else 200
        )


def told(pages: int) -> str:
    if not pages:
        return "No page showed it."
    return f"{pages} page{'' if pages == 1 else 's'} showed it and no longer do{'es' if pages == 1 else ''}."


class Quotes(SharedViewSet):
    model = Quote
    icon = "openquote"
    edit_handler = terms([FieldPanel("words")])
    list_display = ["__str__", Column("words", accessor=seen), "state", "expires_on"]


class Pictures(SharedViewSet):
    model = Picture
    icon = "image"
    edit_handler = terms([FieldPanel("image"), FieldPanel("alt")])
    list_display = ["__str__", Column("alt", accessor=seen), "state", "expires_on"]


class SharedWithConsent(SnippetViewSetGroup):
    menu_label = "Shared with consent"
    menu_icon = "openquote"
    menu_order = 220
    items = (Quotes(), Pictures())

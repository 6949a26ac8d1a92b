"""Support while you wait: an index, the pathways to an assessment or a plan, and guides."""

from django.db import models
from wagtail.admin.panels import FieldPanel, ObjectList, TabbedInterface
from wagtail.fields import StreamField
from wagtail.models import Page

from home.models import AnnouncedPage, Sourced, crumbs
from waiting.blocks import PathwayStep


def tabs(words: list) -> TabbedInterface:
    return TabbedInterface(
        [
            ObjectList(words, heading="Words"),
            ObjectList(Sourced.about_panels, heading="About"),
            ObjectList(Page.promote_panels, heading="Promote"),
            ObjectList(Page.settings_panels, heading="Settings"),
        ]
    )


class WaitingIndexPage(AnnouncedPage):
    lede = models.CharField("first lines", max_length=300, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("lede")]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["waiting.PathwayPage", "waiting.GuidancePage"]
    max_count_per_parent = 1
    template = "waiting/index.html"

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {
            "crumbs": crumbs(self, request),
            "pathways": PathwayPage.objects.child_of(self).live().public().order_by("path"),
            "guides": GuidancePage.objects.child_of(self).live().public().order_by("path"),
        }


class PathwayPage(Sourced):
    """The way to an assessment or a plan, step by step: who does what, and what a family can do."""

    steps = StreamField([("step", PathwayStep())], blank=True)
    if_worse = models.TextField("if things get worse", blank=True, help_text="Whom to ring, in plain words.")

    edit_handler = tabs(
        [
            *Page.content_panels,
            FieldPanel("lede"),
            FieldPanel("steps"),
            FieldPanel("body"),
            FieldPanel("if_worse"),
            FieldPanel("sources"),
            FieldPanel("changes"),
        ]
    )
    parent_page_types = ["waiting.WaitingIndexPage"]
    subpage_types: list[str] = []
    template = "waiting/pathway.html"


class GuidancePage(Sourced):
    """Something to read and do while a family waits, or when nobody listens."""

    edit_handler = tabs(Sourced.content_panels)
    parent_page_types = ["waiting.WaitingIndexPage"]
    subpage_types: list[str] = []
    template = "waiting/guide.html"

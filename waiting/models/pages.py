"""Support while you wait: an index, the pathways to an assessment or a plan, and guides."""

from django.db import models
from django.db.models import Count
from django.utils import timezone
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.models import Page

from home.models import AnnouncedPage, Sourced, crumbs
from waiting.blocks import PathwayStep
from waiting.times.shown import waits_of
from waiting.use_now import use_now

from .found import FoundQuestion

RELATED = 4


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


class PathwayPage(RoutablePageMixin, Sourced):
    """The way to an assessment or a plan, step by step: who does what, and what a family can do."""

    steps = StreamField([("step", PathwayStep())], blank=True)
    if_worse = models.TextField("if things get worse", blank=True, help_text="Whom to ring, in plain words.")

    edit_handler = Sourced.form(
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
    print_template = "printing/pathway.html"

    @property
    def contents(self) -> list[tuple[str, str]]:
        """(words, anchor) of every part, those that every pathway has around those of its text."""
        steps = [("The steps", "steps")] if self.steps else []
        after = [
            ("How long it takes", "times"),
            ("Is this what you found?", "found"),
            ("What you can use now", "now"),
        ]
        worse = [("If things get worse", "worse")] if self.if_worse else []
        return [*steps, *super().contents, *after, *worse]

    def get_context(self, request, *args, **kwargs):
        needs = [need.slug for need in self.needs.all()]
        question = FoundQuestion.of(self)
        return super().get_context(request, *args, **kwargs) | {
            "question": question,
            "told": [] if question.off else question.told(),
            "needs": needs,
            "waits": waits_of(self.lists.order_by("order", "name")),
            "use_now": use_now(needs, timezone.localdate()),
            "guides": guides_about(self),
        }

    @path("your-wait/")
    def your_wait(self, request):
        """A page of its own: its form sets a cookie, which this page never does."""
        from waiting.found.views import your_wait

        return your_wait(request, self)

    @path("your-wait/thanks/")
    def your_wait_thanks(self, request):
        from waiting.found.views import thanks

        return thanks(request, self)


def guides_about(page: Sourced) -> list[Page]:
    """Up to four live guides and pathways that share a need with a page, those that share most first."""
    keys = [need.pk for need in page.needs.all()]
    found = []
    for model in (GuidancePage, PathwayPage):
        others = model.objects.live().public().exclude(pk=page.pk).filter(needs__in=keys)
        found += others.annotate(shared=Count("needs")).order_by("-shared", "path")[:RELATED]
    return sorted(found, key=lambda each: (-each.shared, each.path))[:RELATED]


class GuidancePage(Sourced):
    """Something to read and do while a family waits, or when nobody listens."""

    edit_handler = Sourced.form(Sourced.content_panels)
    parent_page_types = ["waiting.WaitingIndexPage"]
    subpage_types: list[str] = []
    template = "waiting/guide.html"

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {"guides": guides_about(self)}

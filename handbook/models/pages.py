"""The handbook: an index, a part of its own for young people, and chapters."""

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PagePermissionTester

from handbook.blocks import ChapterBody
from handbook.consent.pages import crowded
from handbook.consent.rules import BESIDE
from handbook.models.authors import CoAuthor, credits
from home.models import AnnouncedPage, Sourced, crumbs


class Audience(models.TextChoices):
    PARENTS = "parents", "By parents, for parents"
    YOUNG = "young", "By young people, for young people"


class HandbookIndexPage(AnnouncedPage):
    """The first page of the handbook, or of a part of it. Who writes below it goes by its audience."""

    lede = models.CharField("first lines", max_length=300, blank=True)
    audience = models.CharField(max_length=8, choices=Audience.choices, default=Audience.PARENTS)

    content_panels = [*Page.content_panels, FieldPanel("lede"), FieldPanel("audience")]
    parent_page_types = ["home.HomePage", "handbook.HandbookIndexPage"]
    subpage_types = ["handbook.ChapterPage", "handbook.HandbookIndexPage"]
    template = "handbook/index.html"

    def get_context(self, request, *args, **kwargs):
        below = self.get_children().live().public()
        return super().get_context(request, *args, **kwargs) | {
            "crumbs": crumbs(self, request),
            "chapters": ChapterPage.objects.child_of(self).live().public().order_by("path"),
            "parts": list(below.type(HandbookIndexPage).specific()),
        }


class WhoMay(PagePermissionTester):
    """A copy is a new chapter, so it is for those who may make one."""

    def can_copy(self):
        return super().can_copy() and self.page.get_parent().permissions_for_user(self.user).can_add_subpage()


class ChapterPage(Sourced):
    """One chapter: written by parents or young people, checked before it goes live."""

    body = StreamField(ChapterBody(), blank=True)

    edit_handler = Sourced.form(Sourced.content_panels)
    parent_page_types = ["handbook.HandbookIndexPage"]
    subpage_types: list[str] = []
    template = "handbook/chapter.html"

    def permissions_for_user(self, user):
        return WhoMay(user, self)

    @property
    def audience(self) -> str:
        """Who writes it and for whom: a value of `Audience`, from the index above it."""
        index = self.get_parent()
        return index.specific.audience if index else Audience.PARENTS

    def problems(self):
        return super().problems() + ([BESIDE] if crowded(self) else [])

    @property
    def credits(self) -> str:
        """“Written by Amira and a parent in Stevenage.”; "" while nobody of them wrote it."""
        users = self.contributions.order_by("pk").values("user")
        return credits(CoAuthor.objects.filter(user__in=users).select_related("user").order_by("pk"))

    def get_context(self, request, *args, **kwargs):
        others = ChapterPage.objects.sibling_of(self, inclusive=False).live().public()
        return super().get_context(request, *args, **kwargs) | {
            "previous_chapter": others.filter(path__lt=self.path).order_by("-path").first(),
            "next_chapter": others.filter(path__gt=self.path).order_by("path").first(),
        }

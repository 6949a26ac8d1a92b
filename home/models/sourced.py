"""What chapters of the handbook, guides and pathways share: needs, sources, checks before going live."""

from django.core.validators import MaxValueValidator
from django.db import models
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.fields import StreamField
from wagtail.locks import WorkflowLock
from wagtail.models import Page

from directory.models import Need
from home.admin.reading_aids import ReadingAidsPanel
from home.blocks import Change, GuidanceBody, Source, anchor
from home.citing import cited

from .checking import BeingChecked, NotReady, checked_by_specialist
from .pages import Written

MAY_CHECK = "home.check_page"
"""Permission to set what stands around the words, and to read private notes."""
TITLED = frozenset({"try_this", "signs", "services", "help_now"})
"""Blocks with a title of their own."""
OLDEST = 25
"""Whole years: a Local Offer ends there (Children and Families Act 2014, section 30)."""


class ForWhoeverChecks(ObjectList):
    """A tab of the form. Others do not see it, and what they send for it all the same is not taken."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"permission": MAY_CHECK} | kwargs)

    def get_form_options(self):
        options = super().get_form_options()
        return options | {"field_permissions": dict.fromkeys(options["fields"], MAY_CHECK)}

    class BoundPanel(ObjectList.BoundPanel):
        def get_comparison(self):
            return super().get_comparison() if self.is_shown() else []


class Sourced(Written):
    """A page of facts and advice. Each claim names its source, and nothing goes live that lacks one."""

    body = StreamField(GuidanceBody(), blank=True)
    needs = ParentalManyToManyField(Need, blank=True, verbose_name="what it helps with", related_name="+")
    min_age = models.PositiveSmallIntegerField(
        "from age", null=True, blank=True, validators=[MaxValueValidator(OLDEST)], help_text="In whole years."
    )
    max_age = models.PositiveSmallIntegerField(
        "to age", null=True, blank=True, validators=[MaxValueValidator(OLDEST)], help_text="In whole years."
    )
    sources = StreamField(
        [("source", Source())],
        blank=True,
        help_text="Write [1] in the text where the first of these is the source of a fact.",
    )
    changes = StreamField(
        [("change", Change())], blank=True, verbose_name="what changed", help_text="The newest first."
    )
    example = models.BooleanField(
        "example text", default=False, help_text="Readers are told that local parents will rewrite it."
    )
    specialist = models.BooleanField(
        "needs a specialist’s check", default=False, help_text="It gives advice about health or the law."
    )
    note = models.TextField(
        "note for whoever checks it",
        blank=True,
        max_length=1000,
        help_text="What you changed, and what you are not sure of. Readers never see it.",
    )
    private_note = models.TextField(blank=True, help_text="For reviewers. Never shown to readers.")

    content_panels = [
        *Page.content_panels,
        FieldPanel("lede"),
        FieldPanel("body"),
        FieldPanel("sources"),
        FieldPanel("changes"),
        FieldPanel("note"),
    ]
    about_panels = [
        FieldPanel("needs"),
        FieldRowPanel([FieldPanel("min_age"), FieldPanel("max_age")], "Ages"),
        MultiFieldPanel(
            [FieldPanel("reviewed_on"), FieldPanel("reviewed_by"), FieldPanel("review_due")], "Kept true"
        ),
        MultiFieldPanel(
            [
                FieldPanel("specialist"),
                FieldPanel("example"),
                # Comments go to everybody who writes the page.
                FieldPanel("private_note", disable_comments=True),
            ],
            "Checks",
        ),
    ]

    @classmethod
    def form(cls, words: list) -> TabbedInterface:
        """The editor's form: words for all who write; what else there is for those who check."""
        return TabbedInterface(
            [
                ObjectList([*words, ReadingAidsPanel(), CommentPanel()], heading="Words"),
                ForWhoeverChecks(cls.about_panels, heading="About"),
                ForWhoeverChecks(Page.promote_panels, heading="Promote"),
                ForWhoeverChecks([PublishingPanel()], heading="Settings"),
            ]
        )

    class Meta:
        abstract = True

    @property
    def contents(self) -> list[tuple[str, str]]:
        """(words, anchor) of every part of the text, in order."""
        titles = [
            str(block.value) if block.block_type == "heading" else block.value["title"]
            for block in self.body
            if block.block_type == "heading" or block.block_type in TITLED
        ]
        return [(title, anchor(title)) for title in titles]

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {
            "contents": self.contents,
            "save": {"ref": self.ref, "title": self.title, "url": self.get_url(request)},
        }

    def get_lock(self):
        lock = super().get_lock()
        return BeingChecked(lock.object, lock.task) if isinstance(lock, WorkflowLock) else lock

    def problems(self) -> list[str]:
        """What stops this page from going live, in words for whoever wrote it. Empty: it may."""
        found = []
        if not self.lede.strip():
            found.append("It has no first lines.")
        if not len(self.body):
            found.append("It has no words yet.")
        missing = sorted(number for number in cited(self.body) if not 1 <= number <= len(self.sources))
        if missing:
            numbers = ", ".join(f"[{number}]" for number in missing)
            found.append(f"The text names {numbers}, but there is no source of that number.")
        anchors = [place for _, place in self.contents]
        if twice := sorted({words for words, place in self.contents if anchors.count(place) > 1}):
            found.append(f"Two parts have the same heading: “{twice[0]}”. Change one of them.")
        if None not in (self.min_age, self.max_age) and self.min_age > self.max_age:
            found.append("Its ages are the wrong way round.")
        return found

    def refuse_unless_ready(self, revision) -> None:
        """Raises `NotReady`, with the reasons, for a version that may not go live."""
        page = revision.as_object()
        found = page.problems()
        if page.specialist and not page.example and not checked_by_specialist(revision):
            found.append("It needs a specialist’s check: send it for checking instead.")
        if found:
            raise NotReady(page, found)

    def publish(self, revision, *args, **kwargs):
        self.refuse_unless_ready(revision)
        return super().publish(revision, *args, **kwargs)

    def save(self, *args, update_fields=None, **kwargs):
        """The last door: some of Wagtail's own views go live without calling `publish`."""
        if self.pk and self.live and self.live_revision_id and update_fields is None:
            known = (
                type(self).objects.filter(pk=self.pk, live=True).values_list("live_revision_id", flat=True)
            )
            if self.live_revision_id not in known:
                self.refuse_unless_ready(self.live_revision)
        return super().save(*args, update_fields=update_fields, **kwargs)

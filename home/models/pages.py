"""The pages that belong to no other part of the site: home, information, urgent help."""

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page

from directory.models import Need
from home import urgent
from home.blocks import Body, Promise, Row, anchor

from .announced import AnnouncedPage

CHILD_AGES = [
    ("0-4", "Under 5", "babies, toddlers and nursery"),
    ("5-10", "5 to 10", "primary school"),
    ("11-15", "11 to 15", "secondary school"),
    ("16-25", "16 to 25", "college, work and adult life"),
]
"""The age bands of the search, as its `ages` parameter takes them, with the words on the tiles."""
OWN_AGES = CHILD_AGES[2:]


class HomePage(Page):
    headline = models.CharField(max_length=80, default="What would help right now?")
    lede = models.CharField("first lines", max_length=250, blank=True)
    own_headline = models.CharField(
        "headline for a young person", max_length=80, default="What is hard for you?"
    )
    own_lede = models.CharField("first lines for a young person", max_length=250, blank=True)
    routes = StreamField([("row", Row())], blank=True, verbose_name="good places to begin")
    promises = StreamField([("promise", Promise())], blank=True, verbose_name="what you can count on")

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel([FieldPanel("headline"), FieldPanel("lede")], "For a parent or carer"),
        MultiFieldPanel([FieldPanel("own_headline"), FieldPanel("own_lede")], "For a young person"),
        InlinePanel("tiles", heading="Start with what is hard", label="need"),
        FieldPanel("routes"),
        FieldPanel("promises"),
    ]
    parent_page_types = ["wagtailcore.Page"]
    max_count = 1
    subpage_types = [
        "home.InformationPage",
        "home.UrgentHelpPage",
        "handbook.HandbookIndexPage",
        "waiting.WaitingIndexPage",
    ]
    template = "home/home_page.html"

    def get_context(self, request, *args, **kwargs):
        for_me = request.GET.get("for") == "me"
        return super().get_context(request, *args, **kwargs) | {
            "for_me": for_me,
            "for_whom": "me" if for_me else "",
            "switch_url": self.url if for_me else f"{self.url}?for=me",
            "tiles": [tile.need for tile in self.tiles.select_related("need")],
            "age_bands": OWN_AGES if for_me else CHILD_AGES,
        }


class HomeTile(Orderable):
    """One need on the home page."""

    page = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="tiles")
    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="+")

    panels = [FieldPanel("need")]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["page", "need"], name="one_tile_per_need")]

    def __str__(self):
        return str(self.need)


def crumbs(page: Page, request) -> list[tuple[str, str]]:
    """(words, address) of every live page above this one, from the home page down."""
    above = page.get_ancestors().live().filter(depth__gt=1).defer_streamfields()
    return [("Home" if each.depth == 2 else each.title, each.get_url(request)) for each in above]


class Written(AnnouncedPage):
    """What a page of words has: a lede, blocks, and when somebody last read it through."""

    lede = models.CharField("first lines", max_length=300, blank=True)
    body = StreamField(Body(), blank=True)
    reviewed_on = models.DateField("last read through", null=True, blank=True)
    reviewed_by = models.CharField(max_length=80, blank=True, help_text="A role: “the SEND team”.")
    review_due = models.DateField("read it through again by", null=True, blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("lede"),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("reviewed_on"), FieldPanel("reviewed_by"), FieldPanel("review_due")], "Kept true"
        ),
    ]

    class Meta:
        abstract = True

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {
            "crumbs": crumbs(self, request),
            "headings": [(str(b.value), anchor(b.value)) for b in self.body if b.block_type == "heading"],
        }


class InformationPage(Written):
    class Meta:
        permissions = [("check_page", "Can check pages of words and see private notes")]

    parent_page_types = ["home.HomePage", "home.InformationPage"]
    subpage_types = ["home.InformationPage"]
    template = "home/information_page.html"


class UrgentHelpPage(Written):
    """Help that answers at this hour, from the directory's own records, with a way out."""

    max_count_per_parent = 1
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    template = "home/urgent_help_page.html"
    print_template = "printing/urgent_help.html"

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {"groups": urgent.groups()}

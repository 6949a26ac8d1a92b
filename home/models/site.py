"""Who runs this site: its names, colour, contacts and menus."""

from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Orderable

from home.colour import LEAST, contrast_on_white

DEFAULT_COLOUR = "#0b4f57"


@register_setting(icon="site")
class SiteSettings(ClusterableModel, BaseSiteSetting):
    """One row a site. `stamp` changes whenever anything that every page shows may have changed."""

    site_name = models.CharField(max_length=60, default="SEND Local Offer")
    council_name = models.CharField("council", max_length=60, blank=True, help_text="“Hertfordshire”")
    colour = models.CharField(
        "the council’s colour",
        max_length=7,
        blank=True,
        help_text="As #rrggbb, dark enough to read on white. Empty: this site’s own green.",
    )
    ask_name = models.CharField("whom to ask", max_length=80, blank=True)
    ask_phone = models.CharField("phone", max_length=40, blank=True)
    ask_email = models.EmailField("e-mail", blank=True)
    ask_note = models.CharField(
        "how sure we are", max_length=120, blank=True, help_text="“Not yet checked with the council”."
    )
    council_url = models.URLField(
        "the council’s main site",
        blank=True,
        help_text="Shown when someone looks here for something else: bins, parking, council tax.",
    )
    feedback_email = models.EmailField("e-mail for what is wrong on this site", blank=True)
    social_image = models.ForeignKey(
        "wagtailimages.Image",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Shown where someone shares a link. At least 1200 by 630 dots.",
    )
    stamp = models.UUIDField(default=uuid4, editable=False)

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("site_name"),
                FieldPanel("council_name"),
                FieldPanel("council_url"),
                FieldPanel("colour"),
            ],
            "This site",
        ),
        MultiFieldPanel(
            [
                FieldPanel("ask_name"),
                FieldPanel("ask_phone"),
                FieldPanel("ask_email"),
                FieldPanel("ask_note"),
                FieldPanel("feedback_email"),
            ],
            "Ask a person",
        ),
        MultiFieldPanel(
            [
                HelpPanel(content="Pages that are not live are left out of the menus."),
                InlinePanel("main_items", label="link", heading="Menu at the top"),
                InlinePanel("footer_items", label="link", heading="Menu at the foot"),
            ],
            "Menus",
        ),
        FieldPanel("social_image"),
    ]

    class Meta:
        verbose_name = "site settings"

    def clean(self):
        super().clean()
        self.colour = self.colour.strip().lower()
        if not self.colour:
            return
        try:
            ratio = contrast_on_white(self.colour)
        except ValueError:
            raise ValidationError({"colour": "Write the colour as # and six figures: #0b4f57."}) from None
        if ratio < LEAST:
            raise ValidationError(
                {
                    "colour": f"This colour is too pale. Its contrast on white is {ratio:.1f} to 1. "
                    f"It must be at least {LEAST:.0f} to 1, so that everyone can read it. Try a darker one."
                }
            )
        if self.colour == DEFAULT_COLOUR:
            self.colour = ""

    def save(self, *args, **kwargs):
        self.stamp = uuid4()
        super().save(*args, **kwargs)

    @classmethod
    def restamp(cls) -> None:
        """Tell every process, by the database, that what all pages share may have changed."""
        cls.objects.update(stamp=uuid4())


class MenuItem(Orderable):
    title = models.CharField(max_length=40, blank=True, help_text="Empty: the page’s own title.")
    page = models.ForeignKey(
        "wagtailcore.Page", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    address = models.CharField(
        max_length=200,
        blank=True,
        help_text="Or an address on this site: /needs/",
        validators=[RegexValidator(r"^/(?!/)\S*$", "Start with one slash: /needs/")],
    )

    panels = [PageChooserPanel("page"), FieldPanel("address"), FieldPanel("title")]

    class Meta(Orderable.Meta):
        abstract = True

    def __str__(self):
        return self.words or self.address

    @property
    def words(self) -> str:
        return self.title or (self.page.title if self.page else "")

    @property
    def url(self) -> str:
        """Where it leads, or "" when its page is not live."""
        if self.page:
            return (self.page.url or "") if self.page.live else ""
        return self.address

    def clean(self):
        super().clean()
        if bool(self.page) == bool(self.address):
            raise ValidationError({"page": "Choose a page, or write an address: one of the two."})
        if self.address and not self.title:
            raise ValidationError({"title": "Write the words that people tap."})


class MainMenuItem(MenuItem):
    settings = ParentalKey(SiteSettings, on_delete=models.CASCADE, related_name="main_items")


class FooterMenuItem(MenuItem):
    settings = ParentalKey(SiteSettings, on_delete=models.CASCADE, related_name="footer_items")

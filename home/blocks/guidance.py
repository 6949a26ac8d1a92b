"""Blocks of pages that help a family now. Each means something, so that it can be checked, printed and
found by what it means."""

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from directory.cards import card
from directory.helping import for_needs
from directory.models import Need

from .words import anchor


def need_choices() -> list[tuple[str, str]]:
    """(slug, name) of every need that may be named on a page."""
    return list(Need.objects.filter(crisis=False).specific().order_by("name").values_list("slug", "name"))


class ThingToTry(blocks.StructBlock):
    what = blocks.CharBlock(max_length=120, label="What to do")
    how = blocks.TextBlock(required=False, max_length=400, label="How, in a sentence or two")


class Try(blocks.StructBlock):
    """What a family can do by itself, the easiest first."""

    title = blocks.CharBlock(max_length=80, default="What to try tonight")
    items = blocks.ListBlock(ThingToTry(), min_num=1, max_num=7)

    class Meta:
        icon = "pick"
        template = "home/blocks/try.html"


class Signs(blocks.StructBlock):
    title = blocks.CharBlock(max_length=80, default="Signs to look for")
    signs = blocks.ListBlock(blocks.CharBlock(max_length=200), min_num=1)
    then = blocks.TextBlock(required=False, max_length=400, label="What to do when you see them")

    class Meta:
        icon = "view"
        template = "home/blocks/signs.html"


class Services(blocks.StructBlock):
    """Services from the directory, asked for afresh each time the page is read."""

    title = blocks.CharBlock(max_length=80, default="Services that help with this")
    needs = blocks.MultipleChoiceBlock(
        choices=need_choices, required=False, help_text="Empty: what this page is about."
    )
    most = blocks.IntegerBlock(min_value=1, max_value=8, default=4, label="How many at most")

    class Meta:
        icon = "group"
        template = "home/blocks/services.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        page = context.get("page")
        slugs = list(value.get("needs") or [])
        if not slugs and hasattr(page, "needs"):
            slugs = [need.slug for need in page.needs.all()]
        most = value.get("most") or 4
        cards = [card(service) for service in for_needs(slugs, most)]
        return context | {"cards": cards, "needs": slugs, "most": most, "anchor": anchor(value["title"])}


class HelpNow(blocks.StructBlock):
    """The lines that answer now, from the directory, with a word on when to ring."""

    title = blocks.CharBlock(max_length=80, default="Where to get help now")
    words = blocks.TextBlock(required=False, max_length=400, label="When to ring")

    class Meta:
        icon = "warning"
        template = "home/blocks/help_now.html"


class KeyFact(blocks.StructBlock):
    fact = blocks.TextBlock(max_length=300)
    source = blocks.IntegerBlock(min_value=1, help_text="The number of its source at the foot of the page.")

    class Meta:
        icon = "info-circle"
        template = "home/blocks/key_fact.html"

    def get_context(self, value, parent_context=None):
        words = f"{value['fact']} [{value['source']}]"
        return super().get_context(value, parent_context) | {"fact": words}


class Table(TypedTableBlock):
    """Words in rows and columns; every column has a heading."""

    def __init__(self, **kwargs):
        super().__init__([("words", blocks.CharBlock(required=False, max_length=300))], **kwargs)

    class Meta:
        icon = "table"
        template = "home/blocks/table.html"


class Picture(blocks.StructBlock):
    """A picture of things, not of people: those stand in a block of their own, with consent."""

    image = ImageChooserBlock()
    alt = blocks.CharBlock(max_length=250, label="What it shows, for those who cannot see it")
    caption = blocks.CharBlock(required=False, max_length=200)

    class Meta:
        icon = "image"
        template = "home/blocks/image.html"

    def clean(self, value):
        cleaned = super().clean(value)
        if not cleaned["alt"].strip():
            raise blocks.StructBlockValidationError(
                block_errors={"alt": ValidationError("Say what the picture shows.")}
            )
        return cleaned


class Download(blocks.StructBlock):
    document = DocumentChooserBlock()
    words = blocks.CharBlock(max_length=120, label="What it is")

    class Meta:
        icon = "download"
        template = "home/blocks/download.html"


class Source(blocks.StructBlock):
    """Where a fact comes from. Its number is its place in the list; "[2]" in the text points to it."""

    title = blocks.CharBlock(max_length=200)
    publisher = blocks.CharBlock(max_length=120)
    url = blocks.URLBlock(label="Web address")
    read_on = blocks.DateBlock(label="Read on")

    class Meta:
        icon = "openquote"


class Change(blocks.StructBlock):
    on = blocks.DateBlock(label="Changed on")
    words = blocks.CharBlock(max_length=250, label="What changed, for readers")

    class Meta:
        icon = "history"

"""Words and headings: what every page is made of."""

from django.utils.text import slugify
from wagtail import blocks

from directory.richtext import FEATURES, SafeWords


class Words(blocks.RichTextBlock):
    """Rich text that is cleaned whenever it is shown."""

    def __init__(self, **kwargs):
        kwargs.setdefault("features", FEATURES)
        super().__init__(**kwargs)

    def to_python(self, value):
        return SafeWords(value)

    def normalize(self, value):
        return SafeWords(super().normalize(value).source)

    def value_from_form(self, value):
        return SafeWords(value)


class Heading(blocks.CharBlock):
    class Meta:
        icon = "title"
        template = "home/blocks/heading.html"

    def get_context(self, value, parent_context=None):
        return super().get_context(value, parent_context) | {"anchor": anchor(value)}


def anchor(heading: str) -> str:
    """What a link to a heading ends in."""
    return slugify(heading) or "part"

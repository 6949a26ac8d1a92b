"""Rows of the home page: good places to begin, and promises."""

from django.core.exceptions import ValidationError
from wagtail import blocks

ICONS = [
    ("search", "Magnifying glass"),
    ("heart", "Heart"),
    ("pin", "Pin on a map"),
    ("school", "School"),
    ("warning", "Warning"),
    ("person", "Person"),
    ("phone", "Telephone"),
    ("book", "Book"),
    ("calendar", "Calendar"),
    ("tick", "Tick"),
    ("ask", "Question mark"),
    ("lock", "Lock"),
    ("info", "Letter i"),
    ("wait", "Hourglass"),
    ("bars", "Bars of a chart"),
]


class RowValue(blocks.StructValue):
    @property
    def url(self) -> str:
        page = self.get("page")
        return (page.url or "") if page and page.live else (self.get("address") or "")


class Row(blocks.StructBlock):
    """A good place to begin: a page of this site, or an address on it."""

    icon = blocks.ChoiceBlock(choices=ICONS, default="search")
    title = blocks.CharBlock(max_length=60)
    words = blocks.CharBlock(required=False, max_length=140)
    page = blocks.PageChooserBlock(required=False)
    address = blocks.RegexBlock(
        regex=r"^/(?!/)\S*$",
        required=False,
        max_length=200,
        help_text="Or an address on this site: /needs/",
        error_messages={"invalid": "Start with one slash: /needs/"},
    )

    class Meta:
        icon = "link"
        value_class = RowValue

    def clean(self, value):
        cleaned = super().clean(value)
        if not (cleaned.get("page") or cleaned.get("address")):
            raise blocks.StructBlockValidationError(
                block_errors={"page": ValidationError("Choose a page, or write an address.")}
            )
        return cleaned


class Promise(blocks.StructBlock):
    icon = blocks.ChoiceBlock(choices=ICONS, default="tick")
    title = blocks.CharBlock(max_length=60)
    words = blocks.CharBlock(max_length=200)

"""What a page can be made of. Each block means something; none is about looks."""

from django.core.exceptions import ValidationError
from django.db.models.functions import Lower
from django.utils.text import slugify
from wagtail import blocks

from directory.richtext import FEATURES, SafeWords

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
]


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


class Step(blocks.StructBlock):
    title = blocks.CharBlock(max_length=120)
    words = Words(required=False)


class Steps(blocks.ListBlock):
    """Things to do, in order."""

    def __init__(self, **kwargs):
        super().__init__(Step(), **kwargs)

    class Meta:
        icon = "list-ol"
        template = "home/blocks/steps.html"


class Notice(blocks.StructBlock):
    kind = blocks.ChoiceBlock(choices=[("note", "Good to know"), ("warning", "Warning")], default="note")
    title = blocks.CharBlock(required=False, max_length=120)
    words = Words()

    class Meta:
        icon = "info-circle"
        template = "home/blocks/notice.html"


class Contact(blocks.StructBlock):
    """One person or team to ask. A way in that is not known is left empty and not shown."""

    name = blocks.CharBlock(max_length=120)
    words = blocks.TextBlock(required=False)
    phone = blocks.CharBlock(required=False, max_length=40)
    text = blocks.CharBlock(required=False, max_length=40, label="Text message number")
    email = blocks.EmailBlock(required=False)
    link = blocks.URLBlock(required=False)
    hours = blocks.CharBlock(required=False, max_length=120, help_text="In words. Empty: not known.")
    source = blocks.CharBlock(
        required=False, max_length=160, help_text="“Not yet checked with them”, or who checked it and when."
    )

    class Meta:
        icon = "user"
        template = "home/blocks/contact.html"

    def clean(self, value):
        cleaned = super().clean(value)
        if not any(cleaned.get(way) for way in ("phone", "text", "email", "link")):
            raise blocks.StructBlockValidationError(
                block_errors={"phone": ValidationError("Give at least one way to get in touch.")}
            )
        return cleaned

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        return context | {name: dialled(value.get(name) or "") for name in ("phone", "text")}


def dialled(number: str) -> str:
    """A number as it is dialled."""
    return "".join(c for c in number if c.isdigit() or c == "+")


class AskUs(blocks.StructBlock):
    """Whom to ask, from the site's settings, so that a new number is changed in one place."""

    about = blocks.ChoiceBlock(
        choices=[("help", "Asking for help"), ("site", "Telling us about this site")], default="help"
    )

    class Meta:
        icon = "mail"
        template = "home/blocks/ask_us.html"


class Fact(blocks.StructBlock):
    label = blocks.CharBlock(max_length=60)
    words = blocks.CharBlock(required=False, max_length=200, help_text="Empty is shown as “not known yet”.")
    small = blocks.CharBlock(required=False, max_length=200)


class Facts(blocks.ListBlock):
    """A few facts at a glance."""

    def __init__(self, **kwargs):
        super().__init__(Fact(), **kwargs)

    class Meta:
        icon = "table"
        template = "home/blocks/facts.html"


class WordsExplained(blocks.StaticBlock):
    """Every word of the glossary, from A to Z."""

    class Meta:
        icon = "help"
        label = "Words explained"
        admin_text = "Lists every word under Snippets → Words explained."
        template = "home/blocks/words_explained.html"

    def get_context(self, value, parent_context=None):
        from .models import GlossaryTerm

        return super().get_context(value, parent_context) | {
            "terms": GlossaryTerm.objects.order_by(Lower("term"))
        }


class Body(blocks.StreamBlock):
    heading = Heading(max_length=120)
    paragraph = Words()
    steps = Steps()
    notice = Notice()
    contact = Contact()
    ask_us = AskUs(label="Ask us")
    facts = Facts()
    words_explained = WordsExplained()


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

"""Parts of any page: steps, notices, facts, and whom to ask."""

from django.core.exceptions import ValidationError
from django.db.models.functions import Lower
from wagtail import blocks

from .words import Words


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
        from home.models import GlossaryTerm

        return super().get_context(value, parent_context) | {
            "terms": GlossaryTerm.objects.order_by(Lower("term"))
        }

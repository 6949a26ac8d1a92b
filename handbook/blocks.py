"""What a chapter may hold beyond the blocks of every guide: the words of those who live it."""

from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from home.blocks import GuidanceBody


class Shared(blocks.StructBlock):
    """Something shared with consent. Only its number is kept in the page; whether it may be shown is asked
    each time the page is read."""

    shares = ""

    def get_context(self, value, parent_context=None):
        shared, context = value.get(self.shares), super().get_context(value, parent_context)
        # What has no request goes to paper: no page of the website is drawn without one.
        on_paper = bool(context.get("for_print")) or "request" not in context
        may = shared and shared.may_be_shown(for_print=on_paper)
        return context | {"shared": shared if may else None, "on_paper": on_paper}


class ParentSays(Shared):
    shares = "quote"
    quote = SnippetChooserBlock("handbook.Quote", required=False, label="Whose words")

    class Meta:
        icon = "openquote"
        label = "A parent or young person says"
        template = "handbook/blocks/quote.html"


class ConsentedPicture(Shared):
    shares = "picture"
    picture = SnippetChooserBlock("handbook.Picture", required=False)

    class Meta:
        icon = "image"
        label = "Picture of people, with consent"
        template = "handbook/blocks/consented_picture.html"


class ChapterBody(GuidanceBody):
    """A chapter of the handbook."""

    quote = ParentSays()
    consented_picture = ConsentedPicture()

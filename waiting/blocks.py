"""One step of a pathway."""

from django.core.exceptions import ValidationError
from wagtail import blocks


class PathwayStep(blocks.StructBlock):
    """What happens between two letters. Whatever nobody has told us is left empty and never guessed."""

    title = blocks.CharBlock(max_length=120)
    who = blocks.CharBlock(required=False, max_length=160, label="Who does it")
    what = blocks.TextBlock(required=False, max_length=800, label="What happens")
    letters = blocks.TextBlock(required=False, max_length=400, label="What letters come")
    bring = blocks.TextBlock(required=False, max_length=400, label="What to bring")
    ask = blocks.TextBlock(required=False, max_length=400, label="What you can ask for")
    do_now = blocks.TextBlock(required=False, max_length=400, label="What you can do now")
    usual = blocks.CharBlock(required=False, max_length=160, label="How long it usually takes")
    limit_words = blocks.CharBlock(required=False, max_length=200, label="The longest the law allows")
    limit_law = blocks.CharBlock(required=False, max_length=160, label="Which law and section says so")
    limit_url = blocks.URLBlock(required=False, label="Where the law can be read")
    delays = blocks.TextBlock(required=False, max_length=400, label="What can delay it")

    class Meta:
        icon = "order"

    def clean(self, value):
        cleaned = super().clean(value)
        if cleaned["limit_words"] and not cleaned["limit_law"]:
            raise blocks.StructBlockValidationError(
                block_errors={"limit_law": ValidationError("Say which law sets this limit, and its section.")}
            )
        return cleaned

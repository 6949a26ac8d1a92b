"""What a chapter may hold beyond the blocks of every guide: the words of those who live it."""

from home.blocks import GuidanceBody


class ChapterBody(GuidanceBody):
    """A chapter of the handbook."""

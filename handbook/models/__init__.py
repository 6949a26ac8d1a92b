from .consent import Consented, Picture, Quote
from .pages import Audience, ChapterPage, HandbookIndexPage

__all__ = ["Audience", "ChapterPage", "Consented", "HandbookIndexPage", "Picture", "Quote"]

from .pages import Audience, ChapterPage, HandbookIndexPage

__all__ = ["Audience", "ChapterPage", "HandbookIndexPage"]

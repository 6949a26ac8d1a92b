from .authors import CoAuthor, Contribution, Credit
from .consent import Consented, Picture, Quote
from .pages import Audience, ChapterPage, HandbookIndexPage

__all__ = [
    "Audience",
    "ChapterPage",
    "CoAuthor",
    "Consented",
    "Contribution",
    "Credit",
    "HandbookIndexPage",
    "Picture",
    "Quote",
]

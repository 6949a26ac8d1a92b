"""What a page can be made of. Each block means something; none is about looks."""

from .bodies import Body, GuidanceBody
from .guidance import Change, Source, need_choices
from .parts import AskUs, Contact, Fact, Facts, Notice, Step, Steps, WordsExplained, dialled
from .rows import ICONS, Promise, Row, RowValue
from .words import Heading, Words, anchor

__all__ = [
    "ICONS",
    "AskUs",
    "Body",
    "Change",
    "Contact",
    "Fact",
    "Facts",
    "GuidanceBody",
    "Heading",
    "Notice",
    "Promise",
    "Row",
    "RowValue",
    "Source",
    "Step",
    "Steps",
    "Words",
    "WordsExplained",
    "anchor",
    "dialled",
    "need_choices",
]

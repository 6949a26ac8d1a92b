"""Which blocks each kind of page may hold."""

from wagtail import blocks

from .guidance import Download, HelpNow, KeyFact, Picture, Services, Signs, Table, Try
from .parts import AskUs, Contact, Facts, Notice, Steps, WordsExplained
from .words import Heading, Words


class Body(blocks.StreamBlock):
    """An information page."""

    heading = Heading(max_length=120)
    paragraph = Words()
    steps = Steps()
    notice = Notice()
    contact = Contact()
    ask_us = AskUs(label="Ask us")
    facts = Facts()
    words_explained = WordsExplained()


class GuidanceBody(blocks.StreamBlock):
    """A page that helps a family now: a chapter of the handbook, a guide, a pathway."""

    heading = Heading(max_length=120)
    paragraph = Words()
    try_this = Try(label="What to try")
    signs = Signs(label="Signs to look for")
    steps = Steps()
    notice = Notice()
    services = Services(label="Services that help")
    help_now = HelpNow(label="Where to get help now")
    key_fact = KeyFact(label="Key fact")
    table = Table()
    image = Picture(label="Image")
    download = Download()
    contact = Contact()
    ask_us = AskUs(label="Ask us")

"""The words of a page, paragraph by paragraph, and its links."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bs4 import BeautifulSoup
from wagtail.blocks.list_block import ListValue

from home.citing import texts
from home.reading_aids import Part

FIRST = "First lines"
SHORT = "If things get worse"
NO_PROSE = frozenset({"image", "download", "contact", "ask_us", "services", "quote", "consented_picture"})
"""Blocks that hold no sentences of the writer, or words of somebody else."""
NO_FACTS = frozenset({"try_this", "key_fact", "help_now", "table"})
"""Blocks whose words need no mark: ideas to try, or a source that the block itself names."""
LEFT_OUT = frozenset({"kind", "title", "source", "needs", "most", "limit_words", "limit_law", "limit_url"})
"""Parts of a block that are no sentences, or that name their source beside them."""


@dataclass(frozen=True)
class Link:
    """`kind`: "page" or "document" with its key, or "" with an address as it was written."""

    place: str
    words: str
    kind: str
    target: str


def placed(page) -> Iterator[tuple[str, str, object]]:
    """(heading it stands under, kind of block, value) of all that a page says, in order."""
    yield FIRST, "paragraph", page.lede
    place = FIRST
    for block in getattr(page, "steps", None) or ():
        place = block.value.get("title") or place
        yield place, "step", block.value
    for block in page.body:
        if block.block_type == "heading":
            place = str(block.value) or place
        else:
            title = block.value.get("title") if isinstance(block.value, Mapping) else ""
            yield title or place, block.block_type, block.value
    yield SHORT, "paragraph", getattr(page, "if_worse", "")


def parts(page) -> list[Part]:
    return [
        Part(place, paragraph, states=kind not in NO_FACTS)
        for place, kind, value in placed(page)
        if kind not in NO_PROSE
        for text in said(value)
        for paragraph in paragraphs(text)
    ]


def said(value) -> Iterator[str]:
    """Every text of a block that its writer wrote as sentences."""
    if isinstance(value, Mapping):
        for name, each in value.items():
            if name not in LEFT_OUT:
                yield from said(each)
    elif isinstance(value, ListValue):
        for each in value:
            yield from said(each)
    elif value is not None:
        yield from texts(value)


def paragraphs(text: str) -> list[str]:
    """A text, or stored rich text, cut into its paragraphs and items, without mark-up."""
    if "<" in text:
        soup = BeautifulSoup(text, "html.parser")
        for line in soup.find_all("br"):
            line.replace_with("\n")
        for block in soup.find_all(["p", "li", "h2", "h3", "h4"]):
            block.append("\n")
        text = soup.get_text()
    return [line.strip() for line in text.splitlines() if line.strip()]


def links(page) -> Iterator[Link]:
    """Every link in its rich text."""
    for place, _, value in placed(page):
        for text in said(value) if value is not None else ():
            if "<a" in text:
                for link in BeautifulSoup(text, "html.parser").find_all("a"):
                    kind = link.get("linktype", "")
                    yield Link(place, link.get_text(), kind, str(link.get("id" if kind else "href", "")))


def key_facts(page) -> list[int]:
    """Numbers of the sources that its key facts name."""
    named = [block.value.get("source") for block in page.body if block.block_type == "key_fact"]
    # An unsaved form holds what was typed.
    return [int(number) for number in named if str(number or "").isdecimal()]

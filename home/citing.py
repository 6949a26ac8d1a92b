"""Marks such as "[2]" in a text, which name the second of a page's sources."""

import re
from collections.abc import Iterator

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from directory.richtext import safe_words

MARK = re.compile(r"\[(\d{1,2})\]")


def cited(body) -> set[int]:
    """Numbers of the sources that a page's blocks name: by mark, or in a key fact."""
    found: set[int] = set()
    for block in body:
        for text in texts(block.value):
            found |= {int(number) for number in MARK.findall(text)}
        if block.block_type == "key_fact" and block.value.get("source"):
            found.add(block.value["source"])
    return found


def texts(value) -> Iterator[str]:
    """Every string inside the value of a block, in reading order."""
    if isinstance(value, str):
        yield value
    elif hasattr(value, "block_type"):
        yield from texts(value.value)
    elif hasattr(value, "source") and isinstance(value.source, str):
        yield value.source
    elif hasattr(value, "values") and callable(value.values):
        for each in value.values():
            yield from texts(each)
    elif hasattr(value, "rows"):
        for row in value.rows:
            for cell in row:
                yield from texts(cell.value)
    elif hasattr(value, "__iter__"):
        for each in value:
            yield from texts(each)


def marked(text, sources: int) -> SafeString:
    """A text, or rich text, as HTML in which "[2]" leads to the second source.

    A mark beyond the number of `sources` stays as it was written.
    """
    html = safe_words(text.source) if hasattr(text, "source") else escape(text or "")
    return mark_safe(MARK.sub(lambda mark: _link(mark, sources), html))  # noqa: S308  (escaped or cleaned above)


def _link(mark: re.Match, sources: int) -> str:
    number = int(mark[1])
    if not 1 <= number <= sources:
        return mark[0]
    return f'<sup><a href="#source-{number}" aria-label="Source {number}">{number}</a></sup>'

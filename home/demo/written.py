"""Pages of words from the demo's TOML files: chapters, guides, pathways."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

from wagtail.models import Page

from directory.models import Need
from home.models import Sourced

BLOCKS = {"try": "try_this"}
"""Kind of a block in the files → its name in a body, where they differ."""


def files(folder: Path) -> Iterator[dict]:
    """What the files of a folder hold, in the order of their names."""
    for path in sorted(folder.glob("*.toml")):
        yield tomllib.loads(path.read_text(encoding="utf-8"))


def add(parent: Page, model: type[Sourced], facts: dict, **more) -> bool:
    """One live page below a parent, unless its address is taken. True when it was made.

    `facts` are those of a file. A need that the directory does not hold is left out.
    """
    parent = Page.objects.get(pk=parent.pk)
    if parent.get_children().filter(slug=facts["slug"]).exists():
        return False
    facts = facts | more
    needs = facts.pop("needs", [])
    streams = {
        "body": [block(*each) for each in facts.pop("body")],
        "sources": [{"type": "source", "value": dated(each)} for each in facts.pop("sources", [])],
        "changes": [{"type": "change", "value": dated(each)} for each in facts.pop("changes", [])],
    }
    if "steps" in facts:
        streams["steps"] = [{"type": "step", "value": each} for each in facts.pop("steps")]
    page = model(example=True, **facts)
    for name, rows in streams.items():
        setattr(page, name, model._meta.get_field(name).stream_block.to_python(rows))
    parent.add_child(instance=page)
    page.needs = list(Need.objects.filter(slug__in=needs))
    page.full_clean()
    page.save_revision(changed=False).publish()
    return True


def block(kind: str, value) -> dict:
    return {"type": BLOCKS.get(kind, kind), "value": table(value) if kind == "table" else value}


def table(value: dict) -> dict:
    """Rows of strings, the first of them headings, as a typed table keeps them."""
    head, *rows = value["rows"]
    return {
        "columns": [{"type": "words", "heading": words} for words in head],
        "rows": [{"values": row} for row in rows],
        "caption": value.get("caption", ""),
    }


def dated(row: dict) -> dict:
    """A row whose dates are written as a stream keeps them."""
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in row.items()}

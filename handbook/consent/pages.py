"""Where what was shared with consent stands."""

from handbook.consent.rules import NamedAs

BLOCKS = {"quote": "quote", "consented_picture": "picture"}
"""Kind of block → the value in it that names what was shared."""


def shared_in(page) -> list:
    """(place in the body, what is shared there) of a chapter, in order."""
    return [
        (at, shared)
        for at, block in enumerate(page.body)
        if block.block_type in BLOCKS and (shared := block.value.get(BLOCKS[block.block_type]))
    ]


def showing(record) -> list:
    """The chapters whose live words hold it, in the order of the tree."""
    from handbook.models import ChapterPage

    kind = "quote" if record._meta.model_name == "quote" else "consented_picture"
    pages = ChapterPage.objects.filter(live=True).order_by("path")
    return [page for page in pages if record.pk in keys(page, kind)]


def keys(page, kind: str) -> set[int]:
    """Keys of the quotes, or of the pictures, that a chapter names, read without fetching any of them."""
    return {
        block["value"].get(BLOCKS[kind])
        for block in page.body.raw_data
        if block["type"] == kind and isinstance(block["value"], dict)
    }


def crowded(page, instead=None) -> bool:
    """Whether a full name stands beside details of a child on this page: in the next block, or given by the
    same person anywhere on it. `instead` is a record that is about to be saved, in the place of the stored.
    """
    shared = [(at, stand_in(each, instead)) for at, each in shared_in(page)]
    named = [(at, each) for at, each in shared if each.named_as == NamedAs.FULL]
    children = [(at, each) for at, each in shared if each.about_child]
    return any(
        abs(at - there) == 1 or same_giver(one, other) for at, one in named for there, other in children
    )


def stand_in(stored, instead):
    same = instead is not None and type(stored) is type(instead) and stored.pk == instead.pk
    return instead if same else stored


def same_giver(one, other) -> bool:
    return one.given_by.split() == other.given_by.split()

"""What the directory tells the rest of the site. It never asks who listens.

`changed` is sent inside the transaction that changes a record, with `refs`: the references
("service:12") of every record whose public face may now differ.
"""

from collections.abc import Iterable

from django.dispatch import Signal

changed = Signal()


def announce(sender: type, refs: Iterable[str]) -> None:
    """Tell listeners that these records changed; call it inside the transaction that changed them."""
    refs = sorted(set(refs))
    if refs:
        changed.send(sender=sender, refs=refs)

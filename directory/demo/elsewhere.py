"""What people ask for that others look after, and where to go for it."""

from pathlib import Path

from directory.models import Elsewhere

from .progress import Progress
from .rows import at, parts, save, table


def load(folder: Path, progress: Progress) -> None:
    """Add what is missing; what is there keeps its words."""
    path = folder / "elsewhere.csv"
    known = set(Elsewhere.objects.values_list("name", flat=True))
    new = [(number, row) for number, row in table(path) if row["name"] not in known]
    for number, row in progress("Things for elsewhere", new):
        with at(path, number):
            save(Elsewhere(**row | {"words": "\n".join(parts(row["words"]))}))

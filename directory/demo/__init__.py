"""The demo: real areas, needs, places, services and schools, in files that a council can replace.

`load` adds what was never there and changes nothing that is, so that an editor's work survives it,
deletions too. Where each file comes from and under which licence is in docs/data.md.
"""

from pathlib import Path

from django.db import transaction

from directory.models import DemoReference

from . import areas, elsewhere, needs, places, schools, services
from .progress import Progress
from .rows import BadRow

__all__ = ["FOLDER", "BadRow", "Progress", "load"]

FOLDER = Path(__file__).parent


def load(progress: Progress, folder: Path = FOLDER) -> None:
    """Load every file of the folder, or nothing. Raises `BadRow`, which names the file and row."""
    with transaction.atomic():
        for nouns in (areas, needs, elsewhere, places, services, schools):
            nouns.load(folder, progress)
        DemoReference.objects.bulk_create(
            [DemoReference(reference=each) for each in services.references()], ignore_conflicts=True
        )

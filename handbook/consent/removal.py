"""Taking consent back, and its end: what was shared goes from all that we keep and serve."""

import logging
from datetime import date, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models.signals import pre_delete
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.models import ModelLogEntry

from directory.signals import announce
from handbook.models.consent import Consented, Picture, Quote
from home.printing import forget

from .pages import showing

logger = logging.getLogger(__name__)

SWEPT = timedelta(hours=2)
"""For so long the clock looks again for files that a request under way may have made."""
FOLDERS = ("images", "original_images")


def listen() -> None:
    """However a row is deleted, what it shared goes with it."""
    for model in (Quote, Picture):
        pre_delete.connect(row_goes, sender=model, dispatch_uid=f"{model} takes with it what it shared")


def row_goes(instance, **kwargs):
    remove(instance)


def withdraw(record: Consented, note: str = "", on: date | None = None) -> int:
    """Take consent back: all or nothing. Returns how many pages showed it. Does nothing a second time."""
    return remove(record, withdrawn_on=on or timezone.localdate(), withdrawn_note=note)


def remove(record: Consented, **facts) -> int:
    """Delete what was shared, and have every page that shows it made anew.

    Files go once the rows are gone for good, so that a failure leaves both or neither.
    """
    with transaction.atomic():
        stored = type(record).objects.select_for_update().get(pk=record.pk)
        if stored.removed_at:
            return 0
        pages = showing(stored)
        image = getattr(stored, "image", None)
        for name, value in facts.items():
            setattr(stored, name, value)
        stored.blank()
        stored.save()
        if image:
            delete_image(image, stored.file_key)
        for page in pages:
            announce(type(page), [page.ref])
        forget(pages)
    return len(pages)


def delete_image(image, key: str) -> None:
    """The row, its renditions, its file and what the history says of its name."""
    kind = ContentType.objects.get_for_model(type(image))
    ModelLogEntry.objects.filter(content_type=kind, object_id=str(image.pk)).update(label="Picture")
    storage = image.file.storage
    names = [image.file.name, *(rendition.file.name for rendition in image.renditions.all())]
    image.renditions.all().delete()
    image.delete()

    def delete_files():
        for name in names:
            storage.delete(name)
        sweep(storage, key)

    transaction.on_commit(delete_files)


def sweep(storage, key: str) -> None:
    """Delete every file whose name begins with the key of a picture."""
    for folder in FOLDERS:
        if key and storage.exists(folder):
            for name in storage.listdir(folder)[1]:
                if name.startswith(key):
                    storage.delete(f"{folder}/{name}")


def end_what_ran_out(today: date | None = None) -> int:
    """What the clock does: delete what has run out. One that fails keeps none of the others."""
    today, ended = today or timezone.localdate(), 0
    for model in (Quote, Picture):
        for record in model.objects.run_out(today):
            try:
                remove(record)
                ended += 1
            except Exception:
                logger.exception("%s could not be deleted when consent ended", record)
    storage = get_image_model()._meta.get_field("file").storage
    for key in Picture.objects.filter(removed_at__gt=timezone.now() - SWEPT).values_list(
        "file_key", flat=True
    ):
        sweep(storage, key)
    return ended

"""Pages that search and other listeners hear of whenever what families read may have changed."""

from django.db import transaction
from wagtail.models import Page

from directory.signals import announce

SHOWN = frozenset({"title", "slug", "live", "url_path", "expired"})
"""Fields of any page that families see or find it by; an autosave writes none of them."""


class AnnouncedPage(Page):
    """Tells listeners that it changed, in the transaction that saves it."""

    class Meta:
        abstract = True

    @property
    def ref(self) -> str:
        return f"page:{self.pk}"

    def save(self, *args, update_fields=None, **kwargs):
        with transaction.atomic():
            saved = super().save(*args, update_fields=update_fields, **kwargs)
            if update_fields is None or not SHOWN.isdisjoint(update_fields):
                announce(type(self), [self.ref])
        return saved

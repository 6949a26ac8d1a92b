"""Records that search and other listeners hear of whenever their public face may have changed."""

from django.db import models, transaction

from directory.renaming import keep_old_address
from directory.signals import announce


class Announced(models.Model):
    """Tells listeners which services show it: in the transaction that saves it, and before it goes."""

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        with transaction.atomic():
            keep_old_address(self)
            super().save(*args, **kwargs)
            self.announce()

    def announce(self):
        announce(type(self), (f"service:{pk}" for pk in self.shown_by()))

    def shown_by(self):
        """Primary keys of the services that show this record."""
        raise NotImplementedError

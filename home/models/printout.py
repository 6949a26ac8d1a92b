"""PDFs that are made in the background and kept."""

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models

MANY = 50
"""References that one query asks for by name."""


class PrintoutQuerySet(models.QuerySet):
    def holding(self, refs):
        """Printouts that show any of these records ("page:12", "service:5"); for very many, all."""
        refs = set(refs)
        if len(refs) > MANY:
            return self.filter(holds__contains=":")
        shown = models.Q(pk__in=[])
        for ref in refs:
            shown |= models.Q(holds__contains=f" {ref} ")
        return self.filter(shown)

    def of_kinds(self, names):
        """Printouts of these kinds ("area", "need")."""
        shown = models.Q(pk__in=[])
        for name in names:
            shown |= models.Q(key__startswith=f"{name}:")
        return self.filter(shown)


class Printout(models.Model):
    """One PDF: what it prints, what of it is kept on the disk, and whether a new one is wanted."""

    key = models.CharField(max_length=100, help_text="Kind and name: “area:dacorum”.")
    large = models.BooleanField("large print", default=False)
    fingerprint = models.CharField(max_length=64, blank=True, help_text="Of all that was printed.")
    size = models.PositiveIntegerField("bytes", default=0)
    pages = models.PositiveIntegerField(default=0)
    holds = models.TextField(blank=True, help_text="What it shows: “ page:12 service:5 ”.")
    made_at = models.DateTimeField(null=True, blank=True)
    checked_at = models.DateTimeField("found to be true", null=True, blank=True)
    wanted_since = models.DateTimeField(null=True, blank=True)
    queued_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveSmallIntegerField("failed in a row", default=0)
    failed = models.CharField("kind of failure", max_length=80, blank=True)

    objects = PrintoutQuerySet.as_manager()

    class Meta:
        ordering = ["key", "large"]
        constraints = [models.UniqueConstraint(fields=["key", "large"], name="one_printout_per_key")]

    def __str__(self):
        return f"{self.key}{', large print' if self.large else ''}"

    @property
    def refs(self) -> list[str]:
        return self.holds.split()

    @property
    def file(self) -> str:
        """Its name in the store: nothing that anyone typed."""
        return f"{self.fingerprint}.pdf" if self.fingerprint else ""


def store() -> FileSystemStorage:
    """Where PDFs lie. Nothing serves this folder: each is sent by a view that looks first whether all it
    shows is still public."""
    return FileSystemStorage(location=settings.PRINTOUTS_ROOT)

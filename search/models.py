"""What waits to be indexed. The index itself belongs to its engine (see `search.engines.tables`)."""

from django.db import models


class Outbox(models.Model):
    """One row a record that ever changed: it changed for the `version`th time.

    The row is written in the transaction that changes the record, so that neither is kept without
    the other; its lock makes the order of versions the order of commits. Rows are never deleted: a
    version that began again at 1 would look older than what engines hold.
    """

    ref = models.CharField(max_length=40, primary_key=True)
    version = models.PositiveBigIntegerField(default=1)

    class Meta:
        verbose_name = "changed record"

    def __str__(self):
        return f"{self.ref} at version {self.version}"


class Pending(models.Model):
    """A change that one engine has not taken in yet."""

    engine = models.CharField(max_length=20)
    ref = models.CharField(max_length=40)
    version = models.PositiveBigIntegerField()
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "change to index"
        verbose_name_plural = "changes to index"
        constraints = [models.UniqueConstraint(fields=["engine", "ref"], name="one_pending_row")]

    def __str__(self):
        return f"{self.engine} waits for {self.ref} at version {self.version}"

"""What search keeps beside its indexes: the outbox between records and engines."""

from django.db import models


class Outbox(models.Model):
    """One row a record that ever changed. Its version grows in the transaction of the change, by
    an upsert whose row lock makes the order of versions the order of commits."""

    ref = models.CharField(max_length=40, primary_key=True)
    version = models.PositiveBigIntegerField(default=1)

    def __str__(self):
        return f"{self.ref} v{self.version}"


class Pending(models.Model):
    """A change that one engine has not applied yet."""

    engine = models.CharField(max_length=20)
    ref = models.CharField(max_length=40)
    version = models.PositiveBigIntegerField()
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["engine", "ref"], name="one_pending_row")]

    def __str__(self):
        return f"{self.engine}: {self.ref} v{self.version}"


class IndexState(models.Model):
    """Which tables a database engine answers from, and how often they changed."""

    engine = models.CharField(max_length=20, primary_key=True)
    suffix = models.PositiveIntegerField(default=1)
    generation = models.PositiveBigIntegerField(default=0)
    token = models.CharField(max_length=16, default="")

    def __str__(self):
        return f"{self.engine} {self.suffix}, generation {self.generation}"

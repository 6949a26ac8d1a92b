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


class Term(models.Model):
    """A word of the visible records, as people read it (see `search.terms`)."""

    word = models.CharField(max_length=40, unique=True, help_text="Folded: small letters, no accents.")
    stem = models.CharField(max_length=40, db_index=True)
    records = models.PositiveIntegerField(help_text="How many hold it, as of the last rebuild.")
    name = models.BooleanField(default=False, help_text="Only ever written with a capital, and not English.")

    class Meta:
        verbose_name = "word of the directory"
        verbose_name_plural = "words of the directory"

    def __str__(self):
        return self.word


class InVain(models.Model):
    """How often in a week one need, or one word, was looked for in vain (see `search.in_vain`).

    One row holds one thing and nothing that was asked with it: never two needs, an age or a whole line.
    """

    class Kind(models.TextChoices):
        NEED = "need", "Need"
        WORD = "word", "Word"

    week = models.DateField(help_text="Its Monday.")
    kind = models.CharField(max_length=4, choices=Kind)
    term = models.CharField(max_length=60, help_text="Slug of a need, or a word.")
    district = models.CharField(max_length=40, blank=True, help_text="Code of an area, or nothing.")
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "search in vain"
        verbose_name_plural = "searches in vain"
        constraints = [
            models.UniqueConstraint(fields=["week", "kind", "term", "district"], name="one_count_a_week")
        ]

    def __str__(self):
        return f"{self.kind} in the week of {self.week}"


class HeldWord(models.Model):
    """A word outside the vocabulary, held as a keyed hash until its fifth separate day."""

    digest = models.CharField(max_length=64, primary_key=True)
    days = models.PositiveSmallIntegerField(default=1)
    first_day = models.DateField()
    last_day = models.DateField()
    word = models.CharField(max_length=30, blank=True, help_text="Empty until the fifth day.")
    refused = models.BooleanField(default=False, help_text="An editor wants it never counted.")

    class Meta:
        verbose_name = "word outside the vocabulary"
        verbose_name_plural = "words outside the vocabulary"

    def __str__(self):
        return self.word or "a word not known yet"

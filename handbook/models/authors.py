"""Parents and young people who write the handbook, and how each of them is named in it."""

from collections.abc import Iterable

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from directory.words import join

PARENTS, YOUNG = "Parent co-authors", "Young co-authors"
CO_AUTHORS = (PARENTS, YOUNG)


class Credit(models.TextChoices):
    NONE = "none", "Do not name me"
    PLACE = "place", "As “a parent in …”"
    FIRST = "first", "My first name"
    FULL = "full", "My full name"


class CoAuthor(models.Model):
    """How somebody who writes wants to be named. Nobody is named until they say so."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="co_author")
    young = models.BooleanField("a young person", default=False)
    credit = models.CharField(
        "how readers see you", max_length=5, choices=Credit.choices, default=Credit.NONE
    )
    place = models.CharField(
        "where you live", max_length=60, blank=True, help_text="A town: “Stevenage”. Never a street."
    )

    class Meta:
        verbose_name = "co-author"
        permissions = [("invite_coauthor", "Can invite people to write the handbook")]

    def __str__(self):
        return self.user.get_full_name() or self.user.get_username()

    def clean(self):
        super().clean()
        if self.credit == Credit.PLACE and not self.place.strip():
            raise ValidationError({"place": "Write the town to be named by."})
        if self.credit == Credit.FIRST and not self.user.first_name.strip():
            raise ValidationError({"credit": "We do not know your first name. Choose another way."})
        if self.young and self.credit == Credit.FULL:
            # A page about one's own needs stays on the web for longer than its writer stays young.
            raise ValidationError(
                {"credit": "We do not print full names of young people. Choose another way."}
            )

    @property
    def named(self) -> str:
        """The words readers see, or "" for somebody who is not named."""
        who = "a young person" if self.young else "a parent"
        return {
            Credit.FULL: self.user.get_full_name().strip(),
            Credit.FIRST: self.user.first_name.strip(),
            Credit.PLACE: f"{who} in {self.place.strip()}" if self.place.strip() else "",
        }.get(self.credit, "")


class Contribution(models.Model):
    """That somebody's words are part of a chapter as it is live, or were."""

    page = models.ForeignKey("handbook.ChapterPage", on_delete=models.CASCADE, related_name="contributions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "user"], name="one_contribution_each")]

    def __str__(self):
        return f"{self.user} in {self.page}"


def credits(authors: Iterable[CoAuthor]) -> str:
    """“Written by Amira, a parent in Stevenage and one parent who chose not to be named.” Pure."""
    authors = list(authors)
    if not authors:
        return ""
    names = list(dict.fromkeys(author.named for author in authors if author.named))
    unnamed = sum(not author.named for author in authors)
    what = "young person" if authors[0].young else "parent"
    several = "young people" if authors[0].young else "parents"
    if unnamed:
        many = "one" if unnamed == 1 else str(unnamed)
        names.append(f"{many} {what if unnamed == 1 else several} who chose not to be named")
    return f"Written by {join(names)}."

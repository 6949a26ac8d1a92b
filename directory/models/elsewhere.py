"""What people ask for here that others look after: bins, council tax, passports."""

from django.core.exceptions import ValidationError
from django.db import models


class Elsewhere(models.Model):
    """Something that nothing in this directory helps with, the words that ask for it, and where to go.

    A line that asks for one and for no need finds nothing, and the page says where to go.
    """

    name = models.CharField(max_length=80, unique=True, help_text="As people say it: “Bins and recycling”.")
    words = models.TextField(help_text="What people type, one word or phrase a line: “bin day”.")
    advice = models.CharField(
        max_length=200, help_text="Where to go, in one plain sentence: “Ask your district council.”"
    )
    link = models.URLField(blank=True, help_text="The page that deals with it, if there is one.")
    updated_at = models.DateTimeField(auto_now=True, editable=False)

    class Meta:
        ordering = ["name"]
        verbose_name = "thing for elsewhere"
        verbose_name_plural = "things for elsewhere"

    def __str__(self):
        return self.name

    def clean(self):
        if not self.phrases():
            raise ValidationError({"words": "Write at least one word."})

    def phrases(self) -> list[str]:
        """The words, each once."""
        return list(dict.fromkeys(line.strip() for line in self.words.splitlines() if line.strip()))

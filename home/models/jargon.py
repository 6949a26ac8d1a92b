"""Hard words, and what to say in their place."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from wagtail.admin.panels import FieldPanel


class Jargon(models.Model):
    """Shown to whoever writes a page; it changes no text by itself."""

    word = models.CharField("hard word or phrase", max_length=80, unique=True, help_text="“in receipt of”")
    plain = models.CharField(
        "plain words to offer", max_length=160, help_text="“getting”. Several: put a comma between them."
    )

    panels = [FieldPanel("word"), FieldPanel("plain")]

    class Meta:
        ordering = [Lower("word")]
        verbose_name = "hard word"
        verbose_name_plural = "hard words"
        constraints = [models.UniqueConstraint(Lower("word"), name="one_hard_word_in_any_case")]

    def __str__(self):
        return self.word

    def clean(self):
        self.word, self.plain = " ".join(self.word.split()), " ".join(self.plain.split())
        if self.word and not any(letter.isalpha() for letter in self.word):
            raise ValidationError({"word": "Write a word or a phrase."})

    @classmethod
    def plain_words(cls) -> dict[str, str]:
        """Hard word → plain words, all of them."""
        return dict(cls.objects.values_list("word", "plain"))

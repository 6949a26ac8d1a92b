"""Words that professionals use, and what they mean."""

from django.db import models
from wagtail.admin.panels import FieldPanel


class GlossaryTerm(models.Model):
    term = models.CharField(max_length=60, unique=True, help_text="“SENCO”")
    stands_for = models.CharField(max_length=160, blank=True, help_text="The words in full.")
    plain = models.CharField("in plain words", max_length=300, blank=True)

    panels = [FieldPanel("term"), FieldPanel("stands_for"), FieldPanel("plain")]

    class Meta:
        ordering = ["term"]
        verbose_name = "word explained"
        verbose_name_plural = "words explained"

    def __str__(self):
        return self.term

"""What is hard, in the words families use, in two layers."""

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from directory.choices import CRIES, WordKind
from directory.signals import announce

from .announced import Announced


class NeedQuerySet(models.QuerySet):
    def broad(self):
        """Layer one: the broad areas that needs sit under."""
        return self.filter(broad_areas__isnull=True)

    def specific(self):
        """Layer two: what a service can be tagged with."""
        return self.filter(broad_areas__isnull=False).distinct()


class Need(Announced, ClusterableModel):
    """Something that is hard for a child or a family. A need without broad areas is one itself."""

    name = models.CharField(max_length=80, help_text="As families say it: “Not sleeping”.")
    slug = models.SlugField(max_length=60, unique=True)
    professional = models.CharField(
        "professional term", max_length=120, blank=True, help_text="Shown beside the name."
    )
    summary = models.CharField(max_length=200, blank=True, help_text="One plain sentence.")
    broad_areas = models.ManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="needs",
        help_text="A need may sit under several. Leave empty for a broad area.",
    )
    nearest = models.ManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="near_to",
        help_text="Needs whose services can help where few are for this one. They are found as well,"
        " below those for this need itself.",
    )
    order = models.PositiveSmallIntegerField(
        default=0,
        help_text="For a need: its main broad area's order times 100, plus its place there.",
    )
    crisis = models.BooleanField(
        "urgent help first",
        default=False,
        help_text="Its page and its words put urgent help above everything else.",
    )
    names_condition = models.BooleanField(
        "its name is a condition",
        default=False,
        help_text="Then a sign (“lines things up”) never makes the site show this name.",
    )
    updated_at = models.DateTimeField(auto_now=True, editable=False)

    objects = NeedQuerySet.as_manager()

    class Meta:
        ordering = ["order", "name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("need", args=[self.slug])

    def in_order(self) -> list["Need"]:
        """The needs under this broad area: its own first, then those whose main area is another."""
        return sorted(
            self.needs.all(), key=lambda need: (need.order // 100 != self.order, need.order, need.name)
        )

    def shown_by(self):
        return self.services.values_list("pk", flat=True)


class NeedWord(Announced):
    """A word or phrase that leads to a need."""

    need = ParentalKey(Need, on_delete=models.CASCADE, related_name="words")
    word = models.CharField(max_length=80)
    kind = models.CharField(max_length=12, choices=WordKind, default=WordKind.NAMED)
    context = models.CharField(
        max_length=200,
        blank=True,
        help_text="For a word with other meanings: count it only beside one of these, parted by |.",
    )
    crisis = models.CharField(
        max_length=16, choices=CRIES, blank=True, help_text="Puts urgent help above the results."
    )

    class Meta:
        ordering = ["word"]
        constraints = [models.UniqueConstraint(fields=["need", "word"], name="one_word_once_per_need")]
        verbose_name = "family word"

    def __str__(self):
        return self.word

    def save(self, *args, **kwargs):
        with transaction.atomic():
            before = set(Need.objects.filter(words=self.pk).values_list("pk", flat=True))
            super().save(*args, **kwargs)
            self._read_again(before - {self.need_id})

    def announce(self):
        self._read_again({self.need_id})

    def _read_again(self, needs: set[int]):
        """Whoever keeps the words of these needs reads them anew, and so do those who show them."""
        found = Need.objects.filter(pk__in=needs)
        found.update(updated_at=timezone.now())
        shown = found.filter(services__isnull=False).values_list("services", flat=True)
        announce(type(self), (f"service:{pk}" for pk in shown))

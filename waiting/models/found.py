"""“Is this what you found?”: a question on each pathway's page, and counts of what families answered."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import connections, models, router
from django.db.models import Prefetch, Q, Sum
from django.utils import timezone

from directory.choices import DecidedBy
from directory.models import Area, AreaCoverage
from waiting.found.told import Told, first_month, told

# NULLs never conflict with each other, so a count without a half has an index, and a statement, of its own.
ONE_MORE_IN_A_HALF = (
    "INSERT INTO waiting_foundcount (pathway_id, area_id, month, answer, count) VALUES (%s, %s, %s, %s, 1)"
    " ON CONFLICT (pathway_id, area_id, month, answer) WHERE area_id IS NOT NULL"
    " DO UPDATE SET count = waiting_foundcount.count + 1"
)
ONE_MORE = (
    "INSERT INTO waiting_foundcount (pathway_id, month, answer, count) VALUES (%s, %s, %s, 1)"
    " ON CONFLICT (pathway_id, month, answer) WHERE area_id IS NULL"
    " DO UPDATE SET count = waiting_foundcount.count + 1"
)


class Found(models.TextChoices):
    RIGHT = "right", "It was about right"
    LONGER = "longer", "It took longer"
    QUICKER = "quicker", "It was quicker"
    WAITING = "waiting", "We are still waiting"


class FoundQuestion(models.Model):
    """How families are asked on one pathway's page. Made with the page; editors can switch it off."""

    pathway = models.OneToOneField(
        "waiting.PathwayPage", on_delete=models.CASCADE, related_name="question", editable=False
    )
    by_half = models.BooleanField(
        "ask which NHS half the GP is in",
        default=True,
        help_text="Only where the NHS leads the way. For a plan that the council writes, take it off.",
    )
    off = models.BooleanField(
        "switched off",
        default=False,
        help_text="Nobody is asked and no answers are shown. What was counted before is kept for its year.",
    )
    reason = models.CharField(
        "why it is off",
        max_length=250,
        blank=True,
        help_text="Readers see this in place of the question. A plain sentence.",
    )

    class Meta:
        ordering = ["pathway__path"]
        verbose_name = "question to families"
        verbose_name_plural = "questions to families"
        default_permissions = ("change", "view")
        constraints = [
            models.CheckConstraint(
                condition=Q(off=False) | ~Q(reason=""), name="a_question_is_off_for_a_reason"
            )
        ]

    def __str__(self):
        return self.pathway.title

    def clean(self):
        super().clean()
        self.reason = self.reason.strip()
        if self.off and not self.reason:
            raise ValidationError({"reason": "Say why it is off. Readers see this in place of the question."})

    @classmethod
    def of(cls, pathway) -> "FoundQuestion":
        """That of a pathway; the usual one, unsaved, should a page have come without."""
        return cls.objects.filter(pathway=pathway).first() or cls(pathway=pathway)

    def halves(self) -> list[Area]:
        """The areas that may be named, in order, with what each covers: never any below an NHS half."""
        if not self.by_half:
            return []
        halves = Area.objects.current().filter(kind__decided_by=DecidedBy.GP).defer("outline")
        covers = AreaCoverage.objects.select_related("unit").order_by("unit__name")
        return list(halves.select_related("kind").prefetch_related(Prefetch("covers", covers)))

    def told(self, today: date | None = None) -> list[Told]:
        """What families answered in the last twelve months, as everybody may read it."""
        counts = FoundCount.objects.filter(pathway=self.pathway_id).last_twelve_months(today).by_cell()
        asked = [(area.pk, area.name) for area in self.halves()]
        rest = (None, "NHS half not given" if asked else "")
        return told(counts, [*asked, *self._ended(counts, asked), rest], Found.choices)

    def _ended(self, counts, asked) -> list[tuple[int, str]]:
        """Halves that ended within the year and can be told of, though nobody is asked about them now."""
        if not self.by_half:
            return []
        others = {area for area, _ in counts} - {None} - {area for area, _ in asked}
        names = Area.objects.filter(pk__in=others).values_list("pk", "name")
        return [(pk, f"{name}, as it was") for pk, name in names if told(counts, [(pk, name)], Found.choices)]


class FoundCountQuerySet(models.QuerySet):
    def last_twelve_months(self, today: date | None = None):
        return self.filter(month__gte=first_month(today or timezone.localdate()))

    def older(self, today: date | None = None):
        return self.filter(month__lt=first_month(today or timezone.localdate()))

    def by_cell(self) -> dict[tuple[int | None, str], int]:
        """(area or None, answer) → how many, all months together."""
        rows = self.order_by().values_list("area", "answer").annotate(number=Sum("count"))
        return {(area, answer): number for area, answer, number in rows}

    def add(self, pathway, area: Area | None, answer: str, today: date | None = None) -> None:
        """Count one answer. One statement, so that two at once are two."""
        FoundCount(pathway=pathway, area=area, answer=answer).refuse_below_half()
        month = (today or timezone.localdate()).replace(day=1)
        key = [pathway.pk, area.pk, month, answer] if area else [pathway.pk, month, answer]
        with connections[router.db_for_write(FoundCount)].cursor() as cursor:
            cursor.execute(ONE_MORE_IN_A_HALF if area else ONE_MORE, key)


class FoundCount(models.Model):
    """How many gave one answer in one month. Nothing else of whoever answered is kept anywhere."""

    pathway = models.ForeignKey("waiting.PathwayPage", on_delete=models.CASCADE, related_name="found")
    area = models.ForeignKey(
        Area, null=True, on_delete=models.PROTECT, related_name="+", help_text="An NHS half, or not given."
    )
    month = models.DateField(help_text="Its first day.")
    answer = models.CharField(max_length=7, choices=Found.choices)
    count = models.PositiveIntegerField(default=0)

    objects = FoundCountQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["pathway", "area", "month", "answer"],
                condition=Q(area__isnull=False),
                name="one_count_of_a_half",
            ),
            models.UniqueConstraint(
                fields=["pathway", "month", "answer"],
                condition=Q(area__isnull=True),
                name="one_count_without_a_half",
            ),
            models.CheckConstraint(condition=Q(answer__in=Found.values), name="a_known_answer"),
        ]

    def __str__(self):
        return f"{self.pathway}, {self.month:%B %Y}, {self.answer}"

    def save(self, *args, **kwargs):
        self.refuse_below_half()
        return super().save(*args, **kwargs)

    def refuse_below_half(self) -> None:
        """Raises `ValueError` for an area that is no NHS half: a small place could point to a family."""
        if self.area and self.area.decided_by != DecidedBy.GP:
            raise ValueError(f"{self.area} is not an area that the GP decides.")

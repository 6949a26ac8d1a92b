"""Waiting times as data: lists that children stand on, and what a source says of each of them."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from wagtail.models import RevisionMixin

from directory.models import Area, Service
from waiting.times.saying import SMALL

LONGEST = 520
"""Weeks. More than ten years is a slip of the hand."""


class WaitingList(models.Model):
    """One list: what starts its clock, what stops it, and who is counted. A way may have several."""

    code = models.SlugField(
        max_length=60, unique=True, help_text="What files of figures call it: “autism-first-visit”."
    )
    name = models.CharField(max_length=120, help_text="“First visit to a community paediatrician”")
    pathway = models.ForeignKey(
        "waiting.PathwayPage", null=True, blank=True, on_delete=models.SET_NULL, related_name="lists"
    )
    service = models.ForeignKey(
        Service, null=True, blank=True, on_delete=models.SET_NULL, related_name="waiting_lists"
    )
    order = models.PositiveSmallIntegerField(
        "place on the way", default=1, help_text="1 for the first list that a child stands on."
    )
    who = models.CharField("who is counted", max_length=250, help_text="“Children aged 5 to 15”")
    people_word = models.CharField(
        "what is counted",
        max_length=40,
        default="children",
        help_text="More than one: “children”, “EHC plans”.",
    )
    done_word = models.CharField(
        "what happens to them", max_length=40, default="seen", help_text="“seen”, “finished”, “written”"
    )
    clock_starts = models.CharField(max_length=200, help_text="“the day the team gets the referral”")
    clock_stops = models.CharField(max_length=200, help_text="“the first visit”")
    method = models.TextField("how it is counted", blank=True, help_text="Anything else readers must know.")
    limit_weeks = models.PositiveSmallIntegerField(
        "legal limit in weeks", null=True, blank=True, help_text="Only where a law sets one."
    )
    limit_law = models.CharField(
        "which law, and its section",
        max_length=160,
        blank=True,
        help_text="“SEND Regulations 2014, regulation 13”",
    )

    class Meta:
        ordering = ["pathway", "order", "name"]
        verbose_name = "waiting list"

    def __str__(self):
        return self.name

    def clean(self):
        super().clean()
        if not (self.pathway_id or self.service_id):
            raise ValidationError({"pathway": "Choose the way or the service that this list belongs to."})
        if self.limit_weeks and not self.limit_law.strip():
            raise ValidationError({"limit_law": "Say which law sets this limit, and its section."})

    @property
    def about(self) -> str:
        """The way or the service it belongs to, by name; "" once both are gone."""
        return str(self.pathway or self.service or "")


class Whom(models.TextChoices):
    """Whose waits are told. A list of those seen alone hides the ones who wait longest."""

    SEEN = "seen", "Those seen in this time"
    WAITING = "waiting", "Those still waiting"


def weeks(words: str) -> models.DecimalField:
    return models.DecimalField(
        words,
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(LONGEST)],
        help_text="In weeks.",
    )


class WaitingTimeQuerySet(models.QuerySet):
    def public(self):
        """Of lists whose way or service families can see."""
        visible = Q(waiting_list__pathway__live=True) | Q(waiting_list__service__in=Service.objects.visible())
        return self.filter(visible).distinct()


class WaitingTime(RevisionMixin, models.Model):
    """What one source says of one list, in one area, for one time. What nobody has published is empty.

    Earlier versions stay in its history; the figures of earlier times stay as rows of their own.
    """

    waiting_list = models.ForeignKey(WaitingList, on_delete=models.PROTECT, related_name="times")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    whom = models.CharField("whose waits", max_length=7, choices=Whom.choices)
    period_from = models.DateField("from", blank=True, help_text="Empty when it was counted on one day.")
    period_to = models.DateField("to, or the day it was counted")
    people = models.PositiveIntegerField(
        "how many",
        null=True,
        blank=True,
        help_text=f"A number below {SMALL} is kept as “fewer than {SMALL}”.",
    )
    more_than = models.BooleanField("the source says “more than”", default=False)
    small = models.BooleanField(
        f"fewer than {SMALL}", default=False, help_text="No number and no wait is then kept or shown."
    )
    median_weeks = weeks("half waited more than")
    ninety_weeks = weeks("one in ten waited more than")
    longest_weeks = weeks("the longest wait")
    within_percent = models.DecimalField(
        "percent within the limit",
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text="Of those seen, how many in a hundred waited no longer than the list’s legal limit.",
    )
    source_title = models.CharField("source", max_length=200)
    source_url = models.URLField("web address of the source", max_length=400)
    published_on = models.DateField("published on", null=True, blank=True, help_text="Empty: not known.")
    note = models.CharField("note for readers", max_length=300, blank=True)
    corrected_on = models.DateField(null=True, blank=True, editable=False)
    example = models.BooleanField("made up, as an example", default=False)

    objects = WaitingTimeQuerySet.as_manager()

    class Meta:
        ordering = ["waiting_list", "area", "-period_to", "whom"]
        verbose_name = "waiting time"
        constraints = [
            models.UniqueConstraint(
                fields=["waiting_list", "area", "whom", "period_from", "period_to"],
                name="one_waiting_time_each",
            )
        ]
        permissions = [("load_waitingtime", "Can load waiting times from a file")]

    MEASURES = ("median_weeks", "ninety_weeks", "longest_weeks", "within_percent")

    def __str__(self):
        return f"{self.waiting_list}, {self.area}, {self.get_whom_display().lower()}, {self.period_to:%B %Y}"

    def clean(self):
        """All faults at once, each beside its field. A number of people that is too small becomes “fewer
        than five”, and the waits of so few are refused."""
        super().clean()
        self.period_from = self.period_from or self.period_to
        if self.people is not None and self.people < SMALL and not self.more_than:
            # None at all is nobody who could be recognised.
            self.small = self.people > 0
            self.people = None if self.small else 0
        faults = {}
        if self.period_to and self.period_to > timezone.localdate():
            faults["period_to"] = "This day is still to come. Figures are of days that are over."
        if self.period_from and self.period_to and self.period_from > self.period_to:
            faults["period_to"] = "The last day comes before the first. Check both dates."
        if self.small and self.people:
            faults["people"] = f"A number and “fewer than {SMALL}” cannot both be true. Take one of them out."
        if self.more_than and self.people is None:
            faults["people"] = "The source says “more than”: write more than how many."
        order = [self.median_weeks, self.ninety_weeks, self.longest_weeks]
        known = [value for value in order if value is not None]
        if known != sorted(known):
            faults["median_weeks"] = (
                "Half waited more than one in ten did, or more than the longest. Check the three waits."
            )
        if (self.small or self.people == 0) and any(self.measured()):
            faults["people"] = f"Waits of fewer than {SMALL} people are not kept. Take the waits out."
        if self.within_percent is not None:
            if self.whom != Whom.SEEN:
                faults["within_percent"] = "Only for those seen: nobody still waiting has an end yet."
            elif self.waiting_list_id and not self.waiting_list.limit_weeks:
                faults["within_percent"] = "This list has no legal limit. Write the limit on the list first."
        if not (self.small or self.people is not None or any(self.measured())):
            faults["people"] = "Give at least one figure: how many, or how long."
        if faults:
            raise ValidationError(faults)

    def measured(self) -> list[bool]:
        """Whether each measure is known."""
        return [getattr(self, name) is not None for name in self.MEASURES]

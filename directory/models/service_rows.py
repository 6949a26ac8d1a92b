"""The facts of a service that come as rows: ages, places, contacts, times, access, references."""

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey

from directory.choices import Answer, ContactKind, Frequency, Phase, Season, Weekday

from .provider import AccessFeature, Venue

SERVICE = "directory.Service"


class AgeRange(models.Model):
    """Ages served, in months, both ends included. An end left empty is not stated."""

    service = ParentalKey(SERVICE, on_delete=models.CASCADE, related_name="age_ranges")
    min_months = models.PositiveSmallIntegerField("from (months)", null=True, blank=True)
    max_months = models.PositiveSmallIntegerField(
        "to (months)",
        null=True,
        blank=True,
        help_text="Included: “to 18” that ends on the 19th birthday is 227 months.",
    )
    condition = models.CharField(
        max_length=120, blank=True, help_text="“with an EHC plan”: shown as “may fit if…”."
    )

    class Meta:
        ordering = ["min_months", "pk"]

    def __str__(self):
        return f"{self.min_months}–{self.max_months} months {self.condition}".strip()

    def clean(self):
        super().clean()
        if None not in (self.min_months, self.max_months) and self.min_months > self.max_months:
            raise ValidationError({"max_months": "The oldest age is below the youngest."})

    def holds(self, months_from: int, months_to: int) -> bool:
        """Whether any age of the span (months, both ends included) is inside this range."""
        return (self.min_months is None or self.min_months <= months_to) and (
            self.max_months is None or self.max_months >= months_from
        )


class ServiceVenue(models.Model):
    service = ParentalKey(SERVICE, on_delete=models.CASCADE, related_name="service_venues")
    venue = models.ForeignKey(Venue, on_delete=models.CASCADE, related_name="service_venues")
    note = models.CharField(max_length=160, blank=True, help_text="“Base, not open to visitors”.")
    visitors = models.CharField("families can go there", max_length=10, choices=Answer, blank=True)

    def __str__(self):
        return str(self.venue)


class Contact(models.Model):
    """One way to get in touch."""

    service = ParentalKey(SERVICE, on_delete=models.CASCADE, related_name="contacts")
    kind = models.CharField(max_length=8, choices=ContactKind)
    value = models.CharField(max_length=250, help_text="Number, address or link.")
    label = models.CharField(max_length=80, blank=True, help_text="“Duty line”, “To ask for help”.")
    hours = models.CharField(max_length=120, blank=True, help_text="In words. Empty: not known.")
    note = models.CharField(max_length=160, blank=True, help_text="“From a 2020 page”.")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.value}"

    @property
    def digits(self) -> str:
        """A phone number as it is dialled."""
        return "".join(c for c in self.value if c.isdigit() or c == "+")

    @property
    def href(self) -> str:
        """What a tap does, or "" when there is nothing to tap."""
        if self.kind in (ContactKind.PHONE, ContactKind.RELAY_UK):
            return f"tel:{self.digits}"
        if self.kind == ContactKind.TEXT:
            return f"sms:{self.digits}"
        if self.kind == ContactKind.EMAIL:
            return f"mailto:{self.value}"
        return self.value if self.value.startswith(("https://", "http://")) else ""

    def clean(self):
        super().clean()
        if not self.value:
            return  # a row begun and not filled in may be saved in a draft; it cannot go live
        wants_number = self.kind in (ContactKind.PHONE, ContactKind.TEXT)
        if wants_number and not 3 <= len(self.digits) <= 15:
            raise ValidationError({"value": "Write the number in digits, such as 01727 582122."})
        if self.kind == ContactKind.EMAIL and "@" not in self.value:
            raise ValidationError({"value": "Write a full e-mail address."})
        wants_link = self.kind in (ContactKind.FORM, ContactKind.WEBSITE, ContactKind.CHAT)
        if wants_link and not self.href:
            raise ValidationError({"value": "Write the full address, starting with https://."})


class Session(models.Model):
    """When a service is open or runs, as a row that a person can read."""

    service = ParentalKey(SERVICE, on_delete=models.CASCADE, related_name="sessions")
    name = models.CharField(max_length=80, blank=True, help_text="“Saturday club”, “Phone line”.")
    frequency = models.CharField(max_length=11, choices=Frequency, blank=True)
    weekday = models.PositiveSmallIntegerField(choices=Weekday, null=True, blank=True)
    weekday_to = models.PositiveSmallIntegerField(
        "to (weekday)", choices=Weekday, null=True, blank=True, help_text="For “Monday to Friday”."
    )
    nth_week = models.SmallIntegerField(
        "week of the month",
        choices=[(1, "first"), (2, "second"), (3, "third"), (4, "fourth"), (-1, "last")],
        null=True,
        blank=True,
    )
    starts = models.TimeField(null=True, blank=True)
    ends = models.TimeField(null=True, blank=True)
    season = models.CharField(max_length=8, choices=Season, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    venue = models.ForeignKey(Venue, null=True, blank=True, on_delete=models.SET_NULL)
    note = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ["weekday", "starts", "pk"]

    def __str__(self):
        return self.name or f"{self.get_weekday_display() or 'Session'} {self.starts or ''}".strip()

    @property
    def weekdays(self) -> range:
        if self.weekday is None:
            return range(0)
        return range(self.weekday, (self.weekday_to or self.weekday) + 1)

    def clean(self):
        super().clean()
        if self.starts and self.ends and self.starts >= self.ends:
            raise ValidationError({"ends": "It ends before it starts."})
        if self.weekday_to and (self.weekday is None or self.weekday_to < self.weekday):
            raise ValidationError({"weekday_to": "Choose a first day that comes before it."})
        if self.valid_from and self.valid_to and self.valid_from > self.valid_to:
            raise ValidationError({"valid_to": "The last date is before the first."})
        if self.frequency == Frequency.NTH and self.nth_week is None:
            raise ValidationError({"nth_week": "Say which week of the month."})


class ServiceAccess(models.Model):
    """One answer about access or adjustments."""

    service = ParentalKey(SERVICE, on_delete=models.CASCADE, related_name="access")
    feature = models.ForeignKey(AccessFeature, on_delete=models.CASCADE, related_name="+")
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    note = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ["feature__order", "feature__name"]
        constraints = [models.UniqueConstraint(fields=["service", "feature"], name="one_service_answer")]

    def __str__(self):
        return f"{self.feature}: {Answer(self.answer).label}"


class ExternalReference(models.Model):
    """What another register calls this record: `urn:102256`, `hertfordshire-2026:12`."""

    service = ParentalKey(SERVICE, on_delete=models.CASCADE, related_name="references")
    scheme = models.SlugField(max_length=40)
    value = models.CharField(max_length=80)

    class Meta:
        ordering = ["scheme", "value"]
        constraints = [models.UniqueConstraint(fields=["scheme", "value"], name="one_record_per_reference")]

    def __str__(self):
        return f"{self.scheme}:{self.value}"


class DemoReference(models.Model):
    """A record that the demo once added (`scheme:value`): what an editor deleted stays deleted."""

    reference = models.CharField(max_length=121, primary_key=True)

    def __str__(self):
        return self.reference


class SchoolDetails(models.Model):
    """What Schedule 2 of the SEND Regulations 2014 asks about a school or setting."""

    service = ParentalKey(SERVICE, on_delete=models.CASCADE, related_name="school_rows")
    phase = models.CharField(max_length=12, choices=Phase, blank=True)
    phase_from_name = models.BooleanField(default=False, help_text="Read from the school's name.")
    school_type = models.CharField("type", max_length=80, blank=True, help_text="“Academy”.")
    special = models.CharField("special school", max_length=10, choices=Answer, blank=True)
    send_unit = models.CharField("SEN unit or base", max_length=10, choices=Answer, blank=True)
    send_unit_note = models.CharField(max_length=160, blank=True)
    report_url = models.URLField("SEN information report", blank=True)
    report_date = models.DateField(null=True, blank=True)
    send_contact = models.CharField("SEND contact", max_length=160, blank=True)
    independent = models.CharField(max_length=10, choices=Answer, blank=True)
    section_41 = models.CharField("section 41 approved", max_length=10, choices=Answer, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service"], name="one_school_row")]

    def __str__(self):
        return self.get_phase_display()

"""Who runs services, and where they can be found."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from directory.choices import Answer

from .announced import Announced
from .place import Postcode

REGISTER_NUMBERS = {
    "charity_number": (
        r"(SC|NIC)?\d{5,7}(-\d{1,3})?",
        "A charity number is 5 to 7 digits, such as 1104582. In Scotland it begins with SC, in Northern "
        "Ireland with NIC.",
    ),
    "company_number": (
        r"\d{8}|[A-Z]{2}\d{6}",
        "A company number is 8 digits, or 2 letters and 6 digits, such as 01234567 or SC123456.",
    ),
    "cqc_id": (r"1-\d+", "A CQC number begins with 1- and goes on in digits, such as 1-123456789."),
    "ods_code": (r"[A-Z0-9]{3,12}", "An ODS code is letters and digits only, such as RWR or RY4."),
}
"""The shape of each number in capitals and without spaces, and what is said of another."""


class Provider(Announced):
    class Kind(models.TextChoices):
        UNKNOWN = "", "Not known yet"
        COUNCIL = "council", "Council"
        NHS = "nhs", "NHS"
        CHARITY = "charity", "Charity or community group"
        COMPANY = "company", "Company"
        SCHOOL = "school", "School or setting"
        PARENTS = "parents", "Parent carers"

    name = models.CharField(max_length=160)
    other_names = models.TextField(blank=True, help_text="One a line.")
    kind = models.CharField(max_length=8, choices=Kind, blank=True)
    note = models.CharField(max_length=200, blank=True, help_text="Beside its name on its services.")
    website = models.URLField(blank=True)
    charity_number = models.CharField(max_length=12, blank=True)
    company_number = models.CharField(max_length=12, blank=True)
    cqc_id = models.CharField("CQC number", max_length=20, blank=True)
    ods_code = models.CharField("ODS code", max_length=12, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    def clean(self):
        super().clean()
        wrong = {}
        for name, (shape, said) in REGISTER_NUMBERS.items():
            number = re.sub(r"\s+", "", getattr(self, name)).upper()
            setattr(self, name, number)
            if number and not re.fullmatch(shape, number, re.ASCII):
                wrong[name] = said
        if wrong:
            raise ValidationError(wrong)

    def shown_by(self):
        return self.services.values_list("pk", flat=True)


def services_where(asked: Q):
    """Primary keys of the services that answer to `asked`."""
    from .service import Service  # which imports this module

    return Service.objects.filter(asked).values_list("pk", flat=True)


class AccessFeature(Announced):
    """Something that makes a place or a service easier to use: a quiet space, step-free access."""

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=60, help_text="As a family reads it: “Quiet place to wait”.")
    place = models.BooleanField("about the place", default=False)
    filterable = models.BooleanField("offered as a filter", default=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "name"]

    def __str__(self):
        return self.name

    def shown_by(self):
        return services_where(Q(access__feature=self) | Q(service_venues__venue__access__feature=self))


class Venue(Announced, ClusterableModel):
    """A place one can go. A confidential one is never shown on any page, map or feed."""

    name = models.CharField(max_length=120)
    address = models.TextField(blank=True, help_text="Street, one line each. Town and postcode below.")
    town = models.CharField(max_length=60, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    uprn = models.CharField("UPRN", max_length=12, blank=True)
    latitude = models.FloatField(null=True, blank=True, help_text="Filled from the postcode.")
    longitude = models.FloatField(null=True, blank=True)
    confidential = models.BooleanField("never show the place", default=False)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return f"{self.name}, {self.town}" if self.town and self.town not in self.name else self.name

    def clean(self):
        super().clean()
        code = re.sub(r"\s+", "", self.postcode).upper()
        if not code:
            return
        self.postcode = f"{code[:-3]} {code[-3:]}"
        stored = Venue.objects.filter(pk=self.pk).first() if self.pk else None
        moved = stored is not None and stored.postcode != self.postcode
        placed_by_hand = stored is not None and (self.latitude, self.longitude) != (
            stored.latitude,
            stored.longitude,
        )
        without_point = self.latitude is None or self.longitude is None
        if not without_point and (not moved or placed_by_hand):
            return
        known = Postcode.objects.filter(pk=code).first()
        if known is None:
            raise ValidationError(
                {"postcode": "We do not know this postcode. Check it, or fill in the position below."}
            )
        self.latitude, self.longitude = known.latitude, known.longitude

    @property
    def point(self) -> tuple[float, float] | None:
        """WGS84 (latitude, longitude) that may be shown, or None."""
        if self.confidential or self.latitude is None or self.longitude is None:
            return None
        return self.latitude, self.longitude

    def shown_by(self):
        return self.service_venues.values_list("service_id", flat=True)


class VenueAccess(models.Model):
    venue = ParentalKey(Venue, on_delete=models.CASCADE, related_name="access")
    feature = models.ForeignKey(AccessFeature, on_delete=models.CASCADE, related_name="+")
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    note = models.CharField(max_length=160, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["venue", "feature"], name="one_venue_answer")]

    def __str__(self):
        return f"{self.feature}: {Answer(self.answer).label}"


class Language(Announced):
    code = models.SlugField(max_length=12, unique=True, help_text="BCP 47: “pl”, “bfi” for BSL.")
    name = models.CharField(max_length=60)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    def shown_by(self):
        return services_where(Q(languages=self))

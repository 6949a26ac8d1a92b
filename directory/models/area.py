"""Areas are data with dates: they overlap, differ in who decides them, and get replaced."""

from math import cos, hypot, radians

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from directory.choices import DecidedBy

from .announced import Announced


class AreaKind(Announced):
    """County, district, DSPL area, NHS half…: whatever a council's services are divided by."""

    slug = models.SlugField(max_length=30, unique=True)
    name = models.CharField(max_length=60, help_text="“District”")
    plural = models.CharField(max_length=60)
    decided_by = models.CharField(max_length=6, choices=DecidedBy, default=DecidedBy.HOME)
    explanation = models.CharField(
        max_length=250, blank=True, help_text="What this kind of area is, in a plain sentence."
    )
    whole = models.BooleanField(
        "the whole council", default=False, help_text="The area that holds all the others."
    )
    home_unit = models.BooleanField(
        "postcodes lie in one",
        default=False,
        help_text="The kind that a postcode belongs to, from which the others are worked out.",
    )
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order"]

    def __str__(self):
        return self.name

    def shown_by(self):
        return self.areas.exclude(services=None).values_list("services", flat=True)


class AreaQuerySet(models.QuerySet):
    def current(self, on=None):
        """Areas in force on a date (today unless told)."""
        on = on or timezone.localdate()
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=on), Q(valid_to=None) | Q(valid_to__gte=on))

    def home_units(self):
        return self.filter(kind__home_unit=True)

    def covering(self, unit: "Area"):
        """Every area that covers the home unit, wholly or in part, the unit itself among them."""
        return self.filter(Q(pk=unit.pk) | Q(covers__unit=unit)).distinct()


class Area(Announced, ClusterableModel):
    kind = models.ForeignKey(AreaKind, on_delete=models.PROTECT, related_name="areas")
    code = models.SlugField(max_length=40, unique=True, help_text="The official code if it has one.")
    name = models.CharField(max_length=100)
    slug = models.SlugField(max_length=60, unique=True)
    other_names = models.CharField(max_length=200, blank=True, help_text="Parted by |.")
    towns = models.TextField(blank=True, help_text="Named by the source as covered, parted by |.")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True, help_text="The last day it exists.")
    successor = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="predecessors"
    )
    outline = models.JSONField(null=True, blank=True, help_text="GeoJSON geometry, WGS84.")
    source = models.TextField(blank=True)
    confidence = models.CharField(max_length=200, blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        ordering = ["kind__order", "name"]

    def __str__(self):
        return self.name

    def clean(self):
        super().clean()
        if self.valid_from and self.valid_to and self.valid_from > self.valid_to:
            raise ValidationError({"valid_to": "The last day comes before the first. Check both dates."})

    def get_absolute_url(self):
        return reverse("area", args=[self.slug])

    @property
    def decided_by(self) -> str:
        return self.kind.decided_by

    @property
    def centre(self) -> tuple[float, float] | None:
        """The middle of the outline's box as WGS84 (latitude, longitude), or None without one."""
        points = list(_positions((self.outline or {}).get("coordinates", [])))
        if not points:
            return None
        longitudes, latitudes = zip(*points, strict=True)
        return (min(latitudes) + max(latitudes)) / 2, (min(longitudes) + max(longitudes)) / 2

    @property
    def towns_words(self) -> str:
        return ", ".join(town.strip() for town in self.towns.split("|") if town.strip())

    def overlapping(self) -> models.QuerySet:
        """Other current areas that share a home unit with this one."""
        units = list(self.covers.values_list("unit_id", flat=True)) or [self.pk]
        shares = Q(pk__in=units) | Q(covers__unit_id__in=units)
        return Area.objects.current().filter(shares).exclude(pk=self.pk).select_related("kind").distinct()

    def neighbours(self, most: int) -> list["Area"]:
        """Current areas of the same kind, nearest first by the middles of their outlines."""
        here = self.centre
        if here is None:
            return []
        others = [
            (area, area.centre)
            for area in Area.objects.current().filter(kind_id=self.kind_id).exclude(pk=self.pk)
        ]
        near = sorted(
            (hypot(middle[0] - here[0], (middle[1] - here[1]) * cos(radians(here[0]))), area.name, area)
            for area, middle in others
            if middle
        )
        return [area for _, _, area in near[:most]]

    def shown_by(self):
        return self.services.values_list("pk", flat=True)


def _positions(coordinates):
    """Every (longitude, latitude) of a GeoJSON geometry, however deep its rings are."""
    for part in coordinates:
        if part and isinstance(part[0], int | float):
            yield part[0], part[1]
        else:
            yield from _positions(part)


class AreaCoverage(models.Model):
    """One home unit that an area covers, wholly or in part."""

    area = ParentalKey(Area, on_delete=models.CASCADE, related_name="covers")
    unit = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="covered_by")
    whole = models.BooleanField(default=True, help_text="Off: only part of it.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "unit"], name="one_coverage_row")]

    def __str__(self):
        return f"{self.area} covers {'all' if self.whole else 'part'} of {self.unit}"

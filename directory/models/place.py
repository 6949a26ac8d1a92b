"""Postcodes and place names: from what a family types to a position and a district."""

from django.db import models

from .area import Area


class Postcode(models.Model):
    """A postcode without its space. One outside the council has a position and no district."""

    code = models.CharField(max_length=7, primary_key=True)
    latitude = models.FloatField()
    longitude = models.FloatField()
    district = models.ForeignKey(Area, null=True, on_delete=models.SET_NULL, db_index=False)
    live = models.BooleanField(default=True, help_text="Off: no longer in use; it still resolves.")

    def __str__(self):
        return f"{self.code[:-3]} {self.code[-3:]}"


class PlaceName(models.Model):
    """A town, village, part of a town or outward code, at one position."""

    class Kind(models.TextChoices):
        CITY = "city", "City"
        TOWN = "town", "Town"
        VILLAGE = "village", "Village"
        SUBURB = "suburb", "Part of a town"
        HAMLET = "hamlet", "Hamlet"
        OTHER = "other", "Place"
        OUTWARD = "outward", "First half of a postcode"

    name = models.CharField(max_length=80)
    key = models.CharField(max_length=80, db_index=True, help_text="Folded, for looking up.")
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.OTHER)
    latitude = models.FloatField()
    longitude = models.FloatField()
    district = models.ForeignKey(Area, null=True, blank=True, on_delete=models.SET_NULL)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

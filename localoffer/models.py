from django.db import models
from django.utils import timezone


class ClockWork(models.Model):
    """When the clock work last ran: one row, written by `manage.py tick`, read by /health/."""

    ran_at = models.DateTimeField()
    seconds = models.FloatField(default=0)

    def __str__(self):
        return f"{self.ran_at:%Y-%m-%d %H:%M}"

    @classmethod
    def note(cls, seconds: float):
        cls.objects.update_or_create(pk=1, defaults={"ran_at": timezone.now(), "seconds": seconds})

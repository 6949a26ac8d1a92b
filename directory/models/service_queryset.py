"""Questions one can ask of services, as sentences."""

from datetime import timedelta

from django.db import models
from django.db.models import Exists, OuterRef, Q

from directory.choices import Answer, Category, Diagnosis, Status

A_YEAR = timedelta(days=365)


class ServiceQuerySet(models.QuerySet):
    def visible(self):
        """What families may see: live, and not shut for good."""
        return self.filter(live=True)

    def schools(self):
        return self.filter(category=Category.SCHOOL)

    def not_schools(self):
        return self.exclude(category=Category.SCHOOL)

    def helplines(self):
        return self.filter(helpline=True)

    def urgent(self):
        return self.filter(crisis=True)

    def checked_before(self, day):
        """Never checked with the service, or last before that day."""
        return self.filter(Q(checked_on=None) | Q(checked_on__lt=day))

    def usable_now(self, today):
        """What a family can use today, as the service itself confirmed within twelve months: open, no
        diagnosis needed, nobody to refer them, and a parent or a young person can ask."""
        confirmed = Q(checked_on__gte=today - A_YEAR, checked_on__lte=today)
        asked_by_family = Q(refer_parent=Answer.YES) | Q(refer_self=Answer.YES)
        return self.filter(
            confirmed, asked_by_family, status=Status.OPEN, diagnosis=Diagnosis.NOT_NEEDED
        ).exclude(needs_referral=Answer.YES)

    def worth_asking(self, today):
        """What may help now, but nobody has confirmed it: not shut, not known to need a diagnosis or
        somebody to refer the family. Those that are confirmed are not among them."""
        only_referred = Q(needs_referral=Answer.YES) | Q(refer_parent=Answer.NO, refer_self=Answer.NO)
        confirmed = self.model.objects.usable_now(today).values("pk")
        return self.exclude(
            Q(status__in=[Status.CLOSED, Status.PAUSED, Status.NOT_TAKING])
            | Q(diagnosis=Diagnosis.NEEDED)
            | only_referred
            | Q(pk__in=confirmed)
        )

    def for_age(self, years: int):
        """Fits a child of this age in whole years; no stated age fits every age."""
        return self.for_months(years * 12, years * 12 + 11)

    def for_months(self, months_from: int, months_to: int):
        """Fits any age of the span (months, both ends included)."""
        rows = self.model.age_ranges.rel.related_model.objects.filter(service=OuterRef("pk"))
        fitting = rows.filter(
            Q(min_months=None) | Q(min_months__lte=months_to),
            Q(max_months=None) | Q(max_months__gte=months_from),
        )
        return self.filter(Q(helpline=True) | ~Exists(rows) | Exists(fitting))

    def in_area(self, area):
        """Serves the area: names it or one that overlaps it, or is open to the whole county,
        online or by phone; a record that names no area is not held back."""
        named = self.model.areas.through.objects.filter(service_id=OuterRef("pk"))
        units = area.covers.values_list("unit_id", flat=True)
        overlapping = named.filter(
            Q(area=area)
            | Q(area__covers__unit=area)
            | Q(area_id__in=units)
            | Q(area__covers__unit_id__in=units)
        )
        everywhere = Q(helpline=True)
        for field in ("whole_county", "online", "by_phone"):
            everywhere |= Q(**{field: Answer.YES})
        return self.filter(everywhere | ~Exists(named) | Exists(overlapping))

    def naming(self, area):
        """Names the area itself, or a smaller one inside it."""
        inside = area.covers.filter(whole=True).values_list("unit_id", flat=True)
        return self.filter(Q(areas=area) | Q(areas__in=inside)).distinct().order_by("name")

    def with_need(self, *needs):
        """Tagged with one of the needs, or open to any need."""
        tagged = self.model.needs.through.objects.filter(
            service_id=OuterRef("pk"), need_id__in=[need.pk for need in needs]
        )
        return self.filter(Q(any_need=True) | Exists(tagged))

    def for_display(self):
        """Everything a card or a page reads, in a fixed number of queries."""
        return self.select_related("provider").prefetch_related(
            "needs",
            "main_needs",
            "areas__kind",
            "areas__covers",
            "age_ranges",
            "contacts",
            "service_venues__venue__access__feature",
            "sessions__venue",
            "access__feature",
            "languages",
            "references",
            "school_rows",
        )

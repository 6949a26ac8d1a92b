"""Services that help with a page's needs, for pages that families read."""

from collections.abc import Collection

from django.db.models import Count, Q

from .choices import Answer, Status
from .models import Area, Service
from .models.service_queryset import ServiceQuerySet

EVERYWHERE = Q(whole_county=Answer.YES) | Q(online=Answer.YES) | Q(by_phone=Answer.YES)


def for_needs(
    slugs: Collection[str], most: int, district: Area | None = None, among: ServiceQuerySet | None = None
) -> list[Service]:
    """The visible services (or those `among` them) that name one of these needs, at most so many, ready
    for cards.

    Those that are mainly for them come first, then those that name more of them, then those for
    everybody. With a district, only those that serve it; without one, those of a single area come last.
    """
    found = Service.objects.visible() if among is None else among
    found = found.not_schools().filter(needs__slug__in=slugs, crisis=False)
    found = found.exclude(status=Status.CLOSED)
    if district:
        found = found.filter(pk__in=Service.objects.in_area(district).values("pk"))
    found = found.annotate(
        mainly=Count("main_needs", filter=Q(main_needs__slug__in=slugs), distinct=True),
        named=Count("needs", filter=Q(needs__slug__in=slugs), distinct=True),
        everywhere=Count("pk", filter=EVERYWHERE, distinct=True),
    )
    return list(found.order_by("-mainly", "-everywhere", "-named", "name").for_display()[:most])

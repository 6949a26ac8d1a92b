"""Other services a family may want, and why they are related."""

from dataclasses import dataclass

from django.db.models import Count, Q

from .models import Service
from .words import join

MOST = 4


@dataclass(frozen=True)
class Related:
    title: str
    url: str
    why: str


def related(service: Service) -> list[Related]:
    """Visible services that share the most needs, then those of the same provider."""
    needs = [need.pk for need in service.needs.all()]
    others = (
        Service.objects.visible()
        .not_schools()
        .exclude(pk=service.pk)
        .filter(crisis=False)
        .annotate(
            shared=Count("needs", filter=Q(needs__in=needs), distinct=True),
            same_provider=Count("pk", filter=Q(provider=service.provider_id)),
        )
        .filter(Q(shared__gt=0) | Q(same_provider__gt=0))
        .select_related("provider")
        .prefetch_related("needs")
        .order_by("-shared", "-same_provider", "name")[:MOST]
    )
    return [
        Related(other.name, other.get_absolute_url(), _why(other, set(needs), service)) for other in others
    ]


def _why(other: Service, needs: set[int], service: Service) -> str:
    shared = [need.name.lower() for need in other.needs.all() if need.pk in needs]
    if shared:
        return f"Also helps with {join(shared[:3])}."
    return f"Also from {service.provider.name}."

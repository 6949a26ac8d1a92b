"""Other services a family may want, and why they are related."""

from dataclasses import dataclass

from django.db.models import Count, Q

from .models import Service

MOST = 4


@dataclass(frozen=True)
class Related:
    title: str
    url: str
    why: str


def related(service: Service) -> list[Related]:
    """Visible services that share the most needs, then those of the same provider."""
    needs = [need.pk for need in service.needs.all()]
    # A school without a provider shares none with others that have none.
    same_provider = Q(provider=service.provider_id) if service.provider_id else Q(pk__in=[])
    others = (
        Service.objects.visible()
        .not_schools()
        .exclude(pk=service.pk)
        .filter(crisis=False)
        .annotate(
            shared=Count("needs", filter=Q(needs__in=needs), distinct=True),
            same_provider=Count("pk", filter=same_provider),
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
    shared = [need.name for need in other.needs.all() if need.pk in needs]
    if shared:
        return f"Also for: {'; '.join(shared[:3])}."
    return f"Also from {service.provider.name}."

"""Pages of the directory: one service, a need, an area, and their indexes."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import TemplateView

from .cards import card, service_context
from .linked_data import json_ld
from .models import Area, AreaKind, Need, Service
from .related import related

HOME = ("Home", "/")
MOST = 60


class ServicePage(TemplateView):
    template_name = "directory/service.html"

    def get_context_data(self, slug, **kwargs):
        service = get_object_or_404(Service.objects.visible().for_display(), slug=slug)
        canonical = self.request.build_absolute_uri(service.get_absolute_url())
        return super().get_context_data(
            **service_context(service),
            related=related(service),
            canonical_url=canonical,
            json_ld=json_ld(service, canonical),
            crumbs=[HOME, ("Find help", reverse("search"))],
            save={"ref": service.ref, "title": service.name, "url": service.get_absolute_url()},
            **kwargs,
        )


class Needs(TemplateView):
    template_name = "directory/needs.html"

    def get_context_data(self, **kwargs):
        broad = Need.objects.broad().prefetch_related("needs")
        areas = [(area, area.in_order()) for area in broad]
        return super().get_context_data(areas=areas, crumbs=[HOME], **kwargs)


class NeedPage(TemplateView):
    template_name = "directory/need.html"

    def get_context_data(self, slug, **kwargs):
        need = get_object_or_404(Need, slug=slug)
        narrower = need.in_order()
        tagged = (
            Service.objects.visible()
            .not_schools()
            .filter(needs__in=[need, *narrower], crisis=False)
            .distinct()
            .for_display()
            .order_by("any_need", "name")[:MOST]
        )
        # A group for one part of the county only helps once we know where a family lives.
        open_to_any = Service.objects.visible().not_schools().filter(any_need=True, crisis=False, areas=None)
        return super().get_context_data(
            need=need,
            narrower=narrower,
            cards=[card(service) for service in tagged],
            open_to_any=open_to_any.exclude(needs__in=[need, *narrower]).order_by("name")[:12],
            crumbs=[HOME, ("What is hard", reverse("needs"))],
            **kwargs,
        )


class Areas(TemplateView):
    template_name = "directory/areas.html"

    def get_context_data(self, **kwargs):
        kinds = [
            (kind, areas)
            for kind in AreaKind.objects.all()
            if (areas := list(Area.objects.current().filter(kind=kind)))
        ]
        return super().get_context_data(kinds=kinds, crumbs=[HOME], **kwargs)


class AreaPage(TemplateView):
    template_name = "directory/area.html"

    def get_context_data(self, slug, **kwargs):
        area = get_object_or_404(Area.objects.select_related("kind", "successor"), slug=slug)
        named = Service.objects.visible().not_schools().naming(area).for_display()[:MOST]
        parameter = "gp" if area.decided_by == "gp" else "area"
        return super().get_context_data(
            area=area,
            cards=[card(service) for service in named],
            overlapping=area.overlapping(),
            search_url=f"{reverse('search')}?{parameter}={area.code}",
            crumbs=[HOME, ("Areas", reverse("areas"))],
            **kwargs,
        )

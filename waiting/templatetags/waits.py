"""Waiting times on pages of apps that know nothing of them."""

from django import template

from waiting.times.shown import Waits, waits_of

register = template.Library()


@register.simple_tag
def waits_for(service) -> Waits:
    """What is known of a service's own lists; none for a draft that was never saved."""
    return waits_of(service.waiting_lists.order_by("order", "name") if service.pk else [])

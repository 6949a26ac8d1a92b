"""A few services near the place that a device last used, for a page that a family reads.

The place is kept on the device and comes with the request; nothing of it is kept here.
"""

from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .cards import card
from .helping import for_needs
from .places import resolve

MOST_NEEDS = 12
MOST = 8


@require_safe
@never_cache
def services_near(request):
    """Cards for `need` (slugs, repeated) near `place`. Without a place that is known, for everybody."""
    slugs = [slug for slug in request.GET.getlist("need") if "\x00" not in slug][:MOST_NEEDS]
    most = request.GET.get("most", "")
    most = min(max(int(most), 1), MOST) if most.isascii() and most.isdigit() and len(most) < 4 else 4
    place = resolve(request.GET.get("place", ""))
    found = for_needs(slugs, most, place.district if place else None)
    answer = render(
        request,
        "directory/services_near.html",
        {"cards": [card(service) for service in found], "place": place, "needs": slugs},
    )
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex"
    return answer

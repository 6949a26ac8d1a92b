"""Small files that a site must have: the council's colour, robots.txt, the icon."""

from django.http import HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.generic import RedirectView

from .context import shared

YEAR = 365 * 24 * 3600

ROBOTS = """User-agent: *
Disallow: /admin/
Disallow: /search/
Disallow: /documents/
Disallow: /print/

Sitemap: {sitemap}
"""


@require_safe
def council_css(request):
    """The council's own colour, when it has one. A page links it with the colour in its address, so
    that it can be kept for a year and still change at once."""
    settings = shared(request).settings
    colour = settings.colour if settings else ""
    words = f":root{{--council:{colour}}}\n" if colour else ""
    asked = request.GET.get("c", "")
    age = YEAR if colour and asked == colour.lstrip("#") else 60
    return HttpResponse(words, content_type="text/css", headers={"Cache-Control": f"public, max-age={age}"})


@require_safe
def robots(request):
    words = ROBOTS.format(sitemap=request.build_absolute_uri(reverse("sitemap")))
    return HttpResponse(words, content_type="text/plain", headers={"Cache-Control": "public, max-age=3600"})


class Favicon(RedirectView):
    """For what asks for /favicon.ico without reading the page."""

    def get_redirect_url(self, *args, **kwargs):
        return static("icon.svg")

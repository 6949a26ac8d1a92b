"""Suggestions while typing, for the script of the search line. Without it nothing is lost."""

import time

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_GET

from home.address import client_address

from .suggestions import grouped, suggestions
from .throttle import searches


@require_GET
def suggest(request):
    """`?q=` → {"groups": [...]}, see `search.suggestions.grouped`. Nothing typed is kept anywhere."""
    address = client_address(request)
    if seconds := searches.refused(address):
        response = HttpResponse(status=429)
        response["Retry-After"] = seconds
    else:
        started = time.thread_time()
        try:
            response = JsonResponse({"groups": grouped(suggestions(request.GET.get("q", "")))})
        finally:
            searches.spend(address, time.thread_time() - started)
    response["Cache-Control"] = "no-store, private"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response

"""PDFs as they are handed out. No request ever makes one."""

from datetime import timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from home.models.printout import Printout, store

from . import kept, press, registry

MOST_WAITING = 60
"""Of those that readers asked for first, in all; beyond it a reader is asked to come back."""


@require_safe
def printout(request, kind: str, name: str, large: bool = False):
    """The kept PDF; or, while there is none that is true, a page that says so and leads to the same words
    on the site (202). Where nothing can be printed: those words themselves."""
    key = f"{kind}:{name}"
    here = registry.address(key)
    if not here:
        raise Http404
    if not press.available():
        return redirect(here)
    row = Printout.objects.filter(key=key, large=large).first()
    if kept.handed_out(row) and store().exists(row.file):
        return sent(request, row)
    waiting = Printout.objects.filter(wanted_since__isnull=False).count()
    busy = row is None and waiting >= MOST_WAITING
    if not busy:
        kept.want(key, large, timedelta())
    answer = render(
        request,
        "printing/being_made.html",
        {"here": here, "again": request.path, "large": large, "busy": busy, "failed": row and row.failures},
        status=202,
    )
    answer["Retry-After"] = "30"
    answer["Cache-Control"] = "no-store"
    return answer


def sent(request, row: Printout) -> HttpResponse:
    """The file, which a browser asks about each time before it shows what it has."""
    etag = quote_etag(row.fingerprint[:32])
    known = get_conditional_response(request, etag=etag)
    if known is not None:
        return known
    name = f"{registry.slug(row.key)}{'-large-print' if row.large else ''}.pdf"
    with store().open(row.file) as file:
        answer = HttpResponse(file.read(), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    answer["Cache-Control"] = "no-cache"
    answer["ETag"] = etag
    answer["X-Robots-Tag"] = "noindex"
    return answer

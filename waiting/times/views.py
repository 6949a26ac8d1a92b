"""Every waiting time that is published here, as a page and as a file."""

import csv

from django.db.models import F, Q
from django.http import HttpResponse
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from directory.models import Service
from waiting.loading.columns import NAMES
from waiting.models import WaitingIndexPage, WaitingList, WaitingTime

from .shown import waits_of


def public_lists():
    """Lists whose way or service families can see, in the order of the ways."""
    seen = Q(pathway__live=True) | Q(service__in=Service.objects.visible())
    lists = WaitingList.objects.filter(seen).select_related("pathway", "service")
    return lists.order_by(F("pathway__path").asc(nulls_last=True), "service__name", "order", "name")


class Times(TemplateView):
    """How long families wait, for everything that somebody has published."""

    template_name = "waiting/times.html"

    def get_context_data(self, **kwargs):
        by_owner: dict = {}
        for each in public_lists():
            by_owner.setdefault(each.pathway or each.service, []).append(each)
        index = WaitingIndexPage.objects.live().first()
        crumbs = [("Home", "/")] + ([(index.title, index.get_url(self.request))] if index else [])
        return super().get_context_data(
            owners=[(owner, waits_of(lists)) for owner, lists in by_owner.items()], crumbs=crumbs, **kwargs
        )


@require_safe
def times_csv(request):
    """Every public figure, one a row, as a file that spreadsheets open."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="waiting-times.csv"'
    response.write("\ufeff")
    rows = csv.writer(response)
    rows.writerow(NAMES)
    shown = (row for owner in waits_of(public_lists()).lists for row in owner.rows)
    rows.writerows(cells(each.row, each.figure) for each in shown)
    return response


def cells(row: WaitingTime, figure) -> list:
    """One row as the file holds it; what the page holds back is held back here too."""
    if figure.small:
        people = "<5"
    elif figure.withheld or figure.people is None:
        people = ""
    else:
        people = f"{'>' if figure.more_than else ''}{figure.people}"
    measures = [figure.median, figure.ninety, figure.longest, figure.within]
    return [
        row.waiting_list.code, row.area.name, row.whom, row.period_from, row.period_to, people,
        *["" if value is None else value for value in measures],
        row.source_title, row.source_url, row.published_on or "", row.note,
    ]  # fmt: skip

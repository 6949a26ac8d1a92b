"""The report of what people looked for in vain, and the words that editors want forgotten."""

import csv
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from directory.models import Area, Need
from search.in_vain.counts import refuse
from search.in_vain.lines import FEWEST_SHOWN, Line, lines
from search.models import InVain

ROWS = 50
SEE = "search.view_invain"
CHANGE = "directory.add_needword"
REST = "Other places, or none given"


class Permitted:
    """Refuses who lacks a permission, before anything is read."""

    permission = SEE

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm(self.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class Titled(WagtailAdminTemplateMixin):
    """A page of the admin that stands in no list: its own name ends its breadcrumbs."""

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]


class Choice(forms.Form):
    week = forms.ChoiceField(required=False)
    district = forms.ChoiceField(required=False)
    kind = forms.ChoiceField(
        required=False,
        label="Words or needs",
        choices=[("", "Both"), (InVain.Kind.WORD, "Words"), (InVain.Kind.NEED, "Needs")],
    )

    def __init__(self, data, shown, districts):
        super().__init__(data)
        weeks = sorted({line.week for line in shown}, reverse=True)
        self.fields["week"].choices = [("", "All weeks")] + [
            (week.isoformat(), f"{week:%-d %B %Y}") for week in weeks
        ]
        self.fields["district"].choices = [("", "Everywhere"), ("-", REST)] + [
            (code, name)
            for code, name in sorted(districts.items(), key=lambda item: item[1])
            if any(line.district == code for line in shown)
        ]

    def keeps(self, line: Line) -> bool:
        self.is_valid()
        chosen = self.cleaned_data
        district = chosen.get("district")
        return (
            (not chosen.get("week") or line.week.isoformat() == chosen["week"])
            and (not district or line.district == ("" if district == "-" else district))
            and (not chosen.get("kind") or line.kind == chosen["kind"])
        )


class Report(Permitted, Titled, TemplateView):
    """Weeks, what was looked for, where and how often. Small counts are never here."""

    template_name = "search/admin/in_vain.html"
    page_title = "Looked for in vain"
    header_icon = "search"

    def get(self, request, *args, **kwargs):
        rows = InVain.objects.values_list("week", "kind", "term", "district", "count")
        shown = lines(rows)
        self.districts = dict(Area.objects.values_list("code", "name"))
        self.needs = Need.objects.in_bulk(field_name="slug")
        self.choice = Choice(request.GET, shown, self.districts)
        self.lines = [line for line in shown if self.choice.keeps(line)]
        return self.as_csv() if request.GET.get("export") == "csv" else super().get(request, *args, **kwargs)

    def words(self, line: Line) -> str:
        """What was looked for, as people read it."""
        return (
            self.needs[line.term].name
            if line.kind == InVain.Kind.NEED and line.term in self.needs
            else line.term
        )

    def place(self, line: Line) -> str:
        return self.districts.get(line.district, line.district) if line.district else REST

    def as_csv(self) -> HttpResponse:
        answer = HttpResponse(content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="in-vain-{timezone.localdate()}.csv"'
        sheet = csv.writer(answer)
        sheet.writerow(["Week beginning", "Word or need", "Looked for", "Where", "How often"])
        for line in self.lines:
            sheet.writerow([line.week, line.kind, safe(self.words(line)), safe(self.place(line)), line.count])
        return answer

    def get_context_data(self, **kwargs):
        page = Paginator(self.lines, ROWS).get_page(self.request.GET.get("p"))
        asked = {key: value for key, value in self.choice.data.items() if key != "p" and value}
        return super().get_context_data(
            choice=self.choice,
            page=page,
            rows=[self.row(line) for line in page],
            export=f"?{urlencode(asked | {'export': 'csv'})}",
            kept=urlencode(asked),
            fewest=FEWEST_SHOWN,
            may_add=self.request.user.has_perm(CHANGE),
            **kwargs,
        )

    def row(self, line: Line) -> dict:
        return {
            "line": line,
            "words": self.words(line),
            "need": self.needs.get(line.term) if line.kind == InVain.Kind.NEED else None,
            "is_need": line.kind == InVain.Kind.NEED,
            "place": self.place(line),
            "add": f"{reverse('family_words:add')}?{urlencode({'word': line.term})}",
        }


def safe(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


class Forget(Permitted, View):
    """Forgets a word that should not be here, such as a name, and never counts it again."""

    permission = CHANGE
    http_method_names = ["post"]

    def post(self, request):
        word = request.POST.get("word", "")
        if InVain.objects.filter(kind=InVain.Kind.WORD, term=word).exists():
            refuse(word)
            messages.success(request, "The word is forgotten, and will not be counted again.")
        return redirect("search_in_vain")

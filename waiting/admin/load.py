"""Figures from a file: first looked at and told row by row, then loaded, exactly as they were told.

Between the two the file travels in the page, signed for this person: nothing half-way in the database, and
nothing to clear up when somebody changes their mind.
"""

import csv

from django import forms
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from directory.models import Area
from waiting.loading.columns import COLUMNS, EMPTY, HIDDEN, NAMES
from waiting.loading.faults import shown
from waiting.loading.figures import Outdated, Report, check, load
from waiting.loading.sheet import MOST_BYTES, MOST_ROWS
from waiting.models import SMALL, WaitingList, WaitingTime

from .views import LOAD
from .viewsets import measures

SALT = "waiting times that were checked"
HOLDS_FOR = 24 * 60 * 60
"""Seconds for which a checked file can be loaded."""
MOST_SHOWN = 300
"""Faults, and rows of each kind, on one page."""


class Permitted:
    """For those who may load figures."""

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm(LOAD):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class FileForm(forms.Form):
    file = forms.FileField(
        label="CSV file",
        allow_empty_file=True,
        help_text=f"At most {MOST_BYTES // 1_000_000} MB and {MOST_ROWS:,} rows. Nothing is kept until you "
        "have seen what it would do.",
        error_messages={"required": "Choose a file first.", "missing": "Choose a file first."},
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,text/csv"}),
    )


class Load(Permitted, WagtailAdminTemplateMixin, TemplateView):
    """The file to choose, what it would do, and doing it."""

    template_name = "waiting/admin/load.html"
    page_title = "Load figures from a file"
    header_icon = "upload"

    def get_breadcrumbs_items(self):
        figures = {"url": reverse(WaitingTime.snippet_viewset.get_url_name("list")), "label": "Waiting times"}
        return [*self.breadcrumbs_items, figures, {"url": "", "label": self.page_title}]

    def post(self, request):
        if "checked" in request.POST:
            return self.load(request.POST["checked"])
        form = FileForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.answer(form=form)
        file = form.cleaned_data["file"]
        return self.told(file.read(MOST_BYTES + 1), shown(file.name))

    def told(self, content: bytes, name: str):
        """What a file would do."""
        return self.report(check(content, name), content)

    def load(self, checked: str):
        try:
            file = signing.loads(checked, salt=self.salt, max_age=HOLDS_FOR)
        except signing.BadSignature:
            messages.error(self.request, "This file was checked too long ago. Choose it again.")
            return self.answer()
        content = file["content"].encode("latin-1")
        try:
            report = load(content, file["name"], self.request.user, file["seal"])
        except Outdated as refusal:
            if refusal.report.to_load or refusal.report.faults:
                messages.warning(
                    self.request,
                    "Nothing was loaded: what is kept here has changed since you checked this file. "
                    "Below is what it would do now.",
                )
            return self.report(refusal.report, content)
        done = f"{len(report.new)} new, {len(report.changed)} changed"
        messages.success(self.request, f"Loaded from {file['name']}: {done}.")
        return redirect(WaitingTime.snippet_viewset.get_url_name("list"))

    @property
    def salt(self) -> str:
        return f"{SALT} by {self.request.user.pk}"

    def report(self, report: Report, content: bytes):
        # Every byte is one letter of latin-1, so the file comes back as it was sent.
        file = {"name": report.name, "seal": report.seal, "content": content.decode("latin-1")}
        checked = signing.dumps(file, salt=self.salt, compress=True) if report.to_load else ""
        return self.answer(report=report, checked=checked, **pieces(report))

    def answer(self, **context):
        page = self.render_to_response(self.get_context_data(**context))
        page["Cache-Control"] = "no-store, private"
        return page

    def get_context_data(self, **context):
        context.setdefault("form", FileForm())
        return super().get_context_data(
            columns=COLUMNS,
            lists=WaitingList.objects.select_related("pathway", "service"),
            areas=Area.objects.current().select_related("kind"),
            empty=EMPTY,
            hidden=HIDDEN,
            small=SMALL,
            **context,
        )


def pieces(report: Report) -> dict:
    """The parts of a report, each as long as a page can bear, and how many more there are."""
    parts = {"faults": report.faults, "new": report.new, "changed": report.changed}
    shown_parts = {name: rows[:MOST_SHOWN] for name, rows in parts.items()}
    for row in shown_parts["new"]:
        row.measures = measures(row.figure)
    more = {f"more_{name}": len(rows) - MOST_SHOWN for name, rows in parts.items() if len(rows) > MOST_SHOWN}
    return shown_parts | more


class EmptyFile(Permitted, View):
    """A file to fill in: the names of the columns, and a row for each list with its code and no more, so
    that nothing of it can be loaded by mistake."""

    def get(self, request):
        answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = 'attachment; filename="waiting-times.csv"'
        codes = WaitingList.objects.values_list("code", flat=True)
        sheet = csv.writer(answer)
        sheet.writerow(NAMES)
        sheet.writerows([code, *[""] * (len(NAMES) - 1)] for code in codes)
        return answer

"""The form of one set of figures."""

from django.db.models import Q
from wagtail.admin.forms.models import WagtailAdminModelForm

from directory.models import Area
from waiting.keeping import before_change
from waiting.models import WaitingTime, Whom


class FigureForm(WagtailAdminModelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        areas = Area.objects.select_related("kind")
        # An area that is gone may keep its figures, and gets no new ones.
        now = Area.objects.current().values("pk")
        self.fields["area"].queryset = areas.filter(Q(pk__in=now) | Q(pk=self.instance.area_id))
        self.fields["area"].label_from_instance = lambda area: f"{area.name} · {area.kind}"
        self.fields["whom"].choices = Whom.choices
        self.fields["waiting_list"].label_from_instance = lambda each: f"{each.about}: {each.name}"

    def clean(self):
        told = super().clean()
        key = {name: told.get(name) for name in ("waiting_list", "area", "whom", "period_from", "period_to")}
        key["period_from"] = key["period_from"] or key["period_to"]
        if all(key.values()) and WaitingTime.objects.filter(**key).exclude(pk=self.instance.pk).exists():
            self.add_error(
                "period_to",
                "There are figures already for this list, area, group and time. Change those instead.",
            )
        return told

    def save(self, commit=True):
        if commit and self.instance.pk:
            before_change(WaitingTime.objects.get(pk=self.instance.pk), self.instance)
        return super().save(commit)

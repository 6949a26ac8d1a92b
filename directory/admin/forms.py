"""The service form: what it asks for, and what it refuses to publish."""

import re
from html import unescape

from django import forms
from django.forms.models import ModelChoiceIterator
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.fields import RichTextField

from directory.models import Area, Need, Service

BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')


class Grouped(ModelChoiceIterator):
    """Checkboxes under headings: each record once, under the first heading it belongs to."""

    def __iter__(self):
        groups = {}
        for record in self.queryset:
            groups.setdefault(self.field.heading(record), []).append(self.choice(record))
        yield from groups.items()


class GroupedField(forms.ModelMultipleChoiceField):
    iterator = Grouped
    widget = forms.CheckboxSelectMultiple

    def __init__(self, queryset, heading, **kwargs):
        self.heading = heading
        super().__init__(queryset, required=False, **kwargs)


def broad_area(need: Need) -> str:
    return next((broad.name for broad in need.broad_areas.all()), "Broad areas")


class YearsAndMonths(forms.MultiWidget):
    """An age kept in months, typed as years and months."""

    def __init__(self, attrs=None):
        boxes = [
            forms.NumberInput({"aria-label": unit, "placeholder": unit, "min": 0, "max": most})
            for unit, most in (("years", 26), ("months", 11))
        ]
        super().__init__(boxes, attrs)

    def decompress(self, value):
        return [None, None] if value in (None, "") else list(divmod(int(value), 12))

    def value_from_datadict(self, data, files, name):
        years, months = super().value_from_datadict(data, files, name)
        if not (years or months):
            return None
        try:
            return int(years or 0) * 12 + int(months or 0)
        except ValueError:
            return f"{years} {months}"  # which the field refuses in its own words

    def get_context(self, name, value, attrs):
        # What was typed and refused is not an age: the boxes are left empty beside the message.
        if isinstance(value, str) and not value.isdigit():
            value = None
        return super().get_context(name, value, attrs)


def bare(rich: str) -> str:
    """Rich text without the keys that its editor gives each paragraph, and with its quotes as typed."""
    return unescape(BLOCK_KEY.sub("", rich))


class ServiceForm(WagtailAdminModelForm):
    # Wagtail lets a draft leave these empty and asks for them when it is published or submitted.
    asked_before_publishing = ("name", "summary", "category")

    needs = GroupedField(Need.objects.prefetch_related("broad_areas"), broad_area)
    areas = GroupedField(
        Area.objects.select_related("kind"),
        lambda area: area.kind.plural,
        help_text=Service._meta.get_field("areas").help_text,
    )
    silent = forms.MultipleChoiceField(
        label="Read, and not stated by the source",
        choices=Service.Silent.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.asked_before_publishing:
            if name in self.fields:
                self.fields[name].required = True

    def clean(self):
        """Text as it was, where only a browser or an editor of rich text has touched it.

        Otherwise a comparison would show changes that nobody made.
        """
        facts = super().clean()
        for name, value in facts.items():
            if isinstance(value, str):
                value = value.replace("\r\n", "\n")
                before = self.initial.get(name) or ""
                same = isinstance(before, str) and bare(value) == bare(before)
                facts[name] = before if same and isinstance(self.field_of(name), RichTextField) else value
        return facts

    def field_of(self, name: str):
        return next((field for field in self._meta.model._meta.fields if field.name == name), None)

    def is_valid(self):
        """Valid as a draft; and, unless it is saved as one, ready for families to see."""
        valid = super().is_valid()
        if self.is_deferred_validation:
            return valid
        # Of a form with errors, its plain fields can be read: all that is wrong is said at once.
        record = self.save(commit=False) if valid else self.instance
        problems = record.problems()
        for problem in problems:
            if problem not in self.non_field_errors():
                self.add_error(None, problem)
        return valid and not problems

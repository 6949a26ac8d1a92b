"""How editors narrow the list of figures."""

import django_filters
from django import forms
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from directory.models import Area
from waiting.models import PathwayPage, WaitingList, WaitingTime, Whom


class FigureFilter(WagtailFilterSet):
    way = django_filters.ModelChoiceFilter(
        label="Way", field_name="waiting_list__pathway", queryset=PathwayPage.objects.order_by("title")
    )
    waiting_list = django_filters.ModelChoiceFilter(label="List", queryset=WaitingList.objects.all())
    area = django_filters.ModelChoiceFilter(label="Area", queryset=Area.objects.all())
    whom = django_filters.ChoiceFilter(
        label="Whose waits", choices=Whom.choices, empty_label="All", widget=forms.RadioSelect
    )
    period_to = django_filters.DateFromToRangeFilter(
        label="Last day of the time", widget=DateRangePickerWidget
    )

    class Meta:
        model = WaitingTime
        fields = []

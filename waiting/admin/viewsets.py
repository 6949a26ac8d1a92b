"""Waiting times in the admin's menu: figures, lists, and loading a file."""

from django.urls import reverse
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from directory.admin.views import PlainIndex
from waiting.models import SMALL, WaitingList, WaitingTime
from waiting.times.saying import number, short_period

from . import panels, views
from .filters import FigureFilter


def period(figure: WaitingTime) -> str:
    return short_period(figure.period_from, figure.period_to)


def measures(figure: WaitingTime) -> str:
    """“107 children; half more than 18 weeks; 56% within the limit”"""
    word = figure.waiting_list.people_word
    said = []
    if figure.small:
        said.append(f"fewer than {SMALL} {word}")
    elif figure.people is not None:
        said.append(f"{'more than ' if figure.more_than else ''}{number(figure.people)} {word}")
    waits = (
        ("half more than", figure.median_weeks),
        ("one in ten more than", figure.ninety_weeks),
        ("longest", figure.longest_weeks),
    )
    said += [f"{words} {number(value)} weeks" for words, value in waits if value is not None]
    if figure.within_percent is not None:
        said.append(f"{number(figure.within_percent)}% within the limit")
    return "; ".join(said) + (" (made up)" if figure.example else "")


class Figures(SnippetViewSet):
    model = WaitingTime
    icon = "history"
    menu_label = "Figures"
    edit_handler = panels.FIGURES
    list_display = [
        "waiting_list",
        Column("area", sort_key="area__name"),
        Column("whom", label="Whose", accessor=lambda figure: figure.whom, sort_key="whom"),
        Column("period", label="When", accessor=period, sort_key="period_to"),
        Column("measures", label="What it says", accessor=measures, width="24%"),
        Column("source_title", label="Source", width="18%"),
        Column("published_on", label="Published", sort_key="published_on"),
    ]
    search_fields = ["waiting_list__name", "waiting_list__code", "area__name", "source_title"]
    filterset_class = FigureFilter
    index_view_class = views.FigureIndex
    add_view_class = views.FigureCreate
    edit_view_class = views.FigureEdit
    inspect_view_class = views.FigureInspect
    inspect_view_enabled = True
    inspect_view_fields_exclude = ["id", "latest_revision"]
    copy_view_enabled = False
    list_per_page = 50

    def get_queryset(self, request):
        return WaitingTime.objects.select_related("waiting_list__pathway", "area")


class Lists(SnippetViewSet):
    model = WaitingList
    icon = "list-ol"
    menu_label = "Lists"
    edit_handler = panels.LIST
    list_display = ["name", "code", Column("about", label="Belongs to"), "who", "limit_weeks"]
    search_fields = ["name", "code"]
    list_filter = ["pathway"]
    index_view_class = PlainIndex
    inspect_view_enabled = True
    copy_view_enabled = False
    list_per_page = 50

    def get_queryset(self, request):
        return WaitingList.objects.select_related("pathway", "service")


class LoadItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm(views.LOAD)


class WaitingTimes(SnippetViewSetGroup):
    menu_label = "Waiting times"
    menu_icon = "history"
    menu_order = 105
    items = (Figures(), Lists())

    def get_submenu_items(self):
        load = LoadItem("Load from a file", reverse("waiting_times_load"), icon_name="upload", order=30)
        return [*super().get_submenu_items(), load]

"""Search in the admin's menus: its words, what was looked for in vain, and why a record is here."""

from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from .admin.explain import Explain
from .admin.nowhere import Nowhere
from .admin.report import Forget, Report
from .admin.words import Words

words = Words()


class Permitted(MenuItem):
    """Shown to those whose permission its view asks for."""

    def __init__(self, label: str, view, name: str, **kwargs):
        self.view = view
        super().__init__(label, reverse(name), icon_name=view.header_icon, **kwargs)

    def is_shown(self, request):
        return request.user.has_perm(self.view.permission)


@hooks.register("register_admin_viewset")
def family_words():
    return words


@hooks.register("register_admin_urls")
def addresses():
    return [
        path("search/in-vain/", Report.as_view(), name="search_in_vain"),
        path("search/in-vain/forget/", Forget.as_view(), name="search_in_vain_forget"),
        path("search/nowhere/", Nowhere.as_view(), name="search_nowhere"),
        path("search/why/", Explain.as_view(), name="search_explain"),
    ]


@hooks.register("register_admin_menu_item")
def search_menu():
    items = [
        words.get_menu_item(order=10),
        Permitted("Words that lead nowhere", Nowhere, "search_nowhere", order=20),
        Permitted("Why is it here?", Explain, "search_explain", order=30),
    ]
    return SubmenuMenuItem("Vocabulary", Menu(items=items), icon_name="openquote", order=110)


@hooks.register("register_reports_menu_item")
def in_vain():
    return Permitted("Looked for in vain", Report, "search_in_vain", order=10)

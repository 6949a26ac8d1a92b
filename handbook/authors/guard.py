"""Co-authors reach their own pages of the admin and no others: what is not named here is shut to them."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect

from .access import only_co_author, own_pages

ALLOWED = {
    "": {
        "wagtailadmin_home", "wagtailadmin_account", "wagtailadmin_logout", "wagtailadmin_login",
        "wagtailadmin_password_reset", "wagtailadmin_password_reset_done",
        "wagtailadmin_password_reset_confirm", "wagtailadmin_password_reset_complete",
        "wagtailadmin_sprite", "wagtailadmin_javascript_catalog", "wagtailadmin_dismissibles",
        "wagtailadmin_block_preview", "wagtailadmin_choose_page", "wagtailadmin_choose_page_child",
        "wagtailadmin_choose_page_search", "wagtailadmin_choose_page_external_link",
        "wagtailadmin_choose_page_email_link", "wagtailadmin_choose_page_phone_link",
        "handbook_your_credit", "home_reading_aids", "wagtailadmin_userbar_frontend",
    },
    "wagtailadmin_pages": {
        "edit", "preview_on_edit", "view_draft", "history", "history_results", "revisions_view",
        "revisions_revert", "revisions_compare", "workflow_history", "workflow_history_detail",
        "workflow_preview", "confirm_workflow_cancellation", "usage",
    },
    "wagtailadmin_editing_sessions": None,
    "wagtailimages_chooser": None,
    "wagtailsnippetchoosers_handbook_quote": None,
    "wagtailsnippetchoosers_handbook_picture": None,
}  # fmt: skip
"""Namespace → names of addresses; None for all of a namespace."""
EXPLORER = {"wagtailadmin_explore", "wagtailadmin_explore_root", "wagtailadmin_explore_results", "search"}
"""Their own pages stand on the first page; the tree of all pages is not theirs to walk or search."""


class CoAuthorsOnly:
    """Answers 403 to a co-author who asks for anything of the admin that is not theirs."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not request.path.startswith("/admin/") or not only_co_author(request.user):
            return None
        match = request.resolver_match
        if match.url_name in EXPLORER:
            return redirect("wagtailadmin_home")
        names = ALLOWED.get(match.namespace, set())
        page = page_asked_about(match)
        if (names is None or match.url_name in names) and (page is None or theirs(page, request.user)):
            return None
        raise PermissionDenied


def page_asked_about(match) -> str | int | None:
    """The number of the page that an address is about, as it stands there."""
    if match.namespace == "wagtailadmin_pages" or match.url_name == "home_reading_aids":
        return match.kwargs.get("page_id", match.kwargs.get("pk"))
    return match.kwargs.get("object_id")


def theirs(page: str | int, user) -> bool:
    return str(page).isdecimal() and own_pages(user).filter(pk=page).exists()

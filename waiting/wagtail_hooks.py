from django.urls import path
from wagtail import hooks
from wagtail.log_actions import LogFormatter
from wagtail.snippets.models import register_snippet

from home.admin.views import SourcedPages

from .admin.load import EmptyFile, Load
from .admin.viewsets import WaitingTimes
from .found import hooks as _  # noqa: F401  (registers itself)
from .keeping import BEFORE, LOADED
from .models import GuidancePage, PathwayPage

register_snippet(WaitingTimes)


@hooks.register("register_admin_viewset")
def pages():
    return [SourcedPages("guides", model=GuidancePage), SourcedPages("pathways", model=PathwayPage)]


@hooks.register("register_admin_urls")
def addresses():
    return [
        path("waiting-times/load/", Load.as_view(), name="waiting_times_load"),
        path("waiting-times/load/waiting-times.csv", EmptyFile.as_view(), name="waiting_times_empty_file"),
    ]


@hooks.register("register_log_actions")
def log_actions(actions):
    actions.register_action(BEFORE, "As it stood", "As it stood before its first change")

    @actions.register_action(LOADED)
    class Loaded(LogFormatter):
        label = "Loaded from a file"

        def format_message(self, entry):
            file = f" {entry.data['file']}" if entry.data.get("file") else ""
            return f"Loaded from the file{file}, row {entry.data.get('row', '')}"

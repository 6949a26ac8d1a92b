from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.log_actions import LogFormatter
from wagtail.snippets.models import register_snippet

from .admin.home import ServicesToLookAt
from .admin.viewsets import Directory
from .publishing import SENT_BACK, reasons

register_snippet(Directory)


@hooks.register("insert_global_admin_css")
def admin_css():
    return format_html('<link rel="stylesheet" href="{}">', static("admin/editor.css"))


@hooks.register("insert_editor_js")
def editor_js():
    return format_html('<script src="{}"></script>', static("admin/editor.js"))


@hooks.register("construct_homepage_panels")
def services_first(request, panels):
    panels.append(ServicesToLookAt(request.user))


@hooks.register("construct_main_menu")
def without_help(request, items):
    """Wagtail's Help leads off the site; docs/editors.md is for these editors."""
    items[:] = [item for item in items if item.name != "help"]


@hooks.register("register_log_actions")
def log_actions(actions):
    @actions.register_action(SENT_BACK)
    class SentBack(LogFormatter):
        label = "Sent back by the schedule"

        def format_message(self, entry):
            return reasons(entry.data.get("problems", []))

from wagtail import hooks
from wagtail.log_actions import LogFormatter
from wagtail.snippets.models import register_snippet

from home.admin.views import SourcedPages

from .admin.consent import WITHDRAWN, SharedWithConsent
from .authors import hooks as _  # noqa: F401  (registers itself)
from .models import ChapterPage

register_snippet(SharedWithConsent)


@hooks.register("register_admin_viewset")
def chapters():
    return SourcedPages("chapters", model=ChapterPage)


@hooks.register("register_log_actions")
def log_actions(actions):
    @actions.register_action(WITHDRAWN)
    class Withdrawn(LogFormatter):
        label = "Consent taken back"
        message = "Consent was taken back, and what was shared deleted"

from django.urls import path
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .admin import reading_aids
from .models import GlossaryTerm, Jargon, Sourced


class WordsExplained(SnippetViewSet):
    """The glossary, in the menu by its own name."""

    model = GlossaryTerm
    icon = "help"
    menu_label = "Words explained"
    menu_order = 250
    add_to_admin_menu = True
    list_display = ["term", "stands_for"]
    search_fields = ["term", "stands_for", "plain"]


class HardWords(SnippetViewSet):
    """What reading aids call hard, and what they offer in its place."""

    model = Jargon
    icon = "edit"
    menu_label = "Hard words"
    menu_order = 255
    add_to_admin_menu = True
    list_display = ["word", "plain"]
    search_fields = ["word", "plain"]
    list_per_page = 100
    copy_view_enabled = False


register_snippet(WordsExplained)
register_snippet(HardWords)


@hooks.register("register_admin_urls")
def admin_urls():
    return [path("reading-aids/<int:pk>/", reading_aids.look, name="home_reading_aids")]


@hooks.register("before_publish_page")
def refuse_unless_ready(request, page):
    """Before the button changes anything: `home.middleware.KindRefusal` turns it into a message."""
    if isinstance(page, Sourced) and page.latest_revision:
        page.refuse_unless_ready(page.latest_revision)

from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import GlossaryTerm


class WordsExplained(SnippetViewSet):
    """The glossary, in the menu by its own name."""

    model = GlossaryTerm
    icon = "help"
    menu_label = "Words explained"
    menu_order = 250
    add_to_admin_menu = True
    list_display = ["term", "stands_for"]
    search_fields = ["term", "stands_for", "plain"]


register_snippet(WordsExplained)

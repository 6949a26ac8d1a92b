"""Words that lead nowhere: people type them, the vocabulary knows them, and nothing comes up."""

from django.views.generic import TemplateView

from .report import Permitted, Titled

MOST = 500


def rows() -> list:
    """Rows of (word, need, why), once the check is there."""
    try:
        from search import nowhere
    except ImportError:
        return []
    return list(nowhere.words())


class Nowhere(Permitted, Titled, TemplateView):
    permission = "directory.view_needword"
    template_name = "search/admin/nowhere.html"
    page_title = "Words that lead nowhere"
    header_icon = "warning"

    def get_context_data(self, **kwargs):
        found = rows()
        return super().get_context_data(rows=found[:MOST], number=len(found), **kwargs)

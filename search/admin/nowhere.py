"""Words that lead nowhere: people type them, the vocabulary knows them, and nothing comes up."""

from django.views.generic import TemplateView

from .report import Permitted, Titled

MOST = 500


def rows() -> list | None:
    """Rows of (word, need, why); None while the check is not there."""
    try:
        from search import nowhere
    except ImportError:
        return None
    return list(nowhere.words())


class Nowhere(Permitted, Titled, TemplateView):
    permission = "directory.view_needword"
    template_name = "search/admin/nowhere.html"
    page_title = "Words that lead nowhere"
    header_icon = "warning"

    def get_context_data(self, **kwargs):
        found = rows()
        shown = (found or [])[:MOST]
        checked = found is not None
        return super().get_context_data(rows=shown, number=len(found or []), checked=checked, **kwargs)

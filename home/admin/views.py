"""The editor's views of pages of facts and advice, for whoever checks them without being an editor."""

from wagtail.admin.views.pages.history import PageHistoryView
from wagtail.admin.views.pages.preview import PreviewOnEditView
from wagtail.admin.viewsets.pages import PageViewSet


class Preview(PreviewOnEditView):
    """A specialist may edit a page only while it waits on their step. Wagtail asks that of the page, as its
    form does, but before that for a permission to change pages at large."""

    permission_required = None


class History(PageHistoryView):
    any_permission_required = permission_required = None


class SourcedPages(PageViewSet):
    """Each app registers one for each of its kinds of `home.models.Sourced`."""

    preview_on_edit_view_class = Preview
    history_view_class = History

"""A page that fails its own checks is refused with a message, by whichever door it was to go live."""

from django.contrib import messages
from django.shortcuts import redirect

from home.models.checking import NotReady


class KindRefusal:
    """Turns `NotReady` in the admin into a message on the page's form. What was typed is saved there as a
    draft already; whatever else the request was doing is rolled back by its own transaction."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, NotReady) or not request.path.startswith("/admin/"):
            return None
        reasons = " ".join(exception.messages)
        messages.error(request, f"“{exception.page.title}” cannot go live yet. {reasons}")
        return redirect("wagtailadmin_pages:edit", exception.page.pk)

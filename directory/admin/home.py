"""What an editor sees first: how many services wait for what, each a link to that list."""

from urllib.parse import urlencode

from django.urls import reverse
from wagtail.admin.ui.components import Component

from directory.models import Service

from .filters import ServiceFilter

WAITING = [
    ("Urgent help not checked for a month", {"checked": "urgent", "state": "live"}),
    ("In review", {"state": "review"}),
    ("Changes asked for", {"state": "asked"}),
    ("Changes not live yet", {"state": "changes"}),
    ("Not live", {"state": "draft"}),
    ("Never checked", {"checked": "never", "state": "live"}),
    ("Next check overdue", {"checked": "overdue", "state": "live"}),
]


class ServicesToLookAt(Component):
    name = "services_to_look_at"
    template_name = "directory/admin/home.html"
    order = 50

    def __init__(self, user):
        self.user = user

    def get_context_data(self, parent_context):
        if not self.user.has_perm("directory.change_service"):
            return {}
        services = Service.objects.not_schools()
        index = reverse(Service.snippet_viewset.get_url_name("list"))
        return {
            "index": index,
            "waiting": [
                {
                    "label": label,
                    "count": ServiceFilter(asked, services, request=parent_context["request"]).qs.count(),
                    "url": f"{index}?{urlencode(asked)}",
                }
                for label, asked in WAITING
            ],
        }

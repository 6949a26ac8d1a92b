"""Headers that differ between the public site and the admin."""

from csp.middleware import CSPMiddleware
from django.conf import settings

ADMIN_PATHS = ("/admin/", "/documents/")


class ContentSecurityPolicy(CSPMiddleware):
    """The strict policy for every page a family sees, the looser one under /admin/."""

    def process_response(self, request, response):
        if request.path.startswith(ADMIN_PATHS):
            response._csp_replace = settings.ADMIN_CSP
            response["X-Frame-Options"] = "SAMEORIGIN"
            # A preview was made by a request of its own, for a public address, and has that
            # page's strict policy already. All it needs is to stand in the admin's frame.
            if given := response.get("Content-Security-Policy"):
                response["Content-Security-Policy"] = given.replace(
                    "frame-ancestors 'none'", "frame-ancestors 'self'"
                )
        return super().process_response(request, response)


def permissions_policy(get_response):
    """Location may be asked for, on tap; nothing else of the device may."""

    def middleware(request):
        response = get_response(request)
        response.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        return response

    return middleware

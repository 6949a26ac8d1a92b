"""Headers of the public site and of the admin."""

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory

from localoffer.middleware import ContentSecurityPolicy


def test_a_preview_keeps_its_strict_policy_and_may_stand_in_the_admins_frame():
    """Wagtail makes a preview by a request of its own, whose response passes the headers twice."""
    middleware = ContentSecurityPolicy(lambda request: HttpResponse())
    inner = middleware(RequestFactory().get("/services/palms/"))
    assert "frame-ancestors 'none'" in inner["Content-Security-Policy"]
    outer = ContentSecurityPolicy(lambda request: inner)(
        RequestFactory().get("/admin/snippets/directory/service/preview/1/")
    )
    policy = outer["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "unsafe-inline" not in policy
    assert outer["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.django_db
def test_the_public_site_is_strict_and_the_admin_is_as_wagtail_needs(client):
    assert "unsafe-inline" not in client.get("/search/")["Content-Security-Policy"]
    assert "unsafe-inline" in client.get("/admin/login/")["Content-Security-Policy"]
    assert client.get("/search/")["Permissions-Policy"] == settings.PERMISSIONS_POLICY

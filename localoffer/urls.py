from django.conf import settings
from django.urls import include, path, re_path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from localoffer.health import health


def upload(request, path):
    """An upload, from wherever uploads lie now."""
    return serve(request, path, document_root=settings.MEDIA_ROOT)


urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("health/", health),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("home.urls")),
    path("", include("directory.urls")),
    path("", include("search.urls")),
    path("", include("waiting.urls")),
    # Uploads are few and small here; a busy site lets its web server send them (docs/operators.md).
    re_path(r"^media/(?P<path>.*)$", upload),
    path("", include(wagtail_urls)),
]

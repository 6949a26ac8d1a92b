from django.contrib.sitemaps import views as sitemaps
from django.urls import path
from django.views.generic import TemplateView

from . import views
from .printing.views import printout
from .sitemaps import SECTIONS

urlpatterns = [
    path("council.css", views.council_css, name="council_css"),
    path("robots.txt", views.robots, name="robots"),
    # Holds nothing: the browser draws the list from its own memory.
    path("my-list/", TemplateView.as_view(template_name="home/my_list.html"), name="my_list"),
    path("print/<slug:kind>/<slug:name>.pdf", printout, name="printout"),
    path("print/<slug:kind>/<slug:name>.large.pdf", printout, {"large": True}, name="printout_large"),
    path("favicon.ico", views.Favicon.as_view(), name="favicon"),
    path(
        "sitemap.xml",
        sitemaps.index,
        {"sitemaps": SECTIONS, "sitemap_url_name": "sitemap_section"},
        name="sitemap",
    ),
    path("sitemap-<section>.xml", sitemaps.sitemap, {"sitemaps": SECTIONS}, name="sitemap_section"),
]

"""Every page that search engines may list, in a fixed number of queries a section."""

from django.contrib.sitemaps import Sitemap
from django.urls import reverse
from wagtail.models import Page, Site

from directory.models import Area, Need, Service


class Fixed(Sitemap):
    """Lists without a record of their own."""

    def items(self):
        return ["/needs/", "/areas/", "/waiting/times/"]

    def location(self, item):
        return item


class Pages(Sitemap):
    def items(self):
        here = Site.objects.select_related("root_page").filter(is_default_site=True).first()
        return Page.objects.live().public().in_site(here).order_by("path") if here else Page.objects.none()

    def location(self, item):
        return item.url

    def lastmod(self, item):
        return item.last_published_at


class Services(Sitemap):
    def items(self):
        shown = Service.objects.visible().exclude(slug=None).order_by("pk")
        return shown.values_list("slug", "last_published_at")

    def location(self, item):
        return reverse("service", args=[item[0]])

    def lastmod(self, item):
        return item[1]


class Needs(Sitemap):
    def items(self):
        return Need.objects.order_by("pk").values_list("slug", "updated_at")

    def location(self, item):
        return reverse("need", args=[item[0]])

    def lastmod(self, item):
        return item[1]


class Areas(Sitemap):
    def items(self):
        return Area.objects.current().order_by("pk").values_list("slug", flat=True)

    def location(self, item):
        return reverse("area", args=[item])


SECTIONS = {"lists": Fixed, "pages": Pages, "services": Services, "needs": Needs, "areas": Areas}

"""What every page needs: who the council is, the menus, the urgent lines."""

import logging
from dataclasses import dataclass, field
from typing import Any

from wagtail.models import Site

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Link:
    title: str
    url: str
    current: bool = False


@dataclass(frozen=True)
class Shared:
    """Everything that all pages of one site share, read once for each stamp of its settings."""

    stamp: Any = None
    settings: Any = None
    main_menu: list[Link] = field(default_factory=list)
    footer_menu: list[Link] = field(default_factory=list)
    urgent_lines: list[dict[str, str]] = field(default_factory=list)
    social_image: dict[str, Any] | None = None


_kept: dict[int, Shared] = {}
"""What this process read last, by site. The stamp in the database says when it is out of date, so
that a change made by another process shows at once."""


def site(request) -> dict[str, Any]:
    """The context processor. It never raises: an error page needs it most when things are broken."""
    if request.path.startswith("/admin/") or request.path.endswith(".xml"):
        return {}
    try:
        return _site(request)
    except Exception:
        # Any error at all, from a missing table to a lost disk. Its words are left out of the log
        # on purpose: they could hold what someone typed.
        logger.warning("The settings of the site could not be read; the page goes without them.")
        return {}


def _site(request) -> dict[str, Any]:
    known = shared(request)
    return {
        "site_settings": known.settings,
        "main_menu": marked(known.main_menu, request.path),
        "footer_menu": marked(known.footer_menu, request.path),
        "urgent_lines": known.urgent_lines,
        "social_image": known.social_image,
        "for_me": False,
    }


def marked(links: list[Link], path: str) -> list[Link]:
    """The same links, with the one that leads to this page marked."""
    return [Link(link.title, link.url, link.url == path) for link in links]


def shared(request) -> Shared:
    """One query for the site and one for its stamp; more only after something has changed."""
    from .models import SiteSettings

    here = Site.find_for_request(request)
    if here is None:
        return read(None)
    stamp = SiteSettings.objects.filter(site=here).values_list("stamp", flat=True).first()
    known = _kept.get(here.pk)
    if stamp is None or known is None or known.stamp != stamp:
        known = read(SiteSettings.objects.filter(site=here).select_related("social_image").first())
        if stamp is not None:
            _kept[here.pk] = known
    return known


def read(settings) -> Shared:
    from .urgent import short_lines

    if settings is None:
        return Shared(urgent_lines=short_lines())
    return Shared(
        settings.stamp,
        settings,
        links(settings.main_items),
        links(settings.footer_items),
        short_lines(),
        picture(settings.social_image),
    )


def links(items) -> list[Link]:
    return [Link(item.words, item.url) for item in items.select_related("page") if item.url]


def picture(image) -> dict[str, Any] | None:
    """The picture beside a shared link: address without the host, width and height in pixels."""
    if image is None:
        return None
    try:
        made = image.get_rendition("fill-1200x630|format-jpeg")
    except (OSError, ValueError):
        # The file has gone. A page without a picture is better than no page.
        logger.warning("The picture for shared links could not be read.")
        return None
    return {"url": made.url, "width": made.width, "height": made.height, "alt": image.default_alt_text}

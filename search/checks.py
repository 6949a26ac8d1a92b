from django.conf import settings
from django.core.checks import Error

from .engines import NAMES, named


def search_url(app_configs, **kwargs):
    """SEARCH_URL must name an engine that exists, before a visitor finds out."""
    if named(settings.SEARCH_URL):
        return []
    return [
        Error(
            f"SEARCH_URL is {settings.SEARCH_URL!r}, which names no search engine.",
            hint=f"Use one of: {', '.join(f'{name}:' for name in NAMES)}",
            id="search.E001",
        )
    ]

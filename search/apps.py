from django.apps import AppConfig
from django.core.checks import register


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = "Search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from directory.signals import changed

        from . import outbox
        from .checks import search_url

        changed.connect(outbox.note, dispatch_uid="search outbox")
        register(search_url)

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = "Search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from directory.signals import changed

        from . import checks, outbox  # noqa: F401  (checks register themselves)

        changed.connect(outbox.note, dispatch_uid="search.outbox")

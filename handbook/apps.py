from django.apps import AppConfig


class HandbookConfig(AppConfig):
    name = "handbook"
    verbose_name = "Handbook"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from home import printing

        from .book import BOOK

        printing.register(BOOK)

        from .consent import removal

        removal.listen()

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

        from django.db.models.signals import post_save
        from wagtail.signals import page_published

        from .models import ChapterPage, HandbookIndexPage

        post_save.connect(index_saved, sender=HandbookIndexPage, dispatch_uid="access below an index")
        page_published.connect(chapter_published, sender=ChapterPage, dispatch_uid="credit of a chapter")


def index_saved(sender, instance, raw=False, **kwargs):
    """Who may write below an index follows its audience."""
    from home.models.checking import check_below

    from .authors.access import grant

    if not raw:
        grant(instance)
        check_below(instance)


def chapter_published(sender, instance, revision, **kwargs):
    from .authors.credit import note_contributors

    note_contributors(instance, revision)

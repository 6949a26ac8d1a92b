from django.apps import AppConfig


class WaitingConfig(AppConfig):
    name = "waiting"
    verbose_name = "While you wait"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from django.db.models.signals import post_save

        from .models import WaitingIndexPage

        post_save.connect(index_saved, sender=WaitingIndexPage, dispatch_uid="checks below the index")


def index_saved(sender, instance, raw=False, **kwargs):
    """Guides and pathways are checked before they go live."""
    from home.models.checking import check_below

    if not raw:
        check_below(instance)

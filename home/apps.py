from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = "Site"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from wagtail.models import Page, Site, get_page_models
        from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

        from directory.models import Service
        from directory.signals import changed

        changed.connect(restamp, sender=Service, dispatch_uid="restamp on a service")
        for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
            signal.connect(restamp, dispatch_uid=f"restamp on {signal}")
        for model in [Page, *get_page_models()]:
            post_delete.connect(restamp, sender=model, dispatch_uid=f"restamp on {model}")
        post_save.connect(restamp, sender=Site, dispatch_uid="restamp on a site")


def restamp(**kwargs):
    """A menu or an urgent line may have changed: every process reads them afresh."""
    from .models import SiteSettings

    SiteSettings.restamp()

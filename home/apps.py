from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save, pre_delete

from directory.signals import announce


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = "Site"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from wagtail.models import Page, PageViewRestriction, Site, get_page_models
        from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

        from directory.models import Need, Service
        from directory.signals import changed
        from home import printing

        changed.connect(restamp, sender=Service, dispatch_uid="restamp on a service")
        for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
            signal.connect(restamp, dispatch_uid=f"restamp on {signal}")
        for model in [Page, *get_page_models()]:
            post_delete.connect(restamp, sender=model, dispatch_uid=f"restamp on {model}")
        for model in get_page_models():
            pre_delete.connect(tell_of_one, sender=model, dispatch_uid=f"announce the end of {model}")
        for signal in (page_slug_changed, post_page_move):
            signal.connect(tell_of_branch, dispatch_uid=f"announce on {signal}")
        for signal in (post_save, post_delete):
            signal.connect(
                tell_of_restriction, sender=PageViewRestriction, dispatch_uid=f"restriction {signal}"
            )
        for signal in (post_save, pre_delete):
            signal.connect(tell_of_need, sender=Need, dispatch_uid=f"announce pages about a need on {signal}")
        post_save.connect(restamp, sender=Site, dispatch_uid="restamp on a site")
        printing.ready()


def restamp(**kwargs):
    """A menu or an urgent line may have changed: every process reads them afresh."""
    from .models import SiteSettings

    SiteSettings.restamp()


def tell_of_one(sender, instance, **kwargs):
    """A page is about to go."""
    announce(sender, [f"page:{instance.pk}"])


def tell_of_branch(sender, instance, **kwargs):
    """The addresses of a page and of all below it changed."""
    tell_of_all(instance)


def tell_of_restriction(sender, instance, **kwargs):
    """A page and all below it may be read by others than before."""
    tell_of_all(instance.page)


def tell_of_all(page):
    keys = page.get_descendants(inclusive=True).values_list("pk", flat=True)
    announce(type(page), [f"page:{key}" for key in keys])


def tell_of_need(sender, instance, **kwargs):
    """What pages are about is called otherwise, or is no more."""
    from wagtail.models import get_page_models

    from .models import Sourced

    for model in get_page_models():
        if issubclass(model, Sourced):
            keys = model.objects.filter(needs=instance.pk).values_list("pk", flat=True)
            announce(model, [f"page:{key}" for key in keys])

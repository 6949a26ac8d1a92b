from django.apps import AppConfig


class WaitingConfig(AppConfig):
    name = "waiting"
    verbose_name = "While you wait"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from django.db.models.signals import post_delete, post_save

        from .models import PathwayPage, WaitingIndexPage, WaitingList, WaitingTime

        post_save.connect(index_saved, sender=WaitingIndexPage, dispatch_uid="checks below the index")
        post_save.connect(pathway_saved, sender=PathwayPage, dispatch_uid="a question with each pathway")
        for model in (WaitingList, WaitingTime):
            for signal in (post_save, post_delete):
                signal.connect(figures_changed, sender=model, dispatch_uid=f"{model} on {signal}")


def index_saved(sender, instance, raw=False, **kwargs):
    """Guides and pathways are checked before they go live."""
    from home.models.checking import check_below

    if not raw:
        check_below(instance)


def figures_changed(sender, instance, raw=False, **kwargs):
    """What shows these figures reads otherwise from now on: its PDF is made anew."""
    from directory.models import Service
    from directory.signals import announce

    from .models import PathwayPage

    shown_on = getattr(instance, "waiting_list", instance)
    if shown_on.pathway_id and not raw:
        announce(PathwayPage, [f"page:{shown_on.pathway_id}"])
    if shown_on.service_id and not raw:
        announce(Service, [f"service:{shown_on.service_id}"])


def pathway_saved(sender, instance, created, raw=False, **kwargs):
    """Each pathway has its question to families, for editors to find and switch off."""
    from .models import FoundQuestion

    if created and not raw:
        FoundQuestion.objects.get_or_create(pathway=instance)

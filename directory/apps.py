from django.apps import AppConfig
from django.db.models.signals import pre_delete


class DirectoryConfig(AppConfig):
    name = "directory"
    verbose_name = "Directory"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from .models.announced import Announced

        for model in self.get_models():
            if issubclass(model, Announced):
                pre_delete.connect(announce_deletion, sender=model, dispatch_uid=f"announce {model}")


def announce_deletion(instance, **kwargs):
    """Before a record goes, while its relations can still be read. Bulk deletion passes here too."""
    instance.announce()

from django.apps import AppConfig


class WaitingConfig(AppConfig):
    name = "waiting"
    verbose_name = "While you wait"
    default_auto_field = "django.db.models.BigAutoField"

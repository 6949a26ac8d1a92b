"""For working on the code: `DJANGO_SETTINGS_MODULE=localoffer.settings.dev`."""

from .base import *  # noqa: F403
from .base import INSTALLED_APPS, STORAGES

DEBUG = True
SECRET_KEY = "only-for-development"  # noqa: S105
INSTALLED_APPS = ["whitenoise.runserver_nostatic", *INSTALLED_APPS]
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

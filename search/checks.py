"""`manage.py check` says when search is set up wrongly, so that no visitor finds out."""

from django.core.checks import Error, register
from django.core.exceptions import ImproperlyConfigured

from .engines import engine


@register()
def search_url_names_an_engine(app_configs, **kwargs):
    try:
        engine()
    except ImproperlyConfigured as error:
        return [Error(str(error), id="search.E001")]
    return []

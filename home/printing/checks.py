"""`manage.py check` says why there are no PDFs."""

from django.core.checks import Warning, register

from . import press


@register()
def printing_works(app_configs, **kwargs):
    lacking = press.missing()
    if not lacking:
        return []
    return [
        Warning(
            f"PDFs are off: this machine lacks {', '.join(lacking)}. Everything else works.",
            hint=f"On Debian: {press.DEBIAN}. Then: manage.py printouts --build",
            id="home.W001",
        )
    ]

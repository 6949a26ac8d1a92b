"""PDFs of pages, of the handbook and of the directory: made in the background, kept, and handed out only
while all they show is public. `home.printing.register` adds a kind; `home.printing.forget` deletes."""

from .registry import Kind, Manuscript, register

__all__ = ["Kind", "Manuscript", "forget", "register"]


def ready() -> None:
    """Once the apps are loaded: the kinds of this app, what it hears of, and its check."""
    from . import checks  # noqa: F401
    from .directory import AREA, NEED
    from .listening import listen
    from .pages import PAGE

    for kind in (PAGE, AREA, NEED):
        register(kind)
    listen()


def forget(pages) -> int:
    """See `kept.forget`, which needs the models and so is not imported with the apps."""
    from .kept import forget

    return forget(pages)

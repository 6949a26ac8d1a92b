"""What can be printed. Each app registers its own kinds, since this one may not import them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.utils.text import slugify


@dataclass(frozen=True)
class Manuscript:
    """What goes to press.

    `key`: kind and name, "area:dacorum". `url`: where the same can be read on the site, a path. `parts`:
    live, public pages, each of which becomes an article.
    """

    key: str
    title: str
    url: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    parts: tuple = ()

    @property
    def anchors(self) -> dict[str, str]:
        """Where each article of a book stands in it, by its path on the site. The page that names the whole
        is not one of them."""
        return {urlsplit(page.url).path: f"p{page.pk}" for page in self.parts if page.url != self.url}


@dataclass(frozen=True)
class Kind:
    """A kind of printout.

    `find(name)`: what to print, or None unless it is public now. `url(name)`: where the same can be read on
    the site, a path; "" unless it is public now. `slug(name)`: what the saved file is called. `ahead()`:
    names of those made before anyone asks, and whether in large print. `touched(page)`: the same of those
    that a change to this page concerns. `of_services`: it lists services, so that a new one may belong in
    it. `priority`: -90 to 100, the most urgent first.
    """

    name: str
    find: Callable[[str], Manuscript | None]
    url: Callable[[str], str]
    slug: Callable[[str], str]
    ahead: Callable[[], Iterable[tuple[str, bool]]] = lambda: ()
    touched: Callable[[Any], Iterable[tuple[str, bool]]] = lambda page: ()
    of_services: bool = False
    priority: int = 0


kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    kinds[kind.name] = kind


def parted(key: str) -> tuple[Kind | None, str]:
    """The kind that a key names, None for one nobody registered, and the name within it."""
    kind, _, name = key.partition(":")
    return kinds.get(kind), name


def manuscript(key: str) -> Manuscript | None:
    kind, name = parted(key)
    return kind.find(name) if kind else None


def address(key: str) -> str:
    """Where the same can be read on the site, or "" when there is nothing public of that name."""
    kind, name = parted(key)
    return kind.url(name) if kind and name else ""


def slug(key: str) -> str:
    """What the file is called when people save it."""
    kind, name = parted(key)
    return slugify(kind.slug(name)) or "page"


def ahead() -> list[tuple[str, bool]]:
    """(key, large) of all that is made before anyone asks."""
    return [(f"{kind.name}:{name}", large) for kind in kinds.values() for name, large in kind.ahead()]


def touched(page) -> set[tuple[str, bool]]:
    """(key, large) of all that should be made anew when this page changes."""
    return {(f"{kind.name}:{name}", large) for kind in kinds.values() for name, large in kind.touched(page)}

"""Addresses of /search/: with one thing changed, of other pages and orders, and to pass on."""

import re

from django.http import QueryDict
from django.urls import reverse

from .asked import FIELD_OF
from .query import LAST_PAGE, PAGE_SIZE, Query, Result

FILTER_PARAMS = {*FIELD_OF.values(), "ages", "within", "page", "sort"}
AS_TYPED = "as-typed"
POSTCODE = re.compile(r"\b[a-z]{1,2}[0-9][0-9a-z]?\s*[0-9][a-z]{2}\b", re.IGNORECASE)


def address(params: QueryDict, changes: dict | None = None, **more) -> str:
    """/search/ with these parameters changed (None or "" takes one out, a list sets several)."""
    params = params.copy()
    changes = {**(changes or {}), **{name.rstrip("_"): value for name, value in more.items()}}
    for name, value in changes.items():
        if value in (None, "", []):
            params.pop(name, None)
        elif isinstance(value, list):
            params.setlist(name, value)
        else:
            params[name] = value
    if "page" not in changes:
        params.pop("page", None)
    for name in [name for name, values in params.lists() if not any(values)]:
        params.pop(name)
    query = params.urlencode()
    return reverse("search") + (f"?{query}" if query else "")


def parameters(url: str) -> QueryDict:
    """The parameters of such an address."""
    return QueryDict(url.partition("?")[2])


def sorts(asked, params: QueryDict) -> list[tuple[str, str, bool]]:
    """(words, address, chosen). Nearest needs a place."""
    if not asked.spot:
        return []
    return [
        ("Best match first", address(params, sort=None), asked.sort == "fit"),
        ("Nearest first", address(params, sort="distance"), asked.sort == "distance"),
    ]


def paging(result: Result, query: Query, params: QueryDict) -> dict:
    pages = min(-(-result.total // PAGE_SIZE), LAST_PAGE)
    number = query.page
    return {
        "number": number,
        "pages": pages,
        "previous_url": address(params, page=str(number - 1)) if number > 1 else "",
        "next_url": address(params, page=str(number + 1)) if number < pages else "",
    }


def shareable(asked) -> dict:
    """What to change in a link that is passed on: no postcode anywhere, only its district or a town."""
    shared = {"q": _without_postcode(asked.q)}
    if asked.place:
        shared["place"] = asked.place.shareable
        if asked.place_from_text:
            shared["q"] = _without_postcode(asked.reading.without["place"])
    elif asked.district:
        shared["place"] = asked.district.name
    else:
        shared["place"] = None
    shared["age"] = str(asked.age) if asked.age is not None and not asked.age_from_text else None
    return shared


def _without_postcode(line: str) -> str:
    return " ".join(POSTCODE.sub(" ", line).split())

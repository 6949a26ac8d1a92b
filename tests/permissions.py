"""Who there is, and one request asked as each of them without leaving a trace: for whole matrices."""

from django.db import transaction
from django.urls import reverse

ROLES = {
    "parent": "Parent co-authors",
    "young": "Young co-authors",
    "handbook": "Handbook reviewers",
    "specialist": "Specialist reviewers",
    "editor": "Editors",
    "reviewer": "Reviewers",
    "administrator": "Administrators",
}
"""A short name for each group."""


class Undo(Exception):
    """Rolls back what one request did, so that the next finds the same world."""


def answer(client, world, address, sent, done) -> str:
    """“yes”, “no” or “sign in”: whether `address(world)` can be looked at, or, where something is `sent`,
    whether it was `done`."""
    result = "no"
    try:
        with transaction.atomic():
            place = address(world)
            page = client.get(place) if sent is None else client.post(place, sent(world))
            to = page.headers.get("Location", "")
            if to.startswith(reverse("wagtailadmin_login")):
                result = "sign in"
            elif page.status_code >= 500:
                result = "error"
            elif done is None:
                refused = page.status_code in (403, 404) or to == reverse("wagtailadmin_home")
                result = "no" if refused else "yes"
            else:
                result = "yes" if done(world) else "no"
            raise Undo
    except Undo:
        return result

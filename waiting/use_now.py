"""What a family can use while it waits: asked of the directory each time a page is read."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from directory.cards import Card, card
from directory.helping import for_needs
from directory.models import Service

MOST = 6
"""Of each list; the rest is one tap away."""


@dataclass(frozen=True)
class UseNow:
    """`confirmed`: the service said so itself within a year. `worth_asking`: nobody has checked."""

    confirmed: list[Card]
    worth_asking: list[Card]


def use_now(slugs: Collection[str], today: date) -> UseNow:
    """Open services for these needs. Those that say a diagnosis or a referral is needed are in neither
    list: a family that waits cannot use them."""
    visible = Service.objects.visible()
    confirmed = for_needs(slugs, MOST, among=visible.usable_now(today))
    asking = for_needs(slugs, MOST, among=visible.worth_asking(today))
    return UseNow([card(each) for each in confirmed], [card(each) for each in asking])

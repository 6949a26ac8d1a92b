"""Urgent help above the results: by fixed rule, from records, and only what answers at this hour."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from directory.cards import Action, actions
from directory.facts import trust
from directory.models import Service
from home.urgent import OPEN, state

MOST = 5
FEWEST = 3


@dataclass(frozen=True)
class Line:
    """One line of help: whom, in a sentence, and every way in."""

    name: str
    words: str
    actions: list[Action]
    trust: object
    url: str

    @property
    def href(self) -> str:
        return self.actions[0].href if self.actions else self.url

    @property
    def tel(self) -> str:
        return self.actions[0].label if self.actions else ""


@dataclass(frozen=True)
class Panel:
    title: str
    words: str
    lines: list[Line]


def panel(kinds: Iterable[str], moment: datetime | None = None) -> Panel | None:
    """The panel for kinds of crisis (see `directory.choices.Crisis`), or None when there is none.

    It begins with what answers every kind (999), then what is meant for these.
    """
    kinds = set(kinds)
    if not kinds:
        return None
    moment = timezone.localtime(moment)
    for_all, for_these, others = [], [], []
    for service in Service.objects.visible().urgent().for_display().order_by("pk"):
        own = {part for part in service.crisis_for.split("|") if part}
        if state(service, moment) == OPEN:
            (for_all if not own else for_these if own & kinds else others).append(service)
    room = MOST - min(len(for_all), 1)
    chosen = [*for_all[:1], *for_these[:room], *for_all[1:]]
    # Where little is open for just this, someone who listens to anything is better than a bare 999.
    chosen += others[: max(0, FEWEST - len(chosen))]
    lines = [
        Line(service.name, service.summary, actions(service), trust(service), service.get_absolute_url())
        for service in chosen[:MOST]
    ]
    return Panel(
        "You can talk to someone right now",
        "These lines answer at this hour. You do not need to be sure, and you will not be judged.",
        lines,
    )

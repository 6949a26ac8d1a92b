"""Urgent help above the results: by fixed rule, from records, and only what answers at this hour."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from directory.cards import Action, actions
from directory.choices import Crisis
from directory.facts import trust
from directory.models import Service
from directory.words import join
from home.urgent import KINDS, OPEN, answers, state

MOST = 4
FEWEST = 2

WORDS = {
    "life": (
        "You can talk to someone right now",
        "You do not need to be sure, and you will not be judged.",
    ),
    "hurt": (
        "If someone is hurting you or a child",
        "It is not your fault. You do not need to be sure to ask for help.",
    ),
    "home": (
        "If you are not safe at home",
        "You can talk in private. If someone may look at your phone, use a phone that they do not see.",
    ),
    "child": (
        "When your child hurts you",
        "This happens to many parents. Asking for help is not telling on your child.",
    ),
    "missing": (
        "If a child is missing, or has run away",
        "You do not have to wait. If you do not know where a child is, call 999.",
    ),
}
"""Heading and first sentence for each group of kinds in `home.urgent.KINDS`."""

PRIVATE = {"hurt", "home"}
"""Groups for which someone near may look at the screen: the page can be left at once."""


@dataclass(frozen=True)
class Line:
    """One line of help: whom, in a sentence, and every way in."""

    name: str
    words: str
    actions: list[Action]
    trust: object
    url: str
    ref: str = ""

    @property
    def href(self) -> str:
        return self.actions[0].href if self.actions else self.url

    @property
    def tel(self) -> str:
        return self.actions[0].label if self.actions else ""


@dataclass(frozen=True)
class Section:
    """Help for one kind of crisis."""

    anchor: str
    title: str
    words: str
    lines: list[Line]


@dataclass(frozen=True)
class Panel:
    sections: list[Section]
    """Never empty. The first begins with what answers every kind of crisis: 999."""

    @property
    def lines(self) -> list[Line]:
        return [line for section in self.sections for line in section.lines]

    @property
    def refs(self) -> set[str]:
        return {line.ref for line in self.lines}

    @property
    def unchecked(self) -> str:
        """Whom nobody has asked yet if the record is right, in words; "" when all are checked."""
        names = [line.name for line in self.lines if not line.trust.checked]
        return "these services" if names == [line.name for line in self.lines] else join(names)

    @property
    def private(self) -> bool:
        return any(section.anchor in PRIVATE for section in self.sections)


def line(service: Service, moment: datetime) -> Line:
    """One service with the ways in that can be used at that local time."""
    open_now = [contact for contact in service.contacts.all() if answers(contact, moment)]
    return Line(
        service.name,
        service.summary,
        actions(service, open_now),
        trust(service),
        service.get_absolute_url(),
        service.ref,
    )


def panel(kinds: Iterable[str], moment: datetime | None = None) -> Panel | None:
    """The panel for kinds of crisis (see `directory.choices.Crisis`), or None when there is none.

    It begins with what answers every kind (999); then each kind has its own heading and help.
    """
    kinds = set(kinds)
    if not kinds:
        return None
    moment = timezone.localtime(moment)
    open_now = [
        ({part for part in service.crisis_for.split("|") if part}, service)
        for service in Service.objects.visible().urgent().for_display().order_by("pk")
        if state(service, moment) == OPEN
    ]
    first = [service for own, service in open_now if not own]
    stood = {service.pk for service in first}
    sections = []
    for anchor, _, group in KINDS:
        wanted = kinds & {str(kind) for kind in group}
        if not wanted:
            continue
        own = [service for kinds_of, service in open_now if kinds_of & wanted and service.pk not in stood]
        chosen = own[:MOST]
        # Where little is open for just this, someone who listens to anything is better than a bare 999.
        stood |= {service.pk for service in chosen}
        spare = [service for _, service in open_now if service.pk not in stood]
        chosen += spare[: max(0, FEWEST - len(chosen))]
        stood |= {service.pk for service in chosen}
        sections.append(
            Section(anchor, *WORDS[anchor], [line(service, moment) for service in first + chosen])
        )
        first = []
    return Panel(sections)


def quiet_line(moment: datetime | None = None) -> tuple[Line, Action] | None:
    """Someone to text when low words were read, and how; to call if no one can be texted now."""
    moment = timezone.localtime(moment)
    low = {Crisis.SUICIDE, Crisis.SELF_HARM}
    ways: dict[str, tuple[Line, Action]] = {}
    for service in Service.objects.visible().urgent().for_display().order_by("pk"):
        if not low & set(service.crisis_for.split("|")) or state(service, moment) != OPEN:
            continue
        made = line(service, moment)
        for action in made.actions:
            ways.setdefault(action.href.partition(":")[0], (made, action))
    return ways.get("sms") or ways.get("tel")


def said_above(crisis: Panel | None) -> Collection[str]:
    """References that stand in the panel, so that no card below says them again."""
    return crisis.refs if crisis else ()

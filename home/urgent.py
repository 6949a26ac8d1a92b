"""Urgent help from the directory's own records: what answers at this hour comes first."""

import re
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone

from directory.cards import Action, actions
from directory.choices import Answer, ContactKind, Crisis, Frequency, Season
from directory.facts import Trust, session_words, trust
from directory.models import Contact, Service

OPEN, UNKNOWN, SHUT = "open", "unknown", "shut"
ORDER = [OPEN, UNKNOWN, SHUT]

KINDS = [
    ("life", "Wanting to die, or self-harm", {Crisis.SUICIDE, Crisis.SELF_HARM}),
    ("hurt", "Someone is hurting you or a child", {Crisis.ABUSE, Crisis.EXPLOITATION}),
    ("home", "Someone at home is violent or scares you", {Crisis.VIOLENCE_AT_HOME}),
    ("child", "Your child hurts you", {Crisis.CHILD_HURTS_ME}),
    ("missing", "Someone has run away or is missing", {Crisis.MISSING}),
]
"""Anchor, heading, and the kinds of crisis below it, in the order of the page."""


@dataclass(frozen=True)
class Line:
    """One service that helps in a crisis. `state` is open, unknown or shut at the moment asked."""

    name: str
    words: str
    state: str
    hours: str
    ways: list[Action]
    not_for: str
    trust: Trust
    url: str
    anchor: str
    again: bool = False
    """Shown in full further up the page: here only its name, its hours and its first way in."""


@dataclass(frozen=True)
class Group:
    anchor: str
    title: str
    lines: list[Line]


def state(service: Service, moment: datetime) -> str:
    """Whether it answers at that local time. Only hours that are fully known can say yes or no."""
    if service.all_hours == Answer.YES:
        return OPEN
    sessions = list(service.sessions.all())
    certain = [session for session in sessions if _certain(session)]
    if any(
        moment.isoweekday() in session.weekdays and session.starts <= moment.time() < session.ends
        for session in certain
    ):
        return OPEN
    return SHUT if sessions and len(certain) == len(sessions) else UNKNOWN


HOURS = re.compile(
    r"(?P<days>every day|monday to friday|weekdays), (?P<starts>\d{1,2}[ap]m) to (?P<ends>\d{1,2}[ap]m)", re.I
)
"""Hours of one way in, as its row says them: “Monday to Friday, 9am to 6pm”."""


def answers(contact: Contact, moment: datetime) -> bool:
    """Whether this way in can be used at that local time. Hours of its own that cannot be read say no."""
    said = contact.hours.casefold()
    if not said or said.startswith("day and night"):
        return True
    hours = HOURS.fullmatch(said)
    if not hours:
        return False
    on_day = hours["days"] == "every day" or moment.isoweekday() < 6
    return on_day and _hour(hours["starts"]) <= moment.hour < _hour(hours["ends"])


def _hour(words: str) -> int:
    """Hours since midnight of “9am” or “6pm”."""
    return int(words[:-2]) % 12 + (12 if words.endswith("pm") else 0)


def _certain(session) -> bool:
    """A row of hours that holds every week of the year."""
    return bool(
        session.frequency == Frequency.WEEKLY
        and session.season in (Season.UNKNOWN, Season.ALL_YEAR)
        and not (session.valid_from or session.valid_to)
        and session.weekday
        and session.starts
        and session.ends
    )


def hours(service: Service) -> str:
    """When it answers, in words; "" when nobody knows."""
    if service.all_hours == Answer.YES:
        return "Day and night, every day"
    said = [session_words(session) for session in service.sessions.all()]
    said = said or [contact.hours for contact in service.contacts.all() if contact.hours][:1]
    return "; ".join(said)


def line(service: Service, moment: datetime) -> Line:
    spoken = hours(service)
    ways = [
        Action(way.href, way.icon, way.label, way.hidden, way.kind, _without(way.note, spoken))
        for way in actions(service)
    ]
    return Line(
        service.name,
        service.summary,
        state(service, moment),
        spoken,
        ways,
        " ".join(service.not_for.splitlines()),
        trust(service),
        service.get_absolute_url(),
        f"line-{service.pk}",
    )


def _without(note: str, spoken: str) -> str:
    """A note of a way in without the hours that the line has said already."""
    return "; ".join(part for part in note.split("; ") if part != spoken)


def groups(moment: datetime | None = None) -> list[Group]:
    """Every urgent record under each heading it answers, those open at that moment (now, if not
    told) first. The first group holds what answers every kind of crisis; empty groups are left out."""
    moment = timezone.localtime(moment)
    found = [
        ({part for part in service.crisis_for.split("|") if part}, line(service, moment))
        for service in Service.objects.visible().urgent().for_display().order_by("pk")
    ]
    headings = [("danger", "Someone is in danger now", set()), *KINDS]
    seen: set[str] = set()
    made = []
    for anchor, title, wanted in headings:
        lines = [each for kinds, each in found if (kinds & wanted if wanted else not kinds)]
        lines = sorted(lines, key=lambda each: ORDER.index(each.state))
        if lines:
            made.append(Group(anchor, title, [replace(each, again=each.anchor in seen) for each in lines]))
        seen.update(each.anchor for each in lines)
    return made


def short_lines(most: int = 5) -> list[dict[str, str]]:
    """For the foot of every page: lines that always answer, as name, words, tel and href."""
    found = []
    services = Service.objects.visible().urgent().filter(all_hours=Answer.YES)
    for service in services.prefetch_related("contacts").order_by("pk"):
        contact = next(filter(_short, service.contacts.all()), None)
        if contact and (not service.crisis_for or Crisis.SUICIDE in service.crisis_for.split("|")):
            found.append(
                {
                    "name": service.name if service.crisis_for else "In danger",
                    "words": contact.label,
                    "tel": contact.value,
                    "href": contact.href,
                }
            )
    return found[:most]


def _short(contact: Contact) -> bool:
    return contact.kind in (ContactKind.PHONE, ContactKind.TEXT) and bool(contact.href)

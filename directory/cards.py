"""A service as a card in a list and as a page: what templates read."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from . import words
from .choices import NOT_STATED, Answer, ContactKind
from .facts import (
    AccessAnswer,
    Fact,
    Trust,
    access_answers,
    ask_yourself,
    card_facts,
    may_fit,
    session_words,
    status,
    trust,
    wait,
    who_is_told,
    without_a_call,
)
from .models import AccessFeature, Contact, SchoolDetails, Service
from .richtext import safe_words


@dataclass(frozen=True)
class Action:
    """A button: what a tap does, its icon, its words, and who it is for screen readers."""

    href: str
    icon: str
    label: str
    hidden: str = ""
    kind: str = "secondary"
    note: str = ""


ICONS = {
    ContactKind.PHONE: ("phone", "Call"),
    ContactKind.TEXT: ("text", "Text"),
    ContactKind.CHAT: ("chat", "Chat online"),
    ContactKind.EMAIL: ("mail", "Email"),
    ContactKind.FORM: ("web", "Fill in their form"),
    ContactKind.WEBSITE: ("web", "Visit website"),
    ContactKind.RELAY_UK: ("text", "Relay UK"),
    ContactKind.BSL: ("person", "Use BSL"),
    ContactKind.DROP_IN: ("pin", "Drop in"),
    ContactKind.POST: ("mail", "Write"),
}
HTTP = ("https://", "http://")
SHOWS_NUMBER = (ContactKind.PHONE, ContactKind.TEXT, ContactKind.RELAY_UK)


def actions(service: Service, contacts: Iterable[Contact] | None = None) -> list[Action]:
    """Every way in that can be tapped (or those of these contacts), the telephone first."""
    contacts = sorted(
        service.contacts.all() if contacts is None else contacts,
        key=lambda c: (c.kind != ContactKind.PHONE, c.order),
    )
    made = []
    for contact in contacts:
        if not contact.href:
            continue
        icon, verb = ICONS[contact.kind]
        label = f"{verb} {contact.value}" if contact.kind in SHOWS_NUMBER else verb
        note = ". ".join(part for part in (contact.label, contact.hours, contact.note) if part)
        made.append(Action(contact.href, icon, label, service.name, "secondary" if made else "primary", note))
    return made


def other_ways(service: Service) -> list:
    """Ways in with nothing to tap: drop-in, post, a place."""
    return [contact for contact in service.contacts.all() if not contact.href]


@dataclass
class Card:
    """One service in a list."""

    title: str
    url: str
    ref: str
    provider: str
    summary: str
    facts: list[tuple[str, str, str]]
    unknown: list[str]
    silent: list[str]
    trust: Trust
    school: bool = False
    status_words: str = ""
    may_fit: str = ""
    why: list[str] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)


def card(service: Service, years: int | None = None, for_me: bool = False) -> Card:
    facts = card_facts(service, for_me)
    ways = actions(service)
    return Card(
        title=service.name,
        url=service.get_absolute_url(),
        ref=service.ref,
        provider=service.provider.name if service.provider else "",
        summary=service.summary,
        facts=[(fact.label, fact.words, fact.small) for fact in facts if fact.known],
        unknown=[fact.label for fact in facts if not fact.known and not fact.silent],
        silent=[fact.label for fact in facts if not fact.known and fact.silent],
        trust=trust(service),
        school=service.kind == "school",
        status_words=status(service),
        may_fit=may_fit(service, years),
        actions=ways[:1],
    )


def referrer_answers(service: Service) -> list[AccessAnswer]:
    """Who can ask for it. Those nobody has looked up yet are said to be not known."""
    return [
        AccessAnswer(label, Answer(answer))
        for label, answer in (
            ("A parent or carer", service.refer_parent),
            ("A young person", service.refer_self),
            ("A school", service.refer_school),
            ("A GP", service.refer_gp),
            ("Another professional", service.refer_professional),
        )
    ]


def school_facts(school: SchoolDetails) -> list[Fact]:
    from_name = "Read from its name" if school.phase and school.phase_from_name else ""

    def answer(label: str, value: str, small: str = "") -> Fact:
        known = Answer(value)
        return Fact(label, known.label if known.known else "", small, silent=value == NOT_STATED)

    return [
        Fact("Phase", school.get_phase_display() if school.phase else "", from_name),
        Fact("Type", school.school_type),
        answer("Special school", school.special),
        answer("SEN unit or base", school.send_unit, school.send_unit_note),
        Fact("SEND contact", school.send_contact),
        answer("Independent", school.independent),
        answer("Section 41 approved", school.section_41),
    ]


def _source(line: str) -> dict:
    """A source as a link with the name of its site, or as plain words."""
    if line.startswith(HTTP):
        url, _, rest = line.partition(" ")
        site = url.split("/")[2].removeprefix("www.")
        return {"url": url, "words": f"{site} {rest}".strip()}
    return {"url": "", "words": line}


def _unasked(answered: list[AccessAnswer]) -> list[str]:
    """Names of access questions that have no answer yet."""
    known = {answer.label for answer in answered if answer.answer != Answer.UNKNOWN}
    names = AccessFeature.objects.values_list("name", flat=True)
    return [name for name in names if name not in known]


def _not_known(facts: list[Fact]) -> str:
    """Names of the facts of which nothing at all is known, in words."""
    return words.join(words.mid_sentence(fact.label) for fact in facts if not fact.listed)


def service_context(service: Service, request=None) -> dict:
    """Everything templates/directory/service.html needs."""
    contacts = list(service.contacts.all())
    answered, asking = access_answers(service), referrer_answers(service)
    venues = [row for row in service.service_venues.all() if not row.venue.confidential]
    head = [*card_facts(service), wait(service)]
    young = [ask_yourself(service), who_is_told(service), without_a_call(service)]
    school = school_facts(service.school) if service.school else []
    hidden_place = any(row.venue.confidential for row in service.service_venues.all())
    return {
        "service": service,
        "referral_url": service.referral_url if service.referral_url.startswith(HTTP) else "",
        "description": safe_words(service.description),
        "what_happens": safe_words(service.what_happens),
        "head_facts": head,
        "head_unknown": _not_known(head),
        "get_it_by": next((fact for fact in head if fact.label == "Get it by"), None),
        "young_facts": young,
        "young_unknown": _not_known(young),
        "trust": trust(service),
        "status_words": status(service),
        "status_notice": {"title": status(service), "words": service.status_note},
        "actions": actions(service),
        "other_ways": other_ways(service),
        "phone_only": bool(contacts) and all(c.kind == ContactKind.PHONE for c in contacts),
        "steps": words.lines(service.how_to_get_it),
        "not_for": words.lines(service.not_for),
        "sources": [_source(line) for line in words.lines(service.source)],
        "sessions": [(session, session_words(session)) for session in service.sessions.all()],
        "venues": venues,
        "hidden_place": hidden_place,
        "access": [answer for answer in answered if answer.answer != Answer.UNKNOWN],
        "access_unknown": _unasked(answered),
        "languages": [language.name for language in service.languages.all()],
        "silent": dict.fromkeys(service.silent, True),
        "school_facts": school,
        "school_unknown": _not_known(school),
        "needs": list(service.needs.all()),
        "referrers": [answer for answer in asking if answer.answer != Answer.UNKNOWN],
        "referrers_unknown": words.join(
            (words.mid_sentence(answer.label) for answer in asking if answer.answer == Answer.UNKNOWN), "or"
        ),
    }

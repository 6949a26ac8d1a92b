"""What one service's page and card say: each fact with its words, or plainly that it is not known.

Works on a live record, on a draft and on a preview that was never saved: relations are only read
with `.all()`, since a draft's are lists in disguise.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.cache import cache
from django.utils import timezone

from . import words
from .choices import NOT_STATED, Answer, ContactKind, Cost, Diagnosis, Frequency, Status
from .models import Area, Service

NOT_KNOWN = "Not known yet"
SILENT = "The source does not say"
FRESH = timedelta(days=365)
URGENT_FRESH = timedelta(days=31)
"""Records of urgent help are checked every month."""

WITHOUT_A_CALL = (
    ContactKind.TEXT,
    ContactKind.CHAT,
    ContactKind.EMAIL,
    ContactKind.FORM,
    ContactKind.DROP_IN,
    ContactKind.RELAY_UK,
    ContactKind.BSL,
)


@dataclass(frozen=True)
class Fact:
    """One fact. `words` is empty when it is not known; `silent` tells the two unknowns apart."""

    label: str
    words: str = ""
    small: str = ""
    silent: bool = False

    @property
    def known(self) -> bool:
        return bool(self.words)

    @property
    def shown(self) -> str:
        """Its words; else which of the two unknowns it is."""
        return self.words or (SILENT if self.silent else NOT_KNOWN)

    @property
    def listed(self) -> bool:
        """Whether it has a row of its own; what nobody has looked up stands in one line with others."""
        return bool(self.words or self.small or self.silent)


@dataclass(frozen=True)
class Trust:
    checked: bool
    words: str
    stale: bool = False


def whole_name() -> str:
    """The name of the area that holds all the others, kept for a minute."""
    name = cache.get("whole-area-name")
    if name is None:
        area = Area.objects.current().filter(kind__whole=True).first()
        name = area.name if area else ""
        cache.set("whole-area-name", name, 60)
    return name


def ages(service: Service) -> Fact:
    rows = service.age_ranges.all()
    stated = [words.age_span(row.min_months, row.max_months) for row in rows if not row.condition]
    conditional = [
        f"{words.age_span(row.min_months, row.max_months)} {row.condition}" for row in rows if row.condition
    ]
    text = words.join(span for span in stated if span)
    if not text and conditional:
        return Fact("Ages", words.join(conditional))
    return Fact("Ages", text, "; ".join(conditional), silent="ages" in service.silent)


def where(service: Service) -> Fact:
    parts = []
    if service.whole_county == Answer.YES:
        parts.append(f"All of {whole_name()}" if whole_name() else "The whole county")
    else:
        parts += [area.name for area in service.areas.all()]
    if service.online == Answer.YES:
        parts.append("online")
    if service.by_phone == Answer.YES:
        parts.append("by phone")
    towns = [
        row.venue.town
        for row in service.service_venues.all()
        if row.venue.town and not row.venue.confidential
    ]
    if not parts:
        parts = sorted(set(towns))
    text = words.join(parts)
    return Fact("Where", text[:1].upper() + text[1:], service.reach_note, silent="reach" in service.silent)


def diagnosis(service: Service) -> Fact:
    if service.diagnosis in (Diagnosis.UNKNOWN, Diagnosis.NOT_STATED):
        return Fact("Diagnosis", "", service.diagnosis_note, silent=service.diagnosis == Diagnosis.NOT_STATED)
    return Fact("Diagnosis", service.get_diagnosis_display(), service.diagnosis_note)


def get_it_by(service: Service) -> Fact:
    """How a family starts: asking themselves when they can, else through someone."""
    kinds = {contact.kind for contact in service.contacts.all()}
    own = Answer.YES in (service.refer_parent, service.refer_self)
    through = [
        name
        for name, answer in (
            ("your GP", service.refer_gp),
            ("school", service.refer_school),
            ("another professional", service.refer_professional),
        )
        if answer == Answer.YES
    ]
    text = ""
    if own:
        ways = (
            (ContactKind.DROP_IN, "Drop in"),
            (ContactKind.PHONE, "Phone them yourself"),
            (ContactKind.FORM, "Fill in a form yourself"),
            (ContactKind.CHAT, "Chat online"),
        )
        text = next((way for kind, way in ways if kind in kinds), "Ask them yourself")
    elif through:
        text = f"Ask {words.join(through, 'or')}"
    elif service.needs_referral == Answer.YES:
        return Fact("Get it by", "Referral", "Ask them who can refer")
    small = f"Or ask {words.join(through, 'or')}" if own and through else ""
    return Fact("Get it by", text, small, silent="referral" in service.silent)


def cost(service: Service) -> Fact:
    if service.cost in (Cost.UNKNOWN, Cost.NOT_STATED):
        return Fact("Cost", "", service.cost_note, silent=service.cost == Cost.NOT_STATED)
    return Fact("Cost", service.get_cost_display(), service.cost_note)


def wait(service: Service) -> Fact:
    small = f"As of {words.long_date(service.wait_on)}" if service.wait and service.wait_on else ""
    return Fact("Usual wait", service.wait, small, silent="wait" in service.silent)


def ask_yourself(service: Service) -> Fact:
    """For a young person: whether they can ask for this themselves, and from what age."""
    text = ""
    if service.refer_self == Answer.YES:
        text = f"Yes, from age {service.self_refer_from}" if service.self_refer_from else "Yes"
    elif service.refer_self == Answer.NO:
        text = "No. Ask someone you trust to help"
    return Fact("Ask for yourself", text, service.self_refer_how, silent=service.refer_self == NOT_STATED)


def who_is_told(service: Service) -> Fact:
    known = service.confidentiality not in ("", NOT_STATED)
    return Fact(
        "Who is told",
        service.get_confidentiality_display() if known else "",
        service.confidentiality_note,
        silent=service.confidentiality == NOT_STATED,
    )


def without_a_call(service: Service) -> Fact:
    kinds = {contact.kind for contact in service.contacts.all()}
    ways = [kind.label for kind in WITHOUT_A_CALL if kind in kinds]
    return Fact("Without a call", words.join(ways, "or"), silent="contacts" in service.silent)


def card_facts(service: Service, for_me: bool = False) -> list[Fact]:
    if for_me:
        return [
            ages(service),
            where(service),
            ask_yourself(service),
            who_is_told(service),
            without_a_call(service),
        ]
    return [ages(service), where(service), diagnosis(service), get_it_by(service), cost(service)]


def may_fit(service: Service, years: int | None) -> str:
    """“May fit if…”: the only range that holds this age (whole years) has a condition."""
    if years is None:
        return ""
    fitting = [row for row in service.age_ranges.all() if row.holds(years * 12, years * 12 + 11)]
    if not fitting or any(not row.condition for row in fitting):
        return ""
    return f"May fit age {years} {words.join((row.condition for row in fitting), 'or')}"


def trust(service: Service, today: date | None = None) -> Trust:
    if not service.checked_on:
        return Trust(False, "Not yet checked with the service")
    limit, ago = (URGENT_FRESH, "a month") if service.crisis else (FRESH, "a year")
    stale = (today or timezone.localdate()) - service.checked_on > limit
    said = f"Checked {words.long_date(service.checked_on)} by {service.checked_by or 'an editor'}"
    return Trust(not stale, f"{said}. That is over {ago} ago" if stale else said, stale)


def status(service: Service, today: date | None = None) -> str:
    """Words when the service is not simply open, else "" (unknown is not shouted about)."""
    today = today or timezone.localdate()
    if service.status in (Status.UNKNOWN, Status.OPEN):
        return ""
    if service.status_to and service.status_to < today:
        return ""
    if service.status_from and service.status_from > today:
        return f"{service.get_status_display()} from {words.long_date(service.status_from)}"
    until = f" until {words.long_date(service.status_to)}" if service.status_to else ""
    return service.get_status_display() + until


def session_words(session) -> str:
    """One row of opening times as a sentence: “Every week on Monday to Friday, 9am to 5pm”."""
    day = session.get_weekday_display() if session.weekday else ""
    if session.weekday and session.weekday_to and session.weekday_to != session.weekday:
        day = f"{day} to {session.get_weekday_to_display()}"
    if session.frequency == Frequency.NTH and session.nth_week:
        day = f"{session.get_nth_week_display()} {day} of the month".strip()
    elif session.frequency in (Frequency.FORTNIGHTLY, Frequency.MONTHLY):
        day = f"{session.get_frequency_display()}, {day}" if day else session.get_frequency_display()
    elif session.frequency == Frequency.ONCE and session.valid_from:
        day = words.long_date(session.valid_from)
    times = ""
    if session.starts and session.ends:
        times = f"{words.clock(session.starts)} to {words.clock(session.ends)}"
    elif session.starts:
        times = f"from {words.clock(session.starts)}"
    season = session.get_season_display() if session.season else ""
    dates = ""
    if session.frequency != Frequency.ONCE and session.valid_from and session.valid_to:
        dates = f"{words.long_date(session.valid_from)} to {words.long_date(session.valid_to)}"
    elif session.frequency != Frequency.ONCE and session.valid_to:
        dates = f"until {words.long_date(session.valid_to)}"
    said = ", ".join(part for part in (day, times, season.lower(), dates) if part)
    said = said[:1].upper() + said[1:]
    return f"{said}. {session.note}" if said and session.note else said or session.note


STATES = {Answer.YES: "yes", Answer.NO: "no", Answer.NOT_STATED: "silent", Answer.UNKNOWN: "unknown"}


@dataclass(frozen=True)
class AccessAnswer:
    label: str
    answer: Answer
    note: str = ""

    @property
    def state(self) -> str:
        return STATES[self.answer]


def access_answers(service: Service) -> list[AccessAnswer]:
    """Each access question with its answer: what the service says, else what its places say."""
    found: dict[str, AccessAnswer] = {}
    rows = list(service.access.all())
    for row in service.service_venues.all():
        if not row.venue.confidential:
            rows += row.venue.access.all()
    for row in rows:
        known = found.get(row.feature.name)
        if known is None or not known.answer.known:
            found[row.feature.name] = AccessAnswer(row.feature.name, Answer(row.answer), row.note)
    return list(found.values())

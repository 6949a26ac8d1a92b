"""Services and schools as search sees them.

Promise 4 is written here and nowhere else: what a record does not say fits everything, so a facet
it is silent about is simply absent from `fits`.
"""

from collections.abc import Iterable, Iterator
from datetime import time, timedelta

from django.utils import timezone
from django.utils.html import strip_tags

from directory.choices import (
    NOT_STATED,
    Answer,
    Cost,
    DecidedBy,
    Diagnosis,
    Season,
    Status,
)
from directory.facts import FRESH, WITHOUT_A_CALL, access_answers
from directory.models import AccessFeature, Area, Need, Service
from search.query import WHAT, Document
from search.reading.names import name_tokens
from search.tokens import tokens

OLDEST = 25
EVENING = time(17, 0)
SHUT = (Status.NOT_TAKING, Status.PAUSED)

Values = dict[str, frozenset[str]]


def documents(pks: Iterable[int] | None = None) -> Iterator[Document]:
    """Documents of every visible record, or of those with these keys."""
    records = Service.objects.visible().exclude(status=Status.CLOSED)
    if pks is not None:
        records = records.filter(pk__in=list(pks))
    records = records.for_display()
    areas, needs = Overlaps(), NeedWords()
    features = frozenset(AccessFeature.objects.values_list("slug", flat=True))
    for record in records.order_by("pk").iterator(chunk_size=500):
        yield document(record, areas, needs, features)


class Overlaps:
    """Which areas overlap which, read once for a whole run."""

    def __init__(self):
        self.decided_by: dict[int, str] = {}
        self.code: dict[int, str] = {}
        self.units: dict[int, set[int]] = {}
        self.holders: dict[int, set[int]] = {}
        for area in Area.objects.current().select_related("kind").prefetch_related("covers"):
            self.code[area.pk] = area.code
            self.decided_by[area.pk] = area.kind.decided_by
            units = {row.unit_id for row in area.covers.all()} or {area.pk}
            self.units[area.pk] = units
            for unit in units:
                self.holders.setdefault(unit, set()).add(area.pk)

    def codes(self, area: Area) -> set[str]:
        """Codes of every area that shares a home unit with this one."""
        shared = {pk for unit in self.units.get(area.pk, ()) for pk in self.holders.get(unit, ())}
        return {self.code[pk] for pk in shared} | {area.code}


class NeedWords:
    """Tokens and broad areas of every need, made once for a whole run."""

    def __init__(self):
        self.tokens: dict[int, tuple[str, ...]] = {}
        self.broad: dict[int, set[str]] = {}
        for need in Need.objects.prefetch_related("broad_areas"):
            # Family words lead to the need when a line is read; here they would count once more.
            self.tokens[need.pk] = tuple(dict.fromkeys(tokens(need.professional)))
            self.broad[need.pk] = {broad.slug for broad in need.broad_areas.all()}


def document(
    service: Service, overlaps: Overlaps, need_words: NeedWords, features: frozenset[str]
) -> Document:
    """One visible service as search sees it."""
    fits: Values = {}
    explicit: Values = {}

    def say(facet: str, fitting: Iterable[str], stated: Iterable[str] | None = None):
        fits[facet] = frozenset(fitting)
        explicit[facet] = frozenset(fits[facet] if stated is None else stated)

    say("kind", [service.kind])
    say("category", [service.category] if service.category else [])
    _needs(service, need_words, say, explicit)
    explicit["audience"] = _audience(service)
    _ages(service, say)
    _places(service, overlaps, fits, explicit)
    _ways_in(service, say, explicit)
    _times(service, say)
    no = {answer.label: answer.answer for answer in access_answers(service)}
    _access(service, no, features, say, explicit)
    if languages := [language.code for language in service.languages.all()]:
        say("language", languages)
    if service.school:
        if service.school.phase:
            say("phase", [service.school.phase])
    else:
        say("phase", [])
    if service.status in SHUT:
        say("open", [])
    else:
        explicit["open"] = frozenset(["yes"] if service.status == Status.OPEN else [])

    everywhere = Answer.YES in (service.whole_county, service.online, service.by_phone)
    return Document(
        ref=service.ref,
        kind=service.kind,
        words=_words(service, need_words),
        fits={facet: fits[facet] for facet in WHAT} if service.helpline else fits,
        explicit={facet: values for facet, values in explicit.items() if values},
        points=tuple(
            row.venue.point
            for row in service.service_venues.all()
            if row.venue.point and row.visitors != Answer.NO
        ),
        anywhere=everywhere,
        helpline=service.helpline,
        checked=bool(service.checked_on and timezone.localdate() - service.checked_on <= FRESH),
        open=service.status not in SHUT,
        title=service.name,
    )


def _needs(service, need_words, say, explicit):
    tagged = {need.slug for need in service.needs.all()}
    tagged |= {slug for need in service.needs.all() for slug in need_words.broad.get(need.pk, ())}
    if service.any_need:
        explicit["need"] = frozenset(tagged)
    else:
        say("need", tagged)
    explicit["mainly"] = frozenset(need.slug for need in service.main_needs.all())


PROFESSIONALS = frozenset(tokens("schools settings professionals senco sencos staff nurseries childminders"))


def _audience(service) -> frozenset[str]:
    """Whom it is for. Only where neither a parent nor a young person can ask is it not for families."""
    shut = service.refer_parent == Answer.NO and service.refer_self == Answer.NO
    told = service.refer_school == Answer.YES or not PROFESSIONALS.isdisjoint(tokens(service.who_for))
    audience = {
        "family": not shut,
        "young": service.refer_self == Answer.YES or _told_young(service),
        "professional": told or shut,
    }
    return frozenset(who for who, holds in audience.items() if holds)


def _told_young(service) -> bool:
    """Nobody need refer them, and it says that it is for young people."""
    shut = service.needs_referral == Answer.YES or service.refer_self == Answer.NO
    return not shut and "young" in tokens(service.who_for)


def _ages(service, say):
    """Years 0 to 25. A range with a condition fits; one with both ends also says so itself."""
    rows = service.age_ranges.all()
    if not rows:
        return
    fitting, stated = set(), set()
    for row in rows:
        start = (row.min_months or 0) // 12
        end = OLDEST if row.max_months is None else min(row.max_months // 12, OLDEST)
        years = {str(year) for year in range(start, end + 1)}
        fitting |= years
        if not row.condition and None not in (row.min_months, row.max_months):
            stated |= years
    say("age", fitting, stated)


def _places(service, overlaps, fits, explicit):
    """Areas by who decides them. Where someone lives and which GP they have are asked apart."""
    named = list(service.areas.all())
    everywhere = Answer.YES in (service.whole_county, service.online, service.by_phone)
    by_gp = [area for area in named if overlaps.decided_by.get(area.pk) == DecidedBy.GP]
    by_home = [area for area in named if area not in by_gp]
    for facet, areas in (("area", by_home), ("gp", by_gp)):
        codes = frozenset(code for area in areas for code in overlaps.codes(area))
        if codes:
            explicit[facet] = codes
            if not everywhere:
                fits[facet] = codes


def _ways_in(service, say, explicit):
    if service.diagnosis == Diagnosis.NEEDED:
        say("diagnosis", [Diagnosis.NEEDED])
    elif service.diagnosis == Diagnosis.WAITING:
        say("diagnosis", [Diagnosis.WAITING, Diagnosis.NEEDED], [Diagnosis.WAITING])
    elif service.diagnosis == Diagnosis.NOT_NEEDED:
        explicit["diagnosis"] = frozenset([Diagnosis.NOT_NEEDED, Diagnosis.WAITING])

    referrers = {
        "self": service.refer_self,
        "parent": service.refer_parent,
        "school": service.refer_school,
        "gp": service.refer_gp,
        "professional": service.refer_professional,
    }
    able = [who for who, answer in referrers.items() if answer == Answer.YES]
    say("referral", [who for who, answer in referrers.items() if answer != Answer.NO], able)

    kinds = {contact.kind for contact in service.contacts.all()}
    stated = {str(kind) for kind in kinds}
    if kinds & set(WITHOUT_A_CALL) or service.online == Answer.YES:
        stated.add("no-phone")
    explicit["contact"] = frozenset(stated)

    if service.cost == Cost.PAID:
        say("cost", [Cost.PAID])
    elif service.cost not in (Cost.UNKNOWN, NOT_STATED):
        say("cost", [Cost.FREE, Cost.SOME_FREE], [service.cost])

    reach = {"county": service.whole_county, "online": service.online, "phone": service.by_phone}
    able = [way for way, answer in reach.items() if answer == Answer.YES]
    if any(row.venue.point and row.visitors != Answer.NO for row in service.service_venues.all()):
        able.append("place")
    open_question = [way for way, answer in reach.items() if not Answer(answer).known]
    say("reach", [*able, *open_question], able)


def _times(service, say):
    """Evening (from 5pm), weekend and holidays. Without rows nobody knows, so everything fits."""
    sessions = service.sessions.all()
    if service.all_hours == Answer.YES:
        say("when", ["evening", "weekend", "holidays"])
        return
    if not sessions:
        return
    stated, fitting = set(), set()
    for session in sessions:
        if (session.ends and session.ends > EVENING) or (session.starts and session.starts >= EVENING):
            stated.add("evening")
        if any(day >= 6 for day in session.weekdays):
            stated.add("weekend")
        if session.season in (Season.HOLIDAYS, Season.ALL_YEAR):
            stated.add("holidays")
        if session.season == Season.UNKNOWN:
            fitting.add("holidays")
        if session.ends is None:
            fitting.add("evening")
        if session.weekday is None:
            fitting.add("weekend")
    say("when", stated | fitting, stated)


def _access(service, answers, features, say, explicit):
    slugs = {}
    for row in service.access.all():
        slugs[row.feature.name] = row.feature.slug
    for row in service.service_venues.all():
        for line in row.venue.access.all():
            slugs[line.feature.name] = line.feature.slug
    yes = [slugs[name] for name, answer in answers.items() if answer == Answer.YES]
    no = {slugs[name] for name, answer in answers.items() if answer == Answer.NO}
    if no:
        say("access", features - no, yes)
    else:
        explicit["access"] = frozenset(yes)


def _words(service, need_words) -> dict[str, tuple[str, ...]]:
    """Tokens by field. Who it is not for is left out: those words would bring the wrong people."""
    towns = [row.venue.town for row in service.service_venues.all() if not row.venue.confidential]
    provider = service.provider
    text = {
        "title": [service.name, service.other_names],
        "provider": [provider.name, provider.other_names] if provider else [],
        "summary": [service.summary, service.get_category_display() if service.category else ""],
        "description": [
            strip_tags(service.description),
            strip_tags(service.what_happens),
            service.who_for,
            service.reach_note,
            *towns,
            *(area.name for area in service.areas.all()),
        ],
    }
    made = {name: tokens(" . ".join(part for part in parts if part)) for name, parts in text.items()}
    for name, named in (("title", service), ("provider", provider)):
        if named:
            made[name] += name_tokens([named.name, *named.other_names.splitlines()])
    made["needs"] = tuple(token for need in service.needs.all() for token in need_words.tokens[need.pk])
    return made


def freshness_changes(since, today) -> list[str]:
    """References whose "checked within a year" lapsed between two days, for the clock work."""
    lapsed = Service.objects.visible().filter(
        checked_on__gte=since - FRESH, checked_on__lt=today - FRESH + timedelta(days=1)
    )
    return [f"service:{pk}" for pk in lapsed.values_list("pk", flat=True)]

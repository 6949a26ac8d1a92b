"""One page of results as cards in groups, each with why it is there; and lines to ring."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils.html import strip_tags

from directory.cards import Card, actions, card
from directory.choices import Answer
from directory.facts import trust
from directory.models import Need, Service
from directory.words import join, miles

from .crisis import Line
from .query import Hit, Query, Result
from .tokens import tokens

MOST_HELPLINES = 3
BEFORE_READING = 3
"""Cards above what can be read."""
MOST_REASONS = 2
"""Needs, and words, that one card names."""


@dataclass
class Shown:
    """One page of results: groups of (title, hint, cards), and the many groups that are each for one area."""

    groups: list[tuple[str, str, list[Card]]]
    local: list[Service]


def records(refs: Sequence[str]) -> dict[str, Service]:
    """The visible records of these references. What was unpublished a moment ago is not among them."""
    keys = [int(ref.partition(":")[2]) for ref in refs if ref.startswith("service:")]
    found = Service.objects.visible().filter(pk__in=keys).for_display()
    return {service.ref: service for service in found}


def shown(asked, query: Query, result: Result, said: Collection[str] = ()) -> Shown:
    """Those that say so themselves first, then those that may also help. For a young person "say so"
    means that they can ask for it themselves; else that it names the need. Without a place, what is
    open to any need in one area stands in short: one of them is the family's, and we cannot tell which.

    `said` holds the references that stand above the results already: they are not repeated."""
    found = records([hit.ref for hit in result.hits if hit.ref not in said])
    first: list[Card] = []
    others: list[Card] = []
    local: list[Service] = []
    for hit in result.hits:
        service = found.get(hit.ref)
        if service is None:
            continue
        needs = query.needs & {need.slug for need in service.needs.all()}
        says_so = service.refer_self == Answer.YES if asked.for_me else bool(needs)
        if not says_so and service.any_need and service.areas.all() and not asked.knows_where:
            local.append(service)
            continue
        made = card(service, asked.age, asked.for_me)
        made.why = why(service, hit, query, asked)
        (first if says_so else others).append(made)
    groups = [
        ("You can ask for these yourself", "", first),
        ("We do not know yet if you can ask", "You can still try, or ask someone you trust to help.", others),
    ]
    if not asked.for_me:
        groups = [
            ("Best matches", "", first),
            ("May also help", "They fit the rest, but do not name it.", others),
        ]
        if not first:
            groups = [("", "", others)]
    return Shown([group for group in groups if group[2]], local)


def parted(groups: list[tuple[str, str, list[Card]]]) -> list[tuple[str, str, list[Card]]]:
    """The same groups, the first in two where it is long: something to read stands between, in sight."""
    if not groups or len(groups[0][2]) <= BEFORE_READING:
        return groups
    title, hint, cards = groups[0]
    return [
        (title, hint, cards[:BEFORE_READING]),
        ("More that fit", "", cards[BEFORE_READING:]),
        *groups[1:],
    ]


def why(service: Service, hit: Hit, query: Query, asked) -> list[str]:
    """In a few words, why this is here. Only what was typed or chosen is named, so a sign never makes
    it name a condition."""
    named = {*asked.shown_needs, *(asked.given.get("need") or [])}
    needs = [short_name(need.name) for need in service.needs.all() if need.slug in named][:MOST_REASONS]
    said = [f"for {join(needs)}"] if needs else []
    if not needs:
        near = [need.name for need in service.needs.all() if nearest(need, query)][:MOST_REASONS]
        said += [f"near: {join(map(short_name, near))}"] if near else []
    if words := held(service, asked.reading.unknown)[:MOST_REASONS]:
        said.append(f"matches {join(f'“{word}”' for word in words)}")
    if service.any_need and query.needs:
        said.append("open to any need")
    if hit.parts.get("age"):
        said.append(f"says age {asked.age}" if asked.age is not None else "says this age")
    if hit.parts.get("area"):
        said.append(f"covers {asked.district.name}" if asked.district else "covers your area")
    if hit.metres is not None:
        said.append(miles(hit.metres))
    return said


def nearest(need: Need, query: Query) -> bool:
    """Near what was asked. One that names a condition is not said: nobody typed it."""
    return need.slug in query.near_needs and not need.names_condition


def short_name(name: str) -> str:
    """The name of a need up to its second half: “Autism” of “Autism, or might be autistic”."""
    return f"“{name.partition(', or ')[0]}”"


def held(service: Service, words: Sequence[str]) -> list[str]:
    """Those of the words that the record's own text holds, in their order."""
    typed = [(word, tokens(word)) for word in dict.fromkeys(words)]
    if not any(stems for _, stems in typed):
        return []
    provider = service.provider
    texts = [service.name, service.other_names, service.summary, service.who_for]
    texts += [strip_tags(service.description), strip_tags(service.what_happens)]
    texts += [provider.name, provider.other_names] if provider else []
    own = set(tokens(" . ".join(texts)))
    return [word for word, stems in typed if stems and own.issuperset(stems)]


def helplines(query: Query, said: Collection[str] = ()) -> list[Line]:
    """Lines to ring whatever was searched for: those for the need first. No filter touches them."""
    found = Service.objects.visible().helplines().filter(crisis=False).for_display()
    found = [service for service in found if service.ref not in said]
    found.sort(key=lambda s: (not query.needs & {need.slug for need in s.needs.all()}, s.name))
    return [
        Line(service.name, service.summary, actions(service), trust(service), service.get_absolute_url())
        for service in found[:MOST_HELPLINES]
    ]

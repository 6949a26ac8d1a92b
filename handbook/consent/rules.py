"""The rules of consent. Pure apart from Django's lists of choices.

Sources: Mental Capacity Act 2005, sections 1 to 4 (from 16 a person is taken to be able to decide unless it
is shown otherwise; a decision for somebody who cannot is made in their best interests); UK GDPR, article 7
(consent can be shown, and taken back as easily as given).
"""

import calendar
import re
from dataclasses import dataclass, fields
from datetime import date

from django.db import models

LONGEST_YEARS = 5
BESIDE = "A full name never stands beside details of a child."


class About(models.TextChoices):
    NOBODY = "nobody", "Nobody’s child: it is about who said it, or about services"
    UNDER_16 = "under_16", "A child under 16"
    AGE_16_17 = "16_17", "A young person of 16 or 17"
    ADULT = "adult", "A young adult of 18 or over"


class ConsentOf(models.TextChoices):
    SELF = "self", "Themselves: the person it is about, or who said it"
    PARENT = "parent", "A parent or carer"
    BEST_INTERESTS = (
        "best_interests",
        "A best-interests decision, for someone of 16 or over who cannot decide",
    )


class NamedAs(models.TextChoices):
    FULL = "full", "Full name"
    FIRST = "first", "First name"
    WORDS = "words", "Words such as “a parent in Stevenage”"
    NONE = "none", "No name"


@dataclass(frozen=True)
class Terms:
    """What the rules look at; named as the fields of `handbook.models.Consented`."""

    given_by: str = "Anna Green"
    about: str = About.NOBODY
    consent_of: str = ConsentOf.SELF
    best_interests_role: str = ""
    best_interests_note: str = ""
    named_as: str = NamedAs.NONE
    public_name: str = ""
    for_website: bool = True
    for_print: bool = False
    for_talks: bool = False
    for_social: bool = False
    given_on: date | None = None
    expires_on: date | None = None

    @classmethod
    def of(cls, record) -> "Terms":
        return cls(**{field.name: getattr(record, field.name) for field in fields(cls)})


def faults(terms: Terms, today: date) -> dict[str, str]:
    """Field → what is wrong with it, in words for whoever filled in the form. Empty: nothing."""
    return who(terms) | name(terms) | uses(terms) | dates(terms, today)


def who(terms: Terms) -> dict[str, str]:
    """Whether the right person consented."""
    over_16 = terms.about in (About.AGE_16_17, About.ADULT)
    if terms.consent_of == ConsentOf.PARENT and over_16:
        return {
            "consent_of": "From 16 a person decides this for themselves, and is taken to be able to "
            "unless it is shown otherwise (Mental Capacity Act 2005, section 1). Please ask them, with any "
            "help they need. If they cannot decide this even with help, choose “a best-interests decision” "
            "and note who decided and how."
        }
    if terms.consent_of == ConsentOf.SELF and terms.about == About.UNDER_16:
        return {
            "consent_of": "For a child under 16 a parent or carer consents. Ask the child too: share it "
            "only if both say yes."
        }
    if terms.consent_of == ConsentOf.BEST_INTERESTS:
        if not over_16:
            return {"consent_of": "A best-interests decision is for someone of 16 or over who cannot decide."}
        missing = {
            "best_interests_role": "Say who decided: a role, such as “social worker, 0–25 team”.",
            "best_interests_note": "Say how it was decided, and what is known of the person’s own wishes.",
        }
        return {field: words for field, words in missing.items() if not getattr(terms, field).strip()}
    return {}


def name(terms: Terms) -> dict[str, str]:
    """Whether the name that readers see is what was agreed."""
    shown = terms.public_name.split()
    if terms.named_as == NamedAs.NONE:
        return {"public_name": "Leave this empty: no name was agreed."} if shown else {}
    if terms.named_as == NamedAs.FULL and terms.about in (About.UNDER_16, About.AGE_16_17):
        return {"named_as": f"{BESIDE} Choose a first name, words, or no name."}
    if not shown:
        return {"public_name": "Write the words that readers see."}
    if terms.named_as == NamedAs.FIRST and len(shown) != 1:
        return {"public_name": "Write the first name alone."}
    last_names = {each.lower() for each in terms.given_by.split()[1:]}
    if terms.named_as == NamedAs.FIRST and shown[0].lower() in last_names:
        return {"public_name": "Write the first name, not the last."}
    if terms.named_as == NamedAs.FULL and len(shown) < 2:
        return {"public_name": "Write the full name, or choose “first name”."}
    if terms.named_as == NamedAs.WORDS and holds_name(terms.public_name, terms.given_by):
        return {"public_name": "These words hold their name. Choose words that do not."}
    return {}


def uses(terms: Terms) -> dict[str, str]:
    if not any((terms.for_website, terms.for_print, terms.for_talks, terms.for_social)):
        return {"for_website": "Tick what it may be used for."}
    return {}


def dates(terms: Terms, today: date) -> dict[str, str]:
    if not terms.given_on or not terms.expires_on:
        return {}
    if terms.given_on > today:
        return {"given_on": "This day is still to come. Write the day consent was given."}
    if terms.expires_on <= terms.given_on:
        return {"expires_on": "It ends before it begins."}
    if terms.expires_on > years_after(terms.given_on, LONGEST_YEARS):
        return {"expires_on": f"At most {LONGEST_YEARS} years. Ask again then: people change their minds."}
    return {}


def holds_name(text: str, full_name: str) -> bool:
    """Whether a text holds any part of a name of three letters or more."""
    parts = {part.lower() for part in re.findall(r"[^\W\d_]{3,}", full_name)}
    return not parts.isdisjoint(re.findall(r"[^\W\d_]+", text.lower()))


def years_after(day: date, years: int) -> date:
    """The same day some years later; 29 February becomes 28."""
    year = day.year + years
    return day.replace(year=year, day=min(day.day, calendar.monthrange(year, day.month)[1]))

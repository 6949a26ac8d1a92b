"""What a line can ask of a service besides its need: words that tick a filter by themselves.

A phrase is written as families say it and matched by its words of content, so that "no diagnosis",
"without a diagnosis" and "hasn't got the diagnosis" are one line of the table.
"""

from collections.abc import Sequence
from typing import NamedTuple

from ..tokens import split
from .small import FILLERS, GRAMMAR_WORDS, stem

Key = tuple[str, ...]
Choice = tuple[str, str]
"""A parameter of the results page and its value."""


class Flag(NamedTuple):
    choice: Choice
    shy: bool = False
    """Gives way to a longer phrase of a need around it ("free school meals", "online safety")."""
    whole: bool = False
    """Its words lead to no need of their own."""
    lone: bool = False
    """Counts only where the line names no need; its words still count as words."""
    unless_before: frozenset[str] = frozenset()
    unless_after: frozenset[str] = frozenset()
    """Folded words beside it that give it another sense."""


SCHOOL_NEED = "school-place"
NEAR_ME: Choice = ("near_me", "")

SAID: tuple[tuple[Flag, str], ...] = (
    (
        Flag(("diagnosis", "not-needed"), whole=True),
        """
        not diagnosis; not diagnosis yet; not yet diagnosis; not formal diagnosis; not official diagnosis;
        not got diagnosis; not need diagnosis; not diagnosed; not diagnosed yet; not yet diagnosed;
        not been diagnosed; not officially diagnosed; not formally diagnosed; undiagnosed;
        before diagnosis; pre diagnosis; not label; diagnosis not needed; diagnosis not required
        """,
    ),
    (
        Flag(("diagnosis", "waiting")),
        """
        while we wait; while waiting; whilst waiting; while i wait; while she waits; on waiting list;
        waiting list; wait list; waiting for assessment; waiting for diagnosis; waiting assessment;
        waiting for appointment; awaiting assessment; awaiting diagnosis; awaiting appointment;
        waiting for camhs; been waiting; still waiting; support while waiting; waiting to be assessed;
        waiting to be seen; waiting for autism assessment; waiting for adhd assessment;
        on the pathway; waiting to hear
        """,
    ),
    (
        Flag(
            ("cost", "free"),
            shy=True,
            unless_before=frozenset(
                split("sugar gluten dairy smoke nut tax hands drug feel feels wheat egg")
            ),
            unless_after=frozenset(split("school range flow style nappies period from hours childcare")),
        ),
        """
        free; free of charge; not cost; costs nothing; not afford; not charge; low income
        """,
    ),
    (
        Flag(("refer", "parent")),
        """
        self refer; self referral; self referrals; selfrefer; refer my child; refer my son;
        refer my daughter; refer ourselves; parent referral; parents can refer
        """,
    ),
    (
        Flag(("refer", "parent"), whole=True),
        "not referral; not gp referral; not need referral; not need gp referral; not need refer",
    ),
    (Flag(("refer", "self")), "refer myself; ask myself; not telling my parents; not tell my parents"),
    (
        Flag(("contact", "no-phone"), unless_after=frozenset(split("back me us him her addiction down"))),
        """
        not phone; not phoning; not call; not calling; not ring; not ringing; not phone call;
        not phone calls; not make phone calls; not want to phone; not want to call; not want to ring;
        not like phone calls; not want to talk on phone;
        not want to speak on phone; not talk on phone; not speak on phone; not use phone; not answer phone;
        hate phone calls; hates phone calls; hate phoning; hate the phone; hate calling; by email; email;
        e mail; by text; text someone; text line; text message; text not call; text instead; message someone;
        live chat; webchat; web chat; chat online; online chat; whatsapp; scared of phone calls;
        instead of phoning; instead of calling; rather text
        """,
    ),
    (
        Flag(
            ("reach", "online"),
            shy=True,
            unless_before=frozenset(split("men people strangers someone time life addicted chronically met")),
            unless_after=frozenset(
                split("safety gaming game games grooming bullying friends abuse predator world reputation")
            ),
        ),
        "online; zoom; virtual; virtually; webinar; webinars; video call; video calls; teams call",
    ),
    (Flag(("when", "weekend")), "weekend; weekends; saturday; saturdays; sunday; sundays; week end"),
    (Flag(("when", "evening")), "evening; evenings; after work; out of hours"),
    (
        Flag(("when", "holidays")),
        """
        half term; half terms; school holiday; school holidays; summer holiday; summer holidays;
        easter holidays; christmas holidays; xmas holidays; holiday club; holiday clubs; holiday scheme;
        holiday playscheme; holiday activities; holiday camp; holiday camps; summer scheme; summer camp;
        during holidays; easter break; summer break; outside term time; haf;
        in the holidays; over the holidays
        """,
    ),
    (
        Flag(("kind", "school"), lone=True),
        """
        schools near; which school; find school; best school; local school; mainstream school;
        list of schools; primary school; secondary school; special school; infant school;
        junior school; first school;
        middle school; nursery school; grammar school; catholic primary; nurseries; all schools
        """,
    ),
    (
        Flag(NEAR_ME),
        "near me; near us; near here; near home; nearby; near by; close to home; close to me; close by; "
        "closest to me; nearest to me; nearest; round here; around here; in my area; local to me",
    ),
    (
        Flag(NEAR_ME, unless_after=frozenset(split("offer authority council area government send"))),
        "local; locally to me",
    ),
)


def _tables() -> tuple[dict[Key, tuple[Flag, ...]], dict[Key, tuple[Flag, ...]]]:
    """Phrases by their words of content; those that would leave a single word, by all their words."""
    by_content: dict[Key, tuple[Flag, ...]] = {}
    by_all: dict[Key, tuple[Flag, ...]] = {}
    for flag, said in SAID:
        for words in filter(None, map(split, said.split(";"))):
            bare = tuple(stem(word) for word in words if word not in GRAMMAR_WORDS and word not in FILLERS)
            loose = len(bare) > 1 or len(words) == 1
            table, key = (by_content, bare) if loose else (by_all, tuple(map(stem, words)))
            if flag not in table.get(key, ()):
                table[key] = (*table.get(key, ()), flag)
    return by_content, by_all


CONTENT_FLAGS, PLAIN_FLAGS = _tables()


def flags_in(words: Sequence[str], asking: Sequence[tuple], found: Sequence) -> tuple[dict, set[int]]:
    """What is asked of a service → positions of the words that ask; and positions that lead to no need.

    `asking` are (flags, positions of the words that say them); `found` are the runs that lead to needs.
    """
    said: dict[Choice, set[int]] = {}
    whole: set[int] = set()
    elsewhere = any(phrase.need != SCHOOL_NEED for _, _, _, phrases, _ in found for phrase in phrases)
    wider = {each: len(at) for _, _, at, _, _ in found for each in at}
    for flags, at in asking:
        for flag in flags:
            if flag.lone and elsewhere:
                continue
            if _counts(flag, words, at) and not (flag.shy and wider.get(at[0], 0) > len(at)):
                said.setdefault(flag.choice, set()).update(at)
                if flag.whole:
                    whole.update(at)
    return {choice: tuple(sorted(at)) for choice, at in said.items()}, whole


def _counts(flag: Flag, words: Sequence[str], at: Sequence[int]) -> bool:
    before = words[at[0] - 1] if at[0] else ""
    after = words[at[-1] + 1] if at[-1] + 1 < len(words) else ""
    return before not in flag.unless_before and after not in flag.unless_after

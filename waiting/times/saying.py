"""Waiting times in plain sentences. Pure: plain values in, words out."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from directory.words import join, long_date

MONTH_IN_WEEKS = Decimal("4.345")
SEEN, WAITING = "seen", "waiting"
SMALL = 5
"""Fewer people than this are never counted or measured in public: each of them could be recognised."""


@dataclass(frozen=True)
class Counting:
    """What a list counts: “children”, what happens to them: “seen”, and its legal limit in weeks, if any."""

    what: str = "children"
    done: str = "seen"
    limit: int | None = None


@dataclass(frozen=True)
class Figure:
    """One figure with what is known of it. Waits are in weeks; None is not known. `small`: fewer than
    five, of whom nothing more is said. `withheld`: how many is known but would give another count away."""

    whom: str
    start: date
    end: date
    people: int | None = None
    more_than: bool = False
    small: bool = False
    withheld: bool = False
    median: Decimal | None = None
    ninety: Decimal | None = None
    longest: Decimal | None = None
    within: Decimal | None = None


def number(value: Decimal | int) -> str:
    """A number without needless noughts, thousands parted: “1,204”, “17.5”."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"


def weeks(value: Decimal | int) -> str:
    """“1 week”, “18 weeks”; a long wait also in months or years: “78 weeks (about 18 months)”."""
    words = "1 week" if value == 1 else f"{number(value)} weeks"
    if value < 26:
        return words
    months = round(value / MONTH_IN_WEEKS)
    if months < 24:
        return f"{words} (about {months} months)"
    half = round(months / 6) / 2
    return f"{words} (about {int(half)}{' and a half' if half % 1 else ''} years)"


def whole_months(start: date, end: date) -> bool:
    return start.day == 1 and end.day == monthrange(end.year, end.month)[1]


def period(start: date, end: date) -> str:
    """When, as it stands in a sentence: “in September 2024”, “in 2023”, “on 30 September 2024”."""
    if start == end:
        return f"on {long_date(end)}"
    if whole_months(start, end):
        if (start.year, start.month) == (end.year, end.month):
            return f"in {start:%B %Y}"
        if start.year == end.year and (start.month, end.month) == (1, 12):
            return f"in {start.year}"
        first = f"{start:%B}" if start.year == end.year else f"{start:%B %Y}"
        return f"from {first} to {end:%B %Y}"
    first = f"{start.day} {start:%B}" if start.year == end.year else long_date(start)
    return f"from {first} to {long_date(end)}"


def short_period(start: date, end: date) -> str:
    """The same as the head of a row: “September 2024”, “2023”, “30 September 2024”."""
    words = period(start, end)
    first, _, rest = words.partition(" ")
    return rest if first in ("in", "on") else words.removeprefix("from ")


def sentences(figure: Figure, counting: Counting) -> list[str]:
    """What the figure says, the most telling first; never empty."""
    when = period(figure.start, figure.end)
    if figure.whom == SEEN and figure.start == figure.end:
        when = f"up to {long_date(figure.end)}"
    said = seen(figure, counting, when) if figure.whom == SEEN else still(figure, counting, when)
    return said or [f"For {counting.what} {counting.done} {when}, no figure can be shown."]


def seen(figure: Figure, counting: Counting, when: str) -> list[str]:
    what, done = counting.what, counting.done
    if figure.small:
        return [few(f"{what} were {done} {when}")]
    if figure.people == 0:
        return [f"No {what} were {done} {when}."]
    said = []
    if figure.within is not None:
        limit = f"within {counting.limit} weeks, the limit in law" if counting.limit else "within the limit"
        on_time = round(figure.within)
        said.append(f"Of every 100 {what} {done} {when}, {on_time} were on time: {limit}.")
        if on_time < 100:
            said.append(f"{100 - on_time} were late.")
    if figure.median is not None:
        said.append(f"Half the {what} {done} {when} had waited more than {weeks(figure.median)}.")
    if figure.ninety is not None:
        of = "" if said else f" of the {what} {done} {when}"
        said.append(f"One in ten{of} had waited more than {weeks(figure.ninety)}.")
    if figure.longest is not None:
        said.append(f"The longest wait {when} was {weeks(figure.longest)}.")
    if figure.people and not figure.withheld:
        more = "More than " if figure.more_than else ""
        said.append(f"{more}{number(figure.people)} {what} were {done} {when}.")
    return said


def still(figure: Figure, counting: Counting, when: str) -> list[str]:
    what = counting.what
    if figure.small:
        return [few(f"{what} were still waiting {when}")]
    if figure.people == 0:
        return [f"No {what} were still waiting {when}."]
    said = []
    if figure.people and not figure.withheld:
        more = "More than " if figure.more_than else ""
        said.append(f"{more}{number(figure.people)} {what} were still waiting {when}.")
    of = "of them" if said else f"the {what} still waiting {when}"
    if figure.median is not None:
        said.append(f"Half {of} had waited more than {weeks(figure.median)} so far.")
    if figure.ninety is not None:
        of = "" if said else f" of the {what} still waiting {when}"
        said.append(f"One in ten{of} had waited more than {weeks(figure.ninety)} so far.")
    if figure.longest is not None:
        at = "" if said else f" {when}"
        said.append(f"The longest wait so far{at} was {weeks(figure.longest)}.")
    return said


def few(what: str) -> str:
    return f"Fewer than {SMALL} {what}. We say no more about so few, so that nobody can be recognised."


@dataclass(frozen=True)
class Stage:
    """One list on the way and what half waited there, in weeks; None where nobody has published it."""

    name: str
    median: Decimal | None


def added_up(stages: list[Stage]) -> str:
    """What several lists on one way come to together, said with care; "" for a single list."""
    if len(stages) < 2:
        return ""
    missing = [stage.name for stage in stages if stage.median is None]
    if missing:
        unknown = "all of them" if len(missing) == len(stages) else join(f"“{name}”" for name in missing)
        return (
            f"There are {len(stages)} lists on this way, one after the other. The whole wait cannot be "
            f"added up: no figure is published for {unknown}."
        )
    parts = join(f"{number(stage.median)} for “{stage.name}”" for stage in stages)
    return (
        f"There are {len(stages)} lists on this way, one after the other. Added up they come to "
        f"{weeks(sum(stage.median for stage in stages))}: {parts}. This is a rough guide. Half the families "
        "wait longer at each list."
    )


def protected(people: int | None, share: Decimal | None) -> bool:
    """Whether a share (percent) of so many people would tell of a handful: some, but fewer than five, on
    one side of it."""
    if not people or share is None:
        return False
    on_time = round(people * share / 100)
    return any(0 < side < SMALL for side in (on_time, people - on_time))

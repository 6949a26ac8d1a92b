"""Facts in the words families read. Pure functions: plain values in, words out."""

from collections.abc import Iterable
from datetime import date, time

METRES_A_MILE = 1609.344


def join(words: Iterable[str], last: str = "and") -> str:
    """`a, b and c`."""
    words = list(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}" if len(words) > 1 else "".join(words)


def mid_sentence(label: str) -> str:
    """A label as it stands inside a sentence: `A GP` gives `a GP`; `SEND team` stays."""
    first = label.partition(" ")[0]
    return label if first[1:] != first[1:].lower() else label[:1].lower() + label[1:]


def age_point(months: int, is_end: bool = False) -> str:
    """One end of an age range (months) in words. The end of age 18 (227 months) reads `18`."""
    if is_end and (months + 1) % 12 == 0:
        return str((months + 1) // 12 - 1)
    if months % 12 == 0:
        return str(months // 12)
    return f"{months} months" if months < 36 else f"{months // 12} and {months % 12} months"


def age_span(min_months: int | None, max_months: int | None) -> str:
    """A range of ages (months, both ends included; None: not stated) in words."""
    if min_months is None and max_months is None:
        return ""
    if min_months is None:
        return f"Up to {age_point(max_months, True)}"
    if max_months is None:
        return f"{age_point(min_months)} and over" if min_months else "From birth"
    start, end = age_point(min_months), age_point(max_months, True)
    return start if start == end else f"{start} to {end}"


def long_date(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def clock(moment: time) -> str:
    """9am, 12 noon, 5:30pm."""
    if (moment.hour, moment.minute) == (12, 0):
        return "12 noon"
    hour = moment.hour % 12 or 12
    minutes = f":{moment.minute:02}" if moment.minute else ""
    return f"{hour}{minutes}{'am' if moment.hour < 12 else 'pm'}"


def miles(metres: float) -> str:
    """A distance (metres) in words a family uses. Never more exact than a mile."""
    distance = metres / METRES_A_MILE
    if distance < 1:
        return "less than a mile away"
    whole = round(distance)
    return f"about {whole} mile{'s' if whole != 1 else ''} away"


def lines(text: str) -> list[str]:
    """The lines of a text field, without blanks."""
    return [line.strip() for line in text.splitlines() if line.strip()]

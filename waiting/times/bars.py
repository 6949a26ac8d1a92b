"""Waiting times as bars. Pure: what is drawn, as shares of the longest bar."""

from dataclasses import dataclass
from decimal import Decimal

from directory.words import join

from .saying import SEEN, WAITING, Counting, Figure, number, short_period

ALL = Decimal(100)


@dataclass(frozen=True)
class Bar:
    """`words` stand above it, `value` at their end; `share` is its length in percent of the longest."""

    words: str
    value: str
    share: Decimal
    strong: bool = True
    """The one to look at: drawn dark. Others are drawn hatched, so that colour says nothing alone."""


@dataclass(frozen=True)
class Chart:
    """One measure, in one unit, from nought. `limit`: where the legal limit lies, in percent."""

    title: str
    bars: tuple[Bar, ...]
    limit: Decimal | None = None
    limit_words: str = ""


MEASURES = [
    (SEEN, "median", "Half of those {done} waited more than", True),
    (SEEN, "ninety", "One in ten of those {done} waited more than", False),
    (SEEN, "longest", "Longest wait of those {done}", False),
    (WAITING, "median", "Half of those still waiting: more than", True),
    (WAITING, "ninety", "One in ten of those still waiting: more than", False),
    (WAITING, "longest", "Longest wait of those still waiting", False),
]


def lengths(figures: list[Figure], counting: Counting) -> Chart | None:
    """How long, of the newest figures of one area: those seen beside those still waiting.
    None for fewer than two."""
    rows = [
        (words.format(done=counting.done), value, strong)
        for whom, name, words, strong in MEASURES
        for figure in figures
        if figure.whom == whom and not figure.small and (value := getattr(figure, name)) is not None
    ]
    if len(rows) < 2:
        # One bar is as long as itself and says nothing.
        return None
    most = max([value for _, value, _ in rows] + [Decimal(counting.limit or 0)]) or Decimal(1)
    bars = tuple(
        Bar(words, "1 week" if value == 1 else f"{number(value)} weeks", value * ALL / most, strong)
        for words, value, strong in rows
    )
    limit = counting.limit * ALL / most if counting.limit else None
    return Chart(
        f"Weeks waited, {join(dict.fromkeys(short_period(f.start, f.end) for f in figures))}",
        bars,
        limit,
        f"The limit in law is {counting.limit} weeks" if counting.limit else "",
    )


def over_time(figures: list[Figure], name: str, title: str, unit: str) -> Chart | None:
    """One measure of one area from the oldest time to the newest; None for fewer than two times."""
    rows = [
        (short_period(f.start, f.end), value, f.more_than and name == "people")
        for f in sorted(figures, key=lambda f: (f.end, f.start))
        if not f.small and not (f.withheld and name == "people") and (value := getattr(f, name)) is not None
    ]
    if len(rows) < 2:
        return None
    most = ALL if name == "within" else Decimal(max(value for _, value, _ in rows)) or Decimal(1)
    return Chart(
        title,
        tuple(
            Bar(when, f"{'more than ' if more else ''}{number(value)}{unit}", value * ALL / most)
            for when, value, more in rows
        ),
    )


def changes(figures: list[Figure], counting: Counting) -> list[Chart]:
    """Everything that can be followed over two times or more."""
    seen = [f for f in figures if f.whom == SEEN]
    waiting = [f for f in figures if f.whom == WAITING]
    late = f"within {counting.limit} weeks" if counting.limit else "within the limit"
    found = [
        over_time(seen, "within", f"{capital(counting.what)} {counting.done} {late}, of every 100", ""),
        over_time(seen, "median", f"Half of those {counting.done} waited more than", " weeks"),
        over_time(waiting, "people", f"{capital(counting.what)} still waiting", ""),
        over_time(waiting, "median", "Half of those still waiting: more than", " weeks"),
    ]
    return [chart for chart in found if chart]


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]

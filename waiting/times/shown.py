"""Waiting times as a page shows them: per list and area, the newest in words, all of them in a table."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from directory.models import Area
from waiting.models.times import WaitingList, WaitingTime

from . import bars, saying
from .saying import SEEN, WAITING, Counting, Figure

OLD = timedelta(days=400)
"""A figure for a time that ended longer ago than this is called old: it may no longer be so."""


@dataclass(frozen=True)
class Said:
    """The newest figure of one kind, in sentences, with its row for source and date."""

    sentences: list[str]
    row: WaitingTime
    old: bool


@dataclass(frozen=True)
class InArea:
    """What is known of one list in one area. `missing`: words for what nobody has published."""

    area: Area
    said: list[Said]
    missing: str
    chart: bars.Chart | None
    changes: list[bars.Chart]


@dataclass(frozen=True)
class Row:
    """One line of the table; `cells` are the words of its columns, "" for what is not known."""

    row: WaitingTime
    figure: Figure
    when: str
    cells: list[str]


@dataclass(frozen=True)
class Shown:
    list: WaitingList
    areas: list[InArea]
    rows: list[Row]
    columns: list[tuple[str, str]]
    example: bool


@dataclass(frozen=True)
class Waits:
    """All lists of one way or service, and what they come to together, area by area."""

    lists: list[Shown]
    added: list[tuple[str, str]]

    @property
    def known(self) -> bool:
        return any(shown.rows for shown in self.lists)

    @property
    def example(self) -> bool:
        return any(shown.example for shown in self.lists)


COLUMNS = [
    ("people", "How many"),
    ("median", "Half waited more than"),
    ("ninety", "One in ten waited more than"),
    ("longest", "Longest wait"),
    ("within", "Within the limit, of every 100"),
]


def waits_of(lists: Iterable[WaitingList], today: date | None = None) -> Waits:
    """What is known of these lists. Two queries, however many they are."""
    today = today or timezone.localdate()
    lists = list(lists)
    rows = defaultdict(list)
    times = WaitingTime.objects.filter(waiting_list__in=lists).select_related("area__kind")
    for row in times.order_by("area__kind__order", "area__name", "-period_to", "-period_from", "whom"):
        rows[row.waiting_list_id].append(row)
    shown = [show(each, rows[each.pk], today) for each in lists]
    return Waits(shown, together(shown))


def show(waiting_list: WaitingList, rows: list[WaitingTime], today: date) -> Shown:
    counting = Counting(waiting_list.people_word, waiting_list.done_word, waiting_list.limit_weeks)
    hidden = withheld(rows)
    figures = {row.pk: figure(row, row.pk in hidden) for row in rows}
    areas: dict[int, list[WaitingTime]] = defaultdict(list)
    for row in rows:
        areas[row.area_id].append(row)
    columns = [
        (name, words)
        for name, words in COLUMNS
        if any(getattr(each, name) is not None or each.small for each in figures.values())
    ]
    return Shown(
        waiting_list,
        [in_area(each, figures, counting, today) for each in areas.values()],
        [table_row(row, figures[row.pk], [name for name, _ in columns]) for row in rows],
        columns,
        any(row.example for row in rows),
    )


def table_row(row: WaitingTime, figure: Figure, columns: list[str]) -> Row:
    return Row(
        row,
        figure,
        saying.short_period(row.period_from, row.period_to),
        [cell(figure, name) for name in columns],
    )


def cell(figure: Figure, name: str) -> str:
    """One cell of the table in words, "" for what is not known."""
    value = getattr(figure, name)
    if figure.small:
        return "Fewer than 5" if name == "people" else "Not shown"
    if figure.withheld and name == "people":
        return "Not shown"
    if value is None:
        return ""
    if name == "people":
        return f"{'More than ' if figure.more_than else ''}{saying.number(value)}"
    return saying.number(value) if name == "within" else f"{saying.number(value)} weeks"


def in_area(rows: list[WaitingTime], figures: dict[int, Figure], counting: Counting, today: date) -> InArea:
    newest = [
        max(of_kind, key=lambda row: (row.period_to, row.period_from))
        for whom in (SEEN, WAITING)
        if (of_kind := [row for row in rows if row.whom == whom])
    ]
    missing = {SEEN, WAITING} - {row.whom for row in newest}
    words = {
        SEEN: f"Nobody has published how long {counting.what} had waited when they were {counting.done}.",
        WAITING: "Nobody has published how many are still waiting, or how long. "
        "So the longest waits may be missing.",
    }
    return InArea(
        rows[0].area,
        [
            Said(saying.sentences(figures[row.pk], counting), row, today - row.period_to > OLD)
            for row in newest
        ],
        words[missing.pop()] if missing else "",
        bars.lengths([figures[row.pk] for row in newest], counting),
        bars.changes([figures[row.pk] for row in rows], counting),
    )


def figure(row: WaitingTime, withheld: bool) -> Figure:
    within = None if saying.protected(row.people, row.within_percent) else row.within_percent
    return Figure(
        row.whom,
        row.period_from,
        row.period_to,
        None if row.small else row.people,
        row.more_than,
        row.small,
        withheld,
        *([None] * 4 if row.small else [row.median_weeks, row.ninety_weeks, row.longest_weeks, within]),
    )


def withheld(rows: Iterable[WaitingTime]) -> set[int]:
    """Keys of figures whose number would tell a small one: where the whole council’s number is known and
    just one of its parts is small, the least of the other parts is held back too."""
    parts, whole = defaultdict(list), set()
    for row in rows:
        when = (row.whom, row.period_from, row.period_to)
        if row.area.kind.whole:
            if row.people is not None:
                whole.add(when)
        else:
            parts[when, row.area.kind_id].append(row)
    hidden = set()
    for (when, _), of_kind in parts.items():
        small = [row for row in of_kind if row.small]
        counted = [row for row in of_kind if row.people]
        if when in whole and len(small) == 1 and counted:
            hidden.add(min(counted, key=lambda row: row.people).pk)
    return hidden


def together(lists: list[Shown]) -> list[tuple[str, str]]:
    """(area, words) for each area where one list follows another."""
    if len(lists) < 2:
        return []
    names = dict.fromkeys(each.area.name for shown in lists for each in shown.areas)
    found = []
    for name in names:
        stages = [saying.Stage(shown.list.name, middle(shown, name)) for shown in lists]
        found.append((name, saying.added_up(stages)))
    return found or [("", saying.added_up([saying.Stage(shown.list.name, None) for shown in lists]))]


def middle(shown: Shown, area: str):
    """What half of those seen had waited in an area by the newest figure, in weeks, or None."""
    for each in shown.areas:
        if each.area.name == area:
            for said in each.said:
                if said.row.whom == SEEN and not said.row.small:
                    return said.row.median_weeks
    return None

"""The rows of a sheet, read: each a waiting time's facts, or what keeps it from being one."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from rapidfuzz import fuzz, process

from . import cells
from .columns import BY_FIELD, BY_NAME, COLUMNS, NEEDED
from .days import said
from .faults import Fault, Refused, shown
from .sheet import Sheet, SheetRow

TOTAL = re.compile(
    r"\b(?:sub-?)?totals?\b|^(?:all|sum|overall|average|mean)\b|\ball (?:areas|lists|children|ages)\b"
)
LONGEST_NAME = 100
"""Letters. No code and no area is called longer."""
MEASURES = ("median_weeks", "ninety_weeks", "longest_weeks", "within_percent")
KEY = ("waiting_list", "area", "whom", "period_from", "period_to")
"""The facts that no two waiting times share."""


@dataclass(frozen=True)
class KnownList:
    pk: int
    code: str
    name: str


@dataclass(frozen=True)
class KnownArea:
    pk: int
    name: str
    also: tuple[str, ...] = ()
    """Its code and its other names."""
    kind: str = ""
    first_day: date | None = None
    last_day: date | None = None
    successor: str = ""

    def in_force(self, on: date) -> bool:
        return (self.first_day or on) <= on <= (self.last_day or on)


@dataclass(frozen=True)
class Known:
    """What a file may name."""

    lists: tuple[KnownList, ...]
    areas: tuple[KnownArea, ...]


@dataclass
class Line:
    """One row that can be read whole. `facts` are a waiting time's fields, with the keys of its list and
    area; `there` is what the cells held, by column."""

    number: int
    facts: dict
    there: dict[str, str]
    notes: list[str] = field(default_factory=list)

    @property
    def key(self) -> tuple:
        return tuple(self.facts[name] for name in KEY)


def read_rows(sheet: Sheet, known: Known, today: date) -> tuple[list[Line], list[Fault]]:
    """The lines that can be read whole, and every fault of the sheet and its rows, in their order."""
    lines, faults, above = [], list(sheet.faults), {}
    for row in sheet.rows:
        line, wrong = _read(row, known, today, above)
        faults += wrong
        if line and not wrong:
            lines.append(line)
        above |= {name: text.strip() for name, text in row.cells.items() if text.strip()}
    faults += _twice(lines) + _totals(lines)
    return lines, sorted(faults, key=lambda fault: fault.row or 0)


def _read(row: SheetRow, known: Known, today: date, above: dict) -> tuple[Line | None, list[Fault]]:
    there = {name: shown(text) for name, text in row.cells.items()}
    line, faults = Line(row.number, {}, there), []
    readers = _readers(line, known, today)
    for name, text in row.cells.items():
        try:
            fact = readers[name](cells.plain(text))
            if name in NEEDED and fact in ("", None):
                raise _lacking(above.get(name, ""))
            line.facts[BY_NAME[name].field] = fact
        except Refused as refusal:
            accepted = refusal.accepted or BY_NAME[name].accepts
            faults.append(Fault(row.number, name, there[name], refusal.wrong, accepted))
    total = next((name for name in ("list", "area") if _is_total(row.cells.get(name, ""), name, known)), None)
    if total:
        wrong = "This looks like a row of totals. Totals are never loaded: they would be counted twice."
        return None, [Fault(row.number, total, there[total], wrong, "Take the row out.")]
    if row.shape and faults:
        faults.insert(0, row.shape)
    if len(line.facts) == len(COLUMNS):
        faults += _whole_row(line, known)
        _spread(line)
        return line, faults
    return None, faults


def _readers(line: Line, known: Known, today: date) -> dict[str, Callable]:
    """How each column is read."""
    readers: dict[str, Callable] = {
        "list": lambda text: _list(text, known.lists),
        "area": lambda text: _area(text, known.areas),
        "whose": lambda text: cells.read_whose(text) if not cells.says_nothing(text) else "",
        "people": cells.read_people,
        "percent_within_limit": cells.read_percent,
        "source_url": cells.read_address,
    }
    readers |= {
        name: lambda text, name=name: cells.read_date(text, name, today)
        for name in ("from", "to", "published_on")
    }
    readers |= {name: lambda text, name=name: cells.read_words(text, name) for name in ("source", "note")}
    weeks = ("half_waited_more_than", "one_in_ten_waited_more_than", "longest")
    return readers | dict.fromkeys(weeks, cells.read_weeks)


def _lacking(value_above: str) -> Refused:
    if not value_above:
        return Refused("This cell is empty, and must not be.")
    above = shown(value_above)
    return Refused(
        f"This cell is empty. It looks like a merged cell: the value above was “{above}”.",
        f"If it is “{above}” here too, write it in every row.",
    )


# Lists and areas


def key(text: str) -> str:
    """How names are compared: without capitals, marks, or the difference of “&” and “and”."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold().replace("&", " and ")))


def _list(text: str, lists: Iterable[KnownList]) -> KnownList | str:
    if cells.says_nothing(text):
        return ""
    by_code = {key(each.code): each for each in lists}
    if found := by_code.get(key(text)):
        return found
    by_name = {key(each.name): each.code for each in lists}
    if code := by_name.get(key(text)):
        raise Refused("This is the name of a list, not its code.", f"Write {code}.")
    near = _close(text, {**{each: by_code[each].code for each in by_code}, **by_name})
    raise Refused("There is no list with this code.", _offered(near))


def _area(text: str, areas: Iterable[KnownArea]) -> list[KnownArea] | str:
    """The areas of this name: more than one where an area was replaced by one that is called the same."""
    if cells.says_nothing(text):
        return ""
    wanted = key(text)
    if found := [area for area in areas if key(area.name) == wanted]:
        return found
    if found := [area for area in areas if wanted in map(key, area.also)]:
        return found
    names = {key(name): area.name for area in areas for name in (*area.also, area.name)}
    raise Refused("There is no area of this name.", _offered(_close(text, names)))


def _close(text: str, names: dict[str, str]) -> list[str]:
    """Up to three values of `names` whose keys are nearly the text."""
    near = process.extract(
        key(text)[:LONGEST_NAME], names.keys(), scorer=fuzz.WRatio, limit=6, score_cutoff=70
    )
    return list(dict.fromkeys(names[each] for each, *_ in near))[:3]


def _offered(near: list[str]) -> str:
    return f"Did you mean {' or '.join(near)}?" if near else ""


def _is_total(text: str, name: str, known: Known) -> bool:
    if not TOTAL.search(" ".join(text.casefold().split())):
        return False
    names = [each.code for each in known.lists] if name == "list" else [each.name for each in known.areas]
    return key(text) not in map(key, names)


# A row as a whole, and rows beside each other


def _whole_row(line: Line, known: Known) -> list[Fault]:
    """Which of the areas of one name is meant, by the last day of the row."""
    on, areas = line.facts["period_to"], line.facts["area"]
    in_force = [area for area in areas if area.in_force(on)]
    if len(in_force) == 1:
        line.facts["area"] = in_force[0]
        return []
    if in_force:
        wrong = "Several areas are called so."
        accepted = f"Write the code of one: {', '.join(area.also[0] for area in in_force if area.also)}."
    elif areas[0].last_day and areas[0].last_day < on:
        wrong = f"This area was no longer there on {said(on)}: its last day was {said(areas[0].last_day)}."
        accepted = f"It became {areas[0].successor}." if areas[0].successor else BY_NAME["area"].accepts
    else:
        wrong = f"This area was not there yet on {said(on)}."
        accepted = BY_NAME["area"].accepts
    return [Fault(line.number, "area", line.there["area"], wrong, accepted)]


def _spread(line: Line) -> None:
    """Cells that say more than one fact, each as the fields of a waiting time."""
    facts, people = line.facts, line.facts["people"]
    if people.said:
        line.notes.append(people.said)
    facts |= {"people": people.number, "more_than": people.more_than, "small": people.small}
    facts["period_from"] = facts["period_from"] or facts["period_to"]
    facts |= {name: getattr(facts[name], "pk", facts[name]) for name in ("waiting_list", "area")}


def _twice(lines: list[Line]) -> list[Fault]:
    first: dict[tuple, int] = {}
    faults = []
    for line in lines:
        number = first.setdefault(line.key, line.number)
        if number != line.number:
            wrong = f"Row {number} is of the same list, area, whose, from and to."
            faults.append(Fault(line.number, "", line.there["list"], wrong, "Keep one of the two rows."))
    return faults


def _totals(lines: list[Line]) -> list[Fault]:
    """Rows whose number of people is that of all others of the same list, whose and time together, and that
    say nothing else. One that its source publishes as such says so in its note."""
    groups: dict[tuple, list[Line]] = {}
    for line in lines:
        facts = line.facts
        at = tuple(facts[name] for name in ("waiting_list", "whom", "period_from", "period_to"))
        groups.setdefault(at, []).append(line)
    faults = []
    for group in groups.values():
        numbers = [line.facts["people"] for line in group]
        if len(group) < 3 or None in numbers:
            continue
        for line in group:
            facts = line.facts
            says_more = facts["note"] or any(facts[name] is not None for name in MEASURES)
            if facts["people"] and facts["people"] * 2 == sum(numbers) and not says_more:
                rows = ", ".join(str(each.number) for each in group if each is not line)
                wrong = f"This is the sum of rows {rows}: it looks like a row of totals."
                accepted = "Take it out. If the source itself gives this number, say so in its note."
                faults.append(Fault(line.number, "people", line.there["people"], wrong, accepted))
    return faults


def column_of(name: str) -> str:
    """The column of a waiting time's field; "" for what no single column says."""
    return BY_FIELD[name].name if name in BY_FIELD else ""

"""What editors may see of the counts: pure."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

FEWEST_SHOWN = 3
"""Editors never see a count below this."""


class Line(NamedTuple):
    """One line of the report. No two lines of a week count the same search for the same thing."""

    week: date
    kind: str
    term: str
    district: str
    """Code of an area, or "" for all the rest: other districts and no place."""
    count: int


def lines(rows: Iterable[tuple[date, str, str, str, int]], fewest: int = FEWEST_SHOWN) -> list[Line]:
    """What may be shown of (week, kind, term, district, count): a district's count when it is large
    enough, all smaller ones together when those are. There are no totals, so that none can be taken
    from another to find a small one."""
    large, rest = [], Counter()
    for row in map(Line._make, rows):
        if row.district and row.count >= fewest:
            large.append(row)
        else:
            rest[row[:3]] += row.count
    large += [Line(*key, "", number) for key, number in rest.items() if number >= fewest]
    return sorted(large, key=lambda line: (-line.week.toordinal(), -line.count, line.kind, line.term))

"""Days as people write them."""

import re
from calendar import monthrange
from datetime import date, timedelta

from .faults import Refused

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
FIRST_YEAR = 2000
"""No figure here is older: an earlier year is a slip."""
EPOCH = date(1899, 12, 30)
"""Day 0 of a spreadsheet's own count of days."""
TIME = r"(?:[t ]+[0-9:.]+z?)?"

YEAR_FIRST = re.compile(rf"([0-9]{{4}})[-/.]([0-9]{{1,2}})[-/.]([0-9]{{1,2}}){TIME}")
DAY_FIRST = re.compile(rf"([0-9]{{1,2}})[-/.]([0-9]{{1,2}})[-/.]([0-9]{{4}}|[0-9]{{2}}){TIME}")
DAY_IN_WORDS = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?[- ]+([a-z]+)[.,]?[- ]+([0-9]{4}|[0-9]{2})")
MONTH_IN_WORDS = re.compile(r"([a-z]+)[.,]?[- ]+([0-9]{1,2})(?:st|nd|rd|th)?,?[ ]+([0-9]{4})")
MONTH = re.compile(r"([a-z]+)[.,]?[- ]+([0-9]{4}|[0-9]{2})")
MONTH_IN_FIGURES = re.compile(r"([0-9]{4})-([0-9]{1,2})|([0-9]{1,2})/([0-9]{4})")
SERIAL = re.compile(r"([0-9]{5})(?:\.[0-9]+)?")
YEAR = re.compile(r"[0-9]{4}")


def read_day(text: str, today: date, end: str = "") -> date:
    """The day that `text` says, at most `today`. With `end` "first" or "last", a month is that day of it.

    Raises Refused, with the day it may mean where that can be told.
    """
    words = " ".join(text.casefold().split())
    if found := YEAR_FIRST.fullmatch(words):
        year, month, day = map(int, found.groups())
        return _possible(_day(year, month, day, swapped=f"{year}-{day:02}-{month:02}"), today)
    if found := DAY_FIRST.fullmatch(words):
        day, month, year = map(int, found.groups())
        year = _century(year)
        if month > 12 >= day:
            meant = _day(year, day, month)
            raise Refused("The month stands before the day.", f"If it is {said(meant)}, write {meant}.")
        return _possible(_day(year, month, day), today)
    if found := DAY_IN_WORDS.fullmatch(words):
        day, name, year = found.groups()
        return _possible(_day(_century(int(year)), _month(name), int(day)), today)
    if found := MONTH_IN_WORDS.fullmatch(words):
        name, day, year = found.groups()
        return _possible(_day(int(year), _month(name), int(day)), today)
    if whole := _whole_month(words):
        return _possible(_of_month(*whole, end), today)
    if found := SERIAL.fullmatch(words):
        meant = EPOCH + timedelta(days=int(found.group(1)))
        raise Refused(
            "This is a spreadsheet’s own number for a day.",
            f"It is {said(meant)}: if you mean that, write {meant}.",
        )
    if YEAR.fullmatch(words):
        raise Refused("This is a year, not a day.", f"Write {words}-01-01 or {words}-12-31.")
    raise Refused("This is not a day that can be read.")


def said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _century(year: int) -> int:
    return year + 2000 if year < 100 else year


def _month(name: str) -> int:
    for number, month in enumerate(MONTHS, 1):
        if len(name) >= 3 and (month.startswith(name) or name == "sept" == month[:4]):
            return number
    raise Refused(f"“{name}” is not a month.")


def _day(year: int, month: int, day: int, swapped: str = "") -> date:
    """The day of these numbers, or Refused."""
    if not 1 <= month <= 12:
        hint = f"Did you mean {swapped}?" if swapped and 1 <= day <= 12 and month <= 31 else ""
        raise Refused(f"There is no month {month}.", hint)
    if not 1 <= year <= 9999:
        raise Refused(f"There is no year {year}.")
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise Refused(f"{MONTHS[month - 1].capitalize()} {year} has {last} days.")
    return date(year, month, day)


def _whole_month(words: str) -> tuple[int, int] | None:
    """(year, month) of “September 2024”, “Sep-24”, “2024-09” or “09/2024”."""
    if found := MONTH.fullmatch(words):
        return _century(int(found.group(2))), _month(found.group(1))
    if found := MONTH_IN_FIGURES.fullmatch(words):
        year, month = (found.group(1), found.group(2)) if found.group(1) else (found.group(4), found.group(3))
        return int(year), int(month)
    return None


def _of_month(year: int, month: int, end: str) -> date:
    first = _day(year, month, 1)
    last = first.replace(day=monthrange(year, month)[1])
    if not end:
        raise Refused(
            "This is a month, not a day.", f"Write the day, such as {first}, or leave the cell empty."
        )
    return first if end == "first" else last


def _possible(day: date, today: date) -> date:
    if day > today:
        raise Refused(f"{said(day)} is still to come.", "Figures are of days that are over.")
    if day.year < FIRST_YEAR:
        raise Refused(f"{said(day)} is too long ago to be true.", "Check the year.")
    return day

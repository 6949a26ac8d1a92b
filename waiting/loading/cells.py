"""What one cell says: a number of people, weeks, a percentage, whose waits, words, a web address."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from urllib.parse import urlsplit

from waiting.times.saying import SMALL

from .columns import EMPTY, HIDDEN
from .days import read_day
from .faults import Refused, shown

MOST_PEOPLE = 999_999
MOST_WEEKS = 520
MOST_LETTERS = {"source": 200, "source_url": 400, "note": 300}

NUMBER = r"[0-9]{1,9}|[0-9]{1,3}(?:[, ][0-9]{3}){1,2}"
WHOLE = re.compile(rf"({NUMBER})(?:\.0+)?")
FEWER = re.compile(r"(?:<|fewer than|less than|under|below)\s*([0-9]{1,9})")
MORE = re.compile(rf"(?:>|more than|over|above)\s*({NUMBER})|({NUMBER})\s*(?:\+|or more)")
DECIMAL = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,20})?")
COMMA = re.compile(r"([0-9]{1,6}),([0-9]{1,2})")
SCIENTIFIC = re.compile(r"[0-9.]+e\+?[0-9]{1,2}")
WEEKS = re.compile(r"(.*?)\s*(?:weeks?|wks?|w)\.?")
OTHER_UNIT = re.compile(
    r"(?:about |approx\.? )?([0-9]{1,6}(?:\.[0-9]{1,4})?)\s*(day|d|month|mth|year|yr|y)s?"
)
WEEKS_AND_DAYS = re.compile(r"([0-9]{1,4})\s*(?:weeks?|w)\.?,?\s*(?:and )?([0-6])\s*(?:days?|d)\.?")
IN_WEEKS = {
    "d": Decimal(1) / 7, "day": Decimal(1) / 7,
    "month": Decimal("365.25") / 84, "mth": Decimal("365.25") / 84,
    "year": Decimal("365.25") / 7, "yr": Decimal("365.25") / 7, "y": Decimal("365.25") / 7,
}  # fmt: skip
SHEET_FAULTS = re.compile(r"#(?:ref!|n/a|value!|div/0!|name\?|num!|null!|spill!|calc!)", re.I)
DAMAGED = re.compile(r"�|â€|Ã[\x80-\xbf©¨¤¶¼«®]|Â[£ §°]")
UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
"""Letters that no screen shows and that come along when text is copied from a page."""
WHOSE = {
    "seen": "seen", "those seen": "seen", "those seen in this time": "seen",
    "waiting": "waiting", "still waiting": "waiting", "those still waiting": "waiting",
}  # fmt: skip


@dataclass(frozen=True)
class People:
    number: int | None = None
    more_than: bool = False
    small: bool = False
    said: str = ""
    """How it was read, where the cell says it otherwise."""


def plain(text: str) -> str:
    """The cell on one line. Raises Refused for what a spreadsheet writes when it has failed, for a formula,
    and for damaged letters."""
    line = " ".join(text.translate(UNSEEN).split())
    if len(line) > 2 and not line.strip("#"):
        raise Refused(
            "The column was too narrow when the file was saved.",
            "Make it wider in the spreadsheet, save again.",
        )
    if SHEET_FAULTS.match(line):
        raise Refused(
            "This is a spreadsheet’s own error.", "Put the formula right, or write what it should say."
        )
    if line.startswith("="):
        raise Refused("This is a formula.", "Copy the cells, paste them as values, and save again.")
    if DAMAGED.search(line):
        raise Refused("Letters are damaged.", "Type it again, and save as “CSV UTF-8”.")
    if any(not letter.isprintable() for letter in line):
        raise Refused("There is something in it that is no letter.", "Type it again.")
    return line


def says_nothing(line: str) -> bool:
    return not line or line.casefold() in EMPTY


def read_people(line: str) -> People:
    """A number of people. Raises Refused."""
    words = line.casefold()
    if says_nothing(line):
        return People()
    if words in HIDDEN:
        return People(small=True, said=f"“{line}” hides a small number: kept as “fewer than {SMALL}”")
    _not_yet(words)
    if found := FEWER.fullmatch(words):
        if int(found.group(1)) == SMALL:
            return People(small=True)
        raise Refused(
            f"Only “<{SMALL}” can be kept, not “{shown(line)}”.",
            "Write the number, or leave the cell empty and say it in the note.",
        )
    if found := MORE.fullmatch(words):
        return People(_whole(found.group(1) or found.group(2)), more_than=True)
    if found := WHOLE.fullmatch(words):
        number = _whole(found.group(1))
        if 0 < number < SMALL:
            return People(small=True, said=f"{number} is kept as “fewer than {SMALL}”")
        return People(number)
    raise Refused(*_not_people(words))


def _whole(text: str) -> int:
    number = int(re.sub(r"[, ]", "", text))
    if number > MOST_PEOPLE:
        raise Refused("That is more children than there can be.", "Check the number.")
    return number


def _not_people(words: str) -> tuple[str, str]:
    if re.fullmatch(rf"-\s*(?:{NUMBER})", words):
        return "A number of people is never below 0.", ""
    if SCIENTIFIC.fullmatch(words):
        return "The spreadsheet has shortened this number.", "Write it out, such as 120000."
    if re.fullmatch(r"[0-9]{1,9}\.[0-9]+", words):
        return "People are counted in whole numbers.", ""
    if found := re.search(rf"(?<![0-9.])({NUMBER})(?![0-9])", words):
        bare = re.sub(r"[, ]", "", found.group(1))
        return "There is more in this cell than a number.", f"If it is {bare}, write {bare} and no more."
    return "This is not a number.", ""


def read_weeks(line: str) -> Decimal | None:
    """A wait in weeks, or None where nothing is known. Raises Refused."""
    words = line.casefold()
    if says_nothing(line) or words in HIDDEN:
        return None
    _not_yet(words)
    if re.match(r"<|fewer|less|under|below", words):
        raise Refused(
            "“Fewer than” is for people, not for a wait.",
            "Write the weeks. If fewer than 5 waited, write <5 in people and leave the waits empty.",
        )
    if re.match(r">|more|over|above", words) or words.endswith("+"):
        raise Refused(
            "“More than” cannot be kept for a wait.", "Leave the cell empty and say it in the note."
        )
    if found := WEEKS_AND_DAYS.fullmatch(words):
        whole = Decimal(found.group(1)) + Decimal(found.group(2)) / 7
        raise Refused("Weeks are written as one number.", f"That is {_rounded(whole)} weeks.")
    if found := OTHER_UNIT.fullmatch(words):
        whole = Decimal(found.group(1)) * IN_WEEKS[found.group(2)]
        raise Refused("Waits are told in weeks.", f"That is about {_rounded(whole)} weeks.")
    if re.match(r"[0-9.]+\s*(?:-|–|to)\s*[0-9]", words):
        raise Refused("This is two numbers.", "Write the one that the source gives for this measure.")
    bare = WEEKS.fullmatch(words)
    number = _one_decimal(_number(bare.group(1) if bare else words, "A wait is never below 0 weeks."))
    if number > MOST_WEEKS:
        raise Refused(f"More than {MOST_WEEKS} weeks is ten years: check it.")
    return number


def read_percent(line: str) -> Decimal | None:
    """A percentage from 0 to 100, or None where nothing is known. Raises Refused."""
    words = line.casefold()
    if says_nothing(line) or words in HIDDEN:
        return None
    _not_yet(words)
    bare = re.sub(r"\s*(?:%|per ?cent)$", "", words)
    number = _number(bare, "A percentage is never below 0.")
    if 0 < number < 1 and bare == words:
        meant = _short(number * 100)
        raise Refused("This is a share, not a percentage.", f"Did you mean {meant}? Then write {meant}.")
    if number > 100:
        raise Refused("A percentage is at most 100.")
    return _one_decimal(number)


def _number(words: str, below: str) -> Decimal:
    """A number that is not negative; `below` is said of one that is."""
    if DECIMAL.fullmatch(words):
        return Decimal(words)
    if found := COMMA.fullmatch(words):
        raise Refused("A decimal has a point.", f"Did you mean {found.group(1)}.{found.group(2)}?")
    raise Refused(below if re.fullmatch(r"-\s*[0-9.]+", words) else "This is not a number.")


def _one_decimal(number: Decimal) -> Decimal:
    short = _rounded(number)
    if Decimal(short) != number:
        raise Refused("One decimal at most can be kept.", f"Write {short}.")
    return Decimal(short)


def _rounded(number: Decimal) -> str:
    return _short(number.quantize(Decimal("0.1"), ROUND_HALF_UP))


def _short(number: Decimal) -> str:
    """A number without noughts at its end."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _not_yet(words: str) -> None:
    if words in ("tbc", "tba", "to be confirmed", "pending"):
        raise Refused(
            "A figure that is still to be confirmed is not known.", "Leave the cell empty until it is."
        )
    if words in ("x", "c", "z", ":", ".", "..", "?", "#"):
        raise Refused(
            "This mark means different things to different people.",
            f"Leave the cell empty when it is not known; write <{SMALL} in people for a small number.",
        )


def read_whose(line: str) -> str:
    """“seen” or “waiting”. Raises Refused."""
    if found := WHOSE.get(line.casefold()):
        return found
    raise Refused("It is not said whose waits these are.", "Write seen or waiting.")


def read_words(line: str, column: str) -> str:
    """Text of a column, short enough, and nothing that a spreadsheet runs. Raises Refused."""
    if says_nothing(line):
        return ""
    if line.startswith(("+", "@")):
        raise Refused("A spreadsheet takes this for a formula.", "Begin it with a letter.")
    most = MOST_LETTERS[column]
    if len(line) > most:
        raise Refused(f"It is too long: {len(line)} letters.", f"Write at most {most}.")
    return line


def read_address(line: str) -> str:
    """A web address. Raises Refused."""
    address = read_words(line, "source_url")
    if not address:
        return ""
    if " " in address:
        raise Refused("A web address has no spaces.", "Write one address and no more.")
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        parts, host = None, ""
    if parts and parts.scheme in ("http", "https") and "." in host:
        return address
    if re.match(r"[a-z0-9-]+(\.[a-z0-9-]+)+(/|$)", address, re.I):
        raise Refused("It does not begin with https://.", f"Did you mean https://{shown(address)}?")
    raise Refused("This is not a web address.")


def read_date(line: str, column: str, today: date) -> date | None:
    """The day in one of the columns of days, or None where it is empty. Raises Refused."""
    if says_nothing(line):
        return None
    _not_yet(line.casefold())
    return read_day(line, today, {"from": "first", "to": "last"}.get(column, ""))

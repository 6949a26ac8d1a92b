"""From the bytes of a file to its rows of cells, with whatever is wrong with the file as a whole."""

import csv
import re
from dataclasses import dataclass, field
from io import StringIO
from itertools import pairwise

from rapidfuzz import fuzz, process

from .columns import NAMES
from .faults import Fault, shown

MOST_BYTES = 1_000_000
MOST_ROWS = 5_000
HEADER_WITHIN = 30
"""Rows. Whoever writes more lines of title than this has sent something else."""
FEWEST_NAMES = 3
"""Names of columns in one row that make it the header."""
DELIMITERS = {",": "", ";": "semicolons", "\t": "tabs", "|": "upright bars"}
SAVE_AS = "In your spreadsheet choose “Save as” and then “CSV UTF-8”, and send that file."
OTHER_KINDS = (
    (b"PK\x03\x04", "This is a spreadsheet (.xlsx or .ods), not a CSV file."),
    (b"\xd0\xcf\x11\xe0", "This is an old spreadsheet (.xls), not a CSV file."),
    (b"%PDF", "This is a PDF, not a CSV file."),
    (b"{\\rtf", "This is a text document, not a CSV file."),
)


@dataclass(frozen=True)
class SheetRow:
    number: int
    """As a spreadsheet counts rows, from 1."""
    cells: dict[str, str]
    """Text by name of column, for the columns that the file has."""
    shape: Fault | None = None
    """What may be behind its other faults: it has fewer or more cells than the header."""


@dataclass
class Sheet:
    rows: list[SheetRow] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """How the file was read, where that is not plain."""
    faults: list[Fault] = field(default_factory=list)


class _Unreadable(Exception):
    """Nothing of the file can be read."""


def read_sheet(content: bytes) -> Sheet:
    """The rows below the header of a CSV file of any encoding and delimiter; never an exception.

    Titles above the header, empty rows and empty columns at the end are passed over.
    """
    sheet = Sheet()
    try:
        text = _decoded(content, sheet.notes)
        records, broken, header = _table(text, sheet.notes)
    except _Unreadable as refusal:
        sheet.faults.append(Fault(None, "", "", *refusal.args))
        return sheet
    titles = [number for number, record in enumerate(records[:header], 1) if any(map(str.strip, record))]
    if titles:
        rows = f"row {titles[0]}" if len(titles) == 1 else f"rows {titles[0]} to {titles[-1]}"
        sheet.notes.append(f"What stands above the names of the columns was passed over ({rows}).")
    places = _columns(records, header, sheet)
    _rows(records, header, places, sheet)
    if broken:
        sheet.faults.append(broken)
    elif not sheet.rows and not sheet.faults:
        wrong = "There is no row below the names of the columns."
        sheet.faults.append(Fault(None, "", "", wrong, "Write one row for each figure."))
    return sheet


# The text


def _decoded(content: bytes, notes: list[str]) -> str:
    if len(content) > MOST_BYTES:
        raise _Unreadable(
            f"The file is larger than {MOST_BYTES // 1_000_000} MB.", "Send it in several files."
        )
    if not content.strip(b"\x00 \t\r\n,;"):
        raise _Unreadable("The file is empty.", "Download the empty file above, fill it in and send it.")
    for beginning, what in OTHER_KINDS:
        if content.startswith(beginning):
            raise _Unreadable(what, SAVE_AS)
    if content.lstrip()[:15].lower().startswith((b"<!doctype", b"<html", b"<?xml")):
        raise _Unreadable("This is a web page, not a CSV file.", SAVE_AS)
    encoding = _encoding(content)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as refusal:
        raise _Unreadable("This is not a text file, or its letters are damaged.", SAVE_AS) from refusal
    if encoding == "cp1252":
        notes.append("The file is in the old Windows alphabet (cp1252). Check letters such as £, ’ and é.")
    elif encoding.startswith("utf-16"):
        notes.append("The file is in UTF-16, and was read so.")
    if "\x00" in text:
        row = text.count("\n", 0, text.index("\x00")) + 1
        raise _Unreadable(
            f"About line {row} there is a NUL, which no text has: the file is damaged.", SAVE_AS
        )
    return text


def _encoding(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    # English in UTF-16 without its mark: every other byte is nought.
    start = content[: 2 * (len(content[:2000]) // 2)]
    for odd, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if start and start[odd::2].count(0) > 0.8 * len(start) / 2 and not start[1 - odd :: 2].count(0):
            return encoding
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


# The table


def _table(text: str, notes: list[str]) -> tuple[list[list[str]], Fault | None, int]:
    """All records, the fault that cut them short, and where the header is: read with the delimiter that
    finds most names of columns in one row."""
    best = (0, [], None, 0, ",")
    for delimiter in DELIMITERS:
        records, broken = _records(text, delimiter)
        for place, record in enumerate(records[:HEADER_WITHIN]):
            names = len({folded(cell) for cell in record} & set(NAMES))
            if names > best[0]:
                best = (names, records, broken, place, delimiter)
    names, records, broken, header, delimiter = best
    if names < FEWEST_NAMES:
        raise _Unreadable("No row holds the names of the columns.", f"One row must say: {', '.join(NAMES)}.")
    if DELIMITERS[delimiter]:
        notes.append(f"Its cells are parted by {DELIMITERS[delimiter]}, and were read so.")
    return records, broken, header


def _records(text: str, delimiter: str) -> tuple[list[list[str]], Fault | None]:
    records: list[list[str]] = []
    try:
        for record in csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True):
            records.append(record)
    except csv.Error:
        wrong = "A quotation mark opens or closes in the wrong place, so the rest could not be read."
        accepted = "Take the mark out, or write it twice inside a cell that begins and ends with one."
        return records, Fault(len(records) + 1, "", "", wrong, accepted)
    return records, None


def folded(name: str) -> str:
    """A header as its column is called: “ Half waited more-than ” is half_waited_more_than."""
    return re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")


def _columns(records, header: int, sheet: Sheet) -> dict[int, str]:
    """Name of column by place, with a fault for each that is unknown, missing or there twice."""
    row, below = header + 1, records[header + 1 :]
    places: dict[int, str] = {}
    for place, cell in enumerate(records[header][: _width(records[header])]):
        name = folded(cell)
        if name in places.values():
            wrong = "This column is there twice."
            sheet.faults.append(Fault(None, name, shown(cell), wrong, "Take one of them out."))
        elif name in NAMES:
            places[place] = name
        elif cell.strip():
            wrong = f"Row {row} names a column that is not known here."
            sheet.faults.append(Fault(None, "", shown(cell), wrong, _close(name)))
        else:
            _nameless(place, row, below, sheet)
    missing = [name for name in NAMES if name not in places.values()]
    for name in missing:
        accepted = "Add it. Its cells may be empty where nothing is known."
        sheet.faults.append(Fault(None, name, "", "This column is missing.", accepted))
    return places


def _close(name: str) -> str:
    near = process.extractOne(name, NAMES, scorer=fuzz.WRatio, score_cutoff=75)
    return f"Did you mean {near[0]}? Else take it out." if near else "Take it out."


def _nameless(place: int, header: int, below, sheet: Sheet) -> None:
    """An empty column is passed over; one without a name that holds something is not."""
    for number, record in enumerate(below, header + 1):
        if place < len(record) and record[place].strip():
            wrong = f"It stands in a column without a name (the {_nth(place + 1)})."
            accepted = f"Name the column in row {header}, or empty it."
            sheet.faults.append(Fault(number, "", shown(record[place]), wrong, accepted))
            return


def _nth(number: int) -> str:
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _width(header: list[str]) -> int:
    """Columns up to the last one with a name."""
    return max(place for place, cell in enumerate(header, 1) if cell.strip())


def _rows(records, header: int, places: dict[int, str], sheet: Sheet) -> None:
    width = _width(records[header])
    for number, record in enumerate(records[header + 1 :], header + 2):
        filled = [cell for cell in record if cell.strip()]
        if not filled:
            continue
        if len(sheet.rows) == MOST_ROWS:
            wrong = f"There are more than {MOST_ROWS:,} rows."
            sheet.faults.append(Fault(None, "", "", wrong, "Send them in several files."))
            return
        if any(cell.strip() for cell in record[width:]):
            sheet.faults.append(_too_long(number, record, width))
        elif len(filled) == 1 and width > 1:
            wrong = "Only one cell of this row holds something: it looks like a title or a note."
            sheet.faults.append(Fault(number, "", shown(filled[0]), wrong, "Take the row out."))
        elif {folded(cell) for cell in filled} <= set(NAMES):
            wrong = "This row says the names of the columns again."
            sheet.faults.append(Fault(number, "", "", wrong, "Take the row out."))
        else:
            cells = {name: record[place] if place < len(record) else "" for place, name in places.items()}
            sheet.rows.append(SheetRow(number, cells, _shape(number, record, width, len(records[header]))))


def _shape(number: int, record: list[str], width: int, written: int) -> Fault | None:
    """Of a row that may be right all the same, as spreadsheets leave out or add empty cells at the end.
    `width` columns have a name, and `written` cells stand in the row of names."""
    if len(record) > written:
        return _too_long(number, record, width)
    if len(record) >= width:
        return None
    wrong = f"This row has {len(record)} cells, and the names of the columns are {width}."
    return Fault(number, "", "", wrong, "Look whether a cell is missing: every empty cell needs its comma.")


def _too_long(number: int, record: list[str], width: int) -> Fault:
    wrong = f"This row has {len(record)} cells, and the names of the columns are {width}."
    for left, right in pairwise(record):
        if re.fullmatch(r"[1-9][0-9]{0,2}", left.strip()) and re.fullmatch(r"[0-9]{3}", right.strip()):
            whole = f"{left.strip()},{right.strip()}"
            accepted = (
                f"Is {whole} one number? Write {left.strip()}{right.strip()}, or put it in quotation marks."
            )
            return Fault(number, "", shown(whole), wrong, accepted)
    accepted = "A comma inside a cell parts it in two: put that cell in quotation marks."
    return Fault(number, "", shown(record[-1]), wrong, accepted)

"""Whole files, as spreadsheets and people make them: every fault named by its row and column, or coped with
and said so."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waiting.loading.columns import NAMES
from waiting.loading.rows import Known, KnownArea, KnownList, read_rows
from waiting.loading.sheet import MOST_BYTES, MOST_ROWS, read_sheet

TODAY = date(2024, 12, 1)
KNOWN = Known(
    lists=(
        KnownList(1, "autism-first-visit", "First visit to a community paediatrician"),
        KnownList(2, "ehc-plan", "EHC plans written"),
    ),
    areas=(
        KnownArea(1, "Hertfordshire", ("E10000015", "Herts"), "County"),
        KnownArea(2, "East and North Hertfordshire (NHS)", ("nhs-east-north",), "NHS half"),
        KnownArea(3, "South and West Hertfordshire (NHS)", ("nhs-south-west", "West Herts"), "NHS half"),
        KnownArea(4, "Old Borough", ("old",), "District", None, date(2023, 3, 31), "Dacorum"),
        KnownArea(5, "Watford", ("w-old",), "District", None, date(2024, 3, 31), "Watford"),
        KnownArea(6, "Watford", ("w-new",), "District", date(2024, 4, 1), None),
        KnownArea(7, "Area 1", ("dspl-1", "Delivering Locally"), "DSPL"),
        KnownArea(8, "Area 2", ("dspl-2", "Delivering Locally"), "DSPL"),
        KnownArea(9, "All Saints", ("saints",), "Ward"),
    ),
)
RIGHT = {
    "list": "autism-first-visit",
    "area": "Hertfordshire",
    "whose": "waiting",
    "from": "",
    "to": "2024-09-30",
    "people": "107",
    "half_waited_more_than": "18",
    "one_in_ten_waited_more_than": "40",
    "longest": "71.5",
    "percent_within_limit": "",
    "source": "Board papers",
    "source_url": "https://example.org/papers",
    "published_on": "",
    "note": "",
}


def file(*rows: dict, names=NAMES, delimiter=",") -> str:
    """A file with these rows, each the right one with some cells changed."""
    text = io.StringIO()
    sheet = csv.writer(text, delimiter=delimiter)
    sheet.writerow(names)
    sheet.writerows([(RIGHT | row).get(name.strip().lower(), "") for name in names] for row in rows)
    return text.getvalue()


def read(content: str | bytes):
    sheet = read_sheet(content.encode() if isinstance(content, str) else content)
    lines, faults = read_rows(sheet, KNOWN, TODAY)
    return lines, faults, sheet.notes


def faults_of(*rows: dict) -> list[str]:
    return list(map(str, read(file(*rows))[1]))


def test_a_right_row_is_read_whole():
    lines, faults, notes = read(file({}))
    assert (faults, notes) == ([], [])
    assert lines[0].number == 2
    assert lines[0].facts == {
        "waiting_list": 1,
        "area": 1,
        "whom": "waiting",
        "period_from": date(2024, 9, 30),
        "period_to": date(2024, 9, 30),
        "people": 107,
        "more_than": False,
        "small": False,
        "median_weeks": Decimal(18),
        "ninety_weeks": Decimal(40),
        "longest_weeks": Decimal("71.5"),
        "within_percent": None,
        "source_title": "Board papers",
        "source_url": "https://example.org/papers",
        "published_on": None,
        "note": "",
    }


# (what people do, the cells they change, row and column that are named, what is said)
CELLS = [
    ("an unknown list", {"list": "autism-frist-visit"}, "list", "Did you mean autism-first-visit?"),
    ("a list by its name", {"list": "EHC plans written"}, "list", "Write ehc-plan."),
    ("a list like no other", {"list": "zzz"}, "list", "The code of a waiting list"),
    ("a misspelt area", {"area": "Hertfordshre"}, "area", "Did you mean Hertfordshire"),
    ("an area elsewhere", {"area": "Qqq"}, "area", "as this site writes it"),
    (
        "an area that is gone",
        {"area": "Old Borough"},
        "area",
        "last day was 31 March 2023. It became Dacorum.",
    ),
    ("an area of several", {"area": "Delivering Locally"}, "area", "Write the code of one: dspl-1, dspl-2."),
    ("an area of the future", {"area": "w-new", "to": "2024-03-01"}, "area", "not there yet on 1 March 2024"),
    ("nobody’s waits", {"whose": "both"}, "whose", "Write seen or waiting."),
    ("no list", {"list": ""}, "list", "It looks like a merged cell"),
    ("no source", {"source": "n/a"}, "source", "write it in every row"),
    ("no address of the source", {"source_url": ""}, "source_url", "looks like a merged cell"),
    ("no last day", {"to": ""}, "to", "looks like a merged cell"),
    ("fewer than five in a wait", {"longest": "<5"}, "longest", "“Fewer than” is for people"),
    ("months", {"half_waited_more_than": "4 months"}, "half_waited_more_than", "That is about 17.4 weeks."),
    ("a share", {"percent_within_limit": "0.56"}, "percent_within_limit", "Did you mean 56?"),
    ("an American day", {"to": "09/30/2024"}, "to", "If it is 30 September 2024, write 2024-09-30."),
    ("a day in a spreadsheet’s number", {"to": "45565"}, "to", "It is 30 September 2024"),
    ("a day to come", {"to": "2025-01-01"}, "to", "still to come"),
    (
        "a month where a day is asked",
        {"published_on": "Oct 2024"},
        "published_on",
        "Write the day, such as 2024",
    ),
    ("a failed formula", {"people": "#REF!"}, "people", "a spreadsheet’s own error"),
    ("a column too narrow", {"to": "########"}, "to", "Make it wider"),
    ("a formula", {"note": "=cmd|' /C calc'!A0"}, "note", "This is a formula."),
    ("words that run", {"source": "@SUM(A1)"}, "source", "takes this for a formula"),
    ("a row of totals", {"list": "Total"}, "list", "looks like a row of totals"),
    ("totals of the county", {"list": "Hertfordshire total"}, "list", "looks like a row of totals"),
    ("all", {"list": "All"}, "list", "looks like a row of totals"),
    ("all areas", {"area": "All areas"}, "area", "looks like a row of totals"),
    ("a negative number", {"people": "-3"}, "people", "never below 0"),
    ("over ten years", {"longest": "521"}, "longest", "ten years"),
]


@pytest.mark.parametrize(
    ("cells", "column", "said"), [row[1:] for row in CELLS], ids=[row[0] for row in CELLS]
)
def test_a_wrong_cell_is_named_with_its_row_its_column_and_what_would_be_accepted(cells, column, said):
    lines, faults, _ = read(file({"to": "2024-06-30"}, cells))
    assert [(fault.row, fault.column) for fault in faults] == [(3, column)]
    assert said in str(faults[0])
    assert faults[0].accepted
    assert [line.number for line in lines] == [2], "the right row beside it is still read"


def test_an_empty_cell_below_a_filled_one_is_never_filled_in():
    first, second = faults_of({}, {"list": "", "area": "", "to": "2024-06-30"})
    assert first == (
        "Row 3, list: This cell is empty. It looks like a merged cell: the value above was "
        "“autism-first-visit”. If it is “autism-first-visit” here too, write it in every row."
    )
    assert "the value above was “Hertfordshire”" in second


def test_an_empty_cell_with_nothing_above_is_named():
    assert faults_of({"list": "n/a"}) == [
        "Row 2, list: “n/a”. This cell is empty, and must not be. The code of a waiting list."
    ]


def test_an_area_is_known_by_any_of_its_names():
    for name in ("Hertfordshire", "HERTS", " hertfordshire ", "e10000015", "West Herts"):
        assert read(file({"area": name}))[1] == []
    name = "South & West Hertfordshire (NHS)"
    assert read(file({"area": name}))[0][0].facts["area"] == 3


def test_of_two_areas_of_one_name_the_day_decides():
    lines, faults, _ = read(file({"area": "Watford", "to": "2024-01-31"}, {"area": "Watford"}))
    assert faults == []
    assert [line.facts["area"] for line in lines] == [5, 6]


def test_an_area_whose_name_sounds_like_a_total_is_an_area():
    assert read(file({"area": "All Saints"}))[1] == []


def test_the_same_row_twice_is_named():
    assert faults_of({}, {"people": "99"}) == [
        "Row 3: “autism-first-visit”. Row 2 is of the same list, area, whose, from and to. "
        "Keep one of the two rows."
    ]


WAITS = {"half_waited_more_than": "", "one_in_ten_waited_more_than": "", "longest": ""}
EAST = WAITS | {"area": "nhs-east-north", "people": "60"}
WEST = WAITS | {"area": "nhs-south-west", "people": "47"}


def test_a_row_that_sums_up_the_others_is_named():
    assert faults_of(EAST, WEST, WAITS) == [
        "Row 4, people: “107”. This is the sum of rows 2, 3: it looks like a row of totals. "
        "Take it out. If the source itself gives this number, say so in its note."
    ]


def test_a_sum_that_its_source_gives_is_taken():
    assert faults_of(EAST, WEST, WAITS | {"note": "The source gives this for the county."}) == []
    assert faults_of(EAST, WEST, {}) == [], "it says how long, which no sum does"
    assert faults_of(EAST, WEST, WAITS | {"people": "108"}) == []


# The file as a whole

COPED = [
    ("BOM", ("\ufeff" + file({})).encode(), ""),
    ("Windows letters", file({"note": "It’s £5 – café"}).encode("cp1252"), "old Windows alphabet"),
    ("UTF-16 with its mark", file({}).encode("utf-16"), "UTF-16"),
    ("UTF-16 without its mark", file({}).encode("utf-16-le"), "UTF-16"),
    ("UTF-16 the other way", file({}).encode("utf-16-be"), "UTF-16"),
    ("semicolons", file({}, delimiter=";").encode(), "parted by semicolons"),
    ("tabs", file({}, delimiter="\t").encode(), "parted by tabs"),
    ("old Macs", file({}).replace("\r\n", "\r").encode(), ""),
    ("titles above", ("Waiting times\r\nSeptember 2024,,\r\n\r\n" + file({})).encode(), "rows 1 to 2"),
    ("what Excel writes", ("sep=,\r\n" + file({})).encode(), "row 1"),
    ("empty rows at the end", (file({}) + ",,,,,\r\n\r\n,,,\r\n").encode(), ""),
    ("empty columns at the end", file({}).replace("\r\n", ",,,\r\n").encode(), ""),
    ("cells left out at the end", file({}).rstrip("\r\n,").encode(), ""),
    ("a line break in a cell", file({"note": "One\nTwo"}).encode(), ""),
    (
        "names in capitals, with spaces, in another order",
        file({}, names=[f" {name.upper()} " for name in reversed(NAMES)])
        .replace("HALF_WAITED_MORE_THAN", "Half Waited more-than")
        .encode(),
        "",
    ),
]


@pytest.mark.parametrize(("content", "note"), [row[1:] for row in COPED], ids=[row[0] for row in COPED])
def test_copes_with_and_says_so(content, note):
    lines, faults, notes = read(content)
    assert faults == []
    assert len(lines) == 1
    assert any(note in each for each in notes) if note else notes == []
    assert lines[0].facts["source_title"] == "Board papers"


def test_windows_letters_are_read_as_they_were_written():
    assert read(file({"note": "It’s £5 – café"}).encode("cp1252"))[0][0].facts["note"] == "It’s £5 – café"


def test_rows_are_counted_as_a_spreadsheet_counts_them():
    """Titles, empty rows and line breaks inside cells included."""
    text = "Title\n\n" + file({"note": "a\nb\nc"}) + ",,,\n" + file({"to": "x"}).split("\n", 1)[1]
    _, faults, _ = read(text)
    assert [fault.row for fault in faults] == [6]


REFUSED = [
    ("nothing", b"", "The file is empty."),
    ("blank lines", b"\r\n ,,, \r\n", "The file is empty."),
    ("only names", ",".join(NAMES).encode(), "There is no row below"),
    ("an .xlsx", b"PK\x03\x04\x14\x00", "This is a spreadsheet (.xlsx or .ods), not a CSV file. In your"),
    ("an .xls", b"\xd0\xcf\x11\xe0\xa1\xb1", "old spreadsheet"),
    ("a PDF", b"%PDF-1.7", "This is a PDF"),
    ("a web page", b"\n<!DOCTYPE html><html>", "This is a web page"),
    ("no names of columns", b"a,b\n1,2\n", "No row holds the names of the columns. One row must say: list,"),
    ("too large", b"x" * (MOST_BYTES + 1), "The file is larger than 1 MB."),
    ("a NUL", file({"note": "a\x00b"}).encode(), "there is a NUL"),
    ("what is no text", b"list,area,whose\n\x81\x8d", "not a text file"),
    ("too many rows", file(*[{}] * (MOST_ROWS + 1)).encode(), "There are more than 5,000 rows."),
    ("an open quotation mark", file({}).replace("Board", '"Board').encode(), "Row 2: A quotation mark opens"),
    ("a mark inside", file({}).replace("Board papers", '"Board" papers').encode(), "Row 2: A quotation mark"),
    (
        "a column twice",
        file({}, names=[*NAMES, "Note"]).encode(),
        "The file, note: “Note”. This column is there",
    ),
    ("a column unknown", file({}, names=[*NAMES, "Peple"]).encode(), "Did you mean people?"),
    ("a column missing", file({}, names=NAMES[:-1]).encode(), "The file, note: This column is missing."),
    ("a comma in a cell", file({}).replace(",107,", ",1,200,").encode(), "Is 1,200 one number? Write 1200"),
    ("a comma in words", file({}).replace("Board", "The, Board").encode(), "15 cells, and the names of the"),
    ("a note below", (file({}) + "* fewer than five,,,\n").encode(), "it looks like a title or a note"),
    ("the names again", (file({}) + ",".join(NAMES)).encode(), "says the names of the columns again"),
    (
        "a cell without a column",
        file({}).replace("people", "").replace(",107,", ",107,").encode(),
        "It stands in a column without a name (the 6th)",
    ),
]


@pytest.mark.parametrize(("content", "said"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_a_wrong_file_is_refused_in_kind_words(content, said):
    _, faults, _ = read(content)
    assert any(said in str(fault) for fault in faults), list(map(str, faults))


def test_a_row_that_slipped_to_the_left_says_that_a_cell_is_missing():
    faults = read(file({}).replace(",71.5,", ",", 1))[1]
    assert faults[0].row == 2
    assert "This row has 13 cells, and the names of the columns are 14." in str(faults[0])


def test_without_a_column_nothing_is_read_whole():
    """Else what stands there would be lost when a row changes it."""
    lines, faults, _ = read(file({}, {"to": "x"}, names=NAMES[:-1]))
    assert lines == []
    assert [(fault.row, fault.column) for fault in faults] == [(None, "note"), (3, "to")]


def test_all_faults_are_told_at_once():
    faults = faults_of({"people": "-1", "to": "x", "whose": "?"}, {"area": "Nowhere"})
    assert [fault.partition(":")[0] for fault in faults] == [
        "Row 2, whose", "Row 2, to", "Row 2, people", "Row 3, area",
    ]  # fmt: skip


def test_what_a_cell_held_is_told_on_one_short_line():
    _, faults, _ = read(file({"people": "many\nmany " * 50}))
    assert len(faults[0].there) == 60
    assert "\n" not in faults[0].there


LETTERS = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=30)
CELL = st.one_of(
    LETTERS, st.sampled_from([*RIGHT.values(), "<5", "Total", "09/30/2024", "1,200", "56%", "=1"])
)
ROWS = st.lists(st.lists(CELL, max_size=16), max_size=6)


@settings(max_examples=300, deadline=None)
@given(
    ROWS, st.sampled_from(",;\t|"), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
)
def test_any_rows_give_a_report_and_never_an_exception(rows, delimiter, encoding):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([NAMES, *rows])
    lines, faults, _ = read(text.getvalue().encode(encoding, "replace"))
    assert lines or faults


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=300), st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace"))
    )
)
def test_any_bytes_give_a_report_and_never_an_exception(content):
    assert read(content)[1]
    read(",".join(NAMES).encode() + b"\n" + content)

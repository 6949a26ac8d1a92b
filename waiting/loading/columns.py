"""The columns of a file of waiting times: what each is called, what may be written, and an example."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    name: str
    field: str
    """The field of a waiting time that it fills."""
    accepts: str
    example: str
    needed: bool = False


DAY = "A day: 2024-09-30, 30/09/2024 or 30 September 2024."
WEEKS = "Weeks as a number, with one decimal at most: 18 or 18.5. “18 weeks” is fine too. Empty: not known."

COLUMNS = (
    Column(
        "list",
        "waiting_list",
        "The code of a waiting list.",
        "",
        True,
    ),
    Column("area", "area", "The name of an area as this site writes it.", "Hertfordshire", True),
    Column("whose", "whom", "“seen” or “waiting”.", "seen", True),
    Column(
        "from",
        "period_from",
        f"{DAY} A month, “September 2024”, is its first day. Empty when it was counted on one day.",
        "2024-09-01",
    ),
    Column(
        "to",
        "period_to",
        f"{DAY} A month is its last day. The day it was counted, when it was one day.",
        "30/09/2024",
        True,
    ),
    Column(
        "people",
        "people",
        "A whole number: 107 or 1,200. “<5” for fewer than 5. “more than 600”. Empty: not known.",
        "107",
    ),
    Column("half_waited_more_than", "median_weeks", WEEKS, "18"),
    Column("one_in_ten_waited_more_than", "ninety_weeks", WEEKS, "40"),
    Column("longest", "longest_weeks", WEEKS, "71.5"),
    Column(
        "percent_within_limit",
        "within_percent",
        "A number from 0 to 100: 56 or 56%. Only for those seen, on a list with a legal limit. "
        "Empty: not known.",
        "",
    ),
    Column("source", "source_title", "The name of the source, up to 200 letters.", "Board papers", True),
    Column(
        "source_url",
        "source_url",
        "Its web address, which begins with https:// or http://.",
        "https://www.example.org/papers.pdf",
        True,
    ),
    Column("published_on", "published_on", f"{DAY} Empty: not known.", "30 November 2024"),
    Column("note", "note", "Anything readers must know, up to 300 letters. It may be empty.", ""),
)
NAMES = tuple(column.name for column in COLUMNS)
BY_NAME = {column.name: column for column in COLUMNS}
NEEDED = tuple(column.name for column in COLUMNS if column.needed)
BY_FIELD = {column.field: column for column in COLUMNS}

EMPTY = ("n/a", "-", "–", "—", "not known", "[x]", "[z]")
"""Read as an empty cell, which means “not known”, in the columns that may be empty."""
HIDDEN = ("*", "[c]")
"""How publishers hide a small number: fewer than five people, and in a wait nothing known."""

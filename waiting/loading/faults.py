"""What is wrong with a file, in words that help to put it right."""

from dataclasses import dataclass

LONGEST_SHOWN = 60
"""Characters of a cell that a fault repeats."""


class Refused(Exception):
    """A cell that cannot be taken: what is wrong, and what would be accepted instead ("" to say what its
    column accepts). Both are plain sentences."""

    def __init__(self, wrong: str, accepted: str = ""):
        super().__init__(wrong)
        self.wrong, self.accepted = wrong, accepted


@dataclass(frozen=True)
class Fault:
    """One thing to put right. `row` is counted as a spreadsheet counts, from 1, and None for the whole file;
    `column` is "" for the whole row; `there` is what the cell held."""

    row: int | None
    column: str
    there: str
    wrong: str
    accepted: str = ""

    @property
    def where(self) -> str:
        place = f"Row {self.row}" if self.row else "The file"
        return f"{place}, {self.column}" if self.column else place

    def __str__(self):
        there = f" “{self.there}”." if self.there else ""
        return f"{self.where}:{there} {self.wrong} {self.accepted}".rstrip()


def shown(text: str) -> str:
    """A cell on one line, cut where it is long, and without what a screen cannot show."""
    line = "".join(letter if letter.isprintable() else "�" for letter in " ".join(text.split()))
    return line if len(line) <= LONGEST_SHOWN else line[: LONGEST_SHOWN - 1] + "…"

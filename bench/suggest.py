"""A suggestion against a search, both from the line as typed to the answer, on 10,000 made-up records.

Both read the line, both ask the engine; the page around them is left out. A line of family words is
searched for, and suggestions are asked for its beginnings, by turns, on a copy of the demo's database.
"""

import csv
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.pages import ROOT, environment

SIZE = 10_000
LINES = 40
ROUNDS = 3
LIMIT = 1 / 3
QUERIES = ROOT / "tests" / "relevance" / "queries.csv"


def run(size: int = SIZE) -> None:
    with tempfile.TemporaryDirectory() as folder:
        ours = environment()
        with (
            sqlite3.connect(Path(ours["VAR_DIR"]) / "db.sqlite3") as demo,
            sqlite3.connect(Path(folder) / "db.sqlite3") as copy,
        ):
            demo.backup(copy)
        command = [sys.executable, "-m", "bench.suggest", str(size)]
        subprocess.run(command, cwd=ROOT, env=ours | {"VAR_DIR": folder, "SEARCH_URL": "sqlite:"}, check=True)


def lines() -> list[str]:
    with QUERIES.open(encoding="utf-8", newline="") as file:
        return [row["query"] for row in csv.DictReader(file) if row["half"] == "study"][:LINES]


def beginnings(line: str) -> list[str]:
    """After three letters, at the half and one letter before the end."""
    return [line[:3], line[: len(line) // 2], line[:-1]]


def measure(size: int) -> None:
    import django

    django.setup()
    from django.http import QueryDict

    from bench.directories import Directory
    from search.engines import engine
    from search.filters import SearchFilter
    from search.query import Change
    from search.suggestions import grouped, suggestions

    engine().rebuild(Change(each.ref, 1, each) for each in Directory().documents(size))

    def search(line: str) -> None:
        params = QueryDict(mutable=True)
        params["q"] = line
        engine().search(SearchFilter(params).query())

    search("sleep")
    suggestions("sle")
    ratios, searches, typed = [], [], []
    for line in lines():
        took: dict[str, list[float]] = {"search": [], "typed": []}
        for _ in range(ROUNDS):
            took["search"].append(_time(lambda line=line: search(line)))
            for beginning in beginnings(line):
                took["typed"].append(_time(lambda beginning=beginning: grouped(suggestions(beginning))))
        searches.append(statistics.median(took["search"]))
        typed.append(statistics.median(took["typed"]))
        ratios.append(typed[-1] / searches[-1])
    ratio, whole, part = (statistics.median(each) for each in (ratios, searches, typed))
    print(f"\nsuggestions, {size:,} records, {len(ratios)} lines, from the line typed to the answer")
    print(f"search {whole * 1000:.2f} ms, suggestion {part * 1000:.2f} ms")
    print(f"ratio {ratio:.2f}, at most {LIMIT:.2f}{'  OVER' if ratio > LIMIT else ''}")


def _time(work) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    measure(int(sys.argv[1]))

"""`make relevance`: how often the lines of `tests/relevance/queries.csv` find what they should.

The demo stands in a scratch database, made anew whenever a file that shapes it changed. The lines of
the half `score` are counted and never shown (tests/relevance/README.md says why).

    python -m bench.relevance                   totals for each half
    python -m bench.relevance --failures        what went wrong in the half `study`, line by line
    python -m bench.relevance --engine URL      another engine; may be repeated
"""

import argparse
import csv
import hashlib
import io
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
LINES = ROOT / "tests" / "relevance" / "queries.csv"
DEMO = ("*/demo/*", "*/demo/*/*.toml", "directory/models/*.py", "*/migrations/*.py")
INDEX = ("search/documents/*.py", "search/tokens.py", "search/engines/**/*.py")
"""Files whose change makes the scratch database, or its index, out of date."""

STUDY = "study"
FIRST = 3
NONE = "none"


@dataclass(frozen=True, slots=True)
class Line:
    id: str
    half: str
    query: str
    age: str
    place: str
    expected: frozenset[str]
    """References such as "hertfordshire-2026:11" or "page:sleep"; empty when nothing should be found."""
    kind: str


@dataclass(slots=True)
class Tally:
    """What was counted over some lines."""

    asked: int = 0
    """Lines that something should answer."""
    first: int = 0
    among_first: int = 0
    reciprocal: float = 0.0
    empty: int = 0
    """Lines that should find something and found nothing."""
    nothing_asked: int = 0
    nothing_wrong: int = 0
    """Lines that should find nothing and found something."""
    kinds: Counter = field(default_factory=Counter)
    kinds_right: Counter = field(default_factory=Counter)

    def add(self, line: Line, place: int | None, total: int) -> None:
        """One line, the place (from 1) of its best answer, and how many were found."""
        right = succeeds(line, place, total)
        self.kinds[line.kind] += 1
        self.kinds_right[line.kind] += right
        if not line.expected:
            self.nothing_asked += 1
            self.nothing_wrong += not right
            return
        self.asked += 1
        self.first += place == 1
        self.among_first += right
        self.reciprocal += 1 / place if place else 0
        self.empty += not total

    def row(self) -> list[str]:
        return [
            share(self.first, self.asked),
            share(self.among_first, self.asked),
            f"{self.reciprocal / max(self.asked, 1):.3f}",
            share(self.empty, self.asked),
            share(self.nothing_wrong, self.nothing_asked),
        ]


def share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


def succeeds(line: Line, place: int | None, total: int) -> bool:
    """Any right record among the first three of its list, what to go to or what to read; nothing at all
    where nothing is right."""
    return place is not None and place <= FIRST if line.expected else not total


def best_place(expected: Iterable[str], *lists: list[set[str]]) -> int | None:
    """Where, from 1, the first right record stands in the best of some lists of records, each record with
    its references."""
    wanted = set(expected)
    return min(
        (place for found in lists for place, refs in enumerate(found, start=1) if refs & wanted), default=None
    )


def lines(path: Path = LINES) -> Iterator[Line]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            expected = frozenset() if row["expected"] == NONE else frozenset(row["expected"].split("|"))
            yield Line(
                row["id"], row["half"], row["query"], row["age"], row["place"], expected, row["kind_of_case"]
            )


def print_table(tallies: dict[str, Tally], kinds: bool) -> None:
    print(f"{'':<8}{'lines':>6}{'first':>9}{'first 3':>9}{'mrr':>7}{'nothing':>9}{'something wrong':>17}")
    for half, tally in tallies.items():
        first, three, mean, empty, wrong = tally.row()
        many = tally.asked + tally.nothing_asked
        print(f"{half:<8}{many:>6}{first:>9}{three:>9}{mean:>7}{empty:>9}{wrong:>17}")
    if kinds and STUDY in tallies:
        tally = tallies[STUDY]
        parts = (f"{kind} {tally.kinds_right[kind]}/{many}" for kind, many in sorted(tally.kinds.items()))
        print(f"{STUDY} by kind: " + ", ".join(parts))


def scratch() -> Path:
    return Path(os.environ.get("RELEVANCE_DATABASE", ROOT / "var" / "relevance.sqlite3"))


def shape(patterns: tuple[str, ...]) -> str:
    """A digest of files."""
    digest = hashlib.sha256()
    for pattern in patterns:
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file():
                digest.update(path.read_bytes())
    return digest.hexdigest()


def prepare() -> None:
    """Django on a scratch database that holds the demo as its files say now."""
    path = scratch()
    path.parent.mkdir(parents=True, exist_ok=True)
    os.environ["DATABASE_PATH"] = str(path)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "localoffer.settings.dev")
    import django

    django.setup()
    stamp, now = path.with_suffix(".shape"), f"{shape(DEMO)} {shape(INDEX)}"
    before = stamp.read_text() if path.exists() and stamp.exists() else ""
    if before == now:
        return
    if before.split(" ")[0] == now.split(" ")[0]:
        make_index()
    else:
        make_demo(path)
    stamp.write_text(now)


def make_demo(path: Path) -> None:
    from django.core.management import call_command

    import handbook.demo
    import home.demo
    import waiting.demo
    from directory.demo import Progress, load

    for suffix in ("", "-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)
    print("Making the demo anew", file=sys.stderr)
    call_command("migrate", verbosity=0)
    load(Progress(io.StringIO()))
    home.demo.load()
    handbook.demo.load()
    waiting.demo.load()


def make_index() -> None:
    from search.engines import engine
    from search.outbox import rebuild

    print("Making the index anew", file=sys.stderr)
    rebuild(engine())


def ask(chosen, line: Line):
    """(what was asked, its query, the services listed, what is read beside them, the references of each).

    The page of results shows both lists; each of the two last is a pair, services first."""
    from django.http import QueryDict

    from search.filters import SearchFilter
    from search.management.commands.find import services
    from search.to_read import band, pages

    pairs = {"q": line.query, "age": line.age, "place": line.place}
    filters = SearchFilter(QueryDict(urlencode(pairs)))
    query = filters.query()
    result = chosen.search(query)
    reading, _, listed = band(query, result, chosen)
    rows, read = services([hit.ref for hit in listed.hits]), pages([row.ref for row in reading])
    hits = [hit for hit in listed.hits if hit.ref in rows]
    to_go_to = [{str(one) for one in rows[hit.ref].references.all()} for hit in hits]
    to_read = [{f"page:{read[row.ref].slug}" if row.ref in read else row.ref} for row in reading]
    return filters.asked, query, result.total, (hits, reading), (to_go_to, to_read), rows


def report_failure(line: Line, answer, place) -> None:
    asked, query, total, (hits, reading), (to_go_to, _), rows = answer
    expected = "|".join(sorted(line.expected)) or NONE
    print(f"\n{line.id} [{line.kind}] {line.query!r} age={line.age} place={line.place}")
    print(f"   wants {expected}; stands at {place}; {total} found")
    print(f"   needs {dict(asked.reading.needs)} words {' '.join(query.words)}", end="")
    print(f" age {asked.age} place {asked.place.label if asked.place else ''}")
    right = best_place(line.expected, to_go_to) or 0
    for hit in hits[: max(FIRST, min(right, 6))]:
        parts = ", ".join(f"{part} {points}" for part, points in hit.parts.items() if part != "beside")
        print(f"   {hit.score % 1000:>4} {rows[hit.ref]}: {parts}")
    if reading:
        print("   to read: " + "; ".join(row.title for row in reading[:FIRST]))


def measure(chosen, path: Path = LINES, failures: bool = False) -> dict[str, Tally]:
    """Totals by half; with `failures`, those of the half `study` are printed."""
    tallies: dict[str, Tally] = {}
    for line in lines(path):
        answer = ask(chosen, line)
        total, lists = answer[2], answer[4]
        place = best_place(line.expected, *lists)
        tallies.setdefault(line.half, Tally()).add(line, place, total)
        if failures and line.half == STUDY and not succeeds(line, place, total):
            report_failure(line, answer, place)
    return tallies


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.relevance", description=__doc__.split("\n")[0])
    parser.add_argument("--failures", action="store_true", help="list what went wrong in the half study")
    parser.add_argument("--engine", action="append", help="a SEARCH_URL; may be repeated")
    parser.add_argument("--file", type=Path, default=LINES, help="other lines of the same columns")
    options = parser.parse_args(arguments)
    prepare()
    from search.engines import engine
    from search.outbox import rebuild

    for url in options.engine or [None]:
        chosen = engine(url)
        if url:
            rebuild(chosen)
        tallies = measure(chosen, options.file, options.failures)
        print(f"\n{chosen.name}, {options.file.name}")
        print_table(tallies, kinds=True)


if __name__ == "__main__":
    main(sys.argv[1:])

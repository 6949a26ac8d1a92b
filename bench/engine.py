"""Search against the bare SQL that finds the same words, and what it holds in memory.

Each measure is taken in a process of its own, on a scratch database that is thrown away: a SQLite file,
and a PostgreSQL that is started for it where one is installed. Searches take turns with the database's
own text search (floor.sql, floor_postgres.sql), so that a machine that slows down slows both. `cold` is
the first search for a line's words and place by a process; `warm` is the next; `typing` is a suggestion
against a warm search.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path

from tests import postgres

SIZES = (10_000, 100_000)
LINES = 60
LIMIT = 1.0
TYPING_LIMIT = 1 / 3
TYPED = ("s", "sl", "sle", "sleep", "sleep he", "help with")
MOST_MEGABYTES = 100
FLOOR = Path(__file__).with_name("floor.sql")


def run(sizes=SIZES) -> None:
    for name in ("sqlite", "postgres"):
        if name == "postgres" and not postgres.installed():
            print("\nPostgreSQL is not installed, so it is not measured.")
            continue
        print(
            f"\n{name}: {LINES} family lines with need, age, district and place; page of 20, total, 16 facets"
        )
        print(
            f"{'records':>8}{'match':>8}{'found':>8}{'floor ms':>10}{'warm':>18}{'cold':>18}{'typing':>18}"
            f"{'memory':>9}{'rebuild':>9}"
        )
        for size in sizes:
            with tempfile.TemporaryDirectory() as folder, _server(name) as server:
                environment = {"VAR_DIR": folder, "DATABASE_PATH": f"{folder}/bench.sqlite3"}
                environment["TEST_DATABASE_URL"] = server.url if server else ""
                _print(size, *(_child(what, size, environment) for what in ("fill", "measure", "memory")))


def _server(name: str):
    return postgres.Server() if name == "postgres" else nullcontext()


def _print(size: int, seconds: float, found: dict, held: float) -> None:
    over = (
        found["warm"][0] > LIMIT
        or found["typing"][0] > TYPING_LIMIT
        or (size >= max(SIZES) and held > MOST_MEGABYTES)
    )
    print(
        f"{size:>8,}{found['match']:>8.1%}{found['found']:>8.1%}{found['floor']:>10.2f}"
        + "".join("{:>8.2f}× p95 {:.2f}×".format(*found[name]) for name in ("warm", "cold", "typing"))
        + f"{held:>6.0f} MB{seconds:>7.0f} s{'  OVER' if over else ''}"
    )


def _child(what: str, size: int, environment: dict[str, str]):
    environment = os.environ | environment | {"DJANGO_SETTINGS_MODULE": "localoffer.settings.test"}
    command = [sys.executable, "-m", "bench.engine", what, str(size)]
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout)


def _set_up():
    import django
    from django.conf import settings

    if not os.environ["TEST_DATABASE_URL"]:
        settings.DATABASES["default"]["NAME"] = os.environ["DATABASE_PATH"]
    django.setup()

    from search.engines import engine

    return engine()


def fill(target, size: int) -> float:
    """Fill the index, and the table that the floor is measured on; gives the seconds of the first."""
    from bench.directories import Directory
    from search.query import Change

    report = target.rebuild(Change(each.ref, 1, each) for each in Directory().documents(size))
    _fill_floor(Directory().documents(size))
    return report.seconds


def _fill_floor(documents) -> None:
    from django.db import connection, transaction

    from search.query import FIELDS

    rows = (
        (number, *(" ".join(each.words.get(name, ())) for name in FIELDS))
        for number, each in enumerate(documents, 1)
    )
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                f"CREATE VIRTUAL TABLE floor_words USING fts5({', '.join(FIELDS)}, tokenize = 'ascii')"
            )
            columns, values = f"rowid, {', '.join(FIELDS)}", "%s, %s, %s, %s, %s, %s"
        else:
            cursor.execute("CREATE TABLE floor_words (n INTEGER, words TSVECTOR)")
            weighed = [f"setweight(to_tsvector('simple', %s), '{weight}')" for weight in "AABCD"]
            columns, values = "n, words", f"%s, {' || '.join(weighed)}"
        with transaction.atomic():
            cursor.executemany(f"INSERT INTO floor_words ({columns}) VALUES ({values})", rows)
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            cursor.execute("CREATE INDEX ON floor_words USING GIN (words)")
            cursor.execute("VACUUM ANALYZE")


def _floor(query) -> tuple[str, str]:
    """The statement of the database in use, and its terms."""
    from django.db import connection

    if connection.vendor == "sqlite":
        return FLOOR.read_text(), " OR ".join(f'"{word}"' for word in query.words)
    return FLOOR.with_name("floor_postgres.sql").read_text(), " | ".join(f"'{word}'" for word in query.words)


def measure(target, size: int):
    from django.db import connection

    from bench.directories import Directory
    from search.query import Query

    spent = {"floor": [], "warm": [], "cold": [], "typing": []}
    matches, found = [], []
    target.search(Query())  # the state is read once by each process, whatever is asked
    target.suggest("a", 1)
    cursor = connection.cursor()
    for number, query in enumerate(Directory().queries(LINES)):
        statement, terms = _floor(query)
        statement = statement.replace(":terms", "%s")
        took = {"floor": [], "warm": [], "typing": []}
        target._state.words._held.clear()
        target._state.reaches._held.clear()
        spent["cold"].append(_time(lambda query=query: target.search(query)))
        for turn in range(5):
            took["floor"].append(_time(lambda floor=(statement, terms): _fetched(cursor, *floor)))
            took["warm"].append(_time(lambda query=query: target.search(query)))
            typed = TYPED[(number + turn) % len(TYPED)]
            took["typing"].append(_time(lambda typed=typed: target.suggest(typed, 8)))
        for name, times in took.items():
            spent[name].append(statistics.median(times))
        matches.append(len(_fetched(cursor, statement, terms)) / size)
        found.append(target.search(query).total / size)
    return {
        "match": statistics.median(matches),
        "found": statistics.median(found),
        "floor": statistics.median(spent["floor"]) * 1000,
        "typing": _ratios(spent["typing"], spent["warm"]),
        **{name: _ratios(spent[name], spent["floor"]) for name in ("warm", "cold")},
    }


def _fetched(cursor, statement: str, terms: str) -> list:
    cursor.execute(statement, [terms])
    return cursor.fetchall()


def _time(work) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _ratios(times: list[float], floors: list[float]) -> tuple[float, float]:
    """Median and 95th percentile of the ratio, line by line."""
    ratios = sorted(each / floor for each, floor in zip(times, floors, strict=True))
    return statistics.median(ratios), ratios[int(len(ratios) * 0.95)]


def memory(target, size: int) -> float:
    """Megabytes that a process holds at its highest after searching, beyond those before it."""
    from django.db import connection

    from bench.directories import Directory

    queries = Directory().queries(LINES)
    connection.ensure_connection()
    before = _resident("VmRSS")
    for query in queries:
        target.search(query)
    return _resident("VmHWM") - before


def _resident(which: str) -> float:
    line = next(each for each in Path("/proc/self/status").read_text().splitlines() if each.startswith(which))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    what, size = sys.argv[1:]
    work = {"fill": fill, "measure": measure, "memory": memory}[what]
    print(json.dumps(work(_set_up(), int(size))))

"""Search against the bare SQL that finds the same words, and what it holds in memory.

Each measure is taken in a process of its own, on a scratch database that is thrown away. Searches
take turns with the statement in floor.sql, so that a machine that slows down slows both. `cold` is
the first search for a line's words and place by a process; `warm` is the next.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SIZES = (10_000, 100_000)
LINES = 60
LIMIT = 1.0
MOST_MEGABYTES = 100
FLOOR = Path(__file__).with_name("floor.sql")


def run(sizes=SIZES) -> None:
    print(f"\nSearch, {LINES} family lines with need, age, district and place; page of 20, total, 16 facets")
    print(f"{'records':>8}{'match':>8}{'found':>8}{'floor ms':>10}{'warm':>18}{'cold':>18}{'memory':>9}")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            _child("fill", size, folder)
            found = _child("measure", size, folder)
            held = _child("memory", size, folder)
        over = found["warm"][0] > LIMIT or (size >= max(SIZES) and held > MOST_MEGABYTES)
        print(
            f"{size:>8,}{found['match']:>8.1%}{found['found']:>8.1%}{found['floor']:>10.2f}"
            + "".join("{:>8.2f}× p95 {:.2f}×".format(*found[name]) for name in ("warm", "cold"))
            + f"{held:>6.0f} MB{'  OVER' if over else ''}"
        )


def _child(what: str, size: int, folder: str):
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "localoffer.settings.test",
        "DATABASE_PATH": f"{folder}/bench.sqlite3",
        "VAR_DIR": folder,
    }
    command = [sys.executable, "-m", "bench.engine", what, str(size), f"{folder}/bench.sqlite3"]
    done = subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout)


def _set_up(path: str):
    import django
    from django.conf import settings

    settings.DATABASES["default"]["NAME"] = path
    django.setup()

    from search.engines import engine

    return engine("sqlite:")


def fill(target, size: int):
    from django.db import connection

    from bench.directories import Directory
    from search.engines import tables
    from search.query import Change

    with connection.cursor() as cursor:
        tables.create(cursor)
    report = target.rebuild(Change(each.ref, 1, each) for each in Directory().documents(size))
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return report.seconds


def measure(target, size: int):
    from django.db import connection

    from bench.directories import Directory
    from search.query import Query

    statement = FLOOR.read_text().replace(":terms", "%s")
    spent = {"floor": [], "warm": [], "cold": []}
    matches, found = [], []
    target.search(Query())  # the state is read once by each process, whatever is asked
    cursor = connection.cursor()
    for query in Directory().queries(LINES):
        terms = " OR ".join(f'"{word}"' for word in query.words)
        took = {"floor": [], "warm": []}
        target._state.words._held.clear()
        target._state.reaches._held.clear()
        spent["cold"].append(_time(lambda query=query: target.search(query)))
        for _ in range(5):
            took["floor"].append(_time(lambda terms=terms: cursor.execute(statement, [terms]).fetchall()))
            took["warm"].append(_time(lambda query=query: target.search(query)))
        for name, times in took.items():
            spent[name].append(statistics.median(times))
        matches.append(len(cursor.execute(statement, [terms]).fetchall()) / size)
        found.append(target.search(query).total / size)
    return {
        "match": statistics.median(matches),
        "found": statistics.median(found),
        "floor": statistics.median(spent["floor"]) * 1000,
        **{name: _ratios(spent[name], spent["floor"]) for name in ("warm", "cold")},
    }


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
    what, size, path = sys.argv[1:]
    work = {"fill": fill, "measure": measure, "memory": memory}[what]
    print(json.dumps(work(_set_up(path), int(size))))

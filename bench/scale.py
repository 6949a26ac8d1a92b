"""What each engine costs as a directory grows: memory, start, search, an edit, a rebuild, disk.

`make bench ARGS=scale` takes the better part of an hour for 500,000 records on two cores;
`python -m bench.scale 10000 100000` takes fewer, and `python -m bench.scale 10000 -e sqlite` one engine. Each
engine and size stands in a process and a database of its own. Elasticsearch has one shard first and is then
split into three.

Times are for this machine; compare engines and sizes, not machines.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests import postgres

SIZES = (10_000, 100_000, 500_000)
ENGINES = ("sqlite", "postgres", "elastic")
LINES = 100
EDITS = 20
FAR = 20
"""A page far down."""
SHARDS = (1, 3)
JAVA = ("-Xms1g", "-Xmx1g")

COLUMNS = {
    "rebuild": ("rebuild s", "{:.0f}"),
    "disk": ("disk MB", "{:.0f}"),
    "memory": ("memory MB", "{:.0f}"),
    "start": ("start s", "{:.2f}"),
    "median": ("search ms", "{:.1f}"),
    "p95": ("p95 ms", "{:.1f}"),
    "far": ("page 20 ms", "{:.1f}"),
    "edit": ("edit ms", "{:.0f}"),
    "after": ("search after ms", "{:.0f}"),
}
"""What is printed of each: heading and form. `memory` is what a process holds for good beyond an idle one
(for Elasticsearch the heap that its node uses); `start` is a process's first search; `edit` is writing one
record; `after` is the first search then."""


def run(sizes=SIZES, engines=ENGINES) -> None:
    print(f"\nAt scale: {LINES} family lines, a page of 20 with its reasons, the total and 16 facets")
    print(f"{'records':>9}  {'engine':<18}" + "".join(f"{head:>17}" for head, _ in COLUMNS.values()))
    for size in sizes:
        for engine in engines:
            for name, found in _measured(engine, size):
                cells = [
                    form.format(found[key]) if key in found else "" for key, (_, form) in COLUMNS.items()
                ]
                print(f"{size:>9,}  {name:<18}" + "".join(f"{cell:>17}" for cell in cells), flush=True)


def _measured(engine: str, size: int):
    """Rows of one engine: its name and what was found."""
    if engine == "elastic":
        from tests.search.elasticsearch import node

        if lacking := node.missing():
            print(f"Elasticsearch is left out: {', '.join(lacking)} not found.")
            return
        with node.one_node(java=JAVA) as started:
            filled = _child("fill", size, ELASTIC_URL=started.url)
            for shards in SHARDS:
                if shards > 1:
                    filled = _child("split", size, ELASTIC_URL=started.url)
                found = filled | _child("measure", size, ELASTIC_URL=started.url)
                yield f"elastic, {shards} shard{'s' * (shards > 1)}", found | _held_by_node(started)
        return
    if engine == "postgres" and not postgres.installed():
        print("PostgreSQL is not installed, so it is not measured.")
        return
    with (
        tempfile.TemporaryDirectory() as folder,
        postgres.Server() if engine == "postgres" else nullcontext() as server,
    ):
        site = {"VAR_DIR": folder, "DATABASE_PATH": f"{folder}/bench.sqlite3"}
        site["TEST_DATABASE_URL"] = server.url if server else ""
        yield engine, _child("fill", size, **site) | _child("measure", size, **site)


def _child(what: str, size: int, **environment: str) -> dict[str, float]:
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "localoffer.settings.test"} | environment
    command = [sys.executable, "-m", "bench.scale", "--child", what, str(size)]
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout)


# In a process of their own


def _engine():
    import django
    from django.conf import settings

    if url := os.environ.get("ELASTIC_URL"):
        django.setup()
        from search.engines.elastic import ElasticEngine

        return ElasticEngine(f"{url}/scale", timeout=120, settle=0)
    if not os.environ["TEST_DATABASE_URL"]:
        settings.DATABASES["default"]["NAME"] = os.environ["DATABASE_PATH"]
    django.setup()
    from search.engines import engine

    return engine()


def fill(target, size: int) -> dict[str, float]:
    from bench.directories import Directory
    from search.query import Change

    report = target.rebuild(Change(each.ref, 1, each) for each in Directory().documents(size))
    return {"rebuild": report.seconds, "disk": _disk() / 2**20}


def _disk() -> int:
    """Bytes of the index (and, in a database, of the empty tables of a site)."""
    if url := os.environ.get("ELASTIC_URL"):
        return _asked(url, "/scale/_stats/store")["_all"]["primaries"]["store"]["size_in_bytes"]
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute("SELECT SUM(pgsize) FROM dbstat")
        else:
            cursor.execute("SELECT pg_database_size(current_database())")
        return cursor.fetchone()[0]


def split(target, size: int) -> dict[str, float]:
    """Make three shards of one, without making the index anew."""
    from elasticsearch import Elasticsearch

    client = Elasticsearch(os.environ["ELASTIC_URL"], request_timeout=600)
    (whole,) = client.indices.get_alias(name="scale")
    client.indices.put_settings(index=whole, settings={"index.blocks.write": True})
    parts = {"index.number_of_shards": max(SHARDS), "index.blocks.write": False}
    client.indices.split(index=whole, target="scale-parts", settings=parts, wait_for_active_shards="all")
    client.indices.forcemerge(index="scale-parts", only_expunge_deletes=True)
    moved = [{"remove": {"index": whole, "alias": name}} for name in ("scale", "scale-next")]
    moved += [{"add": {"index": "scale-parts", "alias": name}} for name in ("scale", "scale-next")]
    client.indices.update_aliases(actions=moved)
    client.indices.delete(index=whole)
    return {"disk": _disk() / 2**20}


def measure(target, size: int) -> dict[str, float]:
    from bench.directories import Directory
    from search.query import Change, Query

    queries = Directory().queries(LINES)
    target.health()
    before = _resident()
    found = {"start": _time(lambda: target.search(Query()))}
    for query in queries:
        target.search(query)
    warm = [_time(lambda query=query: target.search(query)) * 1000 for query in queries for _ in range(2)]
    far = [_time(lambda query=query: target.search(replace(query, page=FAR))) * 1000 for query in queries]
    found |= {
        "memory": _resident() - before,
        "median": statistics.median(warm),
        "p95": sorted(warm)[int(len(warm) * 0.95)],
        "far": statistics.median(far),
    }
    edits, after = [], []
    for number, document in zip(range(EDITS), Directory(seed=5).documents(EDITS), strict=True):
        change = Change(f"service:{1 + number * size // EDITS}", 2, document)
        change = replace(change, document=replace(document, ref=change.ref))
        edits.append(_time(lambda change=change: target.apply([change])) * 1000)
        after.append(_time(lambda query=queries[number]: target.search(query)) * 1000)
    return found | {"edit": statistics.median(edits), "after": statistics.median(after)}


def _time(work: Callable) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _resident() -> float:
    """Megabytes that this process holds."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(each.split()[1]) / 1024 for each in lines if each.startswith("VmRSS"))


def _held_by_node(node) -> dict[str, float]:
    """Megabytes of heap that a node uses after it has cleared up."""
    subprocess.run(["jcmd", str(node.pid), "GC.run"], check=True, stdout=subprocess.DEVNULL)
    nodes = _asked(node.url, "/_nodes/stats/jvm")["nodes"]
    return {"memory": sum(each["jvm"]["mem"]["heap_used_in_bytes"] for each in nodes.values()) / 2**20}


def _asked(url: str, path: str) -> dict[str, Any]:
    from urllib.request import urlopen

    with urlopen(url + path, timeout=60) as answer:
        return json.load(answer)


def _main() -> None:
    reader = argparse.ArgumentParser(prog="python -m bench.scale", description=__doc__)
    reader.add_argument("sizes", nargs="*", type=int, default=SIZES, metavar="RECORDS")
    reader.add_argument("-e", "--engine", action="append", choices=ENGINES)
    given = reader.parse_args()
    run(given.sizes, given.engine or ENGINES)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        what, size = sys.argv[2:]
        print(json.dumps({"fill": fill, "split": split, "measure": measure}[what](_engine(), int(size))))
    else:
        _main()

"""Search on Elasticsearch: the first page with every facet, in a large directory against a small one.

Both stand on one node that this starts for itself, and searches take turns with both, so that a
machine that slows down slows both. Lines are new to Elasticsearch the first time they are asked
(`first`) and known the next times (`again`): its caches then help.
"""

import os
import statistics
import time

SIZES = (10_000, 100_000)
LINES = 100
AGAIN = 2
MEDIAN, P95 = 2.5, 4.0
"""How many times as long the large directory may take."""
JAVA = ("-Xms1g", "-Xmx1g")


def run(sizes=SIZES) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "localoffer.settings.test")
    import django

    django.setup()
    from tests.search.elasticsearch.node import missing, one_node

    if lacking := missing():
        print(f"\nElasticsearch is left out: {', '.join(lacking)} not found.")
        return
    with one_node(java=JAVA) as node:
        times, found, filling = measure(node.url, sizes)
    print(f"\nSearch on Elasticsearch, {LINES} family lines; page of 20, total, 16 facets; milliseconds")
    print(f"{'records':>8}{'found':>8}{'filled in':>11}{'first':>8}{'p95':>7}{'again':>8}{'p95':>7}")
    for size in sizes:
        first, again = times[size]
        print(
            f"{size:>8,}{found[size]:>8.1%}{filling[size]:>9.0f} s"
            f"{median(first):>8.1f}{p95(first):>7.1f}{median(again):>8.1f}{p95(again):>7.1f}"
        )
    small, large = min(sizes), max(sizes)
    for name, place in (("first", 0), ("again", 1)):
        middle = median(times[large][place]) / median(times[small][place])
        slowest = p95(times[large][place]) / p95(times[small][place])
        over = "  OVER" if middle > MEDIAN or slowest > P95 else ""
        print(f"{name}: {large:,} against {small:,}: median {middle:.2f}×, p95 {slowest:.2f}×{over}")


def measure(url: str, sizes):
    from bench.directories import Directory
    from search.engines.elastic import ElasticEngine
    from search.query import Change

    engines = {size: ElasticEngine(f"{url}/records-{size}", timeout=30, settle=0) for size in sizes}
    filling = {}
    for size, engine in engines.items():
        report = engine.rebuild(Change(each.ref, 1, each) for each in Directory().documents(size))
        filling[size] = report.seconds
    queries = Directory().queries(LINES)
    for query in Directory(7).queries(LINES):  # other lines, while Java warms up
        for engine in engines.values():
            engine.search(query)
    times = {size: ([], []) for size in sizes}
    shares = {size: [] for size in sizes}
    for query in queries:
        for turn in range(1 + AGAIN):
            for size, engine in engines.items():
                started = time.perf_counter()
                found = engine.search(query)
                times[size][min(turn, 1)].append((time.perf_counter() - started) * 1000)
                shares[size].append(found.total / size)
    return times, {size: statistics.mean(each) for size, each in shares.items()}, filling


def median(times: list[float]) -> float:
    return statistics.median(times)


def p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]

"""`make bench`: every benchmark, or those named (`pages`, `engine`, `elastic`, `reading`)."""

import sys

from bench import elastic, engine, pages, reading

BENCHMARKS = {"pages": pages.run, "engine": engine.run, "elastic": elastic.run, "reading": reading.run}


def main(names: list[str]) -> None:
    unknown = set(names) - set(BENCHMARKS)
    if unknown:
        sys.exit(f"No benchmark called {', '.join(sorted(unknown))}; there are {', '.join(BENCHMARKS)}.")
    for name in names or BENCHMARKS:
        BENCHMARKS[name]()


if __name__ == "__main__":
    main(sys.argv[1:])

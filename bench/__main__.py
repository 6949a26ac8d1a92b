"""`make bench`: every benchmark, or those named (`pages`, `engine`, `elastic`, `reading`, `suggest`,
`print`; `scale`, which is long, only when named)."""

import sys

from bench import elastic, engine, pages, printing, reading, scale, suggest

BENCHMARKS = {
    "pages": pages.run,
    "engine": engine.run,
    "elastic": elastic.run,
    "reading": reading.run,
    "suggest": suggest.run,
    "print": printing.run,
}
LONG = {"scale": scale.run}


def main(names: list[str]) -> None:
    known = BENCHMARKS | LONG
    unknown = set(names) - set(known)
    if unknown:
        sys.exit(f"No benchmark called {', '.join(sorted(unknown))}; there are {', '.join(known)}.")
    for name in names or BENCHMARKS:
        known[name]()


if __name__ == "__main__":
    main(sys.argv[1:])

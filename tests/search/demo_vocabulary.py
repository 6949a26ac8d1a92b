"""The vocabulary of the demo, read from its files without a database."""

import csv
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from search.reading import Vocabulary, vocabulary
from search.vocabulary import short_names

DEMO = Path(__file__).resolve().parents[2] / "directory" / "demo"


@cache
def demo_vocabulary() -> Vocabulary:
    words = [
        (row["need"], row["word"], row["kind"], row["context"] or "", row["crisis"] or "")
        for row in _rows("need_words.csv")
    ]
    places = []
    for row in _rows("places.tsv", "\t"):
        others = (each for each in (row["also"] or "").split("|") if each)
        places += [(name, row["type"] in ("c", "t")) for name in (row["name"], *others)]
    places += [(next(iter(row.values())), True) for row in _rows("outcodes.csv")]
    for row in _rows("areas.csv"):
        if row["kind"] == "district":
            places += [(each, True) for each in (row["name"], *(row["other_names"] or "").split("|")) if each]
    conditions = [row["slug"] for row in _rows("needs.csv") if row["names_condition"] == "1"]
    short = {"hertfordshire": ["herts"]}
    return vocabulary(words, [*places, *short_names(places)], conditions, _names(), short)


def _names() -> Iterator[str]:
    for path in sorted([DEMO / "providers.toml", *DEMO.glob("services_*.toml")]):
        for table in tomllib.loads(path.read_text(encoding="utf-8")).values():
            for row in table if isinstance(table, list) else ():
                yield from (row["name"], *row.get("other_names", ()))
    for row in _rows("schools.csv"):
        yield row["name"]


def _rows(name: str, parted: str = ",") -> list[dict[str, str]]:
    with (DEMO / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter=parted))

"""`make bench ARGS=reading`: what reading a line costs, beside finding its words with one expression."""

import csv
import os
import re
import timeit
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from time import thread_time

import django

LINES = Path(__file__).resolve().parent.parent / "tests" / "relevance" / "queries.csv"
SHORT, LONG = 200, 2_000
"""Characters of the two lines that show whether time grows with length alone."""
ROUNDS = 7


def run() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    django.setup()
    from search.reading import read
    from tests.search.demo_vocabulary import demo_vocabulary

    known = demo_vocabulary()
    text = LINES.read_text(encoding="utf-8")
    lines = [row["query"] for row in csv.DictReader(text.splitlines())]
    ratios = [_seconds(read, line, known) / _seconds(re.findall, r"\w+", line) for line in lines]
    text = " ".join(lines)[:SHORT]
    short, long = (_seconds(read, each, known) for each in (text, text * (LONG // SHORT)))
    print(f"Reading {len(lines)} lines, beside re.findall on the same line")
    print(f"  median {median(ratios):.1f}×   p95 {quantiles(ratios, n=20)[-1]:.1f}×")
    print(f"  {LONG} characters cost {long / short:.1f}× what {SHORT} cost ({LONG // SHORT}× the length)")


def _seconds(call: Callable, *given) -> float:
    """The quickest of a few rounds, in time of this thread: what the machine does besides is not counted."""
    return min(timeit.repeat(partial(call, *given), timer=thread_time, number=20, repeat=ROUNDS))

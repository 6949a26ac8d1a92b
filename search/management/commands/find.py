"""Search from the command line: the same filters, reading and engine as the site."""

import json
import sys
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlencode

from django.core.management.base import BaseCommand
from django.http import QueryDict

from directory.models import Service
from search import to_read
from search.engines import engine
from search.filters import SearchFilter
from search.query import Hit


class Command(BaseCommand):
    help = "Find services, schools and pages in family words. With --json, one object a line for each asked."

    def add_arguments(self, parser):
        parser.add_argument("words", nargs="?", default="", help="What is hard, in any words.")
        parser.add_argument("--age", help="Whole years, or words such as '18 months'.")
        parser.add_argument("--place", help="A town, a postcode or the first half of one.")
        parser.add_argument("--need", action="append", default=[], help="Slug of a need; may be repeated.")
        parser.add_argument("--engine", help="An engine's name or SEARCH_URL; the site's own unless told.")
        parser.add_argument("--queries", help="A file with one query a line; - for standard input.")
        parser.add_argument("--limit", type=int, default=20, help="Results a query (20).")
        parser.add_argument("--explain", action="store_true", help="Points by the reason they were given.")
        parser.add_argument("--json", action="store_true", help="One JSON object a line.")

    def handle(self, *args, **options):
        chosen = engine(options["engine"]) if options["engine"] else engine()
        for line in self.lines(options):
            answer = find(chosen, line, options)
            self.stdout.write(json.dumps(answer, ensure_ascii=False) if options["json"] else in_words(answer))

    def lines(self, options):
        if not options["queries"]:
            return [options["words"]]
        if options["queries"] == "-":
            return [line.rstrip("\r\n") for line in sys.stdin]
        with open(options["queries"], encoding="utf-8", errors="replace") as file:
            return [line.rstrip("\r\n") for line in file]


def find(chosen, line: str, options) -> dict:
    """One line's answer as plain values; see docs/search.md for its fields."""
    params = {"q": line, "age": options["age"] or "", "place": options["place"] or ""}
    pairs = [*params.items(), *(("need", slug) for slug in options["need"])]
    filters = SearchFilter(QueryDict(urlencode(pairs, errors="replace")))
    asked, query = filters.asked, filters.query()
    limit = max(options["limit"], 0)
    hits: list[Hit] = []
    result = chosen.search(query)
    total = result.total
    while len(hits) < min(limit, total) and result.hits:
        hits += result.hits
        if len(hits) < min(limit, total):
            result = chosen.search(replace(query, page=len(hits) // query.size + 1))
    hits = hits[:limit]
    found = services([hit.ref for hit in hits]) | {row.ref: row for row in to_read.rows(hits)}
    return {
        "query": line,
        "engine": chosen.health().engine,
        "total": total,
        "crisis": bool(asked.reading.crisis),
        "reading": {
            "needs": dict(asked.reading.needs),
            "age": asked.age,
            "place": asked.place.label if asked.place else "",
            "crisis": sorted(asked.reading.crisis),
            "words": list(query.words),
            "unknown": list(asked.reading.unknown),
            "errors": asked.errors,
        },
        "results": [_row(found[hit.ref], hit, options["explain"]) for hit in hits if hit.ref in found],
    }


def services(refs: Iterable[str]) -> dict[str, Service]:
    """The visible services and schools of some references, by reference."""
    keys = [int(ref.partition(":")[2]) for ref in refs if ref.startswith("service:")]
    found = Service.objects.visible().filter(pk__in=keys)
    return {each.ref: each for each in found.select_related("provider").prefetch_related("references")}


def _row(record: Service | to_read.ToRead, hit: Hit, explain: bool) -> dict:
    row = {
        "external": [],
        "kind": record.kind,
        "category": "",
        "title": getattr(record, "title", ""),
        "url": getattr(record, "url", ""),
        "score": hit.score,
        "why": [f"{part} {points}" for part, points in hit.parts.items() if points],
    }
    if isinstance(record, Service):
        row |= {
            "external": [str(reference) for reference in record.references.all()],
            "category": record.category,
            "title": record.name,
            "url": record.get_absolute_url(),
        }
    if explain:
        row["parts"] = dict(hit.parts)
        row["metres"] = hit.metres
    return row


def in_words(answer: dict) -> str:
    """The same answer for a person at a terminal."""
    head = f"{answer['query']!r}: {answer['total']} found, read as {answer['reading']['needs'] or 'words'}"
    rows = [f"{row['score']:>5}  {row['title']}  ({'; '.join(row['why'])})" for row in answer["results"]]
    return "\n".join([head, *rows])

"""What the tests of the demo's texts share: reading a file, its texts, its words and its grade."""

import csv
import re
import tomllib
from datetime import date
from html import unescape
from pathlib import Path

from home import reading_aids
from home.blocks import guidance
from home.citing import MARK
from home.reading_aids import measures

ROOT = Path(__file__).parents[1]
KEYS = {"title", "slug", "lede", "search_description", "needs", "specialist", "sources", "body", "changes"}
AGES = {"min_age", "max_age"}
PLAIN = {"heading", "paragraph"}
CLEANED = {
    "try": guidance.Try,
    "signs": guidance.Signs,
    "help_now": guidance.HelpNow,
    "key_fact": guidance.KeyFact,
}
KINDS = {*PLAIN, *CLEANED, "steps", "notice", "contact", "ask_us", "facts", "services", "table"}
TAG = re.compile(r"<(/?)(\w+)([^>]*)>")
NEEDS = {
    row["slug"]
    for row in csv.DictReader(
        (ROOT / "directory" / "demo" / "needs.csv").read_text(encoding="utf-8").splitlines()
    )
}


def read(path):
    return tomllib.loads(path.read_text(encoding="utf-8"))


def strings(value):
    """Every text a reader sees inside a value, in reading order; slugs and addresses are left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            if key not in {"needs", "kind", "limit_url", "link", "source"}:
                yield from strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from strings(each)


def body_of(page):
    """Texts of the blocks, without the kinds of the blocks."""
    return [text for _, value in page["body"] for text in strings(value)]


def texts_of(page):
    return [*body_of(page), *strings(page.get("steps", [])), page.get("if_worse", ""), page["lede"]]


def plain(text):
    return unescape(TAG.sub(" ", re.sub(r"</(p|li)>", "\n", MARK.sub("", text))))


def words_in(texts):
    return measures.words("\n".join(map(plain, texts)))


def grade(texts):
    """Flesch–Kincaid grade of texts, as editors see it."""
    words, sentences, beats, _ = reading_aids.measure("\n".join(map(plain, texts)))
    return measures.flesch_kincaid(words, sentences, beats)


def check_markup(texts):
    """Only what a page may hold: paragraphs, lists, bold words, links to the site, the web or a phone."""
    for text in texts:
        for _, name, attributes in TAG.findall(text):
            assert name in {"p", "ul", "li", "b", "a"}
            link = name == "a" and re.fullmatch(r' href="(https://|/|tel:)[^"]+"', attributes)
            assert not attributes or link


def check_blocks(page, kinds):
    """Every block is known and fits the editor's form."""
    for kind, value in page["body"]:
        assert kind in kinds
        if kind in CLEANED:
            block = CLEANED[kind]()
            block.clean(block.to_python(value))
        if kind == "services":
            assert set(value["needs"]) <= NEEDS
            assert 1 <= value["most"] <= 8


def check_sources(page):
    """Every mark has its source, and every source is used."""
    marks = {int(number) for text in texts_of(page) for number in MARK.findall(text)}
    marks |= {value["source"] for kind, value in page["body"] if kind == "key_fact"}
    assert marks == set(range(1, len(page["sources"]) + 1))
    for source in page["sources"]:
        assert source["title"]
        assert source["publisher"]
        assert isinstance(source["read_on"], date)
        assert source["url"].startswith(("https://", "http://"))

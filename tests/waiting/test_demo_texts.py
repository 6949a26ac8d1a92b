"""The texts of the demo's guides and pathways keep what a reader is promised."""

import csv
import re
import tomllib
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from home import reading_aids
from home.blocks import guidance
from home.citing import MARK
from home.reading_aids import measures
from waiting.blocks import PathwayStep

DEMO = Path(__file__).parents[2] / "waiting" / "demo"
GUIDES = sorted((DEMO / "guides").glob("*.toml"))
PATHWAYS = sorted((DEMO / "pathways").glob("*.toml"))
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
        (DEMO.parents[1] / "directory" / "demo" / "needs.csv").read_text(encoding="utf-8").splitlines()
    )
}
every = pytest.mark.parametrize("path", GUIDES + PATHWAYS, ids=lambda path: f"{path.parent.name}-{path.stem}")


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


def test_there_are_five_pathways_and_ten_guides():
    assert len(PATHWAYS) >= 5
    assert len(GUIDES) >= 10


@every
def test_holds_what_the_page_needs_and_nothing_unknown(path):
    page = read(path)
    known = KEYS | AGES | ({"steps", "if_worse"} if path in PATHWAYS else set())
    assert page.keys() >= known - AGES
    assert page.keys() <= known
    assert path.stem[3:] == page["slug"]
    assert page["needs"]
    assert set(page["needs"]) <= NEEDS
    assert len(page["title"]) <= 80
    assert len(page["lede"]) <= 300
    assert len(page["search_description"]) <= 200
    assert page.get("min_age", 0) <= page.get("max_age", 25) <= 25
    assert page["changes"]
    assert all(isinstance(change["on"], date) for change in page["changes"])


@every
def test_blocks_are_known_and_fit_the_editor(path):
    for kind, value in read(path)["body"]:
        assert kind in KINDS
        if kind in CLEANED:
            block = CLEANED[kind]()
            block.clean(block.to_python(value))
        if kind == "services":
            assert set(value["needs"]) <= NEEDS
            assert 1 <= value["most"] <= 8


@every
def test_every_mark_has_its_source_and_every_source_is_used(path):
    page = read(path)
    marks = {int(number) for text in texts_of(page) for number in MARK.findall(text)}
    marks |= {value["source"] for kind, value in page["body"] if kind == "key_fact"}
    assert marks == set(range(1, len(page["sources"]) + 1))
    for source in page["sources"]:
        assert source["title"]
        assert source["publisher"]
        assert isinstance(source["read_on"], date)
        assert source["url"].startswith(("https://", "http://"))


@every
def test_reads_easily(path):
    assert grade(texts_of(read(path))) <= 8


@every
def test_what_is_read_first_is_the_easiest(path):
    page = read(path)
    first = page.get("if_worse") or list(strings(page["body"][0][1]))
    assert grade([page["lede"], *([first] if isinstance(first, str) else first)]) <= 6


@every
def test_markup_is_only_what_a_page_may_hold(path):
    page = read(path)
    for text in texts_of(page):
        for _, name, attributes in TAG.findall(text):
            assert name in {"p", "ul", "li", "b", "a"}
            link = name == "a" and re.fullmatch(r' href="(https://|/|tel:)[^"]+"', attributes)
            assert not attributes or link


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.stem)
def test_a_guide_begins_with_what_can_be_done_and_leads_to_help(path):
    page = read(path)
    kinds = [kind for kind, _ in page["body"]]
    assert kinds[0] == "try"
    assert "services" in kinds
    assert 350 <= len(words_in(body_of(page))) <= 800


@pytest.mark.parametrize("path", PATHWAYS, ids=lambda path: path.stem)
def test_a_pathway_says_at_each_step_who_and_what_and_what_to_do_now(path):
    page = read(path)
    assert len(page["steps"]) >= 4
    assert "999" in page["if_worse"]
    assert "111" in page["if_worse"]
    block = PathwayStep()
    for step in page["steps"]:
        assert set(step) <= set(block.child_blocks)
        assert step["who"]
        assert step["what"]
        assert step["do_now"]
        block.clean(block.to_python(step))


@pytest.mark.parametrize("path", PATHWAYS, ids=lambda path: path.stem)
def test_a_limit_names_its_law_and_where_to_read_it(path):
    for step in read(path)["steps"]:
        if step.get("limit_words"):
            assert re.search(r"(Act|Regulations) \d{4}, (section|regulation)", step["limit_law"])
            assert "legislation.gov.uk/" in step["limit_url"]
        else:
            assert not step.get("limit_law")
            assert not step.get("limit_url")


def test_the_law_on_ehc_plans_gives_six_weeks_and_twenty():
    limits = " ".join(
        step.get("limit_words", "")
        for step in read(DEMO / "pathways" / "04-ehc-needs-assessment.toml")["steps"]
    )
    assert "6 weeks" in limits
    assert "20 weeks" in limits

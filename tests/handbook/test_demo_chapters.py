"""The chapters of the demo's handbook keep what a reader is promised."""

import re
from datetime import date

import pytest

from tests.demo_texts import (
    AGES,
    KEYS,
    KINDS,
    NEEDS,
    ROOT,
    body_of,
    check_blocks,
    check_markup,
    check_sources,
    grade,
    read,
    strings,
    texts_of,
    words_in,
)

CHAPTERS = sorted((ROOT / "handbook" / "demo" / "chapters").glob("*.toml"))
ASKED_FOR = {
    "sleep", "meltdowns-and-shutdowns", "school-and-ebsna", "eating-and-arfid", "toileting", "sensory",
    "anxiety", "siblings", "looking-after-yourself", "getting-an-assessment", "ehc-plans",
    "benefits-and-money", "turning-18",
}  # fmt: skip
every = pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)


def address(page) -> str:
    part = "young-people/" if page.get("part") == "young" else ""
    return f"/handbook/{part}{page['slug']}/"


def test_every_chapter_asked_for_is_there_and_young_people_have_their_own():
    pages = [read(path) for path in CHAPTERS]
    assert {page["slug"] for page in pages} >= ASKED_FOR
    assert sum(page.get("part") == "young" for page in pages) >= 2


@every
def test_holds_what_the_page_needs_and_nothing_unknown(path):
    page = read(path)
    assert KEYS <= page.keys() <= KEYS | AGES | {"part"}
    assert path.stem[3:] == page["slug"]
    assert page["needs"]
    assert set(page["needs"]) <= NEEDS
    assert len(page["title"]) <= 80
    assert len(page["lede"]) <= 300
    assert len(page["search_description"]) <= 200
    assert page.get("min_age", 0) <= page.get("max_age", 25) <= 25
    assert all(isinstance(change["on"], date) for change in page["changes"])


@every
def test_blocks_are_known_and_fit_the_editor(path):
    check_blocks(read(path), KINDS | {"quote"})


@every
def test_nobodys_words_are_made_up(path):
    quotes = [value for kind, value in read(path)["body"] if kind == "quote"]
    assert quotes == [{}]


@every
def test_every_mark_has_its_source_and_every_source_is_used(path):
    check_sources(read(path))


@every
def test_is_as_long_as_a_tired_parent_can_read(path):
    assert 500 <= len(words_in(body_of(read(path)))) <= 900


@every
def test_reads_easily_and_most_easily_where_it_begins(path):
    page = read(path)
    assert grade(texts_of(page)) <= 8
    assert page["body"][0][0] == "try"
    assert grade([page["lede"], *strings(page["body"][0][1])]) <= 6


@every
def test_leads_to_help_and_on(path):
    kinds = [kind for kind, _ in read(path)["body"]]
    assert "services" in kinds
    assert "help_now" in kinds


@every
def test_markup_is_only_what_a_page_may_hold(path):
    check_markup(texts_of(read(path)))


@pytest.mark.django_db
def test_every_link_within_the_site_leads_somewhere(client, demo):
    links = {
        link
        for path in CHAPTERS
        for text in texts_of(read(path))
        for link in re.findall(r'href="(/[^"]*)"', text)
    }
    assert len(links) > 10
    assert [link for link in sorted(links) if client.get(link).status_code != 200] == []


@pytest.mark.django_db
def test_each_is_a_page_marked_as_an_example(client, demo):
    for path in CHAPTERS:
        html = client.get(address(read(path))).content.decode()
        assert "Example text" in html
        assert "to be rewritten by" in html

"""The texts of the demo's guides and pathways keep what a reader is promised."""

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
from waiting.blocks import PathwayStep

DEMO = ROOT / "waiting" / "demo"
GUIDES = sorted((DEMO / "guides").glob("*.toml"))
PATHWAYS = sorted((DEMO / "pathways").glob("*.toml"))
every = pytest.mark.parametrize("path", GUIDES + PATHWAYS, ids=lambda path: f"{path.parent.name}-{path.stem}")


def test_there_are_five_pathways_and_ten_guides():
    assert len(PATHWAYS) >= 5
    assert len(GUIDES) >= 10


@every
def test_holds_what_the_page_needs_and_nothing_unknown(path):
    page = read(path)
    known = KEYS | AGES | ({"steps", "if_worse"} if path in PATHWAYS else set())
    allowed = known | ({"ask_which_half"} if path in PATHWAYS else set())
    assert page.keys() >= known - AGES
    assert page.keys() <= allowed
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
    check_blocks(read(path), KINDS)


@every
def test_every_mark_has_its_source_and_every_source_is_used(path):
    check_sources(read(path))


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
    check_markup(texts_of(read(path)))


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

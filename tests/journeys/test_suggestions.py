"""Suggestions while typing, by keyboard, by touch and without a network."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.chromium import DESK

pytestmark = pytest.mark.browser


def options(page):
    return page.get_by_role("option")


def test_the_keyboard_alone_completes_a_line(open_page):
    page = open_page(viewport=DESK)
    page.goto("/")
    line = page.get_by_role("combobox", name="What is hard?")
    line.focus()
    page.keyboard.type("my son won't sle")
    expect(line).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".suggest [role=status]")).to_contain_text("Suggestions:")
    # Nothing is chosen until somebody chooses.
    expect(line).not_to_have_attribute("aria-activedescendant", "q-offers--0")
    page.keyboard.press("ArrowDown")
    expect(line).to_have_attribute("aria-activedescendant", "q-offers--0")
    expect(options(page).first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowUp")
    assert line.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(line).to_have_value("my son not sleeping ")
    expect(line).to_be_focused()
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    expect(page.locator("article.card").first).to_be_visible()


def test_escape_closes_and_keeps_the_line_and_tab_leaves(open_page):
    page = open_page(viewport=DESK)
    page.goto("/search/?q=adhd")
    line = page.get_by_role("combobox")
    line.fill("")
    line.press_sequentially("slee")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(line).to_have_value("slee")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(line).not_to_be_focused()


def test_a_tap_opens_a_service(open_page):
    page = open_page(has_touch=True, is_mobile=True)
    page.goto("/")
    page.get_by_role("combobox", name="What is hard?").press_sequentially("palms")
    option = options(page).filter(has_text="PALMS").first
    assert option.bounding_box()["height"] >= 44
    option.tap()
    page.wait_for_url("**/services/palms/")


@pytest.mark.parametrize("viewport", [{"width": 360, "height": 740}, DESK])
@pytest.mark.parametrize("path", ["/", "/search/?q=sleep"])
def test_open_suggestions_can_be_used_by_everyone(open_page, path, viewport):
    page = open_page(viewport=viewport)
    page.goto(path)
    line = page.get_by_role("combobox").first
    line.fill("")
    line.press_sequentially("scho")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_cry_for_help_suggests_nothing(phone):
    phone.goto("/")
    with phone.expect_response("**/search/suggest/**") as answer:
        phone.get_by_role("combobox", name="What is hard?").fill("suicid")
    assert answer.value.json() == {"groups": []}
    expect(phone.get_by_role("listbox")).to_be_hidden()


def test_nothing_is_lost_when_the_network_fails(phone):
    errors = []
    phone.on("pageerror", lambda error: errors.append(error))
    phone.goto("/")
    phone.route("**/search/suggest/**", lambda route: route.abort())
    line = phone.get_by_role("combobox", name="What is hard?")
    with phone.expect_request("**/search/suggest/**"):
        line.fill("sleep")
    line.press("Enter")
    expect(phone.locator("article.card").first).to_be_visible()
    assert errors == []

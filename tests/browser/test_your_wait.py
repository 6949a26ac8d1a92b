"""A family says what it found: on a narrow phone without a script, and by keyboard with one."""

import pytest

from tests.waiting.conftest import load_halves, load_way
from waiting.found import forms
from waiting.models import FoundCount


@pytest.fixture
def way(db, monkeypatch):
    monkeypatch.setattr(forms, "QUICKEST", 0)
    load_halves()
    return load_way()


def test_without_a_script_at_320_pixels(open_context, way):
    page = open_context(viewport={"width": 320, "height": 640}, java_script_enabled=False).new_page()
    page.goto(way.url)
    page.get_by_role("link", name="Say what you found").click()
    page.get_by_label("We are still waiting").check()
    page.get_by_role("button", name="Send my answer").click()
    # What was chosen is still there, and what is missing is named in two places.
    assert page.get_by_label("We are still waiting").is_checked()
    assert page.get_by_text("Choose where your GP is").count() == 2
    page.get_by_label("Not sure").check()
    page.get_by_role("button", name="Send my answer").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Thank you. Your answer is counted"
    assert page.get_by_text("This phone or computer").is_hidden()
    assert page.locator("html").bounding_box()["width"] <= 320
    assert FoundCount.objects.get().count == 1


def test_a_device_is_reminded_and_can_be_made_to_forget(page, way):
    page.goto(f"{way.url}your-wait/")
    before = page.get_by_text("This phone or computer has answered before.")
    assert before.is_hidden()
    page.locator("#found-right").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/thanks/")
    assert FoundCount.objects.get().answer == "longer"
    kept = page.evaluate("JSON.parse(localStorage.getItem('answered'))")
    assert [(one["ref"], round((one["until"] - page.evaluate("Date.now()")) / 86400000)) for one in kept] == [
        (f"page:{way.pk}", 30)
    ]
    page.goto(f"{way.url}your-wait/")
    assert before.is_visible()
    page.get_by_role("button", name="Forget that").click()
    assert before.is_hidden()
    assert page.evaluate("localStorage.getItem('answered')") is None

"""A parent on a phone, and a young person on theirs, against the served demo."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.chromium import DESK

pytestmark = pytest.mark.browser

PAGES = [
    "/",
    "/?for=me",
    "/search/?q=sleep&age=7&place=Hemel+Hempstead",
    "/search/?q=xylophone&place=Tring&age=9&cost=free",
    "/search/?q=wants+to+die",
    "/search/?q=my+child+hits+me",
    "/search/?q=not+autism+free+weekend+near+me+sleep",
    "/search/?q=bin+collection",
    "/search/?kind=school&place=HP1+3AB",
    "/services/palms/",
    "/needs/",
    "/needs/sleep/",
    "/areas/",
    "/areas/dacorum/",
    "/urgent-help/",
    "/no-such-page/",
]


def first_card(page):
    return page.locator("article.card").first


def test_a_parent_finds_help_and_can_call_with_one_tap(phone):
    phone.goto("/")
    phone.get_by_label("What is hard?").fill("sleep")
    phone.get_by_label("Age", exact=True).fill("7")
    phone.get_by_label("Town or postcode").fill("HP1 3AB")
    phone.get_by_role("button", name="Find help").click()
    chips = phone.locator(".chip")
    expect(chips).to_have_count(3)
    assert "sleep" not in phone.title().lower()
    expect(first_card(phone)).to_contain_text("PALMS")
    first_card(phone).get_by_role("link").first.click()
    call = phone.locator("a[href^='tel:']", has_text="01727 582122")
    expect(call.first).to_be_visible()
    assert call.first.bounding_box()["y"] < 800 * 1.5
    expect(phone.locator("a[href^='mailto:']").first).to_be_visible()


def test_each_chip_can_be_taken_off(phone):
    phone.goto("/search/?q=sleep&age=7&place=Hemel+Hempstead")
    while count := phone.locator(".chip").count():
        phone.locator(".chip").first.click()
        expect(phone.locator(".chip")).to_have_count(count - 1)
    expect(phone.locator("article.card").first).to_be_visible()


def test_one_typed_line_is_enough(phone):
    phone.goto("/search/?q=won't sleep, 7, Hemel")
    words = " ".join(phone.locator(".chip").all_inner_texts())
    assert "7" in words
    assert "Dacorum" in words
    expect(first_card(phone)).to_contain_text("PALMS")


def test_the_same_without_javascript(open_page):
    page = open_page(java_script_enabled=False)
    page.goto("/")
    page.get_by_label("What is hard?").fill("sleep")
    page.get_by_label("Town or postcode").fill("Hemel Hempstead")
    page.get_by_role("button", name="Find help").click()
    expect(first_card(page)).to_be_visible()
    page.locator("details.filters > summary").click()
    page.get_by_label(re.compile("^Free")).check()
    page.get_by_role("button", name="Show results").click()
    expect(page.locator(".chip", has_text="Free")).to_be_visible()
    page.locator(".chip", has_text="Free").click()
    expect(page.locator(".chip", has_text="Free")).to_have_count(0)


def test_the_same_by_keyboard(open_page):
    page = open_page(viewport=DESK)
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.locator(".govuk-skip-link")).to_be_focused()
    page.keyboard.press("Enter")
    page.locator("#q").focus()
    page.keyboard.type("sleep")
    page.keyboard.press("Tab")
    page.keyboard.type("7")
    page.keyboard.press("Tab")
    page.keyboard.type("Hemel Hempstead")
    page.keyboard.press("Enter")
    expect(first_card(page)).to_be_visible()
    link = first_card(page).get_by_role("link").first
    link.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/services/"))


def test_what_a_line_says_comes_off_in_one_tap_without_javascript(open_page):
    page = open_page(java_script_enabled=False)
    page.goto("/search/?q=autism club under 5s free weekend")
    for words in ("Age 0 to 4", "Free", "At the weekend"):
        chip = page.get_by_role("link", name=f"Remove: {words}", exact=True)
        chip.click()
        expect(chip).to_have_count(0)
    expect(page.locator("#q")).to_have_value("autism club")


def test_near_me_asks_where_without_javascript(open_page):
    page = open_page(java_script_enabled=False)
    page.goto("/search/?q=sleep near me")
    page.get_by_label("Near where?").fill("Hemel Hempstead")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator(".chip", has_text="Dacorum")).to_be_visible()
    expect(page.locator("#where")).to_have_count(0)


def test_the_first_result_is_on_the_first_screen_of_a_phone(phone):
    phone.goto("/search/?q=my 7 year old won't sleep hemel")
    assert first_card(phone).bounding_box()["y"] < 700


def test_nothing_found_offers_a_way_on_in_one_tap(phone):
    phone.goto("/search/?q=xylophone&age=9&place=Tring")
    expect(phone.locator("h1")).to_contain_text("does not have that")
    expect(phone.get_by_role("link", name="See what we can help with")).to_be_visible()
    expect(phone.get_by_role("heading", name="Talk to someone")).to_be_visible()
    expect(phone.locator("#person")).to_be_visible()


def test_a_need_in_family_words_leads_to_help(phone):
    phone.goto("/needs/")
    phone.get_by_role("link", name="Not sleeping").first.click()
    expect(first_card(phone)).to_be_visible()
    phone.get_by_label("Town or postcode").fill("HP1")
    phone.get_by_role("button", name="Find what is near you").click()
    expect(phone.locator("article.card", has_text="PALMS")).to_be_visible()


def test_an_area_shows_what_is_for_it(phone):
    phone.goto("/areas/")
    phone.get_by_role("link", name="DSPL Area 8").click()
    expect(phone.locator("article.card", has_text="DSPL Area 8")).to_be_visible()


def test_schools_by_phase_and_distance(phone):
    phone.goto("/search/?kind=school&phase=primary&place=HP1+3AB&sort=distance")
    words = [text.lower() for text in phone.locator("article.card").all_inner_texts()]
    assert len(words) == 20
    miles = [0 if "less than" in w else int(re.search(r"about (\d+) mile", w)[1]) for w in words]
    assert miles == sorted(miles)


def test_a_young_person_finds_help_they_can_ask_for(phone):
    phone.goto("/")
    phone.get_by_role("link", name=re.compile("find help for me", re.I)).first.click()
    phone.locator("#q").fill("i feel anxious")
    phone.get_by_label("Your age", exact=True).fill("16")
    phone.get_by_role("button", name="Find help").click()
    card = phone.locator("article.card", has_text="Ask for yourself").first
    expect(card).to_be_visible()
    phone.locator("article.card", has_text="ChatHealth").get_by_role("link").first.click()
    expect(phone.get_by_role("heading", name="If you are a young person")).to_be_visible()
    expect(phone.locator("dt", has_text="Who is told")).to_be_visible()


def test_urgent_help_comes_before_results_and_can_be_left(phone):
    phone.goto("/search/?q=she+wants+to+die")
    panel = phone.locator("section.crisis")
    expect(panel).to_be_visible()
    assert panel.bounding_box()["y"] < first_card(phone).bounding_box()["y"]
    expect(panel.locator("a[href^='tel:']").first).to_be_visible()
    phone.goto("/urgent-help/")
    expect(phone.get_by_role("link", name="Exit this page")).to_be_visible()


def test_where_a_phone_is_gets_asked_only_on_tap_and_sent_rounded(open_page):
    page = open_page(geolocation={"latitude": 51.753123, "longitude": -0.475987}, permissions=["geolocation"])
    page.goto("/")
    assert page.locator("input[name=near]").input_value() == ""
    page.get_by_role("button", name="Use my location").click()
    expect(page.locator("input[name=near]")).not_to_have_value("")
    latitude, longitude = map(float, page.locator("input[name=near]").input_value().split(","))
    assert abs(latitude - 51.753123) > 1e-5
    assert abs(latitude - 51.753123) < 0.005
    assert abs(longitude + 0.475987) < 0.008
    page.get_by_role("button", name="Find help").click()
    expect(page.locator(".chip", has_text="where you are")).to_be_visible()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_fails_axe_or_scrolls_sideways(open_page, path, width):
    page = open_page(viewport={"width": width, "height": 800})
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page).response["violations"]
    assert not found, [(rule["id"], [node["html"][:120] for node in rule["nodes"][:2]]) for rule in found]


@pytest.mark.parametrize("path", PAGES[:3])
def test_a_first_load_is_light_and_asks_nobody_else(open_page, served, path):
    page = open_page()
    sizes, others = [], []
    page.on("response", lambda answer: sizes.append(answer))
    page.on(
        "request", lambda asked: others.append(asked.url) if not asked.url.startswith(served.url) else None
    )
    page.goto(path, wait_until="networkidle")
    assert others == []
    assert len(sizes) <= 10
    sent = sum(answer.request.sizes()["responseBodySize"] for answer in sizes)
    assert sent <= 60 * 1024, sent
    assert page.context.cookies() == []

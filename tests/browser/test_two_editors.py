"""Two people work on one service in two browsers: nothing that either typed is lost without a word."""

from contextlib import contextmanager

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse
from playwright.sync_api import expect

from directory.models import Service
from tests import factories

NOTICE_WATCHING = """
    addEventListener("w-unsaved:watch-edits", () => { document.documentElement.dataset.watching = "" })
"""


@pytest.fixture
def service(transactional_db):
    made = factories.service("Sleep clinic", live=False)
    made.save_revision().publish()
    return made


def person(name: str, group: str) -> User:
    user = User.objects.create_user(name, f"{name}@example.org", "a long password")
    user.groups.add(Group.objects.get(name=group))
    return user


@pytest.fixture
def two(sign_in, service):
    """The service's form, open in the browsers of an editor and of a reviewer."""
    pages = [sign_in(person("amina", "Editors")), sign_in(person("bob", "Reviewers"))]
    for page in pages:
        page.add_init_script(NOTICE_WATCHING)
        page.goto(form(service))
    return pages


def form(service) -> str:
    return reverse("wagtailsnippets_directory_service:edit", args=[service.pk])


def summary(page):
    return page.get_by_label("In one sentence")


def press(page, name: str):
    """A button of the form's footer, where all but the first hide in a menu."""
    button = page.locator("footer").get_by_role("button", name=name, exact=True)
    if not button.is_visible():
        page.locator("footer [data-w-dropdown-target=toggle]").click()
    button.click()


def autosaved(answer) -> bool:
    return autosaved_request(answer.request)


def autosaved_request(request) -> bool:
    return request.method == "POST" and request.headers.get("accept") == "application/json"


def by_hand(request) -> bool:
    return request.method == "POST" and request.is_navigation_request()


@contextmanager
def counting_down(page):
    """An autosave begins to count down inside, and has not gone out when it ends."""
    page.evaluate(
        "void (window.counting = new Promise((r) => addEventListener('w-autosave:save', r, {once: true})))"
    )
    yield
    page.evaluate("window.counting.then(() => null)")


def watched(page):
    """Wagtail begins to watch a form for edits a moment after it is shown."""
    expect(page.locator("html[data-watching]")).to_be_attached()


def without_autosave(page):
    """Autosave has its own answer to a conflict; here a person is quicker than it."""
    page.evaluate("document.addEventListener('w-autosave:save', (event) => event.preventDefault(), true)")


def newest(service) -> str:
    return Service.objects.get(pk=service.pk).get_latest_revision_as_object().summary


@pytest.fixture
def conflict(two, service):
    """Amina has saved; Bob has typed over the version before."""
    amina, bob = two
    for page in two:
        without_autosave(page)
    summary(amina).fill("Amina's words.")
    press(amina, "Save draft")
    expect(amina.get_by_text("updated.")).to_be_visible()
    summary(bob).fill("Bob's words.")
    return bob


@pytest.mark.parametrize("button", ["Save draft", "Publish"])
def test_a_stale_save_is_refused_and_both_versions_are_shown(conflict, service, button):
    bob = conflict
    press(bob, button)
    expect(bob.get_by_role("heading", name="Which version do you want to keep?")).to_be_visible()
    row = bob.locator(".directory-stale tr", has_text="In one sentence")
    expect(row.locator("td").nth(0)).to_have_text("Bob's words.")
    expect(row.locator("td").nth(1)).to_have_text("Amina's words.")
    expect(summary(bob)).to_have_value("Bob's words.")
    assert newest(service) == "Amina's words."
    assert Service.objects.get(pk=service.pk).summary == "Helps families."


def test_keeping_mine_saves_it(conflict, service):
    bob = conflict
    press(bob, "Publish")
    bob.get_by_role("button", name="Keep mine over theirs").click()
    expect(bob.get_by_text("updated and published")).to_be_visible()
    assert Service.objects.get(pk=service.pk).summary == "Bob's words."


def test_discarding_mine_loads_theirs(conflict, service):
    bob = conflict
    press(bob, "Save draft")
    bob.on("dialog", lambda dialog: dialog.accept())
    bob.get_by_role("link", name="Discard mine and load theirs").click()
    expect(summary(bob)).to_have_value("Amina's words.")
    assert newest(service) == "Amina's words."


def test_my_own_autosave_never_makes_my_save_stale(two, service):
    _, bob = two
    watched(bob)
    with bob.expect_response(autosaved) as answer:
        summary(bob).fill("First words.")
        summary(bob).blur()
    assert answer.value.json()["success"]
    summary(bob).fill("Last words.")
    press(bob, "Save draft")
    expect(bob.get_by_text("updated.")).to_be_visible()
    expect(bob.locator(".directory-stale")).to_have_count(0)
    assert newest(service) == "Last words."


def test_a_save_pressed_while_an_autosave_is_on_its_way_waits_for_it(two, service):
    _, bob = two
    watched(bob)
    summary(bob).fill("My words.")
    with bob.expect_request(autosaved_request):
        summary(bob).blur()
    press(bob, "Save draft")
    expect(bob.get_by_text("updated.")).to_be_visible()
    expect(bob.locator(".directory-stale")).to_have_count(0)
    assert newest(service) == "My words."


def test_a_save_pressed_in_the_countdown_of_an_autosave_goes_in_at_once(two, service):
    _, bob = two
    watched(bob)
    with counting_down(bob):
        summary(bob).fill("My words.")
        summary(bob).blur()
    bob.wait_for_timeout(1_500)
    with bob.expect_request(by_hand, timeout=1_000):
        press(bob, "Save draft")
    expect(bob.get_by_text("updated.")).to_be_visible()
    assert newest(service) == "My words."
    assert service.revisions.count() == 2


def test_a_publish_pressed_in_the_countdown_publishes(two, service):
    _, bob = two
    watched(bob)
    with counting_down(bob):
        summary(bob).fill("My words.")
        summary(bob).blur()
    with bob.expect_request(by_hand, timeout=1_000):
        press(bob, "Publish")
    expect(bob.get_by_text("updated and published")).to_be_visible()
    assert Service.objects.get(pk=service.pk).summary == "My words."


def test_a_publish_pressed_while_an_autosave_is_on_its_way_still_publishes(two, service):
    _, bob = two
    watched(bob)
    held = []
    bob.route(
        "**/*", lambda route: held.append(route) if autosaved_request(route.request) else route.continue_()
    )
    with bob.expect_request(autosaved_request):
        summary(bob).fill("My words.")
        summary(bob).blur()
    press(bob, "Publish")
    bob.wait_for_timeout(300)
    held[0].continue_()
    expect(bob.get_by_text("updated and published")).to_be_visible()
    assert Service.objects.get(pk=service.pk).summary == "My words."


def test_a_stale_autosave_stops_and_says_so(two, service):
    amina, bob = two
    watched(bob)
    without_autosave(amina)
    summary(amina).fill("Amina's words.")
    press(amina, "Save draft")
    expect(amina.get_by_text("updated.")).to_be_visible()
    with bob.expect_response(autosaved) as answer:
        summary(bob).fill("Bob's words.")
        summary(bob).blur()
    assert answer.value.json()["error_code"] == "invalid_revision"
    assert newest(service) == "Amina's words."


def test_a_new_service_is_autosaved_then_saved_by_hand(sign_in, service):
    page = sign_in(person("amina", "Editors"))
    page.add_init_script(NOTICE_WATCHING)
    page.goto(reverse("wagtailsnippets_directory_service:add"))
    watched(page)
    with page.expect_response(autosaved):
        page.locator("#id_name").fill("Toilet talks")
        page.locator("#id_name").blur()
    summary(page).fill("Help with toilet training.")
    press(page, "Save draft")
    expect(page.get_by_text("updated.")).to_be_visible()
    saved = Service.objects.get(name="Toilet talks").get_latest_revision_as_object()
    assert saved.summary == "Help with toilet training."


def test_a_lock_is_shown_and_keeps_others_out(two, service):
    amina, bob = two
    bob.request.post(
        reverse("wagtailsnippets_directory_service:lock", args=[service.pk]),
        headers={"X-CSRFToken": csrf(bob), "Referer": bob.url},
    )
    amina.reload()
    expect(amina.get_by_text("was locked").first).to_be_visible()
    expect(amina.get_by_text("bob").first).to_be_visible()
    expect(amina.locator("footer").get_by_role("button", name="Save draft")).to_have_count(0)


def csrf(page) -> str:
    return page.locator("input[name=csrfmiddlewaretoken]").first.get_attribute("value")


def test_each_is_warned_that_the_other_is_there_and_has_saved(two, service):
    amina, bob = two
    without_autosave(amina)
    amina.reload()
    expect(amina.locator(".w-editing-sessions__session")).to_be_visible()
    summary(amina).fill("Amina's words.")
    press(amina, "Save draft")
    warning = bob.get_by_role("button", name="amina saved a new version")
    expect(warning).to_be_visible(timeout=20_000)
    # A Save is refused in our words, so Wagtail's “will overwrite” would be untrue.
    press(bob, "Save draft")
    expect(bob.get_by_role("heading", name="Which version do you want to keep?")).to_be_visible()

"""A parent writes for the handbook: from the letter that invites her to her words on the site."""

import re

import pytest
from django.contrib.auth.models import Group, User
from django.core import mail
from django.urls import reverse
from playwright.sync_api import expect
from wagtail.models import Page

from handbook.models import ChapterPage, HandbookIndexPage
from home.demo import load
from home.models import HomePage
from tests.browser.test_two_editors import NOTICE_WATCHING, watched
from tests.chromium import PHONE

BODY = [
    {"type": "heading", "value": "Tonight"},
    {"type": "paragraph", "value": "<p>Keep the lights low.</p>"},
    {"type": "paragraph", "value": '<p>Ask <a href="/hole/">the sleep line</a>.</p>'},
]
PASSWORD = "three words and a moon"
WRITTEN = (
    "We kept the lights low for an hour, and we read the same book each night. Six weeks later he slept. "
    "The school was in receipt of a letter from us, and that helped us to get a later start."
)


@pytest.fixture
def chapter(transactional_db):
    load()
    index = HomePage.objects.get().add_child(
        instance=HandbookIndexPage(title="The handbook", slug="handbook")
    )
    body = ChapterPage._meta.get_field("body").stream_block.to_python(BODY)
    page = Page.objects.get(pk=index.pk).specific.add_child(
        instance=ChapterPage(title="Sleep", slug="sleep", lede="What helped in our homes.", body=body)
    )
    page.save_revision().publish()
    return ChapterPage.objects.get(pk=page.pk)


def person(name: str, group: str) -> User:
    user = User.objects.create_user(name, f"{name}@example.org", "a long password", first_name=name.title())
    user.groups.add(Group.objects.get(name=group))
    return user


@pytest.fixture
def letters(settings, site):
    settings.WAGTAILADMIN_BASE_URL = site
    return mail.outbox


def form(chapter) -> str:
    return reverse("wagtailadmin_pages:edit", args=[chapter.pk])


def letter_to(address: str, letters) -> str:
    """The last letter to somebody: its subject and its words."""
    last = [each for each in letters if each.to == [address]][-1]
    return f"{last.subject}\n{last.body}"


def paragraph(page, number: int = 0):
    """The words of a paragraph of the text. Each change reaches the site by itself."""
    return page.locator("[data-contentpath=body] .public-DraftEditor-content[contenteditable]").nth(number)


def write(page, words: str):
    """Type over the first paragraph."""
    watched(page)
    place = paragraph(page)
    place.click()
    page.keyboard.press("Control+a")
    page.keyboard.type(words)


def test_from_the_letter_to_the_live_page(sign_in, open_context, chapter, letters, site):
    ruth = sign_in(person("ruth", "Handbook reviewers"))
    ruth.goto("/admin/")
    invite(ruth)

    letter = letter_to("amira@example.org", letters)
    assert "You wrote so well about nights." in letter
    amira = open_context().new_page()
    amira.add_init_script(NOTICE_WATCHING)
    amira.goto(re.search(r"http\S+", letter)[0])
    amira.locator("#id_new_password1").fill(PASSWORD)
    amira.get_by_label("The same password again").fill(PASSWORD)
    amira.get_by_role("button", name="Save the password").click()
    amira.get_by_role("link", name="Sign in").click()
    amira.get_by_label("E-mail address or user name").fill("Amira@example.org")
    amira.get_by_label("Password").fill(PASSWORD)
    amira.get_by_role("button", name="Sign in").click()
    expect(amira.get_by_role("heading", name="Your pages", level=1)).to_be_visible()
    amira.get_by_role("link", name="Change how you are named").click()
    amira.get_by_label("As “a parent in …”").check()
    amira.get_by_role("button", name="Save").click()
    expect(amira.get_by_text("Write the town to be named by.")).to_be_visible()
    amira.get_by_label("Where you live").fill("Stevenage")
    amira.get_by_role("button", name="Save").click()
    expect(amira.get_by_text("a parent in Stevenage").first).to_be_visible()

    amira.get_by_role("link", name="Open Sleep").click()
    write(amira, WRITTEN)
    kept_within(amira, chapter, WRITTEN)
    aids = amira.locator("[data-side-panel=checks]")
    expect(aids.get_by_text("Reading grade")).to_be_visible()
    expect(aids.get_by_text("in receipt of → getting")).to_be_visible()
    expect(aids.get_by_text("This looks like a fact. Where is it from?")).to_be_visible()
    expect(
        aids.get_by_text("“the sleep line” in “Tonight”: it leads to a page of this site that is not there")
    ).to_be_visible()
    amira.get_by_role("button", name="Toggle preview").click()
    phone = amira.frame_locator("[data-side-panel=preview] iframe >> nth=0")
    expect(phone.get_by_text("Six weeks later he slept.")).to_be_visible()
    amira.get_by_role("textbox", name="Note for whoever checks it").fill("I am not sure about the letter.")
    amira.get_by_role("button", name="Send for checking").click()
    expect(amira.get_by_text("With the reviewers since")).to_be_visible()
    assert ChapterPage.objects.get(pk=chapter.pk).lede == "What helped in our homes."

    letter = letter_to("ruth@example.org", letters)
    assert "To be checked: “Sleep”" in letter
    assert "I am not sure about the letter." in letter
    ruth.goto("/admin/")
    expect(ruth.get_by_text("“I am not sure about the letter.”")).to_be_visible()
    ruth.get_by_role("link", name="What changed Sleep").click()
    expect(ruth.locator("ins, .addition", has_text="Six weeks later he slept.").first).to_be_visible()
    ruth.goto("/admin/")
    ruth.get_by_role("link", name="Check it Sleep").click()
    comment(ruth, "lede", "Say whose homes.")
    choose(ruth, "Request changes")
    ruth.get_by_role("textbox", name="Comment").fill("Nearly there: one thing in the margin.")
    ruth.get_by_role("button", name="Request changes").last.click()
    expect(done(ruth)).to_be_visible()

    letter = letter_to("amira@example.org", letters)
    assert "Changes asked for: “Sleep”" in letter
    assert "workflow" not in letter
    assert "Nearly there: one thing in the margin." in letter
    amira.goto("/admin/")
    expect(amira.get_by_text("Changes asked for.")).to_be_visible()
    expect(amira.get_by_text("Nearly there: one thing in the margin.")).to_be_visible()
    amira.get_by_role("link", name="Read the comments Sleep").click()
    expect(amira.get_by_text("Say whose homes.")).to_be_visible()
    amira.get_by_placeholder("Enter your reply...").fill("Ours and two others.")
    amira.get_by_role("button", name="Reply").click()
    amira.get_by_role("textbox", name="First lines").fill("What helped in three homes.")
    amira.get_by_role("button", name="Send again for checking").click()
    expect(amira.get_by_role("heading", name="Your pages")).to_be_visible()

    ruth.goto("/admin/")
    ruth.get_by_role("link", name="Check it Sleep").click()
    expect(ruth.get_by_text("Ours and two others.")).to_be_visible()
    ruth.get_by_role("textbox", name="First lines").fill("What helped in three of our homes.")
    ruth.get_by_role("tab", name="About").click()
    ruth.get_by_label("Needs a specialist’s check").check()
    choose(ruth, "Approve")
    expect(done(ruth)).to_be_visible()
    assert ChapterPage.objects.get(pk=chapter.pk).lede == "What helped in our homes."

    sam = sign_in(person("sam", "Specialist reviewers"))
    sam.goto("/admin/")
    sam.get_by_role("link", name="Check it Sleep").click()
    choose(sam, "Approve and Publish")
    expect(done(sam)).to_be_visible()
    expect(sam.locator(".messages .error")).to_have_count(0)

    reader = open_context(viewport=PHONE).new_page()
    reader.goto("/handbook/sleep/")
    expect(reader.get_by_text("What helped in three of our homes.")).to_be_visible()
    expect(reader.get_by_text("Six weeks later he slept.")).to_be_visible()
    expect(reader.get_by_text("Written by a parent in Stevenage.")).to_be_visible()


def done(page):
    """The green message after a step."""
    return page.locator(".messages .success")


def test_a_browser_closed_mid_edit_loses_the_last_seconds_at_most(sign_in, chapter):
    amira = person("amira", "Parent co-authors")
    page = sign_in(amira)
    page.add_init_script(NOTICE_WATCHING)
    page.goto(form(chapter))
    watched(page)
    # She writes on and on, without the pause that Wagtail waits for.
    note = page.get_by_role("textbox", name="Note for whoever checks it")
    note.press_sequentially("on and on " * 16, delay=80)
    assert draft(chapter).note, "nothing was kept while she wrote"
    write(page, "she wrote and wrote. ")
    page.keyboard.type("The last words that were kept.")
    kept_within(page, chapter, "The last words that were kept.")
    page.keyboard.type(" Typed as the lid was shut.")
    page.context.close()

    again = sign_in(amira)
    again.goto(form(chapter))
    expect(paragraph(again)).to_contain_text("she wrote and wrote")
    expect(paragraph(again)).to_contain_text("The last words that were kept.")
    assert "she wrote" not in str(ChapterPage.objects.get(pk=chapter.pk).body)


def draft(chapter) -> ChapterPage:
    return ChapterPage.objects.get(pk=chapter.pk).get_latest_revision_as_object()


def kept_within(page, chapter, words: str, seconds: int = 15):
    for _ in range(seconds * 2):
        if words in str(draft(chapter).body):
            return
        page.wait_for_timeout(500)
    pytest.fail(f"“{words}” was not kept within {seconds} seconds")


def comment(page, field: str, words: str):
    page.locator(f"[data-contentpath={field}]").first.hover()
    page.locator(f"[data-contentpath={field}] [data-comment-add]").click()
    page.get_by_placeholder("Enter your comments...").fill(words)
    page.get_by_role("button", name="Comment", exact=True).click()


def choose(page, step: str):
    """A reviewer's step, in the menu beside the form's first button."""
    page.locator("footer [data-w-dropdown-target=toggle]").click()
    page.locator("footer").get_by_role("button", name=step, exact=True).click()


def invite(ruth):
    ruth.get_by_role("link", name="Invite a co-author").click()
    ruth.get_by_label("First name").fill("Amira")
    ruth.get_by_label("E-mail").fill("amira at example.org")
    ruth.get_by_label("A few words from you").fill("You wrote so well about nights.")
    ruth.get_by_role("button", name="Send the invitation").click()
    expect(ruth.get_by_text("Enter a valid email address.")).to_be_visible()
    expect(ruth.get_by_text("This field is required.")).to_be_visible()
    expect(ruth.get_by_label("E-mail")).to_have_value("amira at example.org")
    expect(ruth.get_by_label("First name")).to_have_value("Amira")
    expect(ruth.get_by_label("A few words from you")).to_have_value("You wrote so well about nights.")
    ruth.get_by_label("E-mail").fill("amira@example.org")
    ruth.get_by_label("A parent or carer").check()
    ruth.get_by_role("button", name="Send the invitation").click()
    expect(ruth.get_by_text("The invitation to amira@example.org is on its way.")).to_be_visible()

"""Consent: what it covers, and that nothing is left of what was taken back."""

import io
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission, User
from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from PIL import Image as Pixels
from wagtail.images import get_image_model
from wagtail.models import ModelLogEntry, Page, Revision

from handbook.consent import rules
from handbook.consent.removal import withdraw
from handbook.consent.rules import About, ConsentOf, NamedAs, Terms
from handbook.models import ChapterPage, HandbookIndexPage, Picture, Quote
from home import context
from home.demo import load
from home.models import HomePage
from home.models.printout import Printout, store
from home.printing import press, tasks
from search.outbox import drain_all

# Pillow and Wagtail leave the temporary file of a rendition to the garbage collector.
pytestmark = [
    pytest.mark.filterwarnings("ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore:.*nclosed file:ResourceWarning"),
]

SAID = "He slept with the zebrafinch song on."
MARKS = ("zebrafinch", "goldcrest", "Quillfeather")
"""A word of the quote, of the picture's description, and the name that readers saw."""
TODAY = date(2026, 11, 23)
GIVEN = {"given_on": TODAY, "expires_on": date(2028, 11, 23)}


def shared(**facts) -> dict:
    return {
        "given_by": "Quillfeather Ostrom",
        "contact": "ostrom@example.org",
        "about": About.UNDER_16,
        "consent_of": ConsentOf.PARENT,
        "named_as": NamedAs.FIRST,
        "public_name": "Quillfeather",
        "for_print": True,
    } | facts


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT, settings.PRINTOUTS_ROOT = tmp_path / "media", tmp_path / "printouts"
    return tmp_path


@pytest.fixture
def quote(db):
    return Quote.objects.create(words=SAID, **shared())


@pytest.fixture
def picture(db, media, django_capture_on_commit_callbacks):
    content = io.BytesIO()
    Pixels.new("RGB", (900, 600), "teal").save(content, "JPEG")
    file = ImageFile(io.BytesIO(content.getvalue()), "quillfeather-ostrom.jpg")
    with django_capture_on_commit_callbacks(execute=True):
        image = get_image_model().objects.create(title="Quillfeather at home", file=file)
        return Picture.objects.create(image=image, alt="A goldcrest on her hand", **shared())


def chapter_with(*blocks) -> ChapterPage:
    load()
    index = HomePage.objects.get().add_child(instance=HandbookIndexPage(title="Handbook", slug="handbook"))
    chapter = ChapterPage(title="Sleep", slug="sleep", lede="Nights are long.")
    chapter.body = [("paragraph", "<p>Ask for help.</p>"), *blocks]
    chapter = index.add_child(instance=chapter)
    for made in (index, chapter):
        made.save_revision().publish()
    return ChapterPage.objects.get(pk=chapter.pk)


@pytest.fixture
def chapter(quote, picture, django_capture_on_commit_callbacks):
    """A live chapter with both, once published before and printed."""
    with django_capture_on_commit_callbacks(execute=True):
        made = chapter_with(
            ("quote", {"quote": quote}),
            ("heading", "Later"),
            ("consented_picture", {"picture": picture}),
        )
        if press.available():
            row = Printout.objects.create(key=f"page:{made.pk}", wanted_since=timezone.now())
            assert tasks.attempt(row)
    drain_all()
    return made


def whole_site(client) -> str:
    """Every live page, the lists of pages, and what is found for what was shared, less the typed words."""
    addresses = [page.url for page in Page.objects.live().filter(depth__gt=1)]
    addresses += ["/sitemap.xml", "/sitemap-pages.xml", "/my-list/"]
    said = [client.get(address).content.decode() for address in addresses if address]
    for mark in MARKS:
        results = BeautifulSoup(client.get("/search/", {"q": mark}).content, "html.parser")
        said += [each.get_text() for each in results.select("article, .cards, .rows")]
        said.append(client.get("/search/suggest/", {"q": mark[:-1]}).content.decode())
        found = io.StringIO()
        call_command("find", mark[:-1], stdout=found)
        said.append(found.getvalue())
    return "".join(said)


def whole_database() -> str:
    """Every value of every table, the index and the history included."""
    said = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                said += [bytes(v).decode("utf-8", "replace") if isinstance(v, bytes) else str(v) for v in row]
    return "\n".join(said)


def left(text: str) -> list[str]:
    return [mark for mark in MARKS if mark.lower() in text.lower()]


def test_withdrawal_leaves_nothing(
    client, quote, picture, chapter, media, django_capture_on_commit_callbacks
):
    page = client.get(chapter.url).content.decode()
    assert left(page) == list(MARKS), "or the test could not fail"
    assert "Ostrom" not in page
    files = [file for file in media.rglob("*.*") if file.is_file()]
    pictures = [f"/media/{file.relative_to(media / 'media')}" for file in files if file.suffix != ".pdf"]
    assert len(pictures) >= 3, "the original and its renditions"
    assert not left("".join(file.name for file in files)), "a file's name tells nothing"
    assert client.get(pictures[0]).status_code == 200
    kept = store().listdir("")[1] if press.available() else []
    assert bool(kept) == press.available()
    assert left(on_paper(chapter)) == list(MARKS)

    with django_capture_on_commit_callbacks(execute=True):
        client.force_login(User.objects.create_superuser("root"))
        for record in (quote, picture):
            ask = client.get(withdraw_url(record)).content.decode()
            assert "Copies already printed cannot be recalled" in ask
            assert "Sleep" in ask
            client.post(withdraw_url(record), {"note": "By e-mail."})
        client.logout()
    drain_all()

    assert not left(whole_site(client))
    assert not left(whole_database().replace("Quillfeather Ostrom", ""))
    assert "ostrom@example.org" not in whole_database()
    assert [file for file in media.rglob("*.*") if file.is_file()] == []
    assert {client.get(address).status_code for address in pictures} == {404}
    assert not left(repr(context._kept))
    assert "zebrafinch" not in "".join(str(r.content) for r in Revision.objects.all())
    assert str(quote.pk) in str(chapter.get_latest_revision().content["body"]), "only its number is kept"
    assert not left(on_paper(chapter))
    if press.available():
        row = Printout.objects.get(key=f"page:{chapter.pk}")
        assert row.wanted_since
        assert not row.fingerprint


def on_paper(chapter) -> str:
    """What goes to press of it."""
    return tasks.written(tasks.registry.manuscript(f"page:{chapter.pk}"), False, chapter.get_site())


def withdraw_url(record) -> str:
    return reverse(type(record).snippet_viewset.get_url_name("withdraw"), args=[record.pk])


def test_the_clock_deletes_what_ran_out(client, quote, chapter, django_capture_on_commit_callbacks):
    Quote.objects.filter(pk=quote.pk).update(
        given_on=timezone.localdate() - timedelta(days=400),
        expires_on=timezone.localdate() - timedelta(days=1),
    )
    assert "zebrafinch" not in client.get(chapter.url).content.decode(), "at once, before the clock strikes"
    with django_capture_on_commit_callbacks(execute=True):
        call_command("tick")
    assert "zebrafinch" not in whole_database()
    assert client.get(chapter.url).status_code == 200


def test_deleting_a_row_deletes_what_it_shared(picture, chapter, media, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        Picture.objects.all().delete()
    assert not list((media / "media").rglob("*.jp*g"))


def test_an_open_form_cannot_bring_back_what_was_deleted(quote):
    opened = Quote.objects.get(pk=quote.pk)
    withdraw(quote)
    with pytest.raises(ValidationError, match="deleted"):
        opened.save()
    assert Quote.objects.get().words == ""


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        ({"about": About.NOBODY}, None),
        ({"about": About.UNDER_16, "consent_of": ConsentOf.PARENT}, None),
        ({"about": About.UNDER_16, "consent_of": ConsentOf.SELF}, "consent_of"),
        ({"about": About.AGE_16_17, "consent_of": ConsentOf.PARENT}, "consent_of"),
        ({"about": About.ADULT, "consent_of": ConsentOf.PARENT}, "consent_of"),
        ({"about": About.AGE_16_17, "consent_of": ConsentOf.SELF}, None),
        ({"about": About.ADULT, "consent_of": ConsentOf.BEST_INTERESTS}, "best_interests_role"),
        (
            {
                "about": About.ADULT,
                "consent_of": ConsentOf.BEST_INTERESTS,
                "best_interests_role": "social worker",
                "best_interests_note": "He smiles at it.",
            },
            None,
        ),
        ({"about": About.UNDER_16, "consent_of": ConsentOf.BEST_INTERESTS}, "consent_of"),
        ({"named_as": NamedAs.FULL, "public_name": "Anna Green"}, None),
        ({"named_as": NamedAs.FULL, "public_name": "Anna"}, "public_name"),
        (
            {
                "named_as": NamedAs.FULL,
                "public_name": "Anna Green",
                "about": About.UNDER_16,
                "consent_of": ConsentOf.PARENT,
            },
            "named_as",
        ),
        ({"named_as": NamedAs.FULL, "public_name": "Anna Green", "about": About.AGE_16_17}, "named_as"),
        ({"named_as": NamedAs.FULL, "public_name": "Anna Green", "about": About.ADULT}, None),
        ({"named_as": NamedAs.FIRST, "public_name": "Anna"}, None),
        ({"named_as": NamedAs.FIRST, "public_name": "Anna Green"}, "public_name"),
        ({"named_as": NamedAs.FIRST, "public_name": "Green"}, "public_name"),
        ({"named_as": NamedAs.WORDS, "public_name": "a parent in Stevenage"}, None),
        ({"named_as": NamedAs.WORDS, "public_name": "Mrs green of Tring"}, "public_name"),
        ({"named_as": NamedAs.WORDS, "public_name": " "}, "public_name"),
        ({"named_as": NamedAs.NONE, "public_name": "Anna"}, "public_name"),
        ({"for_website": False}, "for_website"),
        ({"for_website": False, "for_talks": True}, None),
        ({"given_on": TODAY + timedelta(days=1)}, "given_on"),
        ({"expires_on": TODAY}, "expires_on"),
        ({"expires_on": date(2031, 11, 24)}, "expires_on"),
    ],
)
def test_the_rules_of_consent(terms, field):
    found = rules.faults(Terms(**GIVEN | terms), TODAY)
    assert next(iter(found), None) == field


def test_a_leap_day_ends_on_the_28th():
    assert rules.years_after(date(2028, 2, 29), 2) == date(2030, 2, 28)


@pytest.mark.parametrize(
    ("facts", "web", "paper"),
    [
        ({}, True, True),
        ({"for_print": False}, True, False),
        ({"for_website": False}, False, True),
        ({"expires_on": timezone.localdate() - timedelta(days=1)}, False, False),
        ({"given_on": timezone.localdate() + timedelta(days=1)}, False, False),
        ({"withdrawn_on": TODAY}, False, False),
    ],
)
def test_what_may_be_shown_where(db, facts, web, paper):
    made = Quote.objects.create(words=SAID, **shared(**facts))
    assert (made.usable, made.may_be_shown(for_print=True)) == (web, paper)
    assert Quote.objects.usable().exists() is web
    assert Quote.objects.usable(for_print=True).exists() is paper


def test_a_full_name_never_stands_beside_details_of_a_child(db, quote):
    named = {"about": About.NOBODY, "named_as": NamedAs.FULL, "public_name": "Anna Green"}
    beside = Quote.objects.create(words="It helped.", **shared(**named, given_by="Anna Green"))
    chapter = chapter_with(("quote", {"quote": quote}))
    for blocks, crowded in (
        ([quote, beside], True),
        ([beside, None, quote], False),
        ([beside], False),
    ):
        chapter.body = [("quote", {"quote": each}) if each else ("heading", "Later") for each in blocks]
        assert (rules.BESIDE in chapter.problems()) is crowded
    # The same person far away on the page tells whose child it is.
    quote.given_by = "Anna Green"
    quote.save()
    chapter.body = [("quote", {"quote": beside}), ("heading", "Later"), ("quote", {"quote": quote})]
    assert rules.BESIDE in chapter.problems()


def test_a_live_page_keeps_a_name_from_becoming_full(db, quote):
    other = Quote.objects.create(words="It helped.", **shared(about=About.NOBODY, given_by="Anna Green"))
    other.named_as, other.public_name = NamedAs.WORDS, "a parent"
    other.save()
    chapter_with(("quote", {"quote": quote}), ("quote", {"quote": other}))
    other.named_as, other.public_name = NamedAs.FULL, "Anna Green"
    with pytest.raises(ValidationError, match="beside details of a child"):
        other.full_clean()


def person(name: str, *models: str) -> User:
    user = User.objects.create_user(name, password="x")
    group = Group.objects.create(name=f"group of {name}")
    codes = [f"{action}_{model}" for model in models for action in ("add", "change", "view", "delete")]
    group.permissions.add(
        Permission.objects.get(codename="access_admin"), *Permission.objects.filter(codename__in=codes)
    )
    user.groups.add(group)
    return user


def test_a_bad_form_keeps_what_was_typed(client, db):
    client.force_login(person("reviewer", "quote"))
    sent = shared(words=SAID, about=About.AGE_16_17, given_on="2026-11-01", expires_on="2027-11-01")
    sent |= {"for_website": "on", "best_interests_role": "", "best_interests_note": ""}
    answer = client.post(reverse(Quote.snippet_viewset.get_url_name("add")), sent)
    page = answer.content.decode()
    assert not Quote.objects.exists()
    assert "Mental Capacity Act 2005, section 1" in page
    for typed in (SAID, "Quillfeather Ostrom", "ostrom@example.org"):
        assert typed in page
    sent["about"] = About.UNDER_16
    client.post(reverse(Quote.snippet_viewset.get_url_name("add")), sent)
    assert Quote.objects.get().expires_on == date(2027, 11, 1)
    history = "".join(f"{entry.label} {entry.data}" for entry in ModelLogEntry.objects.all())
    assert history
    assert not left(history)
    assert "Ostrom" not in history


def test_a_co_author_chooses_without_seeing_who(client, quote):
    Quote.objects.create(
        words="Over and done.", **shared(expires_on=timezone.localdate() - timedelta(days=1))
    )
    client.force_login(person("co-author"))
    chooser = Quote.snippet_viewset.chooser_viewset
    seen = "".join(
        client.get(reverse(chooser.get_url_name(name), args=args)).content.decode()
        for name, args in (("choose", []), ("choose_results", []), ("chosen", [quote.pk]))
    )
    assert SAID in seen
    assert "Over and done" not in seen
    assert "ostrom" not in seen.lower()
    for name, args in (("list", []), ("edit", [quote.pk]), ("history", [quote.pk]), ("withdraw", [quote.pk])):
        answer = client.get(reverse(Quote.snippet_viewset.get_url_name(name), args=args))
        assert answer.status_code in (302, 403), name
        assert b"Ostrom" not in answer.content
    client.post(withdraw_url(quote))
    assert Quote.objects.get(pk=quote.pk).usable

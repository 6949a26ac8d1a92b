"""What editors see of search: words, what was looked for in vain, and why a record is here."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from directory.models import Need, NeedWord
from search.admin import preview as told
from search.admin.report import safe
from search.in_vain import counts
from search.in_vain.lines import Line
from search.models import HeldWord, InVain, Pending
from search.reading import read
from search.vocabulary import vocabulary
from tests import factories as make

pytestmark = pytest.mark.django_db
MONDAY = counts.week_of(timezone.localdate())


def person(name, group=None):
    user = User.objects.create_user(name, f"{name}@example.org", "a long password")
    if group:
        user.groups.add(Group.objects.get(name=group))
    return user


@pytest.fixture
def editor(client):
    user = person("editor", "Editors")
    client.force_login(user)
    return user


@pytest.fixture
def sleep():
    return make.need(words=("sleep", "settle"))


def counted(term, number=3, kind="word", district="", week=MONDAY):
    return InVain.objects.create(week=week, kind=kind, term=term, district=district, count=number)


def index():
    call_command("index", "--rebuild", verbosity=0)


def word_form(need, word="hoarding", **changes):
    return {"need": need.pk, "word": word, "kind": "named", "context": "", "crisis": ""} | changes


def text(page) -> str:
    return " ".join(page.content.decode().split())


# Who may do what


LIST, ADD = "/admin/family-words/", "/admin/family-words/new/"
REPORT, FORGET = "/admin/search/in-vain/", "/admin/search/in-vain/forget/"
NOWHERE, EXPLAIN = "/admin/search/nowhere/", "/admin/search/why/"
ROLES = ("nobody", "guest", "editor", "reviewer", "administrator")
EDITORS = ROLES[2:]


def of(name):
    return lambda word: reverse(f"family_words:{name}", args=[word.pk])


MATRIX = [
    ("words: list", EDITORS, lambda w: LIST, None),
    ("words: form", EDITORS, lambda w: ADD, None),
    ("words: add", EDITORS, lambda w: ADD, lambda w: word_form(w.need)),
    ("words: change", EDITORS, of("edit"), lambda w: word_form(w.need, "sleeping")),
    ("words: remove", EDITORS, of("delete"), lambda w: {}),
    ("words: history", EDITORS, of("history"), None),
    ("looked for in vain", EDITORS, lambda w: REPORT, None),
    ("looked for in vain: CSV", EDITORS, lambda w: REPORT + "?export=csv", None),
    ("looked for in vain: forget", EDITORS, lambda w: FORGET, lambda w: {"word": "x"}),
    ("words that lead nowhere", EDITORS, lambda w: NOWHERE, None),
    ("why is it here", EDITORS, lambda w: EXPLAIN, None),
    ("why is it here: ask", EDITORS, lambda w: EXPLAIN, lambda w: {"q": "sleep"}),
]


@pytest.mark.parametrize(("what", "may", "address", "sent"), MATRIX, ids=[row[0] for row in MATRIX])
def test_the_whole_matrix(client, sleep, what, may, address, sent):
    word = sleep.words.get(word="sleep")
    groups = dict(zip(EDITORS, ("Editors", "Reviewers", "Administrators"), strict=True))
    found = {}
    for role in ROLES:
        client.logout()
        if role != "nobody":
            client.force_login(person(role, groups.get(role)))
        place = address(word)
        page = client.get(place) if sent is None else client.post(place, sent(word) | {"preview": "1"})
        to = page.headers.get("Location", "")
        refused = page.status_code == 403 or "login" in to or to == reverse("wagtailadmin_home")
        assert page.status_code < 404, (what, role)
        found[role] = not refused
        word = NeedWord.objects.get_or_create(need=sleep, word=word.word)[0]
    assert [role for role in ROLES if found[role]] == list(may)


# Words


def test_a_word_is_added_in_a_small_form_read_at_once_and_logged(client, editor, sleep):
    make.service(needs=(sleep,))
    index()
    assert "sleep" not in read("hoarding", vocabulary()).needs
    page = client.post(ADD, word_form(sleep))
    assert page.status_code == 302
    assert "sleep" in read("hoarding", vocabulary()).needs
    entry = ModelLogEntry.objects.get(action="wagtail.create", label="hoarding")
    assert entry.user == editor


@pytest.mark.parametrize("change", ["add", "edit", "delete"])
def test_records_of_the_need_are_indexed_again_when_a_word_changes(
    client, editor, sleep, change, django_capture_on_commit_callbacks
):
    service = make.service(needs=(sleep,))
    Pending.objects.all().delete()
    word = sleep.words.get(word="sleep")
    if change == "add":
        client.post(ADD, word_form(sleep))
    elif change == "edit":
        client.post(of("edit")(word), word_form(sleep, "hoarding"))
    else:
        client.post(of("delete")(word))
    assert Pending.objects.filter(ref=service.ref).exists()


def test_a_word_that_moves_to_another_need_refreshes_both(sleep):
    worried = make.need(slug="worried", name="Worried", words=())
    here, there = make.service(needs=(sleep,)), make.service(name="Calm", needs=(worried,))
    Pending.objects.all().delete()
    word = sleep.words.get(word="sleep")
    word.need = worried
    word.save()
    assert set(Pending.objects.values_list("ref", flat=True)) == {here.ref, there.ref}


def test_a_preview_saves_nothing(client, editor, sleep):
    page = client.post(ADD, word_form(sleep) | {"preview": "1"})
    assert "What this changes" in text(page)
    assert not NeedWord.objects.filter(word="hoarding").exists()


def test_a_word_with_a_warning_is_saved_once_the_warning_was_seen(client, editor, sleep):
    form = word_form(sleep, "school")
    first = client.post(ADD, form)
    assert "ordinary word" in text(first)
    assert not NeedWord.objects.filter(word="school").exists()
    client.post(ADD, form | {"agreed": first.context["agreed"]})
    assert NeedWord.objects.filter(word="school").exists()


def test_agreeing_to_one_warning_does_not_save_another_word(client, editor, sleep):
    first = client.post(ADD, word_form(sleep, "school"))
    client.post(ADD, word_form(sleep, "x") | {"agreed": first.context["agreed"]})
    assert not NeedWord.objects.filter(word="x").exists()


def test_the_same_word_twice_at_one_need_is_refused(client, editor, sleep):
    page = client.post(ADD, word_form(sleep, "Sleep"))
    assert "leads to Not sleeping already" in text(page)


def test_a_word_without_letters_is_refused(client, editor, sleep):
    assert "Write at least one letter" in text(client.post(ADD, word_form(sleep, "!?")))


def test_words_are_found_by_need_and_kind_and_by_part_of_them(client, editor, sleep):
    worried = make.need(slug="worried", name="Worried", words=("panic",))
    NeedWord.objects.filter(word="settle").update(kind="sign")
    for asked, found in [
        ({"need": worried.pk}, {"panic"}),
        ({"kind": "sign"}, {"settle"}),
        ({"q": "slee"}, {"sleep"}),
        ({}, {"panic", "settle", "sleep"}),
    ]:
        page = client.get(LIST, asked)
        assert {word.word for word in page.context["object_list"]} == found


def test_the_needs_form_stays_small_however_many_words_lead_to_it(client, editor, sleep):
    NeedWord.objects.bulk_create(NeedWord(need=sleep, word=f"word {number}") for number in range(400))
    page = client.get(reverse("wagtailsnippets_directory_need:edit", args=[sleep.pk]))
    assert len(page.content) < 200_000
    assert "402 words and phrases lead here" in text(page)
    assert f"{LIST}?need={sleep.pk}" in text(page)


def test_saving_a_need_keeps_its_words(client, editor, sleep):
    address = reverse("wagtailsnippets_directory_need:edit", args=[sleep.pk])
    sent = {"name": "Not sleeping well", "slug": "sleep", "order": "0"}
    sent["broad_areas"] = [need.pk for need in sleep.broad_areas.all()]
    client.post(address, sent)
    sleep.refresh_from_db()
    assert sleep.name == "Not sleeping well"
    assert sleep.words.count() == 2


# What a change would do


@pytest.mark.parametrize(
    ("word", "number"),
    [("hoarding", 4), ("hoard", 4), ("hoards things", 0), ("sleep", 0), ("gaming", 5)],
)
def test_searches_in_vain_that_a_word_would_have_led_are_counted(word, number):
    lines = [
        Line(MONDAY, "word", "hoarding", "", 4),
        Line(MONDAY, "word", "gaming", "", 2),
        Line(MONDAY, "word", "gaming", "dacorum", 3),
        Line(MONDAY, "need", "sleep", "", 9),
    ]
    assert told.led(word, lines) == number


def test_the_preview_tells_of_last_months_searches_and_of_tagged_records(sleep):
    make.service(needs=(sleep,))
    counted("hoarding", 4)
    counted("hoarding", 9, week=MONDAY - timedelta(weeks=8))
    says = told.preview(NeedWord(need=sleep, word="hoarding")).says
    assert "4 searches of the last four weeks would now lead to Not sleeping." in says
    assert "It will lead to 1 record tagged with Not sleeping." in says


def test_the_preview_never_tells_that_a_word_is_held_as_a_hash(sleep):
    found = counts.Vain(frozenset(), ("zebediah",), True, "")
    for day in range(4):
        counts.count(found, date(2026, 11, 16) + timedelta(days=day))
    assert HeldWord.objects.get().days == 4
    assert told.preview(NeedWord(need=sleep, word="zebediah")) == told.preview(
        NeedWord(need=sleep, word="nobody")
    )


@pytest.mark.parametrize(
    ("word", "facts", "warning"),
    [
        ("anxious", {}, "already leads to Worried"),
        ("x", {}, "A single letter"),
        ("school", {}, "is an ordinary word"),
        ("the", {}, "stands in nearly every line"),
        ("hurting", {"crisis": "self-harm"}, "whatever else the line says"),
        ("hoarding", {}, "No live record is tagged"),
    ],
)
def test_the_preview_warns(sleep, word, facts, warning):
    make.need(slug="worried", name="Worried", words=("anxious",))
    assert any(warning in each for each in told.preview(NeedWord(need=sleep, word=word, **facts)).warnings)


def test_an_ordinary_word_with_words_beside_it_is_not_warned_of(sleep):
    make.service(needs=(sleep,))
    assert told.preview(NeedWord(need=sleep, word="school", context="place|transport")).warnings == []


def test_removing_a_word_that_cries_for_help_is_warned_of(client, editor, sleep):
    word = NeedWord.objects.create(need=sleep, word="unalive", crisis="suicide")
    page = client.get(of("delete")(word))
    assert "no longer put urgent help above" in text(page)
    client.post(of("delete")(word))
    assert not NeedWord.objects.filter(pk=word.pk).exists()


def test_low_words_are_told_apart_from_cries_for_help(sleep):
    told_of = told.preview(NeedWord(need=sleep, word="hate myself", crisis="quiet"))
    assert any("quiet line" in each for each in told_of.says)
    assert not any("urgent help" in each for each in told_of.warnings)


def test_taking_the_cry_from_a_word_is_warned_of(sleep):
    word = NeedWord.objects.create(need=sleep, word="unalive", crisis="suicide")
    changed = NeedWord.objects.get(pk=word.pk)
    changed.crisis = ""
    assert any("no longer put urgent help" in each for each in told.preview(changed, word).warnings)


# The report


def test_the_report_shows_lines_from_three_with_a_way_to_add_each(client, editor, sleep):
    make.district("Dacorum")
    counted("hoarding", 5)
    counted("gaming", 2)
    counted("sleep", 3, kind="need", district="dacorum")
    page = client.get(REPORT)
    assert [(row["words"], row["place"]) for row in page.context["rows"]] == [
        ("hoarding", "Other places, or none given"),
        ("Not sleeping", "Dacorum"),
    ]
    assert "gaming" not in text(page)
    add = client.get(page.context["rows"][0]["add"])
    assert add.context["form"].initial["word"] == "hoarding"


def test_the_report_is_narrowed_by_week_district_and_kind(client, editor, sleep):
    make.district("Dacorum")
    counted("hoarding", 5, week=MONDAY - timedelta(weeks=1))
    counted("sleep", 3, kind="need", district="dacorum")
    for asked, found in [
        ({"week": MONDAY.isoformat()}, ["Not sleeping"]),
        ({"district": "dacorum"}, ["Not sleeping"]),
        ({"district": "-"}, ["hoarding"]),
        ({"kind": "word"}, ["hoarding"]),
        ({"week": "nonsense"}, ["Not sleeping", "hoarding"]),
    ]:
        page = client.get(REPORT, asked)
        assert [row["words"] for row in page.context["rows"]] == found, asked


def test_the_report_is_downloaded_without_small_counts(client, editor):
    counted("hoarding", 5)
    counted("gaming", 2)
    page = client.get(REPORT, {"export": "csv"})
    assert page["Content-Type"].startswith("text/csv")
    assert page.content.decode().splitlines()[1:] == [
        f'{MONDAY},word,hoarding,"Other places, or none given",5'
    ]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_spreadsheet_takes_a_cell_for_a_formula(text):
    assert safe(text) == f"'{text}"


def test_an_editor_can_have_a_word_forgotten(client, editor):
    counted("zebediah", 5)
    client.post(FORGET, {"word": "zebediah"})
    assert not InVain.objects.exists()
    assert HeldWord.objects.get().refused


# Why is it here?


def test_a_line_is_explained_and_nothing_of_it_is_kept(client, editor, sleep, caplog):
    service = make.service(needs=(sleep,))
    index()
    with caplog.at_level("DEBUG"):
        page = client.post(EXPLAIN, {"q": "zebediah sleep age 7"})
    assert ("Need", "Not sleeping (names it; “sleep”)") in page.context["read"]
    assert [row.name for row in page.context["rows"]] == [service.name]
    assert ("the need it names", 40) in page.context["rows"][0].parts
    assert "zebediah" not in caplog.text
    assert not InVain.objects.exists()
    assert not HeldWord.objects.exists()
    assert "no-store" in page["Cache-Control"]


def test_a_record_that_is_found_tells_its_place_and_points(client, editor, sleep):
    service = make.service(needs=(sleep,))
    index()
    page = client.post(EXPLAIN, {"q": "sleep", "record": service.pk})
    assert page.context["why"]["row"].place == 1


def test_a_record_that_is_not_found_tells_why(client, editor, sleep):
    worried = make.need(slug="worried", name="Worried", words=("worried",))
    make.service(needs=(sleep,))
    other = make.service(name="Calm", needs=(worried,), ages=((120, 227, ""),))
    index()
    page = client.post(EXPLAIN, {"q": "settle", "age": "7", "record": other.pk})
    reasons = " ".join(page.context["why"]["reasons"])
    assert "It is not tagged with Not sleeping" in reasons
    assert "Age: 7 was asked for" in reasons


def test_menus_lead_to_every_page(client, editor):
    page = text(client.get(reverse("wagtailadmin_home")))
    for address in (LIST, REPORT, NOWHERE, EXPLAIN):
        assert address in page


def test_a_need_can_be_added_from_nothing(client, editor):
    page = client.get(reverse("wagtailsnippets_directory_need:add"))
    assert "Save this need first" in text(page)
    assert Need.objects.count() == 0

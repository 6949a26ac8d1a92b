"""Waiting times in the admin: the forms, their history, loading a file, and who may do what."""

import csv
import io
import random
import re
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from tests import factories as make
from tests.waiting.conftest import ROLES, person
from tests.waiting.test_loading_files import WAITS, file
from waiting.admin import load as load_view
from waiting.loading.columns import NAMES
from waiting.loading.figures import load
from waiting.models import WaitingList, WaitingTime

LOAD, EMPTY = reverse("waiting_times_load"), reverse("waiting_times_empty_file")


def figures(name: str, *args) -> str:
    return reverse(f"wagtailsnippets_waiting_waitingtime:{name}", args=args)


def lists(name: str, *args) -> str:
    return reverse(f"wagtailsnippets_waiting_waitinglist:{name}", args=args)


@pytest.fixture
def clinic(db):
    told = {"service": make.service("Child development centre"), "who": "All children"}
    return WaitingList.objects.create(
        code="autism-first-visit", name="First visit", clock_starts="a letter", clock_stops="a visit", **told
    )


@pytest.fixture
def county(db):
    return make.district("Hertfordshire", kind=make.kind("county", home_unit=False))


@pytest.fixture
def figure(clinic, county):
    return WaitingTime.objects.create(
        waiting_list=clinic,
        area=county,
        whom="waiting",
        period_from=date(2024, 9, 30),
        period_to=date(2024, 9, 30),
        people=107,
        source_title="Board papers",
        source_url="https://example.org/papers",
    )


def typed(clinic, county, **changes) -> dict:
    """What the form of figures sends."""
    return {
        "waiting_list": clinic.pk,
        "area": county.pk,
        "whom": "waiting",
        "period_from": "",
        "period_to": "2024-09-30",
        "people": "107",
        "median_weeks": "",
        "ninety_weeks": "",
        "longest_weeks": "",
        "within_percent": "",
        "source_title": "Board papers",
        "source_url": "https://example.org/papers",
        "published_on": "",
        "note": "",
    } | changes


def opened(client, figure) -> dict:
    """The version that an open form was filled in from, as it sends it."""
    html = client.get(figures("edit", figure.pk)).content.decode()
    return dict(re.findall(r'name="(loaded_revision_\w+)" value="([^"]*)"', html))


def errors(answer) -> dict:
    return {name: list(map(str, said)) for name, said in answer.context["form"].errors.items()}


# The form


def test_figures_are_entered_with_their_first_version(client, clinic, county, reviewer):
    client.force_login(reviewer)
    assert client.post(figures("add"), typed(clinic, county)).status_code == 302
    made = WaitingTime.objects.get()
    assert (made.people, made.period_from, made.corrected_on) == (107, date(2024, 9, 30), None)
    assert [each.user for each in made.revisions] == [reviewer]


def test_a_correction_says_its_day_and_both_versions_stay(client, clinic, county, figure, reviewer):
    """Also of figures that never had a version."""
    client.force_login(reviewer)
    client.post(figures("edit", figure.pk), typed(clinic, county, people="112"))
    figure.refresh_from_db()
    assert (figure.people, figure.corrected_on) == (112, timezone.localdate())
    first, second = figure.revisions.order_by("pk")
    assert (first.as_object().people, second.as_object().people, second.user) == (107, 112, reviewer)
    page = client.get(figures("history", figure.pk)).content.decode()
    assert "As it stood before its first change" in page
    compared = client.get(figures("revisions_compare", figure.pk, first.pk, second.pk)).content.decode()
    assert "107" in compared
    assert "112" in compared


def test_a_save_that_changes_nothing_is_no_correction(client, clinic, county, figure, reviewer):
    client.force_login(reviewer)
    client.post(figures("edit", figure.pk), typed(clinic, county))
    figure.refresh_from_db()
    assert figure.corrected_on is None


def test_going_back_to_an_earlier_version_is_a_correction_too(client, clinic, county, figure, reviewer):
    client.force_login(reviewer)
    client.post(figures("edit", figure.pk), typed(clinic, county, people="112"))
    yesterday = timezone.localdate() - timedelta(days=1)
    WaitingTime.objects.update(corrected_on=yesterday)
    first = figure.revisions.order_by("pk").first()
    back = figures("revisions_revert", figure.pk, first.pk)
    assert client.get(back).status_code == 200
    client.post(back, typed(clinic, county) | opened(client, figure))
    figure.refresh_from_db()
    assert (figure.people, figure.corrected_on) == (107, timezone.localdate())
    assert figure.revisions.count() == 3


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(client, clinic, county, reviewer):
    client.force_login(reviewer)
    wrong = {
        "people": "3",
        "median_weeks": "40",
        "longest_weeks": "18",
        "within_percent": "56",
        "note": "Keep me",
    }
    answer = client.post(figures("add"), typed(clinic, county, **wrong))
    assert errors(answer) == {
        "people": ["Waits of fewer than 5 people are not kept. Take the waits out."],
        "median_weeks": [
            "Half waited more than one in ten did, or more than the longest. Check the three waits."
        ],
        "within_percent": ["Only for those seen: nobody still waiting has an end yet."],
    }
    html = answer.content.decode()
    assert 'value="Keep me"' in html
    assert 'value="40"' in html
    assert WaitingTime.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "name", "said"),
    [
        ({"period_to": "2999-01-01"}, "period_to", "still to come"),
        ({"period_from": "2024-10-01"}, "period_to", "The last day comes before the first."),
        ({"people": "107", "small": "on"}, "people", "cannot both be true"),
        ({"people": "", "more_than": "on", "median_weeks": "8"}, "people", "write more than how many"),
        ({"people": ""}, "people", "Give at least one figure"),
        ({"longest_weeks": "521"}, "longest_weeks", "520"),
        ({"source_url": "the board"}, "source_url", "URL"),
        ({"area": "999999"}, "area", "Select a valid choice"),
        ({"period_to": "soon"}, "period_to", "valid date"),
    ],
)
def test_refuses_figures_that_cannot_be(client, clinic, county, reviewer, changes, name, said):
    client.force_login(reviewer)
    answer = client.post(figures("add"), typed(clinic, county, **changes))
    assert said in " ".join(errors(answer)[name])


def test_the_same_figures_twice_are_told_beside_the_day(client, clinic, county, figure, reviewer):
    client.force_login(reviewer)
    answer = client.post(figures("add"), typed(clinic, county, people="9"))
    assert list(errors(answer)) == ["period_to"]
    assert "Change those instead." in errors(answer)["period_to"][0]


def test_an_area_that_is_gone_is_offered_only_to_the_figures_that_have_it(client, county, figure, reviewer):
    client.force_login(reviewer)
    county.valid_to = timezone.localdate() - timedelta(days=1)
    county.save()
    assert "Hertfordshire · County" not in client.get(figures("add")).content.decode()
    assert "Hertfordshire · County" in client.get(figures("edit", figure.pk)).content.decode()


# Two people


def test_a_stale_save_is_refused_once_and_loses_nothing(
    client, clinic, county, figure, reviewer, administrator
):
    client.force_login(reviewer)
    mine = opened(client, figure)
    client.force_login(administrator)
    theirs = typed(clinic, county, people="110") | opened(client, figure)
    assert client.post(figures("edit", figure.pk), theirs).status_code == 302

    client.force_login(reviewer)
    answer = client.post(figures("edit", figure.pk), typed(clinic, county, people="112", note="Mine") | mine)
    html = answer.content.decode()
    assert "Not saved: administrator saved these figures after you opened them." in html
    assert "how many: 110" in html
    assert 'value="112"' in html
    figure.refresh_from_db()
    assert figure.people == 110

    again = dict(re.findall(r'name="(loaded_revision_\w+)" value="([^"]*)"', html))
    client.post(figures("edit", figure.pk), typed(clinic, county, people="112", note="Mine") | again)
    figure.refresh_from_db()
    assert (figure.people, figure.note) == (112, "Mine")
    assert [each.as_object().people for each in figure.revisions.order_by("pk")] == [107, 110, 112]


def test_figures_are_never_saved_by_themselves(client, figure, reviewer):
    """They are public the moment they are saved: half a number must never be."""
    client.force_login(reviewer)
    for address in (figures("add"), figures("edit", figure.pk)):
        html = client.get(address).content.decode()
        assert "data-w-autosave-interval" not in html


def test_a_version_of_the_history_is_never_written_over(client, clinic, county, figure, reviewer):
    client.force_login(reviewer)
    client.post(figures("edit", figure.pk), typed(clinic, county, people="112"))
    version = figure.revisions.order_by("pk").last()
    sent = typed(clinic, county, people="113", overwrite_revision_id=version.pk) | opened(client, figure)
    client.post(figures("edit", figure.pk), sent)
    version.refresh_from_db()
    assert version.as_object().people == 112


# Lists of figures


def test_the_list_says_each_figure_in_words(client, figure, editor):
    client.force_login(editor)
    html = client.get(figures("list")).content.decode()
    for words in ("First visit", "Hertfordshire", "30 September 2024", "107 children", "Board papers"):
        assert words in html


def test_who_may_only_look_reads_what_is_not_known(client, figure, editor):
    client.force_login(editor)
    html = client.get(figures("inspect", figure.pk)).content.decode()
    assert "not known" in html
    assert not re.search(r">\s*(None|False|107\.0)\s*<", html)


def test_the_list_costs_the_same_for_one_and_for_many(
    client, figure, clinic, county, reviewer, django_assert_max_num_queries
):
    client.force_login(reviewer)
    for day in range(1, 29):
        figure.pk, figure.period_to = None, date(2024, 9, day)
        figure.period_from = figure.period_to
        figure.save()
    client.get(figures("list"))
    with django_assert_max_num_queries(25):
        client.get(figures("list"))


def test_figures_are_narrowed(client, figure, clinic, county, editor):
    client.force_login(editor)
    for asked, found in (
        ({"waiting_list": clinic.pk, "area": county.pk, "whom": "waiting"}, True),
        ({"whom": "seen"}, False),
        ({"period_to_from": "2024-09-01", "period_to_to": "2024-09-30"}, True),
        ({"period_to_from": "2024-10-01"}, False),
        ({"q": "board papers"}, True),
        ({"q": "nothing like it"}, False),
        ({"area": "x", "period_to_from": "x"}, True),
    ):
        assert ("107 children" in client.get(figures("list"), asked).content.decode()) == found, asked


def test_a_list_with_figures_is_not_deleted(client, clinic, figure, administrator):
    client.force_login(administrator)
    assert client.get(lists("delete", clinic.pk)).status_code == 200
    assert client.post(lists("delete", clinic.pk)).status_code in (302, 403)
    assert WaitingList.objects.filter(pk=clinic.pk).exists()


def test_a_list_says_what_it_belongs_to(client, reviewer):
    client.force_login(reviewer)
    sent = {
        "code": "x",
        "name": "X",
        "order": "1",
        "who": "All",
        "people_word": "children",
        "done_word": "seen",
    }
    sent |= {"clock_starts": "a", "clock_stops": "b", "limit_weeks": "20"}
    answer = client.post(lists("add"), sent)
    assert errors(answer)["pathway"] == ["Choose the way or the service that this list belongs to."]


# Loading a file


def send(client, content: str | bytes, name="figures.csv"):
    content = content.encode() if isinstance(content, str) else content
    return client.post(LOAD, {"file": SimpleUploadedFile(name, content)})


def checked(answer) -> dict:
    return {"checked": answer.context["checked"]}


def test_a_file_is_told_first_and_loaded_when_agreed_to(client, clinic, county, reviewer):
    client.force_login(reviewer)
    answer = send(client, file({}, {"to": "2024-06-30", "people": "3", **WAITS}))
    html = answer.content.decode()
    assert "2 new, 0 change, 0 the same." in html
    assert "Load these 2 figures" in html
    assert "3 is kept as “fewer than 5”" in html
    assert WaitingTime.objects.count() == 0

    done = client.post(LOAD, checked(answer), follow=True)
    assert "Loaded from figures.csv: 2 new, 0 changed." in done.content.decode()
    assert WaitingTime.objects.count() == 2
    assert set(ModelLogEntry.objects.values_list("action", "user__username")) == {
        ("waiting.loaded", "reviewer")
    }


def test_each_fault_is_told_and_nothing_can_be_loaded(client, clinic, county, reviewer):
    client.force_login(reviewer)
    answer = send(client, file({}, {"to": "2024-06-30", "people": "<script>"}))
    html = answer.content.decode()
    assert "1 thing to put right. Nothing was loaded." in html
    assert "&lt;script&gt;" in html
    assert answer.context["checked"] == ""
    assert 'name="checked"' not in html


def test_a_change_is_told_as_it_was_and_as_it_will_be(client, clinic, county, reviewer):
    load(file({}).encode())
    client.force_login(reviewer)
    html = send(client, file({"people": "112"})).content.decode()
    assert "0 new, 1 change, 0 the same." in html
    assert re.search(r"how many</td><td>107</td><td><strong>112<", html)
    assert "there is nothing to load" in send(client, file({})).content.decode()


def test_what_changed_in_between_is_told_and_asked_again(client, clinic, county, reviewer):
    client.force_login(reviewer)
    agreed = checked(send(client, file({})))
    load(file({"people": "99"}).encode())
    answer = client.post(LOAD, agreed)
    assert "Nothing was loaded: what is kept here has changed" in answer.content.decode()
    assert WaitingTime.objects.get().people == 99
    client.post(LOAD, checked(answer))
    assert WaitingTime.objects.get().people == 107


def test_pressing_the_button_twice_loads_once(client, clinic, county, reviewer):
    client.force_login(reviewer)
    agreed = checked(send(client, file({})))
    client.post(LOAD, agreed)
    assert "there is nothing to load" in client.post(LOAD, agreed).content.decode()
    assert WaitingTime.objects.get().revisions.count() == 1


def test_a_checked_file_is_good_for_the_person_who_checked_it_for_a_day_and_unchanged(
    client, clinic, county, reviewer, administrator, monkeypatch
):
    client.force_login(reviewer)
    agreed = checked(send(client, file({})))
    tampered = {"checked": agreed["checked"][:-1] + ("A" if agreed["checked"][-1] != "A" else "B")}
    assert "Choose it again" in client.post(LOAD, tampered).content.decode()
    assert "Choose it again" in client.post(LOAD, {"checked": ""}).content.decode()
    client.force_login(administrator)
    assert "Choose it again" in client.post(LOAD, agreed).content.decode()
    client.force_login(reviewer)
    monkeypatch.setattr(load_view, "HOLDS_FOR", -1)
    assert "Choose it again" in client.post(LOAD, agreed).content.decode()
    assert WaitingTime.objects.count() == 0


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Choose a file first."),
        ({"file": "not a file"}, "Choose a file first."),
        ({"file": SimpleUploadedFile("x.csv", b"")}, "The file is empty."),
        ({"file": SimpleUploadedFile("x.xlsx", b"PK\x03\x04")}, "choose “Save as” and then “CSV UTF-8”"),
        ({"file": SimpleUploadedFile("x.csv", b"x" * 1_000_001)}, "The file is larger than 1 MB."),
        ({"file": SimpleUploadedFile("x.csv", b"x" * 3_000_000)}, "The file is larger than 1 MB."),
        ({"file": SimpleUploadedFile("x" * 300 + ".csv", b"a")}, "No row holds the names of the columns."),
    ],
    ids=["nothing", "no file", "empty", "xlsx", "large", "very large", "a long name"],
)
def test_a_wrong_file_gets_a_kind_answer(client, clinic, reviewer, sent, said):
    client.force_login(reviewer)
    answer = client.post(LOAD, sent)
    assert answer.status_code == 200
    assert said in answer.content.decode()


def test_a_checked_file_of_the_largest_size_can_be_sent_back(client, clinic, county, reviewer):
    """It travels in the page, and must fit what a form may send."""
    client.force_login(reviewer)
    letters = random.Random(1)
    days = [date(2001, 1, 1) + timedelta(days=number) for number in range(980)]
    rows = [
        {"to": str(day), "note": "".join(chr(letters.randint(0x4E00, 0x9FA5)) for _ in range(290))}
        for day in days
    ]
    content = file(*rows)
    assert 950_000 < len(content.encode()) < 1_000_000
    answer = send(client, content)
    assert answer.context["report"].faults == []
    assert client.post(LOAD, checked(answer)).status_code == 302
    assert WaitingTime.objects.count() == 980


def test_the_page_says_what_may_be_written(client, clinic, county, reviewer):
    client.force_login(reviewer)
    html = client.get(LOAD).content.decode()
    for words in (*NAMES, "autism-first-visit", "Hertfordshire", "An empty cell means “not known”."):
        assert words in html


def test_the_file_to_fill_in_holds_the_codes_and_nothing_that_could_be_loaded(
    client, clinic, county, reviewer
):
    client.force_login(reviewer)
    answer = client.get(EMPTY)
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0] == list(NAMES)
    assert [row[0] for row in rows[1:]] == ["autism-first-visit"]
    assert "attachment" in answer["Content-Disposition"]
    assert "1 thing" in send(client, answer.content).content.decode()


# Who may do what

LOOK = ("editor", "reviewer", "administrator")
KEEP = ("reviewer", "administrator")
MATRIX = [
    ("figures: list", LOOK, lambda w: figures("list")),
    ("figures: look at one", LOOK, lambda w: figures("inspect", w.pk)),
    ("figures: add", KEEP, lambda w: figures("add")),
    ("figures: open", KEEP, lambda w: figures("edit", w.pk)),
    ("figures: history", KEEP, lambda w: figures("history", w.pk)),
    ("figures: delete", KEEP, lambda w: figures("delete", w.pk)),
    ("lists: list", LOOK, lambda w: lists("list")),
    ("lists: look at one", LOOK, lambda w: lists("inspect", w.waiting_list_id)),
    ("lists: add", KEEP, lambda w: lists("add")),
    ("lists: open", KEEP, lambda w: lists("edit", w.waiting_list_id)),
    ("lists: delete", ("administrator",), lambda w: lists("delete", w.waiting_list_id)),
    ("load: open", KEEP, lambda w: LOAD),
    ("load: file to fill in", KEEP, lambda w: EMPTY),
]
SENT = [
    ("figures: enter", KEEP, lambda w, c: c.post(figures("add"), typed(w.waiting_list, w.area, whom="seen"))),
    (
        "figures: correct",
        KEEP,
        lambda w, c: c.post(figures("edit", w.pk), typed(w.waiting_list, w.area, people="9")),
    ),
    ("figures: delete", KEEP, lambda w, c: c.post(figures("delete", w.pk))),
    ("load: check a file", KEEP, lambda w, c: send(c, file({}))),
]


def done(figure) -> list:
    return list(WaitingTime.objects.order_by("pk").values_list("pk", "people"))


@pytest.mark.parametrize("role", ["anonymous", *ROLES])
def test_who_may_open_and_who_may_do_what(client, figure, role):
    user = AnonymousUser() if role == "anonymous" else person(role)
    if role != "anonymous":
        client.force_login(user)
    for what, may, address in MATRIX:
        answer = client.get(address(figure))
        if role in may:
            assert answer.status_code == 200, f"{what}: {role}"
        else:
            refused = answer.status_code in (403, 404)
            assert refused or answer.headers.get("Location", "").startswith("/admin/"), f"{what}: {role}"
            assert answer.status_code != 200, f"{what}: {role}"
    for what, may, act in SENT:
        before = done(figure)
        answer = act(figure, client)
        if role not in may:
            assert answer.status_code in (302, 403, 404), f"{what}: {role}"
            assert done(figure) == before, f"{what}: {role}"
        elif what.startswith("figures"):
            assert done(figure) != before, f"{what}: {role}"
        else:
            assert answer.context["report"], f"{what}: {role}"


@pytest.mark.parametrize(("role", "shown"), [("editor", False), ("reviewer", True)])
def test_loading_is_offered_to_those_who_may(client, figure, role, shown):
    client.force_login(person(role))
    html = client.get(figures("list")).content.decode()
    assert ("Load from a file" in html) == shown
    assert (figures("edit", figure.pk) in html) == shown
    assert (LOAD in client.get(reverse("wagtailadmin_home")).content.decode()) == shown

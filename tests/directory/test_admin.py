"""The admin as an editor uses it: find a service, see what it lacks, preview it, and not lose work."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file

from directory.admin.filters import FACTS, lacking
from directory.admin.forms import YearsAndMonths
from directory.models import AgeRange, Area, AreaKind, Contact, Need, Provider, Service
from home.models import HomePage

ODD = ['"', "\x00", " ", "'", "%", "\\", "🦉", "a" * 10_000, "🦉" * 10_000, "\ud800", "%00", "(", "*"]


def url(name, *args):
    return reverse(f"wagtailsnippets_directory_service:{name}", args=args)


def said(response) -> str:
    return " ".join(str(message) for message in response.context["messages"])


@pytest.fixture
def found(client, editor):
    """The names in the list for a query."""
    client.force_login(editor)

    def ask(**query) -> list[str]:
        page = client.get(url("list"), query)
        assert page.status_code == 200
        return [service.name for service in page.context["object_list"]]

    return ask


# The list


def test_every_page_of_the_directory_opens(client, administrator, live):
    client.force_login(administrator)
    pages = [url(name) for name in ("list", "add")]
    pages += [url(name, live.pk) for name in ("edit", "history", "usage", "unpublish", "delete")]
    for kind in ("provider", "venue", "need", "area"):
        pages += [reverse(f"wagtailsnippets_directory_{kind}:{name}") for name in ("list", "add")]
    for kind in ("area_kinds", "access_features", "languages", "place_names"):
        pages += [reverse(f"{kind}:{name}") for name in ("index", "add")]
    for page in [reverse("wagtailadmin_home"), *pages]:
        assert client.get(page).status_code == 200, page


def test_finds_by_part_of_a_name_another_name_or_the_provider(found, make_service):
    make_service(name="Sleep clinic", other_names="The Night Team")
    make_service(name="Speech", provider=Provider.objects.create(name="Herts Trust"))
    assert found(q="leep cl") == ["Sleep clinic"]
    assert found(q="night te") == ["Sleep clinic"]
    assert found(q="herts") == ["Speech"]
    assert found(q="nobody") == []


def test_schools_stand_apart_but_a_search_finds_them(found, make_service):
    make_service(name="Support"), make_service(name="Oak School", category="school")
    assert found() == ["Support"]
    assert found(kind="schools") == ["Oak School"]
    assert found(kind="both") == ["Oak School", "Support"]
    assert found(q="oak") == ["Oak School"]
    assert found(category="school") == ["Oak School"]


def test_filters_by_state(found, make_service, editor):
    names = ("Draft", "Live", "Changed", "Review", "Asked", "Dated")
    records = {name: make_service(name=name) for name in names}
    for record in records.values():
        record.save_revision()
    for name in ("Live", "Changed"):
        records[name].get_latest_revision().publish()
    changed = Service.objects.get(name="Changed")
    changed.summary = "New words."
    changed.save_revision()
    for name in ("Review", "Asked"):
        records[name].get_workflow().start(records[name], editor)
    records["Asked"].current_workflow_task_state.reject(user=editor, comment="More, please.")
    dated = records["Dated"]
    dated.go_live_at = timezone.now() + timedelta(days=1)
    dated.save_revision().publish()
    assert found(state="live") == ["Changed", "Live"]
    assert found(state="changes") == ["Changed"]
    assert found(state="draft") == ["Asked", "Dated", "Draft", "Review"]
    assert found(state="review") == ["Review"]
    assert found(state="asked") == ["Asked"]
    assert found(state="scheduled") == ["Dated"]


def test_filters_by_when_it_was_last_checked(found, make_service):
    today = timezone.localdate()
    make_service(name="Never")
    for name, days in (("Old", 400), ("Half", 200), ("New", 10)):
        make_service(name=name, checked_on=today - timedelta(days=days), checked_by="the SEND team")
    Service.objects.filter(name="New").update(review_due=today - timedelta(days=1))
    assert found(checked="never") == ["Never"]
    assert found(checked="12") == ["Never", "Old"]
    assert found(checked="6") == ["Half", "Never", "Old"]
    assert found(checked="overdue") == ["New"]


def test_filters_by_need_area_kind_of_help_and_status(found, make_service):
    need = Need.objects.create(name="Not sleeping", slug="sleep")
    kind = AreaKind.objects.create(slug="district", name="District", plural="Districts")
    dacorum = Area.objects.create(kind=kind, code="E1", name="Dacorum", slug="dacorum")
    make_service(name="Here", needs=[need], areas=[dacorum], status="open")
    make_service(name="Elsewhere", category="")
    assert found(need=need.pk) == ["Here"]
    assert found(area=dacorum.pk) == ["Here"]
    assert found(status="open") == ["Here"]
    assert found(status="unset") == ["Elsewhere"]
    assert found(category="unset") == ["Elsewhere"]


@pytest.mark.parametrize("fact", FACTS)
def test_tells_not_known_from_not_stated(make_service, fact):
    make_service(name="Unknown", provider=None)
    make_service(name="Silent", provider=None, silent=[fact])
    services = Service.objects.order_by("name")
    assert [s.name for s in lacking(services, fact, stated=False)] == ["Unknown"]
    assert [s.name for s in lacking(services, fact, stated=True)] == ["Silent"]


@pytest.mark.parametrize(
    ("fact", "known", "silent"),
    [
        ("cost", {"cost": "free"}, {"cost": "not-stated"}),
        ("diagnosis", {"diagnosis": "not-needed"}, {"diagnosis": "not-stated"}),
        ("referral", {"refer_gp": "no"}, {"refer_gp": "not-stated"}),
        ("reach", {"online": "yes"}, {"online": "not-stated"}),
        ("ages", {"age_ranges": [AgeRange(min_months=0)]}, {"silent": ["ages"]}),
        ("contacts", {"contacts": [Contact(kind="phone", value="0300")]}, {"silent": ["contacts"]}),
    ],
)
def test_a_fact_that_is_known_is_not_listed_as_lacking(found, make_service, fact, known, silent):
    make_service(name="Known", **known)
    make_service(name="Silent", **silent)
    make_service(name="Unknown")
    assert found(unknown=fact) == ["Unknown"]
    assert found(not_stated=fact) == ["Silent"]


def test_two_facts_must_both_be_lacking(found, make_service):
    make_service(name="Both"), make_service(name="One", cost="free")
    assert found(unknown=["cost", "diagnosis"]) == ["Both"]


def test_the_list_costs_the_same_whatever_its_length(client, editor, make_service):
    client.force_login(editor)

    def cost():
        client.get(url("list"))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(url("list"))
        return len(queries)

    make_service(name="One").save_revision()
    few = cost()
    for number in range(30):
        make_service(name=f"Service {number}").save_revision().publish()
    assert cost() == few


SEARCHES = [
    "wagtailsnippets_directory_service:list",
    "wagtailsnippets_directory_service:list_results",
    "wagtailsnippets_directory_provider:list",
    "wagtailsnippets_directory_venue:list",
    "wagtailsnippets_directory_need:list",
    "wagtailsnippets_directory_area:list",
    "place_names:index",
    "wagtailsnippetchoosers_directory_provider:choose",
    "wagtailsnippetchoosers_directory_provider:choose_results",
    "wagtailsnippetchoosers_directory_venue:choose_results",
    "wagtailsnippetchoosers_directory_service:choose_results",
    "wagtailimages:index",
    "wagtailimages_chooser:choose_results",
    "wagtaildocs:index",
    "wagtaildocs_chooser:choose_results",
    "wagtailusers_users:index",
    "wagtailadmin_pages:search",
    "wagtailadmin_explore_root",
    "wagtailadmin_choose_page_search",
    "wagtailredirects:index",
    "wagtailadmin_reports:site_history",
]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # a thumbnail's own
@pytest.mark.parametrize("name", SEARCHES)
def test_no_bytes_break_a_search(client, admin_user, live, name, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    # A search of nothing proves nothing: one record of each kind that is searched.
    Image.objects.create(title="Sleep", file=get_test_image_file(), width=1, height=1)
    Document.objects.create(title="Sleep", file=ContentFile(b"x", "sleep.txt"))
    client.force_login(admin_user)
    client.raise_request_exception = False
    for odd in ODD:
        odd = odd.encode("utf-8", "surrogatepass")
        page = client.get(reverse(name), {"q": odd})
        assert page.status_code < 500, odd[:20]
    for number in ("0", "-1", "x", "9" * 30, "1e9", "\x00", ""):
        assert client.get(reverse(name), {"p": number}).status_code < 500, number
    assert client.get(reverse(name), {"ordering": '"; drop'}).status_code < 500


@pytest.mark.parametrize(
    "name", ["kind", "state", "checked", "unknown", "need", "area", "category", "status"]
)
def test_no_bytes_break_a_filter(client, editor, live, name):
    client.force_login(editor)
    for odd in ODD:
        assert client.get(url("list"), {name: odd.encode("utf-8", "surrogatepass")}).status_code == 200


def test_deleting_many_is_offered_to_those_who_may(client, editor, reviewer, live):
    offered = reverse("wagtail_bulk_action", args=["directory", "service", "delete"])
    for user, may in ((editor, False), (reviewer, True)):
        client.force_login(user)
        page = client.get(url("list")).content.decode()
        assert (offered in page, "data-bulk-action-checkbox" in page) == (may, may)
    client.force_login(editor)
    needs = client.get(reverse("wagtailsnippets_directory_need:list")).content.decode()
    assert "/bulk/" not in needs


def test_deleting_urgent_help_is_warned_of(client, reviewer, live):
    client.force_login(reviewer)
    assert "This is urgent help." not in client.get(url("delete", live.pk)).content.decode()
    Service.objects.filter(pk=live.pk).update(crisis=True)
    assert "This is urgent help." in client.get(url("delete", live.pk)).content.decode()


# Facts that cannot be


def test_an_area_cannot_end_before_it_begins(client, editor, typed):
    kind = AreaKind.objects.create(slug="district", name="District", plural="Districts")
    area = Area.objects.create(kind=kind, code="E1", name="Dacorum", slug="dacorum")
    address = reverse("wagtailsnippets_directory_area:edit", args=[area.pk])
    client.force_login(editor)
    sent = typed(client, address, valid_from="2026-04-02", valid_to="2026-04-01")
    page = client.post(address, sent)
    assert "The last day comes before the first. Check both dates." in page.content.decode()
    assert client.post(address, sent | {"valid_to": "2026-04-02"}).status_code == 302


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        (
            "charity_number",
            ["1104582", "213890-1", "SC 012345", "nic100123", ""],
            ["charity", "12", "XX123456"],
        ),
        ("company_number", ["01234567", "SC123456", "oc 123456"], ["1234567", "S1234567", "none yet"]),
        ("cqc_id", ["1-123456789"], ["123456789", "1-abc"]),
        ("ods_code", ["RWR", "ry4", "E82001"], ["R-4", "?"]),
    ],
)
def test_numbers_of_registers_have_their_shapes(name, good, bad):
    for number in good:
        provider = Provider(name="Herts Trust", **{name: number})
        provider.full_clean()
        assert getattr(provider, name) == number.replace(" ", "").upper()
    for number in bad:
        with pytest.raises(ValidationError) as refused:
            Provider(name="Herts Trust", **{name: number}).full_clean()
        assert list(refused.value.message_dict) == [name]


def test_there_is_one_home_page(db):
    assert HomePage.max_count == 1


# A stale form


@pytest.fixture
def two_editors(client, editor, reviewer, live, typed):
    """One form, opened, and saved by someone else since."""
    client.force_login(reviewer)
    opened = typed(client, url("edit", live.pk))
    client.force_login(editor)
    theirs = typed(client, url("edit", live.pk), summary="Their words.", who_for="Everyone")
    assert client.post(url("edit", live.pk), theirs).status_code == 302
    client.force_login(reviewer)
    return opened


def newest(service):
    return Service.objects.get(pk=service.pk).get_latest_revision_as_object()


@pytest.mark.parametrize("action", [{}, {"action-publish": "1"}, {"action-submit": "1"}])
def test_a_stale_save_is_refused_keeps_what_was_typed_and_shows_both(client, live, two_editors, action):
    mine = two_editors | {"summary": "My words.", **action}
    page = client.post(url("edit", live.pk), mine)
    assert page.status_code == 200
    assert "Not saved" in said(page)
    assert newest(live).summary == "Their words."
    assert Service.objects.get(pk=live.pk).summary == "Helps children who do not sleep."
    assert page.context["form"]["summary"].value() == "My words."
    shown = {d.label: (d.mine, d.theirs) for d in page.context["stale"]["differences"]}
    assert shown["In one sentence"] == ("My words.", "Their words.")
    assert shown["Who it is for"] == ("—", "Everyone")
    again = {name: page.context["stale"][f"loaded_{name}"] for name in ("id", "at")}
    assert again["id"] == two_editors["loaded_revision_id"]
    assert client.post(url("edit", live.pk), mine).status_code == 200


def test_keeping_mine_does_what_was_asked_and_theirs_stays_in_the_history(client, live, two_editors):
    mine = two_editors | {"summary": "My words."}
    page = client.post(url("edit", live.pk), mine | {"action-publish": "1"})
    keep = {"keep_mine": page.context["stale"]["keep_mine"]}
    assert client.post(url("edit", live.pk), mine | keep).status_code == 302
    live.refresh_from_db()
    assert (live.live, live.summary, live.has_unpublished_changes) == (True, "My words.", False)
    assert any("Their words." in json.dumps(r.content) for r in live.revisions.all())


def test_keeping_mine_is_refused_when_a_third_version_came(client, live, two_editors):
    mine = two_editors | {"summary": "My words."}
    keep = client.post(url("edit", live.pk), mine).context["stale"]["keep_mine"]
    third = newest(live)
    third.summary = "A third."
    third.save_revision()
    page = client.post(url("edit", live.pk), mine | {"keep_mine": keep})
    assert page.status_code == 200
    assert newest(live).summary == "A third."
    assert page.context["stale"]["keep_mine"] != keep


def test_keeping_mine_gives_an_editor_no_right_to_publish(client, editor, live, two_editors):
    client.force_login(editor)
    page = client.post(url("edit", live.pk), two_editors | {"summary": "My words."})
    keep = page.context["stale"]["keep_mine"].replace("edit:", "publish:")
    client.post(url("edit", live.pk), two_editors | {"summary": "My words.", "keep_mine": keep})
    assert Service.objects.get(pk=live.pk).summary != "My words."


def test_a_version_changed_in_place_by_autosave_counts_as_newer(client, live, two_editors):
    version = Service.objects.get(pk=live.pk).latest_revision
    mine = two_editors | {"loaded_revision_id": str(version.pk)}
    assert "Not saved" in said(client.post(url("edit", live.pk), mine))


def test_a_form_opened_before_any_version_was_kept_can_be_stale_too(client, editor, make_service, typed):
    service = make_service()
    client.force_login(editor)
    opened = typed(client, url("edit", service.pk))
    assert "loaded_revision_id" not in opened
    assert client.post(url("edit", service.pk), opened | {"summary": "First."}).status_code == 302
    page = client.post(url("edit", service.pk), opened | {"summary": "Second."})
    assert "Not saved" in said(page)
    assert newest(service).summary == "First."


def test_wagtails_autosave_keeps_its_own_answer(client, live, two_editors):
    answer = client.post(
        url("edit", live.pk), two_editors | {"summary": "My words."}, headers={"accept": "application/json"}
    )
    assert answer.status_code == 400
    assert answer.json()["error_code"] == "invalid_revision"
    assert newest(live).summary == "Their words."


def test_autosave_never_refuses_a_half_filled_form(client, editor, live, typed):
    client.force_login(editor)
    sent = typed(client, url("edit", live.pk), summary="", category="", provider="", source="", slug="")
    sent |= {
        "contacts-TOTAL_FORMS": "1",
        "contacts-0-kind": "phone",
        "contacts-0-value": "",
        "contacts-0-order": "0",
    }
    answer = client.post(url("edit", live.pk), sent, headers={"accept": "application/json"})
    assert answer.json()["success"], answer.json()


def test_a_row_changed_by_both_is_shown(client, editor, reviewer, live, typed):
    live.contacts.add(Contact(kind="phone", value="0300 123 4567", label="Helpline"))
    live.save()
    client.force_login(editor)
    opened = typed(client, url("edit", live.pk))
    theirs = opened | {"contacts-0-value": "0300 765 4321"}
    assert client.post(url("edit", live.pk), theirs).status_code == 302
    page = client.post(url("edit", live.pk), opened | {"summary": "Mine."})
    shown = {d.label: (d.mine, d.theirs) for d in page.context["stale"]["differences"]}
    assert shown["Contacts"] == ("Phone · 0300 123 4567 · Helpline", "Phone · 0300 765 4321 · Helpline")


def test_a_locked_record_is_not_saved_and_says_who_locked_it(client, editor, reviewer, live, typed):
    client.force_login(editor)
    opened = typed(client, url("edit", live.pk))
    client.force_login(reviewer)
    client.post(url("lock", live.pk))
    client.force_login(editor)
    page = client.post(url("edit", live.pk), opened | {"summary": "Mine."})
    assert "locked" in said(page)
    assert page.context["form"]["summary"].value() == "Mine."
    assert newest(live).summary != "Mine."
    assert "reviewer" in said(client.get(url("edit", live.pk)))


@pytest.mark.parametrize(
    ("typed_as", "kept"),
    [(("18", "11"), 227), (("0", ""), 0), (("", "6"), 6), (("", ""), None), (("x", ""), "x ")],
)
def test_ages_are_typed_in_years_and_months(typed_as, kept):
    sent = {"age_0": typed_as[0], "age_1": typed_as[1]}
    assert YearsAndMonths().value_from_datadict(sent, {}, "age") == kept


def test_an_age_that_is_no_number_is_refused_in_words(client, editor, live, typed):
    client.force_login(editor)
    rows = {"age_ranges-TOTAL_FORMS": "1", "age_ranges-0-min_months_0": "x"}
    page = client.post(url("edit", live.pk), typed(client, url("edit", live.pk), **rows))
    assert "Enter a whole number." in page.content.decode()


# Seeing it as families will


def test_the_form_speaks_in_plain_words(client, editor, live):
    client.force_login(editor)
    page = client.get(url("edit", live.pk)).content.decode()
    for label in ("How a young person asks", "Link to ask for this help", "Number, address or link"):
        assert label in page
    for name in ("Self refer how", "Referral url", "Reach note", "Wait as of"):
        assert name not in page


def test_a_new_service_can_be_previewed_before_it_is_saved(client, editor, live, typed):
    client.force_login(editor)
    facts = {"name": "Toilet talks", "summary": "Help with toilet training.", "category": "support"}
    rows = {"age_ranges-TOTAL_FORMS": "1", "age_ranges-0-min_months_0": "2"}
    sent = typed(client, url("add"), **facts, **rows)
    assert client.post(url("preview_on_add"), sent).json() == {"is_valid": True, "is_available": True}
    page = client.get(url("preview_on_add"))
    assert page.status_code == 200
    assert "Help with toilet training." in page.content.decode()
    assert "2 and over" in page.content.decode()


def test_a_draft_is_previewed_as_typed_not_as_it_is_live(client, editor, live, typed):
    client.force_login(editor)
    rows = {"contacts-TOTAL_FORMS": "1", "contacts-0-kind": "phone", "contacts-0-value": "0300 123 4567"}
    sent = typed(client, url("edit", live.pk), summary="New words.", **rows, **{"contacts-0-order": "0"})
    assert client.post(url("preview_on_edit", live.pk), sent).json()["is_valid"]
    page = client.get(url("preview_on_edit", live.pk)).content.decode()
    assert "New words." in page
    assert "0300 123 4567" in page


def test_an_empty_draft_can_be_previewed(client, editor, db):
    service = Service.objects.create(live=False)
    service.save_revision(clean=False)
    client.force_login(editor)
    assert client.get(url("preview_on_edit", service.pk)).status_code == 200
    revision = service.latest_revision_id
    assert client.get(url("revisions_view", service.pk, revision)).status_code == 200


def test_previews_open_at_the_size_of_a_phone(live):
    assert live.default_preview_size == "mobile"


def test_compares_a_draft_with_the_live_version_rows_included(client, editor, live, typed):
    client.force_login(editor)
    need = Need.objects.create(name="Not sleeping", slug="sleep")
    rows = {"contacts-TOTAL_FORMS": "1", "contacts-0-kind": "phone", "contacts-0-value": "0300 123 4567"}
    changes = {"summary": "New words.", "needs": [need.pk], "silent": ["ages"], "contacts-0-order": "0"}
    client.post(url("edit", live.pk), typed(client, url("edit", live.pk), **rows, **changes))
    page = client.get(url("revisions_compare", live.pk, "live", "latest"))
    body = page.content.decode()
    for words in ("New", "0300 123 4567", "Not sleeping", "ages"):
        assert words in body


def test_saving_untouched_text_changes_nothing(client, editor, make_service, typed):
    service = make_service(description="<p>A child&#x27;s sleep.</p>", not_for="Adults\nPets")
    service.save_revision().publish()
    service.refresh_from_db()
    client.force_login(editor)
    sent = typed(client, url("edit", service.pk))
    sent["not_for"] = sent["not_for"].replace("\n", "\r\n")
    assert client.post(url("edit", service.pk), sent).status_code == 302
    saved = newest(service)
    assert (saved.description, saved.not_for) == (service.description, service.not_for)


def test_nothing_in_the_admin_is_asked_of_another_host(client, admin_user, live):
    client.force_login(admin_user)
    for page in (reverse("wagtailadmin_home"), url("list"), url("edit", live.pk)):
        answer = client.get(page)
        body = answer.content.decode()
        for marker in ('src="http', 'href="//', 'src="//', "gravatar", "url(http"):
            assert marker not in body, (page, marker)

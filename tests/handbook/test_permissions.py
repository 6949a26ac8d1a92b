"""Who may do what with the handbook: every address that counts, asked by all. Run with -s to read it."""

from dataclasses import dataclass

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.urls import reverse
from wagtail.admin.models import EditingSession
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, Page, Workflow

from directory.models import Need
from handbook.models import ChapterPage, CoAuthor, HandbookIndexPage, Quote
from home.models import SiteSettings
from tests import factories as make
from tests.handbook.conftest import ROLES, chapter_below, form
from tests.permissions import answer

pytestmark = pytest.mark.django_db

EVERYBODY = ("anonymous", *ROLES)
NOBODY = ()
ADMIN = ("administrator",)
MODERATORS = ("reviewer", "administrator")
STAFF = ("editor", "reviewer", "administrator")
CHECKERS = ("handbook", *MODERATORS)
WRITERS = ("handbook", *STAFF)
ALL = tuple(ROLES)


@dataclass
class World:
    home: Page
    index: HandbookIndexPage
    chapter: ChapterPage
    young: ChapterPage
    draft: ChapterPage
    sent: ChapterPage
    service: object
    need: Need
    quote: Quote
    image: object
    user: User


def edit(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def of(name, page, *args):
    return reverse(f"wagtailadmin_pages:{name}", args=[page.pk, *args])


def fresh(page):
    return type(page).objects.get(pk=page.pk)


def latest(page):
    return fresh(page).get_latest_revision_as_object()


def snippet(kind, name, *args):
    return reverse(f"wagtailsnippets_{kind}:{name}", args=args)


def comment(text):
    """What the form sends for a new comment beside the title."""
    replies = {"replies-TOTAL_FORMS": "0", "replies-INITIAL_FORMS": "0"}
    sent = {"text": text, "contentpath": "title", "position": "", "id": "", "DELETE": "", "resolved": ""}
    return {"comments-TOTAL_FORMS": "1"} | {
        f"comments-0-{name}": value for name, value in (sent | replies).items()
    }


def ping(page):
    return reverse("wagtailadmin_editing_sessions:ping", args=["wagtailcore", "page", str(page.pk), 0])


def save(page, title="Renamed", action=""):
    return form(title, "<p>New words.</p>", action, page.slug)


# (what, who may, address, what is sent or None to look only, whether it was done)
MATRIX = [
    ("admin: home", (*ALL,), lambda w: reverse("wagtailadmin_home"), None, None),
    ("account", (*ALL,), lambda w: reverse("wagtailadmin_account"), None, None),
    ("chapter by parents: open", ("parent", *WRITERS), lambda w: edit(w.chapter), None, None),
    ("chapter by young people: open", ("young", *WRITERS), lambda w: edit(w.young), None, None),
    ("index: open", WRITERS, lambda w: edit(w.index), None, None),
    ("home page: open", STAFF, lambda w: edit(w.home), None, None),
    ("chapter: history", ("parent", "specialist", *WRITERS), lambda w: of("history", w.chapter), None, None),
    (
        "chapter: compare",
        ("parent", "specialist", *WRITERS),
        lambda w: of("revisions_compare", w.chapter, "live", "latest"),
        None,
        None,
    ),
    (
        "chapter: see the draft",
        ("parent", "specialist", *WRITERS),
        lambda w: of("view_draft", w.chapter),
        None,
        None,
    ),
    (
        "chapter: save a draft",
        ("parent", *WRITERS),
        lambda w: edit(w.chapter),
        lambda w: save(w.chapter),
        lambda w: latest(w.chapter).title == "Renamed",
    ),
    (
        "young chapter: save a draft",
        ("young", *WRITERS),
        lambda w: edit(w.young),
        lambda w: save(w.young),
        lambda w: latest(w.young).title == "Renamed",
    ),
    (
        "chapter: a new address",
        WRITERS,
        lambda w: edit(w.chapter),
        lambda w: save(w.chapter) | {"slug": "elsewhere"},
        lambda w: latest(w.chapter).slug == "elsewhere",
    ),
    (
        "young chapter: see the draft",
        ("young", "specialist", *WRITERS),
        lambda w: of("view_draft", w.young),
        None,
        None,
    ),
    (
        "young chapter: comment",
        ("young", *WRITERS),
        lambda w: edit(w.young),
        lambda w: save(w.young) | comment("Why?"),
        lambda w: w.young.wagtail_admin_comments.filter(text="Why?").exists(),
    ),
    (
        "chapter: comment",
        ("parent", *WRITERS),
        lambda w: edit(w.chapter),
        lambda w: save(w.chapter) | comment("Why?"),
        lambda w: w.chapter.wagtail_admin_comments.filter(text="Why?").exists(),
    ),
    (
        "chapter: say who else is there",
        ("parent", *WRITERS),
        lambda w: ping(w.chapter),
        lambda w: {},
        lambda w: EditingSession.objects.exists(),
    ),
    (
        "young chapter: say who else is there",
        ("young", *WRITERS),
        lambda w: ping(w.young),
        lambda w: {},
        lambda w: EditingSession.objects.exists(),
    ),
    (
        "chapter: read aids to",
        ("parent", *WRITERS),
        lambda w: reverse("home_reading_aids", args=[w.chapter.pk]),
        lambda w: {},
        None,
    ),
    (
        "young chapter: read aids to",
        ("young", *WRITERS),
        lambda w: reverse("home_reading_aids", args=[w.young.pk]),
        lambda w: {},
        None,
    ),
    (
        "chapter: set a date to go live",
        WRITERS,
        lambda w: edit(w.chapter),
        lambda w: save(w.chapter) | {"go_live_at": "2099-01-01 09:00"},
        lambda w: latest(w.chapter).go_live_at is not None,
    ),
    (
        "chapter: take it off the site on a date",
        WRITERS,
        lambda w: edit(w.chapter),
        lambda w: save(w.chapter) | {"expire_at": "2099-01-01 09:00"},
        lambda w: latest(w.chapter).expire_at is not None,
    ),
    (
        "chapter: put it in the menus",
        WRITERS,
        lambda w: edit(w.chapter),
        lambda w: save(w.chapter) | {"show_in_menus": "on"},
        lambda w: latest(w.chapter).show_in_menus,
    ),
    (
        "chapter: say that it was checked",
        WRITERS,
        lambda w: edit(w.chapter),
        lambda w: save(w.chapter) | {"reviewed_on": "2026-01-01", "reviewed_by": "the SEND team"},
        lambda w: latest(w.chapter).reviewed_on is not None,
    ),
    (
        "chapter: write a private note",
        WRITERS,
        lambda w: edit(w.chapter),
        lambda w: save(w.chapter) | {"private_note": "Secret"},
        lambda w: latest(w.chapter).private_note == "Secret",
    ),
    (
        "chapter: take off the specialist's check",
        WRITERS,
        lambda w: edit(w.draft),
        lambda w: save(w.draft),
        lambda w: not latest(w.draft).specialist,
    ),
    (
        "chapter: send for checking",
        ("parent", *WRITERS),
        lambda w: edit(w.chapter),
        lambda w: save(w.chapter, action="action-submit"),
        lambda w: fresh(w.chapter).workflow_in_progress,
    ),
    (
        "chapter: publish",
        CHECKERS,
        lambda w: edit(w.chapter),
        lambda w: save(w.chapter, action="action-publish"),
        lambda w: fresh(w.chapter).title == "Renamed",
    ),
    (
        "chapter: publish without the specialist",
        NOBODY,
        lambda w: edit(w.draft),
        lambda w: save(w.draft, action="action-publish") | {"specialist": "on"},
        lambda w: fresh(w.draft).live,
    ),
    (
        "chapter: approve",
        CHECKERS,
        lambda w: of("workflow_action", w.sent, "approve", w.sent.current_workflow_task_state.pk),
        lambda w: {},
        lambda w: fresh(w.sent).title == "Sent",
    ),
    (
        "chapter: ask for changes",
        CHECKERS,
        lambda w: of("workflow_action", w.sent, "reject", w.sent.current_workflow_task_state.pk),
        lambda w: {"comment": "Please say where this comes from."},
        lambda w: fresh(w.sent).current_workflow_state.status == "needs_changes",
    ),
    (
        "chapter: edit while it is checked",
        CHECKERS,
        lambda w: edit(w.sent),
        lambda w: save(w.sent),
        lambda w: latest(w.sent).title == "Renamed",
    ),
    (
        "chapter: unpublish",
        ("specialist", *CHECKERS),
        lambda w: of("unpublish", w.chapter),
        lambda w: {},
        lambda w: not fresh(w.chapter).live,
    ),
    (
        "chapter: delete",
        CHECKERS,
        lambda w: of("delete", w.chapter),
        lambda w: {},
        lambda w: not ChapterPage.objects.filter(pk=w.chapter.pk).exists(),
    ),
    (
        "draft of a chapter: delete",
        WRITERS,
        lambda w: of("delete", w.draft),
        lambda w: {},
        lambda w: not ChapterPage.objects.filter(pk=w.draft.pk).exists(),
    ),
    (
        "chapter: lock",
        CHECKERS,
        lambda w: of("lock", w.chapter),
        lambda w: {},
        lambda w: fresh(w.chapter).locked,
    ),
    (
        "chapter: move",
        CHECKERS,
        lambda w: of("move_confirm", w.chapter, w.young.get_parent().pk),
        lambda w: {},
        lambda w: fresh(w.chapter).get_parent() == w.young.get_parent(),
    ),
    (
        "chapters: put in another order",
        CHECKERS,
        lambda w: of("set_page_position", w.chapter) + "?position=2",
        lambda w: {},
        lambda w: fresh(w.chapter).path > fresh(w.draft).path,
    ),
    (
        "chapter: restrict who reads it",
        ("specialist", *CHECKERS),
        lambda w: of("set_privacy", w.chapter),
        lambda w: {"restriction_type": "login"},
        lambda w: w.chapter.view_restrictions.exists(),
    ),
    (
        "chapters: publish many",
        NOBODY,  # the draft needs a specialist: nobody may
        lambda w: (
            reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={w.draft.pk}"
        ),
        lambda w: {},
        lambda w: fresh(w.draft).live,
    ),
    (
        "chapters: delete many",
        CHECKERS,
        lambda w: (
            reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"]) + f"?id={w.chapter.pk}"
        ),
        lambda w: {},
        lambda w: not ChapterPage.objects.filter(pk=w.chapter.pk).exists(),
    ),
    (
        "chapter: a new one",
        WRITERS,
        lambda w: reverse("wagtailadmin_pages:add", args=["handbook", "chapterpage", w.index.pk]),
        None,
        None,
    ),
    ("invite a co-author: open", ("handbook", *ADMIN), lambda w: reverse("handbook_invite"), None, None),
    (
        "invite a co-author: send",
        ("handbook", *ADMIN),
        lambda w: reverse("handbook_invite"),
        lambda w: {"first_name": "Amira", "email": "amira@example.org", "group": "Parent co-authors"},
        lambda w: User.objects.filter(username="amira@example.org").exists(),
    ),
    ("how one is named", ("parent", "young"), lambda w: reverse("handbook_your_credit"), None, None),
    ("quotes: list", ("handbook", *ADMIN), lambda w: snippet("handbook_quote", "list"), None, None),
    (
        "quotes: who gave one",
        ("handbook", *ADMIN),
        lambda w: snippet("handbook_quote", "edit", w.quote.pk),
        None,
        None,
    ),
    ("services: list", STAFF, lambda w: snippet("directory_service", "list"), None, None),
    ("service: open", STAFF, lambda w: snippet("directory_service", "edit", w.service.pk), None, None),
    ("service: add", STAFF, lambda w: snippet("directory_service", "add"), None, None),
    ("need: open", STAFF, lambda w: snippet("directory_need", "edit", w.need.pk), None, None),
    ("glossary", STAFF, lambda w: snippet("home_glossaryterm", "list"), None, None),
    (
        "pages: the whole tree",
        (*WRITERS, "specialist"),
        lambda w: reverse("wagtailadmin_explore_root"),
        None,
        None,
    ),
    ("pages: add below home", STAFF, lambda w: of("add_subpage", w.home), None, None),
    ("users", ADMIN, lambda w: reverse("wagtailusers_users:index"), None, None),
    ("user: open", ADMIN, lambda w: reverse("wagtailusers_users:edit", args=[w.user.pk]), None, None),
    ("groups", ADMIN, lambda w: reverse("wagtailusers_groups:index"), None, None),
    ("workflows", ADMIN, lambda w: reverse("wagtailadmin_workflows:index"), None, None),
    ("sites", ADMIN, lambda w: reverse("wagtailsites:index"), None, None),
    ("redirects", MODERATORS, lambda w: reverse("wagtailredirects:index"), None, None),
    ("documents", STAFF, lambda w: reverse("wagtaildocs:index"), None, None),
    (
        "image outside the handbook: open",
        STAFF,
        lambda w: reverse("wagtailimages:edit", args=[w.image.pk]),
        None,
        None,
    ),
    (
        "image outside the handbook: choose",
        STAFF,
        lambda w: reverse("wagtailimages_chooser:chosen", args=[w.image.pk]),
        None,
        None,
    ),
    (
        "report: history of the site",
        (*WRITERS, "specialist"),
        lambda w: reverse("wagtailadmin_reports:site_history"),
        None,
        None,
    ),
    ("collections", ADMIN, lambda w: reverse("wagtailadmin_collections:index"), None, None),
]


@pytest.fixture
def image(settings, tmp_path):
    """A picture outside the handbook's collection, with the size made that its form shows: Wagtail leaves the
    file open from which it makes one."""
    settings.MEDIA_ROOT = tmp_path
    made = get_image_model().objects.create(
        title="Private", file=get_test_image_file(), collection=Collection.get_first_root_node()
    )
    for size in ("max-800x600", "max-165x165", "original"):
        made.renditions.create(filter_spec=size, file=get_test_image_file(f"{size}.png"))
    return made


@pytest.fixture
def world(home, index, young_index, people, image):
    chapter, young = chapter_below(index), chapter_below(young_index, "Asking", "asking")
    draft = chapter_below(index, "Draft", "draft")
    draft.unpublish()
    ChapterPage.objects.filter(pk=draft.pk).update(specialist=True)
    draft = fresh(draft)
    draft.save_revision()
    sent = chapter_below(index, "Before", "sent")
    sent.title = "Sent"
    sent.save_revision()
    sent.get_workflow().start(sent, people["parent"])
    quote = Quote.objects.create(words="Rest counts.", given_by="Ann Example", contact="ann@example.org")
    return World(
        home=home,
        index=index,
        chapter=chapter,
        young=young,
        draft=draft,
        sent=fresh(sent),
        service=make.service("Sleep clinic"),
        need=make.need(),
        quote=quote,
        image=image,
        user=people["parent"],
    )


def test_the_whole_matrix(client, world, people):
    table, wrong = [], []
    for what, may, address, sent, done in MATRIX:
        found = {}
        for role in EVERYBODY:
            client.logout()
            if role in people:
                client.force_login(people[role])
            found[role] = answer(client, world, address, sent, done)
            expected = "sign in" if role == "anonymous" else "yes" if role in may else "no"
            if found[role] != expected:
                wrong.append(f"{what}: {role} got {found[role]!r}, not {expected!r}")
        table.append(f"{what:42}" + "".join(f"{found[role]:>14}" for role in EVERYBODY))
    print(f"\n{'':42}" + "".join(f"{role:>14}" for role in EVERYBODY), *table, sep="\n")
    assert wrong == []


@pytest.mark.parametrize("role", ["parent", "young"])
def test_every_address_of_the_admin_that_is_not_theirs_is_shut(client, world, people, role):
    """Default deny: all of Wagtail's and our own addresses without arguments, whatever is added later."""
    from wagtail.admin.urls import urlpatterns

    from handbook.authors.guard import ALLOWED, EXPLORER

    client.force_login(people[role])
    asked = 0
    for pattern in urlpatterns:
        name, route = getattr(pattern, "name", None), str(pattern.pattern)
        if not name or "<" in route or "(" in route or name in ALLOWED[""] | EXPLORER:
            continue
        asked += 1
        assert client.get(f"/admin/{route}").status_code in (403, 404), name
    assert asked > 5


@pytest.mark.parametrize("role", ["parent", "young"])
def test_nothing_that_a_co_author_is_offered_is_shut(client, world, people, role):
    page = {"parent": world.chapter, "young": world.young}[role]
    page.title = "Nights"
    page.save_revision(user=people[role])
    client.force_login(people[role])
    asked = set()
    for address in (reverse("wagtailadmin_home"), edit(page), of("history", page)):
        soup = BeautifulSoup(client.get(address).content, "html.parser")
        for link in soup.select("a[href^='/admin/']"):
            to = link["href"].partition("#")[0]
            if to not in asked:
                asked.add(to)
                assert client.get(to).status_code < 400, to
    assert len(asked) > 6


def test_a_specialist_sees_the_page_on_their_step_as_readers_will(client, chapter, people):
    chapter.specialist = True
    chapter.save_revision()
    preview, history = of("preview_on_edit", chapter), of("history", chapter)
    client.force_login(people["specialist"])
    assert client.post(preview, save(chapter)).status_code == 302
    chapter.get_workflow().start(chapter, people["parent"])
    chapter.current_workflow_task_state.specific.approve(user=people["handbook"])
    assert client.post(preview, save(chapter)).json()["is_valid"]
    assert b"New words." in client.get(preview).content
    assert client.get(history).status_code == 200


def test_private_notes_and_who_gave_a_quote_are_in_nothing_a_co_author_sees(client, world, people):
    world.chapter.private_note = "Secret of the reviewers"
    world.chapter.save_revision()
    client.force_login(people["parent"])
    version = world.chapter.get_latest_revision().pk
    for address in (
        reverse("wagtailadmin_home"),
        edit(world.chapter),
        *(of(name, world.chapter) for name in ("history", "view_draft", "workflow_history")),
        of("revisions_view", world.chapter, version),
        of("revisions_compare", world.chapter, "live", "latest"),
        reverse("wagtailsnippetchoosers_handbook_quote:choose"),
        reverse("wagtailsnippetchoosers_handbook_quote:chosen", args=[world.quote.pk]),
    ):
        answer = client.get(address)
        assert answer.status_code == 200, address
        html = answer.content.decode()
        assert "Secret of the reviewers" not in html, address
        assert "Ann Example" not in html, address


def test_an_invitation_makes_no_more_than_a_co_author(client, world, people):
    client.force_login(people["handbook"])
    answer = client.post(
        reverse("handbook_invite"),
        {"first_name": "X", "email": people["administrator"].email, "group": "Parent co-authors"},
    )
    assert "does more than write the handbook" in answer.content.decode()
    assert people["administrator"].groups.get().name == "Administrators"
    answer = client.post(
        reverse("handbook_invite"), {"first_name": "X", "email": "x@example.org", "group": "Administrators"}
    )
    assert not User.objects.filter(email="x@example.org").exists()


def test_the_menu_of_a_co_author_holds_two_things(client, world, people):
    client.force_login(people["parent"])
    html = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Your pages" in html
    for word in ("Services", "Reports", "Settings", "Images", "Waiting to be checked"):
        assert f'"label": "{word}"' not in html


def test_the_workflow_has_two_steps(home, index):
    workflow = Workflow.objects.get(name="Check a chapter or guide before it goes live")
    steps = [
        (task.name, sorted(task.specific.groups.values_list("name", flat=True))) for task in workflow.tasks
    ]
    assert steps == [
        ("Check of a chapter or guide", ["Administrators", "Handbook reviewers", "Reviewers"]),
        ("Specialist’s check", ["Specialist reviewers"]),
    ]


def test_settings_are_beyond_them(client, world, people):
    site = SiteSettings.objects.first()
    client.force_login(people["parent"])
    assert client.get(f"/admin/settings/home/sitesettings/{site.pk}/").status_code == 403
    assert CoAuthor.objects.count() == 0

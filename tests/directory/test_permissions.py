"""Who may do what: every address of the admin that matters, asked by everyone. Run with -s to read it."""

from dataclasses import dataclass

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse
from wagtail.models import Workflow

from directory.models import AreaKind, Need, Provider, Service
from tests.permissions import answer

ROLES = ("anonymous", "editor", "reviewer", "administrator")
NOBODY, ADMINS, REVIEWERS, EDITORS = (), ROLES[3:], ROLES[2:], ROLES[1:]


@dataclass
class World:
    """The records that the addresses are about, and what a form would send."""

    draft: Service
    live: Service
    submitted: Service
    locked: Service
    need: Need
    provider: Provider
    kind: AreaKind
    editor: User
    form: dict


def service(name, *args):
    return reverse(f"wagtailsnippets_directory_service:{name}", args=args)


def of(kind, name, *args):
    return reverse(f"wagtailsnippets_directory_{kind}:{name}", args=args)


def fresh(record):
    return type(record).objects.get(pk=record.pk)


def gone(record):
    return not type(record).objects.filter(pk=record.pk).exists()


def approve(world):
    return service(
        "workflow_action", world.submitted.pk, "approve", world.submitted.current_workflow_task_state.pk
    )


# (what, who may, address, what is sent or None to look only, whether it was done)
MATRIX = [
    ("admin: home", EDITORS, lambda w: reverse("wagtailadmin_home"), None, None),
    ("service: list", EDITORS, lambda w: service("list"), None, None),
    ("service: open the form", EDITORS, lambda w: service("edit", w.live.pk), None, None),
    ("service: open a new form", EDITORS, lambda w: service("add"), None, None),
    ("service: history", EDITORS, lambda w: service("history", w.live.pk), None, None),
    (
        "service: compare",
        EDITORS,
        lambda w: service("revisions_compare", w.live.pk, "live", "latest"),
        None,
        None,
    ),
    (
        "service: save a draft",
        EDITORS,
        lambda w: service("edit", w.draft.pk),
        lambda w: w.form | {"name": "Renamed"},
        lambda w: fresh(w.draft).get_latest_revision_as_object().name == "Renamed",
    ),
    (
        "service: submit",
        EDITORS,
        lambda w: service("edit", w.draft.pk),
        lambda w: w.form | {"action-submit": "1"},
        lambda w: fresh(w.draft).workflow_in_progress,
    ),
    (
        "service: publish",
        REVIEWERS,
        lambda w: service("edit", w.draft.pk),
        lambda w: w.form | {"action-publish": "1"},
        lambda w: fresh(w.draft).live,
    ),
    ("service: approve", REVIEWERS, approve, lambda w: {}, lambda w: fresh(w.submitted).live),
    (
        "service: edit while in review",
        REVIEWERS,
        lambda w: service("edit", w.submitted.pk),
        lambda w: w.form | {"name": "Renamed", **loaded(w.submitted)},
        lambda w: fresh(w.submitted).get_latest_revision_as_object().name == "Renamed",
    ),
    (
        "service: unpublish",
        REVIEWERS,
        lambda w: service("unpublish", w.live.pk),
        lambda w: {},
        lambda w: not fresh(w.live).live,
    ),
    (
        "service: delete",
        REVIEWERS,
        lambda w: service("delete", w.live.pk),
        lambda w: {},
        lambda w: gone(w.live),
    ),
    (
        "service: delete many",
        REVIEWERS,
        lambda w: (
            reverse("wagtail_bulk_action", args=["directory", "service", "delete"]) + f"?id={w.live.pk}"
        ),
        lambda w: {},
        lambda w: gone(w.live),
    ),
    (
        "service: lock",
        REVIEWERS,
        lambda w: service("lock", w.live.pk),
        lambda w: {},
        lambda w: fresh(w.live).locked,
    ),
    (
        "service: unlock another's",
        REVIEWERS,
        lambda w: service("unlock", w.locked.pk),
        lambda w: {},
        lambda w: not fresh(w.locked).locked,
    ),
    (
        "service: save what another locked",
        NOBODY,
        lambda w: service("edit", w.locked.pk),
        lambda w: w.form | {"name": "Renamed", **loaded(w.locked)},
        lambda w: fresh(w.locked).get_latest_revision_as_object().name == "Renamed",
    ),
    ("provider: list", EDITORS, lambda w: of("provider", "list"), None, None),
    ("provider: edit", EDITORS, lambda w: of("provider", "edit", w.provider.pk), None, None),
    (
        "provider: delete",
        REVIEWERS,
        lambda w: of("provider", "delete", w.provider.pk),
        lambda w: {},
        lambda w: gone(w.provider),
    ),
    ("need: edit", EDITORS, lambda w: of("need", "edit", w.need.pk), None, None),
    (
        "need: delete",
        ADMINS,
        lambda w: of("need", "delete", w.need.pk),
        lambda w: {},
        lambda w: gone(w.need),
    ),
    ("area: list", EDITORS, lambda w: of("area", "list"), None, None),
    ("vocabulary: list", EDITORS, lambda w: reverse("area_kinds:index"), None, None),
    ("vocabulary: edit", EDITORS, lambda w: reverse("area_kinds:edit", args=[w.kind.pk]), None, None),
    (
        "vocabulary: delete",
        ADMINS,
        lambda w: reverse("area_kinds:delete", args=[w.kind.pk]),
        lambda w: {},
        lambda w: gone(w.kind),
    ),
    ("images: list", EDITORS, lambda w: reverse("wagtailimages:index"), None, None),
    ("documents: list", EDITORS, lambda w: reverse("wagtaildocs:index"), None, None),
    ("redirects", REVIEWERS, lambda w: reverse("wagtailredirects:index"), None, None),
    ("users: list", ADMINS, lambda w: reverse("wagtailusers_users:index"), None, None),
    ("users: edit", ADMINS, lambda w: reverse("wagtailusers_users:edit", args=[w.editor.pk]), None, None),
    ("groups", ADMINS, lambda w: reverse("wagtailusers_groups:index"), None, None),
    ("settings: sites", ADMINS, lambda w: reverse("wagtailsites:index"), None, None),
    ("settings: workflows", ADMINS, lambda w: reverse("wagtailadmin_workflows:index"), None, None),
    ("settings: collections", ADMINS, lambda w: reverse("wagtailadmin_collections:index"), None, None),
]


def loaded(record) -> dict:
    """What the record's own form carries."""
    version = fresh(record).latest_revision
    return {
        "slug": record.slug,
        "loaded_revision_id": str(version.pk),
        "loaded_revision_created_at": version.created_at.isoformat(),
    }


@pytest.fixture
def world(client, editor, reviewer, administrator, make_service, typed):
    def saved(name):
        record = make_service(name=name)
        record.save_revision()
        return record

    draft, live, submitted, locked = (saved(name) for name in ("Draft", "Live", "Submitted", "Locked"))
    live.get_latest_revision().publish()
    submitted.get_workflow().start(submitted, editor)
    locker = User.objects.create_superuser("locker")
    Service.objects.filter(pk=locked.pk).update(locked=True, locked_by=locker)
    client.force_login(reviewer)
    form = typed(client, service("edit", draft.pk))
    client.logout()
    return World(
        draft=draft,
        live=fresh(live),
        submitted=submitted,
        locked=fresh(locked),
        need=Need.objects.create(name="Not sleeping", slug="sleep"),
        provider=Provider.objects.create(name="Alone"),
        kind=AreaKind.objects.create(slug="ward", name="Ward", plural="Wards"),
        editor=editor,
        form=form,
    )


def test_the_whole_matrix(client, world):
    people = {user.username: user for user in User.objects.filter(username__in=ROLES)}
    table, wrong = [], []
    for what, may, address, sent, done in MATRIX:
        found = {}
        for role in ROLES:
            client.logout()
            if role in people:
                client.force_login(people[role])
            found[role] = answer(client, world, address, sent, done)
            expected = "sign in" if role == "anonymous" else "yes" if role in may else "no"
            if found[role] != expected:
                wrong.append(f"{what}: {role} got {found[role]!r}, not {expected!r}")
        table.append(f"{what:36}" + "".join(f"{found[role]:>15}" for role in ROLES))
    print(f"\n{'':36}" + "".join(f"{role:>15}" for role in ROLES), *table, sep="\n")
    assert wrong == []


def test_the_workflow_is_there_with_reviewers(db):
    workflow = Service.get_default_workflow()
    assert workflow == Workflow.objects.get(name="Check before it goes live")
    groups = workflow.tasks.get().specific.groups
    assert set(groups.values_list("name", flat=True)) == {"Reviewers", "Administrators"}


def test_wagtails_moderators_became_the_reviewers(db):
    names = set(Group.objects.values_list("name", flat=True))
    assert "Moderators" not in names
    assert names > {"Editors", "Reviewers", "Administrators"}

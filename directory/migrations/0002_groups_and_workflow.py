"""Who may do what, and the check that a service passes before it goes live.

The whole matrix is proved by tests/directory/test_permissions.py.
"""

from django.db import migrations

EDITORS, REVIEWERS, ADMINISTRATORS = "Editors", "Reviewers", "Administrators"

RECORDS = ["provider", "venue", "need", "area", "areakind", "accessfeature", "language", "placename"]
WRITE = ["view", "add", "change"]

# (app, models, actions) by group; each group also has what the one above it has.
GRANTS = {
    EDITORS: [
        ("directory", ["service"], [*WRITE, "check"]),
        ("directory", RECORDS, WRITE),
        ("wagtailadmin", ["admin"], ["access"]),
    ],
    REVIEWERS: [
        ("directory", ["service"], ["publish", "lock", "unlock", "delete"]),
        ("directory", ["provider", "venue"], ["delete"]),
        ("wagtailredirects", ["redirect"], [*WRITE, "delete"]),
    ],
    ADMINISTRATORS: [
        ("directory", RECORDS, ["delete"]),
        ("auth", ["user", "group"], [*WRITE, "delete"]),
        ("wagtailcore", ["workflow", "task", "site"], [*WRITE, "delete"]),
    ],
}
LADDER = [EDITORS, REVIEWERS, ADMINISTRATORS]

# What each group may do in every collection of images and documents, and to the collections.
FILES = {
    EDITORS: [("image", ["add", "choose"]), ("document", ["add", "choose"])],
    REVIEWERS: [("image", ["add", "change", "choose"]), ("document", ["add", "change", "choose"])],
    ADMINISTRATORS: [
        ("image", ["add", "change", "choose"]),
        ("document", ["add", "change", "choose"]),
        ("collection", ["add", "change", "delete"]),
    ],
}
FILE_APPS = {"image": "wagtailimages", "document": "wagtaildocs", "collection": "wagtailcore"}
PAGES = {
    EDITORS: ["add", "change"],
    REVIEWERS: ["add", "change", "publish", "lock", "unlock"],
    ADMINISTRATORS: ["add", "change", "publish", "lock", "unlock", "bulk_delete"],
}


def permission(apps, app, model, action):
    """The permission, made here if need be: Django makes permissions only after all migrations."""
    kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label=app, model=model)
    return apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=kind, codename=f"{action}_{model}", defaults={"name": f"Can {action} {model}"}
    )[0]


def make_groups(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    # Wagtail's own Moderators become the reviewers and keep what its migrations gave them.
    if not Group.objects.filter(name=REVIEWERS).exists():
        Group.objects.filter(name="Moderators").update(name=REVIEWERS)
    rungs = []
    for name in LADDER:
        rungs += GRANTS[name]
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(
            *(
                permission(apps, app, model, action)
                for app, models, actions in rungs
                for model in models
                for action in actions
            )
        )
        give_files(apps, group, FILES[name])
        give_pages(apps, group, PAGES[name])


def give_files(apps, group, grants):
    root = apps.get_model("wagtailcore", "Collection").objects.order_by("path").first()
    given = apps.get_model("wagtailcore", "GroupCollectionPermission").objects
    for model, actions in grants:
        for action in actions:
            given.get_or_create(
                group=group, collection=root, permission=permission(apps, FILE_APPS[model], model, action)
            )


def give_pages(apps, group, actions):
    root = apps.get_model("wagtailcore", "Page").objects.order_by("path").first()
    if root is None:
        return
    for action in actions:
        apps.get_model("wagtailcore", "GroupPagePermission").objects.get_or_create(
            group=group, page=root, permission=permission(apps, "wagtailcore", "page", action)
        )


def make_workflow(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Workflow = apps.get_model("wagtailcore", "Workflow")
    Task = apps.get_model("wagtailcore", "GroupApprovalTask")
    # Pages keep Wagtail's one-step workflow, under a name that an editor understands.
    Workflow.objects.filter(name="Moderators approval").update(name="Check a page before it goes live")
    apps.get_model("wagtailcore", "Task").objects.filter(name="Moderators approval").update(
        name="Page review"
    )
    task = Task.objects.create(
        name="Review",
        content_type=ContentType.objects.get_or_create(
            app_label="wagtailcore", model="groupapprovaltask"
        )[0],
    )
    task.groups.set(apps.get_model("auth", "Group").objects.filter(name__in=[REVIEWERS, ADMINISTRATORS]))
    workflow = Workflow.objects.create(name="Check before it goes live")
    apps.get_model("wagtailcore", "WorkflowTask").objects.create(workflow=workflow, task=task, sort_order=0)
    apps.get_model("wagtailcore", "WorkflowContentType").objects.create(
        workflow=workflow,
        content_type=ContentType.objects.get_or_create(app_label="directory", model="service")[0],
    )


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.RunPython(make_groups, migrations.RunPython.noop),
        migrations.RunPython(make_workflow, migrations.RunPython.noop),
    ]

"""Who checks chapters, guides and pathways before they go live, and in which order.

The matrix of who may do what is proved by tests/handbook/test_permissions.py.
"""

from django.db import migrations

REVIEWERS, SPECIALISTS = "Handbook reviewers", "Specialist reviewers"
CO_AUTHORS = ["Parent co-authors", "Young co-authors"]
EDITORS, MODERATORS, ADMINISTRATORS = "Editors", "Reviewers", "Administrators"
WORKFLOW = "Check a chapter or guide before it goes live"
MAY_CHECK = [EDITORS, MODERATORS, ADMINISTRATORS, REVIEWERS, SPECIALISTS]


def permission(apps, app, model, codename):
    """The permission, made here if need be: Django makes permissions only after all migrations."""
    kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label=app, model=model)
    return apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=kind, codename=codename, defaults={"name": f"Can {codename.replace('_', ' ')}"}
    )[0]


def make_groups(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    for name in [*CO_AUTHORS, REVIEWERS, SPECIALISTS]:
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(permission(apps, "wagtailadmin", "admin", "access_admin"))
    for group in Group.objects.filter(name__in=MAY_CHECK):
        group.permissions.add(permission(apps, "home", "informationpage", "check_page"))


def make_workflow(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    ContentType = apps.get_model("contenttypes", "ContentType")

    def kind(app, model):
        return ContentType.objects.get_or_create(app_label=app, model=model)[0]

    first = apps.get_model("wagtailcore", "GroupApprovalTask").objects.create(
        name="Check of a chapter or guide", content_type=kind("wagtailcore", "groupapprovaltask")
    )
    first.groups.set(Group.objects.filter(name__in=[REVIEWERS, MODERATORS, ADMINISTRATORS]))
    second = apps.get_model("home", "SpecialistCheck").objects.create(
        name="Specialist’s check", content_type=kind("home", "specialistcheck")
    )
    second.groups.set(Group.objects.filter(name__in=[SPECIALISTS]))
    workflow = apps.get_model("wagtailcore", "Workflow").objects.create(name=WORKFLOW)
    for place, task in enumerate([first, second]):
        apps.get_model("wagtailcore", "WorkflowTask").objects.create(
            workflow=workflow, task_id=task.pk, sort_order=place
        )


class Migration(migrations.Migration):
    dependencies = [("home", "0005_checking"), ("directory", "0002_groups_and_workflow")]

    operations = [
        migrations.RunPython(make_groups, migrations.RunPython.noop),
        migrations.RunPython(make_workflow, migrations.RunPython.noop),
    ]

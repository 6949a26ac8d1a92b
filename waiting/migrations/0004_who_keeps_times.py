"""Who keeps waiting times: editors look, reviewers and administrators enter them and load files.

Figures are read as the council's word the moment they are saved, so they need the same trust as publishing.
"""

from django.db import migrations

EDITORS, REVIEWERS, ADMINISTRATORS = "Editors", "Reviewers", "Administrators"
LOOK = ["view_waitinglist", "view_waitingtime"]
KEEP = [
    "add_waitinglist", "change_waitinglist", "add_waitingtime", "change_waitingtime", "delete_waitingtime",
    "load_waitingtime",
]  # fmt: skip
GRANTS = {EDITORS: LOOK, REVIEWERS: LOOK + KEEP, ADMINISTRATORS: [*LOOK, *KEEP, "delete_waitinglist"]}


def permission(apps, codename):
    """The permission, made here if need be: Django makes permissions only after all migrations."""
    model = codename.rpartition("_")[2]
    kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="waiting", model=model
    )
    return apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=kind, codename=codename, defaults={"name": f"Can {codename.replace('_', ' ')}"}
    )[0]


def give(apps, schema_editor):
    for name, codenames in GRANTS.items():
        for group in apps.get_model("auth", "Group").objects.filter(name=name):
            group.permissions.add(*[permission(apps, codename) for codename in codenames])


class Migration(migrations.Migration):
    dependencies = [("waiting", "0003_times"), ("directory", "0002_groups_and_workflow")]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]

"""Who may change what this app holds. Pages, images and documents follow the directory's groups."""

from django.db import migrations

GRANTS = {
    "Editors": [("glossaryterm", ["view", "add", "change"])],
    "Reviewers": [("glossaryterm", ["view", "add", "change", "delete"])],
    "Administrators": [
        ("glossaryterm", ["view", "add", "change", "delete"]),
        ("sitesettings", ["view", "change"]),
    ],
}


def grant(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    ContentType = apps.get_model("contenttypes", "ContentType")
    for name, rows in GRANTS.items():
        group, _ = Group.objects.get_or_create(name=name)
        for model, actions in rows:
            # Made here if need be: Django makes permissions only after all migrations.
            kind, _ = ContentType.objects.get_or_create(app_label="home", model=model)
            for action in actions:
                permission, _ = Permission.objects.get_or_create(
                    content_type=kind,
                    codename=f"{action}_{model}",
                    defaults={"name": f"Can {action} {model}"},
                )
                group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_initial"),
        ("directory", "0002_groups_and_workflow"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]

"""Who said yes is private: reviewers of the handbook see it, and administrators."""

from django.db import migrations

GROUPS = ["Handbook reviewers", "Administrators"]
MODELS = ["quote", "picture"]
ACTIONS = ["view", "add", "change", "delete"]


def grant(apps, schema_editor):
    Permission = apps.get_model("auth", "Permission")
    ContentType = apps.get_model("contenttypes", "ContentType")
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        for model in MODELS:
            # Made here if need be: Django makes permissions only after all migrations.
            kind, _ = ContentType.objects.get_or_create(app_label="handbook", model=model)
            for action in ACTIONS:
                permission, _ = Permission.objects.get_or_create(
                    content_type=kind,
                    codename=f"{action}_{model}",
                    defaults={"name": f"Can {action} {model}"},
                )
                group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("handbook", "0002_consent"),
        ("directory", "0002_groups_and_workflow"),
        # Makes the reviewers of the handbook.
        ("home", "0006_who_checks"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]

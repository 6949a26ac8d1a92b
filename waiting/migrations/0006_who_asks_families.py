"""Each pathway that is there already gets its question to families; those who keep the pages may switch it."""

from django.db import migrations

GROUPS = ["Editors", "Reviewers", "Administrators"]
MAY = ["view_foundquestion", "change_foundquestion"]


def ask(apps, schema_editor):
    Question = apps.get_model("waiting", "FoundQuestion")
    pages = apps.get_model("waiting", "PathwayPage").objects.values_list("pk", flat=True)
    Question.objects.bulk_create(Question(pathway_id=pk) for pk in pages)


def give(apps, schema_editor):
    # Django makes permissions only after all migrations.
    kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="waiting", model="foundquestion"
    )
    permissions = [
        apps.get_model("auth", "Permission").objects.get_or_create(
            content_type=kind, codename=codename, defaults={"name": f"Can {codename.replace('_', ' ')}"}
        )[0]
        for codename in MAY
    ]
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        group.permissions.add(*permissions)


class Migration(migrations.Migration):
    dependencies = [("waiting", "0005_found"), ("directory", "0002_groups_and_workflow")]

    operations = [
        migrations.RunPython(ask, migrations.RunPython.noop),
        migrations.RunPython(give, migrations.RunPython.noop),
    ]

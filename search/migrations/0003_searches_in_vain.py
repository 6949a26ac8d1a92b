"""What people looked for in vain, and who may see it and change the words that lead to needs.

The matrix is proved by tests/search/test_search_admin.py.
"""

from django.db import migrations, models

# The names that directory's migration gave the groups; each has what an editor has.
GROUPS = ["Editors", "Reviewers", "Administrators"]
GRANTS = [("search", "invain", ["view"]), ("directory", "needword", ["view", "add", "change", "delete"])]


def grant(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    permissions = []
    for app, model, actions in GRANTS:
        kind, _ = ContentType.objects.get_or_create(app_label=app, model=model)
        for action in actions:
            # Django makes permissions only after all migrations.
            permissions.append(
                Permission.objects.get_or_create(
                    content_type=kind,
                    codename=f"{action}_{model}",
                    defaults={"name": f"Can {action} {model}"},
                )[0]
            )
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        group.permissions.add(*permissions)


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0001_initial"),
        ("directory", "0002_groups_and_workflow"),
    ]

    operations = [
        migrations.CreateModel(
            name="HeldWord",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("days", models.PositiveSmallIntegerField(default=1)),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("word", models.CharField(blank=True, help_text="Empty until the fifth day.", max_length=30)),
                (
                    "refused",
                    models.BooleanField(default=False, help_text="An editor wants it never counted."),
                ),
            ],
            options={
                "verbose_name": "word outside the vocabulary",
                "verbose_name_plural": "words outside the vocabulary",
            },
        ),
        migrations.CreateModel(
            name="InVain",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("week", models.DateField(help_text="Its Monday.")),
                ("kind", models.CharField(choices=[("need", "Need"), ("word", "Word")], max_length=4)),
                ("term", models.CharField(help_text="Slug of a need, or a word.", max_length=60)),
                (
                    "district",
                    models.CharField(blank=True, help_text="Code of an area, or nothing.", max_length=40),
                ),
                ("count", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name": "search in vain",
                "verbose_name_plural": "searches in vain",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("week", "kind", "term", "district"), name="one_count_a_week"
                    )
                ],
            },
        ),
        migrations.RunPython(grant, migrations.RunPython.noop),
    ]

"""The tables of the SQLite index. They are the engine's own, so Django only makes and drops them."""

from django.db import migrations


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        from search.engines import tables

        with schema_editor.connection.cursor() as cursor:
            tables.create(cursor)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        from search.engines import tables

        with schema_editor.connection.cursor() as cursor:
            tables.drop_all(cursor)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [
        migrations.DeleteModel("IndexState"),
        migrations.AlterModelOptions("outbox", {"verbose_name": "changed record"}),
        migrations.AlterModelOptions(
            "pending",
            {"verbose_name": "change to index", "verbose_name_plural": "changes to index"},
        ),
        migrations.RunPython(create, drop),
    ]

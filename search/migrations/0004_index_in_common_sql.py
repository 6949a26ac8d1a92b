from django.db import migrations

from search.engines import tables
from search.engines.postgres import Postgres
from search.engines.sqlite import Sqlite

DIALECTS = {"sqlite": Sqlite(), "postgresql": Postgres()}


def create_anew(apps, schema_editor):
    """The index of earlier versions was SQLite's alone and cannot be read any more.

    It is empty afterwards, until `manage.py index --rebuild`.
    """
    with schema_editor.connection.cursor() as cursor:
        tables.drop_all(cursor)
        tables.create(cursor, DIALECTS[schema_editor.connection.vendor])


class Migration(migrations.Migration):
    dependencies = [("search", "0003_searches_in_vain")]
    operations = [migrations.RunPython(create_anew, migrations.RunPython.noop)]

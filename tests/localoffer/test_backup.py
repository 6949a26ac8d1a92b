"""A backup taken while the site runs can be put back and holds everything."""

import sqlite3

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from directory.models import Provider


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="The site's database is not SQLite in this run.")
def test_a_backup_holds_what_was_saved_and_never_overwrites(tmp_path):
    Provider.objects.create(name="Sleep charity")
    copy = tmp_path / "copy.sqlite3"
    call_command("backup", str(copy))
    with sqlite3.connect(copy) as restored:
        assert ("Sleep charity",) in restored.execute("SELECT name FROM directory_provider").fetchall()
        assert restored.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    with pytest.raises(CommandError, match="never overwrites"):
        call_command("backup", str(copy))


def test_on_postgresql_the_command_names_the_tool_to_use(tmp_path, monkeypatch):
    monkeypatch.setattr(connection, "vendor", "postgresql")
    with pytest.raises(CommandError, match="pg_dump"):
        call_command("backup", str(tmp_path / "copy.sqlite3"))

"""Copy the database to a file while it is in use."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import connection


class Command(BaseCommand):
    help = "Write a whole, consistent copy of the database to a new file (VACUUM INTO)."

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path)

    def handle(self, *args, path: Path, **options):
        if connection.vendor != "sqlite":
            raise CommandError(
                "This copies a SQLite database, and the site's is PostgreSQL, which has a tool of its own: "
                f"pg_dump --format=custom --file={path} NAME. See docs/operators.md, Backup and restore."
            )
        if path.exists():
            raise CommandError(f"{path} exists already; a backup never overwrites one.")
        if not path.parent.is_dir():
            raise CommandError(f"There is no folder {path.parent}. Make it first.")
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(path)])
        self.stdout.write(f"{path}: {path.stat().st_size / 1e6:.1f} MB")

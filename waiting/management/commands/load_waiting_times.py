"""Load waiting times from a CSV file, all of it or nothing, and print the report row by row."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from waiting.loading.figures import Outdated, Report, check, load
from waiting.loading.sheet import MOST_BYTES


class Command(BaseCommand):
    help = "Load waiting times from a CSV file: all of it or nothing. The format is in docs/waiting-times.md."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="Say what it would do, and do nothing.")

    def handle(self, *args, file, dry_run, **options):
        try:
            with file.open("rb") as opened:
                content = opened.read(MOST_BYTES + 1)
        except OSError as refusal:
            raise CommandError(f"{file} cannot be read: {refusal.strerror}.") from refusal
        report = check(content, file.name)
        for line in told(report):
            self.stdout.write(line)
        if report.faults:
            number = len(report.faults)
            raise CommandError(
                f"{number} thing{'' if number == 1 else 's'} to put right. Nothing was loaded."
            )
        if dry_run:
            self.stdout.write("Nothing was loaded: this was a dry run.")
        elif report.to_load:
            try:
                load(content, file.name, seal=report.seal)
            except Outdated as refusal:
                raise CommandError(
                    "Somebody changed these figures just now. Nothing was loaded."
                ) from refusal
            self.stdout.write(f"Loaded {len(report.to_load)}.")
        else:
            self.stdout.write("Everything in this file is here already: there is nothing to load.")


def told(report: Report) -> list[str]:
    """The report, one line for each fault, change and new row, and the sum of them last."""
    lines = [*report.notes, *map(str, report.faults)]
    for row in report.rows:
        notes = "".join(f" ({note})" for note in row.notes)
        for label, now, after in row.changes:
            lines.append(f"Row {row.number}: {row.figure}: {label}: {now} → {after}{notes}")
        if row.stored is None:
            lines.append(f"Row {row.number}: new: {row.figure}{notes}")
    return [*lines, f"{report.summary}."]

"""Print every family word that leads nowhere."""

from django.core.management.base import BaseCommand, CommandError

from search.nowhere import words


class Command(BaseCommand):
    help = "List the words of the vocabulary for which nothing comes up."

    def add_arguments(self, parser):
        parser.add_argument("--strict", action="store_true", help="Fail when there are any.")

    def handle(self, *args, **options):
        lost = words()
        for each in lost:
            self.stdout.write(f"{each.word}\t{each.need}\t{each.why}")
        if lost and options["strict"]:
            raise CommandError(f"{len(lost)} words lead nowhere.")
        if not lost:
            self.stdout.write("Every word leads somewhere.")

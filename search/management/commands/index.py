"""Keep the search index: make it anew, take in what waits once, or go on doing so."""

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from search.engines import Engine, engine
from search.outbox import drain, engines_kept, rebuild
from search.watch import Watch


class Command(BaseCommand):
    help = "Keep the search index true to the records."

    def add_arguments(self, parser):
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--rebuild", action="store_true", help="Make it anew while the old one serves.")
        what.add_argument("--drain", action="store_true", help="Take in what waits, once.")
        what.add_argument("--watch", action="store_true", help="Take in what comes, until stopped.")
        parser.add_argument("--engine", help="An engine's name or URL; every kept one unless told.")

    def handle(self, *args, **options):
        engines = chosen(options["engine"])
        if options["watch"]:
            return Watch(engines, self.say).run()
        failed = []
        for each in engines:
            try:
                if options["rebuild"]:
                    report = rebuild(each, self.progress)
                    self.say(f"{each.name}: {report.documents:,} records in {report.seconds:.1f} s")
                else:
                    self.say(f"{each.name}: {drain(each):,} changes taken in")
            except Exception as error:
                # The others have their turn all the same.
                failed.append((f"{each.name}: failed ({type(error).__name__})", error))
        if failed:
            raise CommandError("\n".join(words for words, _ in failed)) from failed[0][1]

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def progress(self, done: int) -> None:
        if self.stdout.isatty():
            self.stdout.write(f"\r{done:,} records read", ending="\r")


def chosen(name: str | None) -> list[Engine]:
    """Every kept engine, or the one of this name or URL."""
    try:
        kept = engines_kept()
        if not name:
            return kept
        return [each for each in kept if each.name == name] or [engine(name)]
    except ImproperlyConfigured as error:
        raise CommandError(str(error)) from error

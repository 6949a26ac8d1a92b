"""Keep the search index: rebuild it, drain the outbox once, or watch it."""

import signal
import time

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from search.engines import engine
from search.outbox import drain, engines_kept, rebuild

PAUSE = 0.5


class Command(BaseCommand):
    help = "Keep the search index true to the records."

    def add_arguments(self, parser):
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--rebuild", action="store_true", help="Make it anew, while it serves.")
        what.add_argument("--drain", action="store_true", help="Apply what waits, once.")
        what.add_argument("--watch", action="store_true", help="Apply what comes, until stopped.")
        parser.add_argument("--engine", help="Another engine than the site's own.")

    def handle(self, *args, **options):
        try:
            engines = (
                [engine(options["engine"])] if options["engine"] else [engine(n) for n in engines_kept()]
            )
        except ValueError as error:
            raise CommandError(str(error)) from error
        for each in engines:
            if options["rebuild"]:
                report = rebuild(each, self.progress)
                self.stdout.write(f"{each.name}: {report.documents:,} records in {report.seconds:.1f} s")
            elif options["drain"]:
                self.stdout.write(f"{each.name}: {drain(each)} changes applied")
        if options["watch"]:
            self.watch(engines)

    def progress(self, done: int):
        if self.stdout.isatty():
            self.stdout.write(f"\r{done:,} records", ending="")

    def watch(self, engines):
        stopping = []
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *args: stopping.append(True))
        while not stopping:
            try:
                busy = sum(drain(each) for each in engines)
            except OperationalError:
                busy = 0
            if not busy:
                time.sleep(PAUSE)

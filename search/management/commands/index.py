"""Keep the search index: make it anew, take in what waits once, or go on doing so."""

import signal
import time

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from search.engines import engine
from search.outbox import drain, engines_kept, rebuild

PAUSE = 0.5
"""Seconds between looks at the outbox."""


class Command(BaseCommand):
    help = "Keep the search index true to the records."

    def add_arguments(self, parser):
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--rebuild", action="store_true", help="Make it anew while the old one serves.")
        what.add_argument("--drain", action="store_true", help="Take in what waits, once.")
        what.add_argument("--watch", action="store_true", help="Take in what comes, until stopped.")
        parser.add_argument("--engine", help="An engine's name or URL; every kept one unless told.")

    def handle(self, *args, **options):
        try:
            engines = [engine(options["engine"])] if options["engine"] else engines_kept()
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
        if options["watch"]:
            return self.watch(engines)
        for each in engines:
            if options["rebuild"]:
                report = rebuild(each, self.progress)
                self.stdout.write(f"{each.name}: {report.documents:,} records in {report.seconds:.1f} s")
            else:
                self.stdout.write(f"{each.name}: {drain(each):,} changes taken in")

    def progress(self, done: int) -> None:
        if self.stdout.isatty():
            self.stdout.write(f"\r{done:,} records read", ending="\r")

    def watch(self, engines) -> None:
        stopping = []
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *args: stopping.append(True))
        while not stopping:
            try:
                busy = sum(drain(each) for each in engines)
            except OperationalError as error:
                # Another writer held the database too long; what waits is still there.
                self.stderr.write(f"waiting: {error}")
                busy = 0
            if not busy:
                time.sleep(PAUSE)

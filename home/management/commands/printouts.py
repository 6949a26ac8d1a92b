"""Look after the kept PDFs: make what is wanted, list them, delete them."""

import os
import signal
import threading
import time

from django.core.management.base import BaseCommand, CommandError
from django.db import Error, close_old_connections
from django.utils import timezone

from home.models.printout import Printout
from home.printing import kept, press, registry, tasks

PAUSE = 2.0
"""Seconds between looks at the queue: a plain read, so that an idle worker keeps no writer waiting."""


class Command(BaseCommand):
    help = "Make, list or delete the kept PDFs."

    def add_arguments(self, parser):
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--build", action="store_true", help="Make now all that is wanted or made ahead.")
        what.add_argument("--watch", action="store_true", help="Make what is queued, until stopped.")
        what.add_argument("--list", action="store_true", help="Say what is kept and what is wanted.")
        what.add_argument("--clear", action="store_true", help="Delete every one; they are made again.")
        parser.add_argument("--only", metavar="KEY", help="With --build: this one, “book:5”.")

    def handle(self, *args, **options):
        if options["list"]:
            return self.list()
        if options["clear"]:
            return self.clear()
        if not press.available():
            lacking = ", ".join(press.missing())
            words = f"PDFs are off: this machine lacks {lacking}. On Debian: {press.DEBIAN}"
            if options["watch"]:
                # The site is served all the same: whoever started both must not stop for this.
                return self.say(words)
            raise CommandError(words)
        if options["watch"]:
            return self.watch()
        self.build(options["only"])

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def build(self, only: str | None) -> None:
        if only and not registry.address(only):
            raise CommandError(f"There is nothing public called {only}. Kinds: {', '.join(registry.kinds)}.")
        kept.want_ahead()
        rows = Printout.objects.filter(wanted_since__isnull=False)
        if only:
            kept.want(only)
            rows = rows.filter(key=only)
        failed = 0
        for row in rows:
            started = time.monotonic()
            if tasks.attempt(row):
                row.refresh_from_db()
                took = time.monotonic() - started
                self.say(f"{row}: {row.pages} pages, {row.size / 1000:,.0f} KB in {took:.1f} s")
            else:
                failed += 1
                self.say(f"{row}: not made")
        if failed:
            raise CommandError(f"{failed} could not be made; the log says why.")

    def list(self) -> None:
        for row in Printout.objects.all():
            kept_words = "not made yet"
            if row.fingerprint:
                made = timezone.localtime(row.made_at)
                kept_words = f"{row.pages} pages, {row.size / 1000:,.0f} KB, made {made:%d %b %H:%M}"
            wanted = ", wanted" if row.wanted_since else ""
            failed = f", failed {row.failures} times ({row.failed})" if row.failures else ""
            self.say(f"{row}: {kept_words}{wanted}{failed}")

    def clear(self) -> None:
        rows = list(Printout.objects.all())
        Printout.objects.all().delete()
        for row in rows:
            kept.discard(row.file)
        self.say(f"{len(rows)} deleted.")

    def watch(self) -> None:
        """Until SIGTERM or SIGINT; what is in the press then is finished first."""
        stopping = threading.Event()
        parent = os.getppid()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *args: stopping.set())
        self.say("printing: watching")
        looked = False
        # It stops as well when whoever started it was killed and could not tell it so.
        while not stopping.is_set() and os.getppid() == parent:
            try:
                if not looked:
                    kept.want_ahead()
                    looked = True
                busy = tasks.next_one()
            except Error as error:
                # The database is locked or away for a moment; its words may be a record's.
                self.say(f"printing: waits ({type(error).__name__})")
                busy = False
            close_old_connections()
            if not busy:
                stopping.wait(PAUSE)
        self.say("printing: stopped")

"""Fill the site with the demo: real areas, needs, places, services, schools and pages."""

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

import directory.demo
import handbook.demo
import home.demo
import waiting.demo
from directory.models import Area, Need, PlaceName, Postcode, Service


class Command(BaseCommand):
    help = (
        "Load the demo content and rebuild the search index. Adds what is missing; never changes or "
        "removes what is there. If a row is wrong, nothing is loaded."
    )

    def handle(self, *args, **options):
        progress = directory.demo.Progress(self.stdout)
        try:
            with transaction.atomic():
                directory.demo.load(progress)
                home.demo.load(progress.steps("Pages"))
                handbook.demo.load(progress.steps("Handbook"))
                waiting.demo.load(progress.steps("Guides"))
        except directory.demo.BadRow as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        call_command("index", rebuild=True, stdout=self.stdout)
        self.stdout.write(self.holds())

    def holds(self) -> str:
        services = Service.objects.visible()
        return (
            f"The site holds {services.not_schools().count():,} services, {services.schools().count():,} "
            f"schools, {Need.objects.count():,} needs, {Area.objects.count():,} areas, "
            f"{PlaceName.objects.count():,} places and {Postcode.objects.count():,} postcodes."
        )

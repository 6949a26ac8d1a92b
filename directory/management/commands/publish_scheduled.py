from django.core.management.base import BaseCommand

from directory.publishing import publish_due


class Command(BaseCommand):
    """Stands in for Wagtail's command of this name, which stops at the first record it cannot publish."""

    help = "Publish what is due and take down what has expired. `tick` does this too."

    def handle(self, **options):
        due = publish_due()
        self.stdout.write(
            f"{due.published} published, {due.sent_back} sent back, {due.unpublished} taken down."
        )

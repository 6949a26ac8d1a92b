"""Made-up services for measuring, in a scratch database. Never in one that holds real records."""

import random
from datetime import timedelta

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from directory.choices import Answer, Category, ContactKind, Cost, Diagnosis, Status
from directory.demo import FOLDER, Progress, areas, needs, places
from directory.models import (
    AgeRange,
    Area,
    Contact,
    ExternalReference,
    Need,
    PlaceName,
    Provider,
    Service,
    ServiceVenue,
    Venue,
)

SCHEME = "made-up"
BATCH = 1_000
OTHER_WORDS = 8_000
OTHER_SHARE = 0.95
"""How much of the text is words no family types, so that a family's line of three to five words
matches between a twentieth and a fifth of the records."""
YES_NO = (Answer.UNKNOWN, Answer.UNKNOWN, Answer.NOT_STATED, Answer.YES, Answer.NO)
KINDS = [choice for choice in Category if choice not in (Category.UNKNOWN, Category.SCHOOL)]


class Command(BaseCommand):
    help = "Fill a scratch database with N made-up services and index them."

    def add_arguments(self, parser):
        parser.add_argument("number", type=int, metavar="N")
        parser.add_argument("--seed", type=int, default=2026, help="The same seed makes the same records.")

    def handle(self, *args, number: int, seed: int, **options):
        if ExternalReference.objects.exclude(scheme=SCHEME).exists():
            raise CommandError("This database holds real records. Set DATABASE_PATH to a scratch file.")
        progress = Progress(self.stdout)
        maker = Maker(random.Random(seed), progress)  # noqa: S311  (not a secret)
        for start in progress("Batches", range(0, number, BATCH)):
            with transaction.atomic():
                maker.make(min(BATCH, number - start))
        call_command("index", rebuild=True, stdout=self.stdout)


class Maker:
    """Writes services by the thousand: straight into the tables, without history or signals."""

    def __init__(self, chance: random.Random, progress: Progress):
        self.chance = chance
        with transaction.atomic():
            areas.load(FOLDER, progress)
            needs.load(FOLDER, progress)
            places.load(FOLDER, progress)
            self.providers = [
                Provider.objects.get_or_create(name=f"Provider {number}")[0] for number in range(50)
            ]
        self.needs = list(Need.objects.specific().prefetch_related("words"))
        self.phrases = {need.pk: [word.word for word in need.words.all()] for need in self.needs}
        self.areas = list(Area.objects.defer("outline").filter(kind__whole=False))
        self.towns = list(PlaceName.objects.filter(kind__in=["town", "village", "city"]))
        known = [word for phrases in self.phrases.values() for phrase in phrases for word in phrase.split()]
        others = [f"other{number}" for number in range(OTHER_WORDS)]
        falling = [1 / (number + 5) for number in range(OTHER_WORDS)]
        self.stock = [
            other if chance.random() < OTHER_SHARE else chance.choice(known)
            for other in chance.choices(others, falling, k=200_000)
        ]
        self.first = (Service.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1

    def text(self, least: int, most: int) -> str:
        start = self.chance.randrange(len(self.stock) - most)
        return " ".join(self.stock[start : start + self.chance.randint(least, most)])

    def make(self, number: int) -> None:
        keys = range(self.first, self.first + number)
        self.first += number
        services = [self.service(pk) for pk in keys]
        Service.objects.bulk_create(services)
        chance = self.chance
        AgeRange.objects.bulk_create(self.ages(pk) for pk in keys if chance.random() < 0.7)
        Contact.objects.bulk_create(
            Contact(service_id=pk, kind=chance.choice(ContactKind.values[:5]), value="01727 000000")
            for pk in keys
        )
        venues = Venue.objects.bulk_create(self.venue(pk) for pk in keys if chance.random() < 0.7)
        ServiceVenue.objects.bulk_create(
            ServiceVenue(service_id=int(venue.uprn), venue=venue) for venue in venues
        )
        ExternalReference.objects.bulk_create(
            ExternalReference(service_id=pk, scheme=SCHEME, value=str(pk)) for pk in keys
        )
        Service.needs.through.objects.bulk_create(
            Service.needs.through(service_id=pk, need_id=need.pk)
            for pk in keys
            for need in chance.sample(self.needs, chance.choice((1, 1, 2)))
        )
        Service.areas.through.objects.bulk_create(
            Service.areas.through(service_id=pk, area_id=area.pk)
            for pk in keys
            if chance.random() < 0.6
            for area in chance.sample(self.areas, chance.randint(1, 3))
        )

    def service(self, pk: int) -> Service:
        chance = self.chance
        checked = timezone.localdate() - timedelta(days=chance.randint(0, 900))
        return Service(
            pk=pk,
            live=True,
            name=f"{self.text(2, 5)} {pk}",
            slug=f"made-up-{pk}",
            summary=self.text(8, 16),
            description=f"<p>{self.text(30, 100)}</p>",
            category=chance.choice(KINDS),
            provider=chance.choice(self.providers),
            source="made up",
            any_need=chance.random() < 0.05,
            diagnosis=chance.choice(Diagnosis.values),
            cost=chance.choice(Cost.values),
            status=chance.choice((Status.UNKNOWN, Status.UNKNOWN, Status.OPEN, Status.NOT_TAKING)),
            whole_county=chance.choice(YES_NO),
            online=chance.choice(YES_NO),
            by_phone=chance.choice(YES_NO),
            refer_self=chance.choice(YES_NO),
            refer_parent=chance.choice(YES_NO),
            refer_gp=chance.choice(YES_NO),
            helpline=chance.random() < 0.01,
            checked_on=checked if chance.random() < 0.5 else None,
            checked_by="a made-up team",
        )

    def ages(self, pk: int) -> AgeRange:
        youngest = self.chance.randint(0, 16)
        oldest = youngest + self.chance.randint(3, 20)
        return AgeRange(service_id=pk, min_months=youngest * 12, max_months=oldest * 12 + 11)

    def venue(self, pk: int) -> Venue:
        town = self.chance.choice(self.towns)
        shift = self.chance.uniform
        return Venue(
            name=f"Hall {pk}",
            town=town.name,
            uprn=str(pk),
            latitude=town.latitude + shift(-0.02, 0.02),
            longitude=town.longitude + shift(-0.02, 0.02),
        )

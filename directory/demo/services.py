"""Services from TOML, whose keys are the names of the model's fields."""

import tomllib
from pathlib import Path

from django.utils.html import format_html_join
from modelcluster.models import get_all_child_relations
from wagtail.models import ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from directory.models import (
    AccessFeature,
    AgeRange,
    Area,
    Contact,
    DemoReference,
    ExternalReference,
    Language,
    Need,
    Provider,
    Service,
    ServiceAccess,
    ServiceVenue,
    Session,
    Venue,
)

from .progress import Progress
from .rows import at, save, table

PARAGRAPHS = ("description", "what_happens")
LINES = ("other_names", "not_for", "how_to_get_it", "source")


def load(folder: Path, progress: Progress) -> None:
    """Add and publish the services that are missing; leave the others as they are."""
    _vocabularies(folder)
    providers, venues = _providers_and_venues(folder / "providers.toml")
    known = references()
    found = [
        (path, number, facts)
        for path in sorted(folder.glob("services*.toml"))
        for number, facts in enumerate(_tables(path).get("service", []), start=1)
    ]
    vocabulary = {
        "needs": Need.objects.in_bulk(field_name="slug"),
        "areas": Area.objects.defer("outline").in_bulk(field_name="code"),
        "languages": Language.objects.in_bulk(field_name="code"),
    }
    new = [each for each in found if known.isdisjoint(_refs(each[2]))]
    for path, number, facts in progress("Services", new):
        with at(path, f"{number} ({facts.get('ref', 'no ref')})"):
            publish(_service(dict(facts), vocabulary, providers, venues))


def references() -> set[str]:
    """Every external reference that a record has, or that the demo once added, as `scheme:value`."""
    pairs = ExternalReference.objects.values_list("scheme", "value")
    held = {f"{scheme}:{value}" for scheme, value in pairs}
    return held | set(DemoReference.objects.values_list("reference", flat=True))


def publish(service: Service) -> None:
    """Check a new record with all its rows, save it, and publish it as its first version."""
    service.live = False
    service.full_clean()
    for relation in get_all_child_relations(Service):
        for row in getattr(service, relation.related_name).all():
            row.full_clean(exclude=["service"])
    # Wagtail would work out what a record refers to at each of its dozen saves: once will do.
    with disable_reference_index_auto_update():
        service.save()
        # Told to the history, which offers a menu only beside a version that says it changed something.
        service.save_revision(log_action="wagtail.create").publish()
    ReferenceIndex.create_or_update_for_object(service)


def reference(text: str) -> ExternalReference:
    scheme, _, value = text.partition(":")
    return ExternalReference(scheme=scheme, value=value)


def _vocabularies(folder: Path) -> None:
    features = set(AccessFeature.objects.values_list("slug", flat=True))
    for number, row in table(folder / "access_features.csv"):
        if row["slug"] not in features:
            with at(folder / "access_features.csv", number):
                flags = {name: bool(int(row.pop(name))) for name in ("place", "filterable")}
                save(AccessFeature(**row, **flags))
    languages = set(Language.objects.values_list("code", flat=True))
    for number, row in table(folder / "languages.csv"):
        if row["code"] not in languages:
            with at(folder / "languages.csv", number):
                save(Language(**row))


def _tables(path: Path) -> dict:
    with at(path, "of the file"):
        return tomllib.loads(path.read_text(encoding="utf-8"))


def _providers_and_venues(path: Path) -> tuple[dict[str, Provider], dict[str, Venue]]:
    """Both by the key that services use."""
    tables, providers, venues = _tables(path), {}, {}
    for number, facts in enumerate(tables.get("provider", []), start=1):
        with at(path, f"provider {number}"):
            facts = _joined(dict(facts))
            key = facts.pop("key")
            there = Provider.objects.filter(name=facts["name"]).first()
            providers[key] = there or save(Provider(**facts))
    for number, facts in enumerate(tables.get("venue", []), start=1):
        with at(path, f"venue {number}"):
            facts = dict(facts)
            key = facts.pop("key")
            there = Venue.objects.filter(name=facts["name"], town=facts.get("town", "")).first()
            venues[key] = there or save(Venue(**facts))
    return providers, venues


def _service(facts: dict, vocabulary: dict, providers: dict, venues: dict) -> Service:
    refs = _refs(facts)
    facts.pop("ref"), facts.pop("refs", None)
    many = {name: [records[key] for key in facts.pop(name, [])] for name, records in vocabulary.items()}
    many["main_needs"] = [vocabulary["needs"][key] for key in facts.pop("main_needs", [])]
    rows = {
        "references": [reference(ref) for ref in refs],
        "age_ranges": [AgeRange(**row) for row in facts.pop("age_range", [])],
        "contacts": [Contact(order=n, **row) for n, row in enumerate(facts.pop("contact", []))],
        "sessions": [Session(**_at_venue(row, venues)) for row in facts.pop("session", [])],
        "service_venues": [ServiceVenue(**_at_venue(row, venues)) for row in facts.pop("venue", [])],
        "access": [
            ServiceAccess(**row | {"feature": AccessFeature.objects.get(slug=row["feature"])})
            for row in facts.pop("access", [])
        ],
    }
    if "provider" in facts:
        facts["provider"] = providers[facts["provider"]]
    service = Service(**_joined(facts))
    for name, records in {**many, **rows}.items():
        setattr(service, name, records)
    return service


def _refs(facts: dict) -> list[str]:
    return [facts["ref"], *facts.get("refs", [])] if "ref" in facts else []


def _at_venue(row: dict, venues: dict) -> dict:
    return row | {"venue": venues[row["venue"]]} if "venue" in row else row


def _joined(facts: dict) -> dict:
    """Lists of the file as the text that the model keeps."""
    for name in PARAGRAPHS:
        if name in facts:
            facts[name] = str(format_html_join("", "<p>{}</p>", ((text,) for text in facts[name])))
    for name in LINES:
        if name in facts:
            facts[name] = "\n".join(facts[name])
    if "crisis_for" in facts:
        facts["crisis_for"] = "|".join(facts["crisis_for"])
    return facts

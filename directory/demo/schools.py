"""Schools and settings from the national list, as it was in April 2021."""

import re
from pathlib import Path

from directory.choices import Answer, Category, Confidence, Phase
from directory.models import SchoolDetails, Service, ServiceVenue, Venue

from .progress import Progress
from .rows import at, save, table
from .services import publish, reference, references

SOURCE = "Get Information about Schools, Department for Education"
SOURCE_DATE = "April 2021"
CONFIDENCE_NOTE = "As of April 2021. Its name or number may have changed since."

SPECIAL = re.compile(r"\bspecial (needs )?(school|academy)\b", re.IGNORECASE)
WORDS = {
    Phase.NURSERY: "nursery school",
    Phase.PRIMARY: "primary school",
    Phase.INFANT: "infant school",
    Phase.JUNIOR: "junior school",
    Phase.MIDDLE: "middle school",
    Phase.SECONDARY: "secondary school",
    Phase.ALL_THROUGH: "school for all ages",
}


def load(folder: Path, progress: Progress) -> None:
    """Add and publish the schools that are missing; leave the others as they are."""
    path, known = folder / "schools.csv", references()
    new = [(number, row) for number, row in table(path) if f"urn:{row['urn']}" not in known]
    for number, row in progress("Schools", new):
        with at(path, number):
            publish(school(row))


def school(row: dict[str, str]) -> Service:
    """The unsaved record of one row; its venue is saved."""
    if not row["urn"].isdigit():
        raise ValueError(f"the number {row['urn']!r} is not a number of a school.")
    phase = phase_in(row["name"])
    special = bool(SPECIAL.search(row["name"]))
    venue = Venue(
        name=row["name"],
        town=row["town"],
        postcode=row["postcode"],
        latitude=float(row["latitude"]),
        longitude=float(row["longitude"]),
    )
    record = Service(
        name=row["name"],
        category=Category.SCHOOL,
        summary=summary(row["name"], phase, special, row["town"] or row["district"]),
        silent=["provider"],
        source=SOURCE,
        source_date=SOURCE_DATE,
        confidence=Confidence.MEDIUM,
        confidence_note=CONFIDENCE_NOTE,
    )
    record.references = [reference(f"urn:{row['urn']}")]
    record.service_venues = [ServiceVenue(venue=save(venue))]
    record.school_rows = [
        SchoolDetails(
            phase=phase,
            phase_from_name=phase != Phase.UNKNOWN,
            special=Answer.YES if special else Answer.UNKNOWN,
        )
    ]
    return record


def phase_in(name: str) -> Phase:
    """The phase that a school's name states, or unknown.

    "High", "college" and "academy" say nothing: some of them teach from 4. Infants with juniors are
    a primary school, and so is a first school (Education Act 1996, section 5).
    """
    words = set(re.findall(r"[a-z]+", name.casefold().replace("'", "").replace("’", "")))
    infants, juniors = bool(words & {"infant", "infants"}), bool(words & {"junior", "juniors"})
    if "through" in words and "all" in words:
        return Phase.ALL_THROUGH
    if words & {"primary", "jmi"} or (infants and juniors) or {"first", "school"} <= words:
        return Phase.PRIMARY
    if infants or juniors:
        return Phase.INFANT if infants else Phase.JUNIOR
    for word, phase in (
        ("middle", Phase.MIDDLE),
        ("secondary", Phase.SECONDARY),
        ("nursery", Phase.NURSERY),
    ):
        if word in words:
            return phase
    return Phase.UNKNOWN


def summary(name: str, phase: Phase, special: bool, town: str) -> str:
    """A primary school in Bushey."""
    if special:
        what = "special school"
    elif phase in WORDS:
        what = WORDS[phase]
    else:
        what = "school" if "school" in name.casefold() else "school or setting"
    return f"{'An' if what[0] in 'aeiou' else 'A'} {what} in {town}."

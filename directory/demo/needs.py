"""Needs in two layers, and the words that lead to them."""

from pathlib import Path

from directory.models import Need, NeedWord

from .progress import Progress
from .rows import BadRow, at, parts, save, table


def load(folder: Path, progress: Progress) -> None:
    """Add the needs that are missing, with their words; a need that is there keeps its own."""
    made = _needs(folder / "needs.csv", progress)
    _words(folder / "need_words.csv", made, progress)


def _needs(path: Path, progress: Progress) -> dict[str, Need]:
    """The new needs by slug."""
    known = Need.objects.in_bulk(field_name="slug")
    rows = [(number, row) for number, row in table(path) if row["slug"] not in known]
    made, nearest = {}, {}
    # Broad areas first, so that the needs below find them in any order of the file.
    for number, row in progress("Needs", sorted(rows, key=lambda each: bool(each[1]["broad_areas"]))):
        with at(path, number):
            broad = [known[slug] for slug in parts(row.pop("broad_areas"))]
            nearest[row["slug"]] = parts(row.pop("nearest"))
            row |= {flag: bool(int(row[flag])) for flag in ("crisis", "names_condition")}
            need = made[row["slug"]] = known[row["slug"]] = save(Need(**row))
            need.broad_areas.set(broad)
    for slug, others in nearest.items():
        with at(path, f"of {slug}"):
            made[slug].nearest.set([known[other] for other in others])
    return made


def _words(path: Path, made: dict[str, Need], progress: Progress) -> None:
    slugs = set(Need.objects.values_list("slug", flat=True))
    words, seen = [], set()
    for number, row in table(path):
        with at(path, number):
            if row["need"] not in slugs:
                raise KeyError(row["need"])
            if row["need"] not in made:
                continue
            word = NeedWord(**row | {"need": made[row["need"]]})
            word.clean_fields()
        if (row["need"], word.word) in seen:
            raise BadRow(f"{path.name}, row {number}: {word.word!r} stands twice for {row['need']}.")
        seen.add((row["need"], word.word))
        words.append(word)
    # All at once: a need announces itself when it is saved, and its words are new with it.
    NeedWord.objects.bulk_create(progress("Words of needs", words), batch_size=1000)

"""Words that lead nowhere: families type them, the vocabulary knows them, and nothing comes up."""

from collections.abc import Iterable, Mapping, Set
from typing import NamedTuple

from directory.models import Need, NeedWord, Service

from .engines import engine
from .query import Query
from .reading import Reading, read
from .vocabulary import vocabulary

NOBODY = "No live service is tagged with this need, nor with one nearest to it."
UNREAD = "Typed alone it is not read as any need, and no record holds it."


class Lost(NamedTuple):
    """A word, the slug of its need, and why nothing comes up."""

    word: str
    need: str
    why: str


def unserved(needs: Iterable[str], tagged: Set[str], nearest: Mapping[str, Set[str]]) -> set[str]:
    """The needs that no record is tagged with, directly or by a need nearest to them: pure."""
    return {need for need in needs if need not in tagged and tagged.isdisjoint(nearest.get(need, ()))}


def unread(reading: Reading) -> bool:
    """Whether a reading leads nowhere but by its words: pure."""
    said = (reading.needs, reading.crisis, reading.quiet, reading.place, reading.flags, reading.ages)
    return not any(said) and reading.age is None


def words() -> list[Lost]:
    """Every word of the vocabulary that leads nowhere, as the live records stand now."""
    rows = list(NeedWord.objects.order_by("need__order", "word").values_list("word", "need__slug"))
    served = unserved_needs()
    lost = [Lost(word, need, NOBODY) for word, need in rows if need in served]
    known = vocabulary()
    readings = [(word, need, read(word, known)) for word, need in rows if need not in served]
    blind = [row for row in readings if unread(row[2])]
    counts = engine().count([Query(words=reading.words, size=1) for _, _, reading in blind])
    lost += [
        Lost(word, need, UNREAD)
        for (word, need, reading), count in zip(blind, counts, strict=True)
        if not count or not reading.words
    ]
    return lost


def unserved_needs() -> set[str]:
    """Slugs of the needs that no live record helps with, directly or by a nearest need."""
    live = Service.objects.visible().values("pk")
    tagged = set(Need.objects.filter(services__in=live).values_list("slug", flat=True))
    nearest: dict[str, set[str]] = {}
    pairs = Need.objects.exclude(nearest=None).values_list("slug", "nearest__slug")
    for need, other in pairs:
        nearest.setdefault(need, set()).add(other)
    return unserved(Need.objects.specific().values_list("slug", flat=True), tagged, nearest)

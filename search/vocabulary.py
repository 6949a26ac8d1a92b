"""The vocabulary that reading uses, read from the directory and kept until it changes."""

import threading

from django.db.models import Count, Max

from directory.models import Area, Need, NeedWord, PlaceName

from .reading import Vocabulary
from .reading import vocabulary as build

ALONE = (PlaceName.Kind.CITY, PlaceName.Kind.TOWN, PlaceName.Kind.OUTWARD)

_kept: tuple[tuple, Vocabulary] | None = None
_lock = threading.Lock()


def _stamp() -> tuple:
    """Changes whenever a need, an area or a place name does: two small queries."""
    needs = Need.objects.aggregate(Count("pk"), Max("updated_at"))
    places = PlaceName.objects.aggregate(Count("pk"), Max("pk"))
    return (*needs.values(), *places.values())


def vocabulary() -> Vocabulary:
    """Words and place names as they stand now; each process keeps its own copy."""
    global _kept
    stamp = _stamp()
    kept = _kept
    if kept is None or kept[0] != stamp:
        with _lock:
            kept = _kept = (stamp, _load())
    return kept[1]


def _load() -> Vocabulary:
    words = NeedWord.objects.values_list("need__slug", "word", "kind", "context", "crisis")
    names = [(name, kind in ALONE) for name, kind in PlaceName.objects.values_list("name", "kind")]
    for name, others in Area.objects.home_units().values_list("name", "other_names"):
        names += [(each, True) for each in (name, *others.split("|")) if each]
    # "Hemel" for Hemel Hempstead: the first word of a town that no other town begins with.
    towns = [name for name, alone in names if alone and " " in name]
    firsts = [name.split()[0] for name in towns]
    names += [(first, True) for first in firsts if firsts.count(first) == 1 and len(first) > 3]
    return build(words, names)

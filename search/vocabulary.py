"""The vocabulary that reading uses, read from the directory and kept until it changes."""

import threading
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import islice

from django.db.models import Count, Max, Sum

from directory.choices import Category
from directory.models import Area, Elsewhere, Need, NeedWord, PlaceName, Provider, Service

from .elsewhere import ELSEWHERE
from .models import Outbox
from .reading import Vocabulary
from .reading import vocabulary as build
from .spelling import is_english
from .terms import speller
from .tokens import split

ALONE = (PlaceName.Kind.CITY, PlaceName.Kind.TOWN, PlaceName.Kind.OUTWARD)

MOST_NAMES = 30_000
"""Names of services, providers and schools, in this order, that a process keeps. Ten thousand take some
25 MB; a name beyond is found by its words."""

_kept: tuple[tuple, int, tuple[str, ...], Vocabulary] | None = None
_lock = threading.Lock()


def _stamp() -> tuple:
    """Changes whenever a need, a thing for elsewhere or a place name does: three small queries."""
    needs = Need.objects.aggregate(Count("pk"), Max("updated_at"))
    elsewhere = Elsewhere.objects.aggregate(Count("pk"), Max("updated_at"))
    places = PlaceName.objects.aggregate(Count("pk"), Max("pk"))
    return (*needs.values(), *elsewhere.values(), *places.values())


def vocabulary() -> Vocabulary:
    """Words and names as they stand now; each process keeps its own copy.

    Any change of a record moves the outbox on. Then only the names are read again, and only when one of
    them is new is everything made anew.
    """
    global _kept
    stamp, changes, right = _stamp(), Outbox.objects.aggregate(Sum("version"))["version__sum"] or 0, speller()
    kept = _kept
    if kept is None or kept[0] != stamp or kept[1] != changes or kept[3].speller is not right:
        with _lock:
            names = tuple(islice(_names(), MOST_NAMES))
            if kept and (kept[0], kept[2]) == (stamp, names) and kept[3].speller is right:
                known = kept[3]
            else:
                known = _load(names)
                slips = frozenset(word for word in known.known_words if right.correct(word))
                known = replace(known, speller=right, doubtful=slips)
            kept = _kept = (stamp, changes, names, known)
    return kept[3]


def _load(called: Collection[str]) -> Vocabulary:
    words = NeedWord.objects.values_list("need__slug", "word", "kind", "context", "crisis")
    names = [(name, _alone(name, kind)) for name, kind in PlaceName.objects.values_list("name", "kind")]
    for name, others in Area.objects.home_units().values_list("name", "other_names"):
        names += [(each, True) for each in (name, *others.split("|")) if each]
    conditions = Need.objects.filter(names_condition=True).values_list("slug", flat=True)
    places = [*names, *short_names(names)]
    return build([*words, *_elsewhere()], places, conditions, called, _short())


def _names() -> Iterator[str]:
    """What services, providers and schools are called, those that families may see."""
    live = Service.objects.visible()
    for rows in (
        live.exclude(category=Category.SCHOOL).values_list("name", "other_names"),
        Provider.objects.values_list("name", "other_names"),
        live.filter(category=Category.SCHOOL).values_list("name", "other_names"),
    ):
        for name, others in rows.order_by("pk"):
            yield from filter(None, map(str.strip, (name, *others.splitlines())))


def _short() -> dict[str, list[str]]:
    """One word for the whole county → what else it is called (hertfordshire → herts)."""
    return {
        name.lower(): [each for each in others.split("|") if each]
        for name, others in Area.objects.current().filter(kind__whole=True).values_list("name", "other_names")
    }


def _alone(name: str, kind: str) -> bool:
    """Whether a name stands without "in" before it: a town, or a village named with a word of its own."""
    return kind in ALONE or (
        kind == PlaceName.Kind.VILLAGE and " " not in name and not is_english(name.lower())
    )


def _elsewhere() -> Iterator[tuple[str, str, str, str, str]]:
    """Words about what others look after, read like the words of needs so that the longest wins."""
    for thing in Elsewhere.objects.all():
        for word in thing.phrases():
            yield f"{ELSEWHERE}:{thing.pk}", word, ELSEWHERE, "", ""


def short_names(names: Collection[tuple[str, bool]]) -> list[tuple[str, bool, str]]:
    """Other ways to write towns of several words, as (written, stands alone, the name): pure.

    "saint albans" and "stalbans" for St Albans; "wgc" for Welwyn Garden City; the first or the last word
    where it is long and no other name has it there: "hemel", "stortford".
    """
    several = [(name, split(name)) for name, alone in names if alone and len(split(name)) > 1]
    firsts = Counter(split(name)[0] for name, _ in names if split(name))
    lasts = Counter(split(name)[-1] for name, _ in names if split(name))
    made = []
    for name, parts in several:
        made.append((name, "".join(parts)))
        if parts[0] == "st":
            made += [(name, " ".join(["saint", *parts[1:]])), (name, "".join(["saint", *parts[1:]]))]
        if len(parts) > 2:
            made.append((name, "".join(part[0] for part in parts)))
        if firsts[parts[0]] == 1 and len(parts[0]) > 3:
            made.append((name, parts[0]))
        if lasts[parts[-1]] == 1 and len(parts[-1]) > 7:
            made.append((name, parts[-1]))
    return [(written, True, name) for name, written in made]


def nearest(needs: frozenset[str]) -> frozenset[str]:
    """Slugs of the needs that stand nearest to these, without these themselves."""
    near = Need.objects.filter(slug__in=needs).exclude(nearest=None).values_list("nearest__slug", flat=True)
    return frozenset(near) - needs

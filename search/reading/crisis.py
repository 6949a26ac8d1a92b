"""Cries for help in a line: by fixed rule, before anything else is read, and whatever the negation."""

from collections.abc import Sequence

from ..tokens import split
from .lexicon import CRISIS, Vocabulary

OF_ONESELF = frozenset(
    split(
        """
        myself herself himself themself themselves arm arms wrist wrists skin blood leg legs thigh
        thighs yourself
        """
    )
)
HARMLESS = {
    "cut": frozenset(
        split(
            """
            food meat veg vegetables fruit toast sandwich paper card fabric scissors hair fringe nail
            nails toenails shapes grass teeth tooth corners costs short down hours funding budget
            knife fork dinner meal meals line lines cake pizza lesson class classes edge edges sugar
            """
        )
    ),
    "die": frozenset(split("phone battery laptop tablet ipad game minecraft roblox dye cast")),
    "dy": frozenset(split("go see try meet play phone battery laptop")),
    "kill": frozenset(split("time feet back")),
    "end": frozenset(split("placement contract tenancy agreement term lesson session year")),
}
"""Stem of a cry for help → folded words close by that make it plain talk ("cut up his food"). They are
never looked at where the line says that someone hurts their own body."""
REACH = 4
"""Words after and before in which a harmless word counts."""


def crisis_in(
    words: Sequence[str], stems: Sequence[str], marks: Sequence[int], known: Vocabulary
) -> set[str]:
    """Kinds of crisis that these words cry of. All three go word by word, without fillers."""
    kinds: set[str] = set()
    calm = OF_ONESELF.isdisjoint(words)
    for start, mark in enumerate(marks):
        if not mark & CRISIS:
            continue
        word, cut = words[start], stems[start]
        # A lone short word is kept whole in the table.
        alarms = known.crisis.get((word,), ())
        for length in range(1, known.longest.get(cut, 0) + 1):
            key = tuple(stems[start : start + length])
            found = known.crisis.get(key)
            if found and not (length == 1 and len(cut) < 4 and cut != word):
                if calm and _harmless(words, key, start):
                    continue
                alarms = (*alarms, *found)
        for alarm in alarms:
            if alarm.kind in kinds or (calm and _harmless(words, (cut,), start)):
                continue
            if alarm.context and len(words) > 1 and alarm.context.isdisjoint(stems):
                continue
            kinds.add(alarm.kind)
    return kinds


def _harmless(words: Sequence[str], key: Sequence[str], start: int) -> bool:
    for offset, cut in enumerate(key):
        if near := HARMLESS.get(cut):
            at = start + offset
            if not near.isdisjoint(words[max(0, at - 2) : at + 1 + REACH]):
                return True
    return False


def mended(words: Sequence[str], strange: Sequence[int], known: Vocabulary) -> dict[int, str]:
    """Words that nobody knows and that one slip parts from a word of crisis: position → that word."""
    return {at: meant[0] for at in strange if (meant := known.slips(words[at]))}

"""Cries for help in a line: by fixed rule, before anything else is read, and whatever the negation."""

from collections.abc import Iterable, Sequence

from ..tokens import split
from .lexicon import Vocabulary

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
    "die": frozenset(split("phone battery hair laptop tablet ipad game minecraft roblox dye cast")),
    "dy": frozenset(split("go see try meet play phone battery laptop")),
    "kill": frozenset(split("time feet back")),
    "end": frozenset(split("placement contract tenancy agreement term lesson session year")),
}
"""Stem of a cry for help → folded words close by that make it plain talk ("cut up his food"). They are
never looked at where the line says that someone hurts their own body."""
REACH = 4
"""Words after and before in which a harmless word counts."""


def crisis_in(words: Sequence[str], stems: Sequence[str], runs: Sequence, plain: Sequence[int]) -> set[str]:
    """Kinds of crisis that these words cry of. `runs` are what `tree.walk` found along the positions of
    `plain`. A cry inside a longer one is not another: "my child hits me" is not "hits me"."""
    said, cut = [words[at] for at in plain], [stems[at] for at in plain]
    place = {at: n for n, at in enumerate(plain)}
    calm = OF_ONESELF.isdisjoint(said)
    cries = {
        (at[0], at[-1], alarm.kind)
        for _, _, at, _, ending in runs
        for alarm in ending.alarms
        if not (calm and _harmless(said, cut, [place[each] for each in at]))
    }
    return {kind for first, last, kind in cries if not _inside(first, last, cries)}


def _inside(first: int, last: int, cries: Iterable[tuple[int, int, str]]) -> bool:
    return any(start <= first and last <= end and (start, end) != (first, last) for start, end, _ in cries)


def lone_cries(words: Sequence[str], stems: Sequence[str], known: Vocabulary) -> set[str]:
    """Kinds of crisis of words that cry out by themselves, such as "kms"."""
    calm = OF_ONESELF.isdisjoint(words)
    return {
        alarm.kind
        for at, word in enumerate(words)
        for alarm in known.alarms.get(word, ())
        if not (alarm.context and alarm.context.isdisjoint(stems))
        and not (calm and _harmless(words, stems, [at]))
    }


def _harmless(words: Sequence[str], stems: Sequence[str], span: Iterable[int]) -> bool:
    return any(
        (near := HARMLESS.get(stems[at])) and not near.isdisjoint(words[max(0, at - 2) : at + 1 + REACH])
        for at in span
    )


def mended(words: Sequence[str], strange: Sequence[int], known: Vocabulary) -> dict[int, str]:
    """Words that nobody knows and that one slip parts from a word of crisis: position → that word."""
    return {at: meant[0] for at in strange if (meant := known.slips(words[at]))}

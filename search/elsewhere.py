"""Whether a line speaks of a child or a family, or of something that others look after: pure.

Words about bins or passports are read together with the words of needs, the longest phrase first, so
that "council tax reduction" can lead to a need while "council tax" leads elsewhere.
"""

from collections.abc import Mapping

from .tokens import split

ELSEWHERE = "elsewhere"
"""Kind of a word about something that others look after; its "need" is this, a colon and a key."""

FAMILY = frozenset(
    """
    he hes him his she shes her hers
    child childs children childrens kid kids kiddo baby babies toddler toddlers infant son sons daughter
    daughters boy boys girl girls lad lass twin twins sibling siblings brother sister teen teens teenager
    teenagers youngster pupil pupils student students young youngest eldest grandson granddaughter
    grandchild grandchildren nephew niece stepson stepdaughter foster fostered adopted autistic disabled
    disability send sen senco special needs additional camhs ehcp carer carers mum mums dad dads parent
    parents family families ds dd lo
    hates refuses wont doesnt keeps cries screams bites likes loves eats chews wears thinks hurts
    """.split()  # noqa: SIM905  (a column of words is easier to keep)
)
"""Folded words that say that a line is about a child or a family."""


def speaks_of_family(text: str) -> bool:
    return not FAMILY.isdisjoint(split(text))


def parted(needs: Mapping[str, str]) -> tuple[dict[str, str], tuple[int, ...]]:
    """(needs, keys of things for elsewhere) from what was read together."""
    own = {slug: kind for slug, kind in needs.items() if kind != ELSEWHERE}
    keys = (slug.partition(":")[2] for slug, kind in needs.items() if kind == ELSEWHERE)
    return own, tuple(int(key) for key in keys)

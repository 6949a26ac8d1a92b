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


ERRANDS = (
    "opening times", "opening hours", "open today", "open tomorrow", "open on sunday", "what time does",
    "what time is", "timetable", "timetables", "tickets", "ticket", "fixtures", "scores", "results today",
    "who won", "who is winning", "results last night", "kick off",
    "jobs in", "jobs at", "job vacancies", "vacancies", "for sale",
    "second hand", "used car", "price of", "rent a", "cheap flights", "parking charges",
    "recipe", "weather", "forecast", "on tv", "episode", "lyrics", "trailer", "near me open",
    "discount code", "voucher code", "menu", "takeaway", "car park", "book a table",
    "slot times", "exhibition",
)  # fmt: skip
"""What people do elsewhere: "swimming" may be a need, "swimming pool opening times" is not."""
ANIMALS = frozenset(
    """
    dog dogs cat cats puppy puppies kitten kittens guinea pig pigs rabbit rabbits hamster pony horse horses
    pet pets budgie parrot tortoise fish
    """.split()  # noqa: SIM905
)
OF_ANIMALS = frozenset(
    """
    adopt adoption rehome rehoming rescue sale vet vets grooming groomer boarding insurance food sitter
    walker walking breeder breeders vaccination
    """.split()  # noqa: SIM905
)


def errand(text: str) -> bool:
    """Whether a line that speaks of nobody is about times, tickets, prices, jobs or pets."""
    words = split(text)
    if speaks_of_family(text):
        return False
    if not ANIMALS.isdisjoint(words) and not OF_ANIMALS.isdisjoint(words):
        return True
    line = f" {' '.join(words)} "
    return any(f" {phrase} " in line for phrase in ERRANDS)


def parted(needs: Mapping[str, str]) -> tuple[dict[str, str], tuple[int, ...]]:
    """(needs, keys of things for elsewhere) from what was read together."""
    own = {slug: kind for slug, kind in needs.items() if kind != ELSEWHERE}
    keys = (slug.partition(":")[2] for slug, kind in needs.items() if kind == ELSEWHERE)
    return own, tuple(int(key) for key in keys)

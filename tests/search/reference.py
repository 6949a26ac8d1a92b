"""The slow engine that is nothing but the reference functions, and made-up directories to ask."""

import random

from search import score
from search.query import FIELDS, Document, FacetCount, Hit, Query, Result, Spot


def answer(query: Query, documents: list[Document]) -> Result:
    """What every engine must say."""
    rare = {}
    for word in score.counted_words(query):
        holding = sum(score.best_field(word, each) is not None for each in documents)
        rare[word] = score.rarity(holding, len(documents))
    found = []
    for each in documents:
        parts = score.score(query, each, rare)
        if parts is None or not score.in_reach(query, each):
            continue
        if all(score.passes(facet, chosen, each) for facet, chosen in query.filters.items()):
            found.append((each, parts))
    found.sort(key=lambda row: score.place_in_order(query, row[0], sum(row[1].values())))
    start = (query.page - 1) * query.size
    hits = tuple(
        Hit(each.ref, sum(parts.values()), parts, score.distance(query, each))
        for each, parts in found[start : start + query.size]
    )
    return Result(hits, len(found), _facets(query, documents), 0)


def _facets(query, documents):
    facets = {}
    for facet, values in score.values_of(documents).items():
        facets[facet] = {}
        for value in values:
            counted = [each for each in documents if score.counts_towards(query, each, facet, value)]
            facets[facet][value] = FacetCount(
                sum(score.passes(facet, frozenset([value]), each) for each in counted),
                sum(value in each.explicit.get(facet, ()) for each in counted),
            )
    return facets


VALUES = {
    "kind": ["service", "school"],
    "category": ["support", "therapy", "group"],
    "need": ["sleep", "eating", "autism", "adhd"],
    "age": [str(year) for year in range(26)],
    "area": ["north", "south", "west"],
    "gp": ["half-a", "half-b"],
    "diagnosis": ["not-needed", "waiting"],
    "referral": ["self", "parent"],
    "contact": ["no-phone", "phone"],
    "cost": ["free", "some-free", "paid"],
    "reach": ["online", "phone", "place"],
    "when": ["evening", "weekend"],
    "access": ["quiet", "ramp", "loop"],
    "language": ["pl", "bfi"],
    "phase": ["primary", "secondary"],
    "open": ["yes"],
}
WORDS = ["sleep", "eat", "autism", "help", "club", "friend", "school", "parent", "night", "ภาษา", "ot"]
RARE = [f"name{number}" for number in range(40)]


def some_document(chance: random.Random, number: int) -> Document:
    """A record with every kind of silence in it."""
    fits, explicit = {}, {}
    for facet, values in VALUES.items():
        picked = frozenset(chance.sample(values, chance.randint(0, min(3, len(values)))))
        roll = chance.random()
        if roll < 0.6:
            fits[facet] = picked
            explicit[facet] = frozenset(value for value in picked if chance.random() < 0.7)
        elif roll < 0.75:
            explicit[facet] = picked
    places = chance.choice([0, 0, 1, 1, 2])
    helpline = chance.random() < 0.08
    return Document(
        ref=f"service:{number}",
        kind=chance.choice(["service", "service", "school"]),
        words={
            name: tuple(
                chance.choices(WORDS, k=chance.randint(0, 4)) + chance.choices(RARE, k=chance.randint(0, 1))
            )
            for name in FIELDS
        },
        fits={} if helpline and chance.random() < 0.7 else fits,
        explicit={facet: values for facet, values in explicit.items() if values},
        # Few different places, so that records tie for distance.
        points=tuple(
            (51.5 + chance.randint(0, 12) * 0.04, -0.6 + chance.randint(0, 12) * 0.06) for _ in range(places)
        ),
        anywhere=chance.random() < 0.2,
        helpline=helpline,
        checked=chance.random() < 0.3,
        open=chance.random() < 0.9,
        title=f"Service {number}",
    )


def some_query(chance: random.Random) -> Query:
    filters = {
        facet: frozenset(chance.sample(values, chance.randint(0, min(2, len(values)))))
        for facet, values in VALUES.items()
        if chance.random() < 0.12
    }
    spot = None
    if chance.random() < 0.6:
        spot = Spot(51.5 + chance.randint(0, 12) * 0.04, -0.6 + chance.randint(0, 12) * 0.06, "here")
    return Query(
        words=tuple(chance.choices([*WORDS, *RARE, "absent"], k=chance.choice([0, 1, 2, 3, 40]))),
        needs=frozenset(chance.sample(VALUES["need"], chance.choice([0, 0, 1, 2, 4]))),
        filters=filters,
        spot=spot,
        within=chance.choice([None, 5000, 20000]),
        sort=chance.choice(["fit", "fit", "distance"]),
        schools=chance.random() < 0.3,
        page=chance.choice([1, 1, 1, 2, 3, 9]),
        size=chance.choice([20, 20, 3]),
    )

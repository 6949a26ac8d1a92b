"""The slow engine that is nothing but the reference functions, and made-up directories to ask."""

import random
from dataclasses import replace
from math import degrees

from search import score, telling
from search.near import CLOSE, EARTH, NEARBY
from search.query import ALL_OF, FIELDS, Document, FacetCount, Hit, Query, Result, Spot, Suggestion
from search.tokens import split, stem


def answer(query: Query, documents: list[Document], facets: bool = True) -> Result:
    """What every engine must say; without its facets when they are not asked for."""
    rare = rarities(query, documents)
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
        for each, parts in (found[start : start + query.size] if start >= 0 < query.size else ())
    )
    return Result(hits, len(found), _facets(query, documents, rare) if facets else {}, 0)


def rarities(query: Query, documents: list[Document]) -> dict[str, int]:
    """The rarity of every counted word."""
    groups = [[each for each in documents if telling.group_of(each.kind) == group] for group in range(3)]
    return {
        word: telling.rarity(
            *(
                (sum(score.best_field(word, each) is not None for each in group), len(group))
                for group in groups
            )
        )
        for word in score.counted_words(query)
    }


def _facets(query, documents, rare):
    facets = {}
    for facet, values in score.values_of(documents).items():
        facets[facet] = {}
        counted = _counted(query, documents, facet, "", rare)
        for value in values:
            if facet in ALL_OF:  # in the others the same records are counted under every value
                counted = _counted(query, documents, facet, value, rare)
            facets[facet][value] = FacetCount(
                sum(score.passes(facet, frozenset([value]), each) for each in counted),
                sum(value in each.explicit.get(facet, ()) for each in counted),
            )
    return facets


def _counted(query, documents, facet, value, rare):
    return [each for each in documents if score.counts_towards(query, each, facet, value, rare)]


def suggestions(prefix: str, limit: int, documents: list[Document]) -> list[Suggestion]:
    """What every engine must suggest: records in which each of the first eight words typed begins a
    word of the title or of the provider, the shortest title first, then by title and reference.

    Words of titles are whole, those of providers are stems, so that a word typed may begin either as
    it stands or as its stem.
    """
    typed = [(word, stem(word)) for word in split(prefix)[:8]]
    found = []
    for each in documents if typed else ():
        held = [*split(each.title), *each.words.get("provider", ())]
        if each.title and all(any(word.startswith(begin) for word in held) for begin in typed):
            found.append(each)
    found.sort(key=lambda each: (len(each.title), each.title, each.ref))
    return [Suggestion(each.title, each.ref) for each in found[: max(limit, 0)]]


VALUES = {
    "kind": ["service", "school", "handbook", "guide"],
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
MARKED = {"mainly": VALUES["need"], "audience": ["family", "young", "professional"]}
MARKED |= {"titled": VALUES["need"], "tells": ["wait", "steps", "book", "young"]}
WORDS = ["sleep", "eat", "autism", "help", "club", "friend", "school", "parent", "night", "ภาษา", "ot"]
STRANGE_WORDS = ["क्षत्रिय", "żółw", "日本語", "𝒳𝒴", "مرحبا", "x" * 40, "2e", "or", "and", "near"]
TITLES = ["Sleep clinic", "Sleeping well", "Ώρα ύπνου", "Żółw", "O'Brien's club", "日本語 school", "", "A"]
PROVIDERS = [(), ("herts", "council"), ("sleep", "chariti"), ("ภาษา",), ("żółw", "a")]
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
    for mark, values in MARKED.items():
        explicit[mark] = frozenset(value for value in values if chance.random() < 0.4)
    places = chance.choice([0, 0, 1, 1, 2])
    helpline = chance.random() < 0.08
    return Document(
        ref=f"service:{number}",
        kind=chance.choice(["service", "service", "service", "school", "guide", "handbook"]),
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


def some_directory(chance: random.Random, size: int) -> list[Document]:
    """Records of every kind in no order: strange references and words, empty fields, titles that tie,
    places a metre inside and outside the bands round the places that `some_query` asks about."""
    made = []
    for number in range(1, size + 1):
        each = some_document(chance, number)
        if chance.random() < 0.3:
            ref = chance.choice(
                ["page:{}", "service:0{}", "Ünit {}", "日:{}", "😀{}", "a%_'\"\\{}", "Z{}", "{}"]
            )
            each = replace(each, ref=ref.format(number))
        if chance.random() < 0.2:
            words = {name: tuple(chance.choices(STRANGE_WORDS, k=3)) for name in FIELDS}
            each = replace(each, words=chance.choice([{}, {"summary": ("sleep",) * 9}, words]))
        if chance.random() < 0.5:
            words = {**each.words, "provider": chance.choice(PROVIDERS)}
            each = replace(each, title=chance.choice(TITLES), words=words)
        if chance.random() < 0.15:
            north = degrees((chance.choice([CLOSE, NEARBY]) + chance.choice([-1, 1])) / EARTH)
            where = (51.5 + chance.randint(0, 12) * 0.04 + north, -0.6 + chance.randint(0, 12) * 0.06)
            each = replace(each, points=(*each.points, where))
        made.append(each)
    chance.shuffle(made)
    return made


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
        words=tuple(
            chance.choices([*WORDS, *RARE, *STRANGE_WORDS, "absent"], k=chance.choice([0, 1, 2, 3, 40]))
        ),
        needs=frozenset(chance.sample(VALUES["need"], chance.choice([0, 0, 1, 2, 4]))),
        near_needs=frozenset(chance.sample(VALUES["need"], chance.choice([0, 0, 0, 1, 2]))),
        family=chance.random() < 0.3,
        background=frozenset(chance.sample(VALUES["need"], chance.choice([0, 0, 0, 1, 2]))),
        voice=frozenset(chance.sample(MARKED["audience"], chance.choice([0, 1, 1, 2]))),
        wanted=frozenset(chance.sample([*VALUES["category"], "absent"], chance.choice([0, 0, 1, 2]))),
        local=chance.random() < 0.2,
        elsewhere=chance.random() < 0.03,
        filters=filters,
        spot=spot,
        within=chance.choice([None, 5000, 20000, int(CLOSE)]),
        sort=chance.choice(["fit", "fit", "distance"]),
        schools=chance.random() < 0.3,
        to_read=chance.random() < 0.3,
        tells=frozenset(chance.sample(MARKED["tells"], chance.choice([0, 0, 1, 2]))),
        page=chance.choice([1, 1, 1, 2, 3, 9]),
        size=chance.choice([20, 20, 3]),
    )

"""Made-up directories of any size, and lines such as families type, always the same for a seed.

Records say what real ones say: words in the proportions of the demo's own, needs by the dozen, ages
as ranges, areas that overlap, and silence about much of it.
"""

import csv
import random
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from search.query import Document, Query, Spot
from search.tokens import tokens

DEMO = Path(__file__).resolve().parent.parent / "directory" / "demo"
LENGTHS = {
    "title": (3, 7),
    "provider": (2, 5),
    "needs": (4, 14),
    "summary": (8, 18),
    "description": (30, 110),
}
"""Words in each field, from and to."""
RARE_WORDS = 20_000
"""Names of people, streets and groups, each of them in few records."""
OTHER_WORDS = 8_000
OTHER_SHARE = 0.85
"""A large directory has many words that the demo has not: how many, and how much of its text they
are. Set so that a family's line matches about a tenth of the records."""

AREAS = [f"district-{number}" for number in range(10)] + [f"dspl-{number}" for number in range(9)]
ACCESS = [f"access-{number}" for number in range(14)]
LANGUAGES = [f"language-{number}" for number in range(12)]
CATEGORIES = [f"category-{number}" for number in range(10)]
SIMPLE = {
    "diagnosis": ["not-needed", "waiting", "needed"],
    "referral": ["self", "parent", "school", "gp", "professional"],
    "contact": ["no-phone", "phone", "email", "form", "text", "chat", "drop-in"],
    "cost": ["free", "some-free", "paid"],
    "reach": ["place", "online", "phone", "county"],
    "when": ["evening", "weekend", "holidays"],
}


class Directory:
    """A source of documents and lines. One seed and size always give the same."""

    def __init__(self, seed: int = 2026):
        self.seed = seed
        with open(DEMO / "need_words.csv", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        self.phrases: dict[str, list[tuple[str, ...]]] = {}
        for row in rows:
            self.phrases.setdefault(row["need"], []).append(tokens(row["word"]))
        self.needs = sorted(self.phrases)
        counted = Counter(token for text in _texts() for token in tokens(text))
        for phrases in self.phrases.values():
            counted.update(token for phrase in phrases for token in phrase)
        self.words = [word for word, _ in counted.most_common()]
        self.weights = [count for _, count in counted.most_common()]

    def documents(self, size: int) -> Iterator[Document]:
        chance = random.Random(self.seed)
        others = [f"other{number}" for number in range(OTHER_WORDS)]
        falling = [1 / (number + 5) for number in range(OTHER_WORDS)]
        known = chance.choices(self.words, self.weights, k=400_000)
        other = chance.choices(others, falling, k=400_000)
        stock = [
            theirs if chance.random() < OTHER_SHARE else ours
            for ours, theirs in zip(known, other, strict=True)
        ]
        for number in range(1, size + 1):
            yield self._document(chance, stock, number)

    def _document(self, chance: random.Random, stock: list[str], number: int) -> Document:
        school = chance.random() < 0.1
        helpline = chance.random() < 0.01
        needs = frozenset(chance.sample(self.needs, chance.randint(1, 4)))
        text = {}
        for name, (least, most) in LENGTHS.items():
            start = chance.randrange(len(stock) - most)
            text[name] = stock[start : start + chance.randint(least, most)]
        text["title"] = [*text["title"], f"name{chance.randrange(RARE_WORDS)}"]
        text["needs"] = [token for need in sorted(needs) for token in chance.choice(self.phrases[need])]
        explicit, fits = _facts(chance, needs, school)
        placed = chance.random() < 0.7
        return Document(
            ref=f"service:{number}",
            kind="school" if school else "service",
            words={name: tuple(held) for name, held in text.items()},
            fits={} if helpline else fits,
            explicit=explicit,
            points=((51.6 + chance.random() * 0.45, -0.72 + chance.random() * 0.9),) if placed else (),
            anywhere=chance.random() < 0.2,
            helpline=helpline,
            checked=chance.random() < 0.5,
            open=chance.random() < 0.9,
            title=" ".join(text["title"]),
        )

    def queries(self, count: int) -> list[Query]:
        """Lines of three to five words about one need, with its need, an age, a district and a place."""
        chance = random.Random(self.seed + 1)
        made: list[Query] = []
        while len(made) < count:
            need = chance.choice(self.needs)
            line: list[str] = []
            for phrase in chance.sample(self.phrases[need], min(4, len(self.phrases[need]))):
                line += [token for token in phrase if token not in line]
            if len(line) < 3:
                continue
            district = chance.randrange(10)
            made.append(
                Query(
                    words=tuple(line[: chance.randint(3, 5)]),
                    needs=frozenset([need]),
                    filters={
                        "age": frozenset([str(chance.randint(2, 18))]),
                        "area": frozenset([AREAS[district]]),
                        "need": frozenset([need]),
                    },
                    spot=Spot(51.65 + chance.random() * 0.3, -0.6 + chance.random() * 0.6, "here"),
                )
            )
        return made


def _facts(chance: random.Random, needs: frozenset[str], school: bool):
    explicit = {
        "kind": frozenset(["school" if school else "service"]),
        "category": frozenset(["school" if school else chance.choice(CATEGORIES)]),
        "need": needs,
        "phase": frozenset([chance.choice(["nursery", "primary", "secondary"])] if school else []),
    }
    fits = dict(explicit)
    if chance.random() < 0.25:
        del fits["need"]  # open to any need
    if chance.random() < 0.7:
        youngest = chance.randint(0, 16)
        years = range(youngest, min(youngest + chance.randint(3, 20), 26))
        explicit["age"] = fits["age"] = frozenset(map(str, years))
    if chance.random() < 0.7:
        explicit["area"] = frozenset(chance.sample(AREAS, chance.randint(1, 4)))
        explicit["gp"] = frozenset(chance.sample(["half-1", "half-2"], 1))
        if chance.random() < 0.6:
            fits |= {"area": explicit["area"], "gp": explicit["gp"]}
    for facet, values in SIMPLE.items():
        said = frozenset(chance.sample(values, chance.randint(0, min(3, len(values)))))
        if said:
            explicit[facet] = said
            if chance.random() < 0.5:
                fits[facet] = said
    for facet, values in (("access", ACCESS), ("language", LANGUAGES)):
        if chance.random() < 0.3:
            explicit[facet] = frozenset(chance.sample(values, chance.randint(1, 4)))
            fits[facet] = frozenset(chance.sample(values, 6)) | explicit[facet]
    if chance.random() < 0.8:
        explicit["open"] = frozenset(["yes"])
    return explicit, fits


def _texts() -> Iterator[str]:
    """The demo's own sentences, whose words are as common here as there."""
    for path in sorted(DEMO.glob("services_*.toml")):
        for service in tomllib.loads(path.read_text(encoding="utf-8")).get("service", []):
            for value in service.values():
                if isinstance(value, str) and re.search(r"\w \w", value):
                    yield value
                elif isinstance(value, list):
                    yield from (each for each in value if isinstance(each, str) and " " in each)

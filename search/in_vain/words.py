"""Which words of a line may be kept: those that can hardly be a name, an address or a cry for help.

Pure: a line and what is known in, words out.
"""

from collections.abc import Callable, Iterable
from functools import cache
from itertools import zip_longest
from pathlib import Path

from search.reading import Vocabulary
from search.tokens import SOFT, STOP, split, stem

MOST_WORDS = 5
"""Words of one line that count."""
SHORTEST, LONGEST = 3, 30
FIRST_NAMES = Path(__file__).with_name("first_names.txt")

BEFORE_NAMES = frozenset(
    split(
        """
        called named name names surname mr mrs miss ms dr mum mummy dad daddy nan grandad son daughter
        child kid boy girl baby brother sister twin twins
        """
    )
)
STREETS = frozenset(
    split("road rd street st avenue ave close lane drive way gardens crescent court terrace grove")
)
TELLS_NOTHING = STOP | BEFORE_NAMES | STREETS


def may_be_kept(
    line: str, unknown: Iterable[str], known: Vocabulary, is_name: Callable[[str], bool]
) -> tuple[str, ...]:
    """Those of the unknown words of a line that can hardly be a name, an address or a cry for help.

    A word with a capital may be a name; in scripts without capitals nobody can tell, so those words
    are left out with them.
    """
    if "@" in line or "://" in line or "www." in line.lower():
        return ()
    unknown, kept = set(unknown), {}
    parts = line.replace("’", "'").split()
    before = ""
    for part, after in zip_longest(parts, parts[1:], fillvalue=""):
        words = split(part)
        lead, before = before, words[-1] if words else before
        if not part.islower() or "'s" in part or any(letter.isdigit() for letter in part):
            continue
        if lead in BEFORE_NAMES or STREETS & set(split(after)):
            continue
        for word in words:
            if word in unknown and _ordinary(word, known) and not is_name(word):
                kept[word] = True
    return tuple(kept)[:MOST_WORDS]


def _ordinary(word: str, known: Vocabulary) -> bool:
    return (
        SHORTEST <= len(word) <= LONGEST
        and word.isalpha()
        and word not in TELLS_NOTHING
        and stem(word) not in SOFT
        and (word,) not in known.places
        and word not in known.crisis_words
        and not known.slips(word)
    )


@cache
def _first_names() -> frozenset[str]:
    return frozenset(split(FIRST_NAMES.read_text(encoding="utf-8")))


def is_name(word: str) -> bool:
    """Whether a folded word is a first name that many children have, or its plural ("ellas")."""
    return word in _first_names() or word.removesuffix("s") in _first_names()

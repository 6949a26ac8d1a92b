"""Slips of the finger put right: pure, without Django.

A wrong correction is worse than none, so a word is left alone unless nobody could have meant it: it is
not in the directory, nor in `english.txt` or `names.txt`. What it may become is always a word that leads
somewhere: one of the directory's, of the need vocabulary's or a place.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from .tokens import stem

SHORTEST = 4
"""Letters of the shortest word that is corrected, and of the shortest that it may become."""
LONG = 6
"""From so many letters on, two slips are put right, and a first letter that is wrong."""
LONG_PLACE = 9
"""A place is two slips away from so many letters on: "netball" is not Newhall."""
LONG_NAME = 7
"""A name is a target from so many letters on: shorter ones are too near to other people's names."""
ALPHABET = "abcdefghijklmnopqrstuvwxyz"
ENGLISH = Path(__file__).with_name("english.txt")
NAMES = Path(__file__).with_name("names.txt")
FIRST_NAMES = Path(__file__).parent / "in_vain" / "first_names.txt"


@cache
def english() -> frozenset[str]:
    """Stems of ordinary English words, American spelling among them."""
    return frozenset(ENGLISH.read_text(encoding="ascii").split())


def is_english(word: str) -> bool:
    return word in english() or stem(word) in english()


@cache
def names_elsewhere() -> frozenset[str]:
    """People, towns and countries, shops, makers and programmes: folded, none of them English."""
    return frozenset(f"{NAMES.read_text(encoding='ascii')} {FIRST_NAMES.read_text(encoding='ascii')}".split())


def is_name(word: str) -> bool:
    return word in names_elsewhere() or word.removesuffix("s") in names_elsewhere()


class Speller:
    """Corrects one folded word at a time; it keeps nothing of what it is asked.

    `words` weighs the words of the directory and the need vocabulary: the heavier wins a tie.
    `names` are never corrected and only become targets when they are long, or short and typed with their
    letters in another order; `places` and `acronyms` are
    never corrected and are targets. `alarms` are words of crisis: never corrected, never a target, and a
    slip that may be one of them stays as it was typed.
    """

    def __init__(
        self,
        words: Mapping[str, int],
        *,
        names: Collection[str] = (),
        places: Collection[str] = (),
        acronyms: Collection[str] = (),
        alarms: Collection[str] = (),
    ):
        names, places, alarms = frozenset(names), frozenset(places), frozenset(alarms)
        short = {*acronyms, *(word for word in names if _is_plain(word) and len(word) < LONG)} - alarms
        self.acronyms = tuple(sorted(word for word in short if len(word) >= SHORTEST))
        self.weights = dict.fromkeys([*names, *places, *acronyms], 1) | dict(words)
        self.known = frozenset({*self.weights, *alarms})
        self.stems = frozenset(map(stem, self.known.difference(acronyms)))
        self.alarms = alarms
        self.places = places
        only_names = names - places - frozenset(acronyms)
        self.buckets: dict[tuple[str, int], list[str]] = {}
        for word in sorted(self.weights):
            if not _is_plain(word) or word in alarms:
                continue
            if len(word) >= (LONG_NAME if word in only_names else SHORTEST):
                self.buckets.setdefault((word[0], len(word)), []).append(word)
        self.names = only_names

    def correct(self, word: str) -> str | None:
        """What a folded word was meant to be, or None to leave it as it is."""
        if not _is_plain(word) or len(word) < SHORTEST:
            return None
        if word in self.known or stem(word) in self.stems or is_english(word) or is_name(word):
            return None
        found = self._found(word)
        if not found:
            return None
        distance, target = found
        if self._may_be_else(word, distance):
            return None
        return target

    def _found(self, word: str) -> tuple[int, str] | None:
        """(distance, target) of the likeliest word: letters left out or swapped come before wrong ones."""
        short = len(word) < LONG
        rows = [
            (distance, not _all_there(word, target), -self.weights[target], target)
            for target, distance in self._near(word, 1 if short else 2)
            if self._is_likely(word, target, distance)
        ]
        if not rows and (acronym := self._acronym(word)):
            return 1, acronym
        if len(word) > SHORTEST and not any(row[0] == 1 for row in rows):
            rows += [
                (1, not _all_there(word, target), -self.weights[target], target)
                for first in ALPHABET
                if first != word[0]
                for target, _ in self._in(word, first, 1)
                # A letter too many in front makes another word: "iphone", "ebook".
                if target[1:] == word or (not short and target != word[1:] and target not in self.names)
            ]
        if not rows:
            return None
        distance, _, _, target = min(rows)
        return distance, target

    def _near(self, word: str, most: int) -> list[tuple[str, int]]:
        found = self._in(word, word[0], most)
        if word[1] != word[0]:
            swapped = word[1] + word[0] + word[2:]
            found += [(target, distance) for target, distance in self._in(word, word[1], most)
                      if target[:2] == swapped[:2]]  # fmt: skip
        return found

    def _in(self, word: str, first: str, most: int) -> list[tuple[str, int]]:
        """Words beginning with a letter that are so many slips away at most, with how many."""
        return [
            (target, distance)
            for length in range(len(word) - most, len(word) + most + 1)
            if (bucket := self.buckets.get((first, length)))
            for target, distance, _ in process.extract(
                word, bucket, scorer=OSA.distance, score_cutoff=most, limit=None
            )
        ]

    def _is_likely(self, word: str, target: str, distance: int) -> bool:
        if target in self.names:
            return distance == 1 and target[0] == word[0]
        if len(word) == SHORTEST and len(target) <= SHORTEST:
            # So short a word has neighbours everywhere ("lego", "legs"): its letters must all be there.
            return sorted(word) == sorted(target)
        if target in self.places:
            return distance == 1 or len(target) >= LONG_PLACE
        return distance == 1 or len(word) > LONG or _all_there(word, target)

    def _acronym(self, word: str) -> str | None:
        """ "ahdh": the letters of an acronym or a short name, in another order."""
        return next(
            (
                each
                for each in self.acronyms
                if each[0] == word[0] and _same_letters(word, each) and OSA.distance(word, each) <= 2
            ),
            None,
        )

    def _may_be_else(self, word: str, distance: int) -> bool:
        """Whether a word of crisis is as near, or an English word that leads nowhere is nearer."""
        if any(OSA.distance(word, each, score_cutoff=distance) <= distance for each in self.alarms):
            return True
        return distance > 1 and any(_one_slip_from_english(each) for each in {word, stem(word)})


def own_slips(
    words: Mapping[str, int], firm: Collection[str], needs: Mapping[str, Collection[str]]
) -> set[str]:
    """Words of a vocabulary that are themselves slips, listed so that they lead somewhere ("autsim").

    `words` weighs them, `firm` ones are none, `needs` says where they lead. One is a slip when it is not
    English, leads where a heavier word leads, and one letter before the last parts the two; of a short
    form, when it holds the same letters in another order (so "audhd" is none).
    """
    buckets: dict[str, list[str]] = {}
    for word in sorted(words):
        if len(word) >= SHORTEST and _is_plain(word):
            buckets.setdefault(word[0], []).append(word)
    return {
        word
        for bucket in buckets.values()
        for word in bucket
        if word in needs and word not in firm and not is_english(word)
        for other, distance, _ in process.extract(
            word, bucket, scorer=OSA.distance, score_cutoff=2, limit=None
        )
        if (words[other] > words[word] or is_english(other))
        and not set(needs[word]).isdisjoint(needs.get(other, ()))
        and _is_slip_of(word, other, distance)
    }


def _is_slip_of(word: str, other: str, distance: int) -> bool:
    if min(len(word), len(other)) <= SHORTEST:
        return not is_english(other) and _same_letters(word, other)
    # "dyspraxic" and "dyspraxia" are both right.
    return distance == 1 and word[-1] == other[-1]


def _same_letters(one: str, other: str) -> bool:
    return len(one) == len(other) and set(one) == set(other)


def _all_there(word: str, target: str) -> bool:
    """Whether every letter typed is in the word that was meant."""
    return not Counter(word) - Counter(target)


def _is_plain(word: str) -> bool:
    return word.isascii() and word.isalpha()


def _one_slip_from_english(word: str) -> bool:
    """Tried by making every slip: there are far fewer of them than of English words."""
    known = english()
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        if tail and head + tail[1:] in known:
            return True
        if len(tail) > 1 and head + tail[1] + tail[0] + tail[2:] in known:
            return True
        for letter in ALPHABET:
            if head + letter + tail in known or (tail and head + letter + tail[1:] in known):
                return True
    return False

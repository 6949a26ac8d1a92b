"""Needs in a line: the longest phrase first, words of grammar skipped, conditions ruled out."""

from collections.abc import Sequence
from typing import NamedTuple

from ..tokens import SOFT, split
from .lexicon import CLOSE, NEED, PLAIN, Phrase, Vocabulary

RULING = frozenset(split("not no isnt arent wasnt without never hasnt havent nor non"))
"""Words that rule out a condition after them; "can't" and "won't" tell of a sign instead."""
LACKING = frozenset(split("no without hasnt havent"))
"""Words of these that also say what a family misses ("no respite"): they rule out conditions only."""
HAVING = frozenset(split("doesnt dont didnt"))
"""Words that rule out only with "have" or "got" after them."""
BETWEEN = frozenset(
    split(
        """
        a an the any got have had has been is be being diagnosed with about for his her my
        actually really necessarily autistic
        """
    )
)
NOT_AFTER = frozenset(split("just only sure yet always"))
WANTED = frozenset(
    split(
        """
        support group groups club clubs friendly diagnosis assessment assessments service services
        provision unit help
        """
    )
)
"""After "no autism ...": what the family misses, so autism still counts."""
PAPERS = frozenset(split("ehcp ehc ehcps echp plan label"))
"""Papers that a child may have or not: ruled out like a condition."""


class Match(NamedTuple):
    start: int
    stop: int
    size: int
    """Words of the phrase."""
    phrases: tuple[Phrase, ...]
    at: tuple[int, ...]
    """Positions of its words."""


def matches(
    words: Sequence[str],
    stems: Sequence[str],
    marks: Sequence[int],
    plain: Sequence[int],
    content: Sequence[int],
    taken: frozenset[int] | set[int],
    every: int,
    known: Vocabulary,
) -> list[Match]:
    """Phrases that lead somewhere, none overlapping; `plain` and `content` are positions of words."""
    context = _Context(words, stems, content, taken)
    found: list[Match] = []
    if every & PLAIN:
        _along(stems, marks, plain, PLAIN, known.plain, known.longest, context, found)
    mixed = bool(found)
    if every & NEED:
        _along(stems, marks, content, NEED, known.content, known.longest, context, found)
    if mixed and len(found) > 1:
        found.sort(key=lambda match: (match.start, -match.size))
        kept, end = [], -1
        for match in found:
            if match.start > end:
                kept.append(match)
                end = match.stop
        found = kept
    if every & CLOSE:
        _close_by(stems, marks, content, known, found)
    return found


def _along(stems, marks, order, mark, table, longest, context, found) -> None:
    """The longest phrase at every word of one order of the line."""
    k, count = 0, len(order)
    cuts = stems if count == len(stems) else [stems[at] for at in order]
    while k < count:
        if not marks[order[k]] & mark:
            k += 1
            continue
        for length in range(min(longest.get(cuts[k], 0), count - k), 0, -1):
            phrases = table.get(tuple(cuts[k : k + length]))
            if phrases is None:
                continue
            at = tuple(order[k : k + length])
            for phrase in phrases:
                if phrase.context:
                    phrases = tuple(
                        each for each in phrases if not each.context or context.fits(each.context, at)
                    )
                    break
            if phrases:
                found.append(Match(at[0], at[-1], length, phrases, at))
                k += length
                break
        else:
            k += 1


class _Context:
    """Whether words that a phrase asks for stand in the line: made only when one asks."""

    def __init__(self, words, stems, content, taken):
        self.words, self.stems, self.content, self.taken = words, stems, content, taken
        self.kinds: frozenset[str] | None = None
        self.telling = 0

    def fits(self, wanted: frozenset[str], at: tuple[int, ...]) -> bool:
        if self.kinds is None:
            self.kinds = frozenset(self.stems)
            self.telling = sum(1 for each in self.content if self.stems[each] not in SOFT)
        # Alone, or beside an age, a place and words that say little, a short form is itself.
        own = sum(1 for each in at if each not in self.taken and self.stems[each] not in SOFT)
        return not wanted.isdisjoint(self.kinds) or self.telling <= own


def _close_by(stems, marks, content, known: Vocabulary, found: list[Match]) -> None:
    """Phrases whose words stand close together in another order ("school ... refuse")."""
    used: set[int] = set()
    kinds = None
    for k, at in enumerate(content):
        if not marks[at] & CLOSE:
            continue
        if kinds is None:
            kinds = {stems[each] for each in content}
            used = {each for match in found if match.size > 1 for each in match.at}
        for wanted, phrases in known.close.get(stems[at], ()):
            if wanted <= kinds:
                reach = len(wanted) + 1
                near = {stems[each]: each for each in content[max(0, k - reach) : k + reach + 1]}
                if wanted <= near.keys():
                    where = tuple(sorted(near[each] for each in wanted))
                    if used.isdisjoint(where):
                        used.update(where)
                        found.append(Match(where[0], where[-1], len(where), phrases, where))


def ruled_out(words: Sequence[str], match: Match, known: Vocabulary, claimed: set[int]) -> int | None:
    """Where the word stands that rules this phrase out, or None."""
    at = match.start - 1
    while at >= 0 and match.start - at < 5 and words[at] in BETWEEN:
        at -= 1
    if at < 0 or at in claimed:
        return None
    word = words[at]
    if word in HAVING:
        if words[at + 1] not in ("have", "got", "has"):
            return None
    elif word not in RULING:
        return None
    if words[at + 1] in NOT_AFTER:
        return None
    after = words[match.stop + 1] if match.stop + 1 < len(words) else ""
    if word in LACKING and after in WANTED and not PAPERS & set(words[match.start : match.stop + 1]):
        return None
    return at


def can_be_ruled_out(phrase: Phrase, words: Sequence[str], by: str, known: Vocabulary) -> bool:
    if phrase.kind not in ("named", "professional"):
        return False
    if by in LACKING and known.ruled_out is not None:
        return phrase.need in known.ruled_out or not PAPERS.isdisjoint(words)
    return True

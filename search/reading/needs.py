"""Needs in a line: the longest phrase first, words of grammar skipped, conditions ruled out."""

from collections.abc import Sequence, Set
from operator import itemgetter
from typing import NamedTuple

from ..tokens import SOFT, split
from .lexicon import END, Branch, Ending, Phrase, Vocabulary

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
CONDITIONS = frozenset(
    split("adhd add autism autistic asd asc dyslexia dyspraxia dcd dld ocd pda epilepsy fasd odd disability")
)
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


def walk(stems: Sequence[str], root: Branch) -> list[tuple[int, int, Ending]]:
    """(first, last, what they say) of every run of words that the tree knows, in order."""
    found = []
    count = len(stems)
    for first, cut in enumerate(stems):
        branch = root.get(cut)
        last = first
        while branch is not None:
            if END in branch:
                found.append((first, last, branch[END]))
            last += 1
            if last == count:
                break
            branch = branch.get(stems[last])
    return found


def matches(ways: Sequence[tuple], stems: Sequence[str], bare: Sequence[str], taken: set[int]) -> tuple:
    """Phrases that lead somewhere, none overlapping, the longest at every word; and (flags, positions) of
    all that asks something of a service.

    Each way is (ends that `walk` found, positions of the words it walked along). `bare` are the stems of
    content; no phrase holds a word of `taken`.
    """
    candidates, asking = [], []
    for ends, order in ways:
        for first, last, ending in ends:
            if ending.phrases:
                candidates.append((order[first], first - last, order[last], ending, order, first, last))
            if ending.flags:
                asking.append((ending.flags, order[first : last + 1]))
    context = None
    if len(candidates) > 1:
        candidates.sort(key=_longest_first)
    found, end = [], -1
    for start, _, stop, ending, order, first, last in candidates:
        if start <= end:
            continue
        at, phrases = tuple(order[first : last + 1]), ending.phrases
        if taken and not taken.isdisjoint(at):
            continue
        if ending.asks:
            context = context or Context(stems, bare)
            phrases = tuple([each for each in phrases if not each.context or context.fits(each.context, at)])
        if phrases:
            found.append(Match(start, stop, len(at), phrases, at))
            end = stop
    return found, asking


_longest_first = itemgetter(0, 1)


class Context:
    """Whether words that a phrase asks for stand in the line: made only when one asks."""

    __slots__ = ("kinds", "telling")

    def __init__(self, stems: Sequence[str], content: Sequence[str]):
        self.kinds = frozenset(stems)
        self.telling = sum([each not in SOFT for each in content])

    def fits(self, wanted: frozenset[str], at: tuple[int, ...]) -> bool:
        # Alone, or beside an age, a place and words that say little, a short form is itself.
        return not wanted.isdisjoint(self.kinds) or self.telling <= len(at)


def close_by(
    stems: Sequence[str], content: Sequence[int], known: Vocabulary, found: list[Match], left_out: set[int]
) -> None:
    """Adds phrases whose words stand close together in another order ("school ... refuse"), but
    for the positions left out."""
    close, used, kinds = known.close, None, None
    for k, at in enumerate(content):
        if stems[at] not in close:
            continue
        if used is None:
            used = {each for match in found if match.size > 1 for each in match.at} | left_out
            kinds = {stems[each] for each in content}
        if at in used:
            continue
        for others, phrases in close[stems[at]]:
            if others[0] not in kinds:
                continue
            reach = len(others) + 1
            near = {stems[each]: each for each in content[max(0, k - reach) : k + reach + 1]}
            where = [near[each] for each in others if each in near]
            if len(where) == len(others) and used.isdisjoint(where):
                where = sorted([at, *where])
                used.update(where)
                found.append(Match(where[0], where[-1], len(where), phrases, tuple(where)))
                break


def ruled_out(words: Sequence[str], match: Match, claimed: Set[int]) -> int | None:
    """Where the word stands that rules this phrase out, or None. A word in `claimed` is part of a phrase."""
    at = match.start - 1
    while at >= 0 and match.start - at < 5 and words[at] in BETWEEN:
        at -= 1
    if at < 0 or words[match.start] in RULING:
        return None
    word, following = words[at], words[at + 1]
    if word in HAVING:
        if following not in ("have", "got", "has"):
            return None
    elif word not in RULING or following in NOT_AFTER:
        return None
    if at in claimed:
        return None
    if (
        word in LACKING
        and not WANTED.isdisjoint(words[match.start : match.stop + 2])
        and PAPERS.isdisjoint(words[match.start : match.stop + 1])
    ):
        return None
    return at


def can_be_ruled_out(phrase: Phrase, words: Sequence[str], match: Match, by: int, known: Vocabulary) -> bool:
    if phrase.kind not in ("named", "professional"):
        return False
    if words[by] in LACKING and known.ruled_out is not None:
        said = words[match.start : match.stop + 1]
        return phrase.need in known.ruled_out or not (CONDITIONS | PAPERS).isdisjoint(said)
    return True


def undiagnosed(words: Sequence[str], match: Match) -> tuple[int, ...]:
    """Positions of "no ... diagnosis" around a condition ("no autism diagnosis"), or nothing."""
    first, last = match.start - 1, match.stop + 1
    if words[match.stop] == "diagnosis" and match.size > 1:
        last = match.stop
    ends = first >= 0 and last < len(words) and words[last] in ("diagnosis", "diagnosed")
    while ends and first > 0 and words[first] in BETWEEN:
        first -= 1
    return (first, last) if ends and first >= 0 and words[first] in RULING | HAVING else ()

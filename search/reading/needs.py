"""Needs in a line: the longest phrase first, words of grammar skipped, conditions ruled out."""

from collections.abc import Sequence, Set
from operator import itemgetter

from ..tokens import SOFT, split
from .lexicon import Vocabulary
from .line import Line
from .named import Said
from .tree import ASKS, FLAGS, Phrase, Run

RULING = frozenset(split("not no isnt arent wasnt without never hasnt havent nor non"))
"""Words that rule out a condition after them; "can't" and "won't" tell of a sign instead."""
LACKING = frozenset(split("no without hasnt havent"))
"""Words of these that also say what a family misses ("no respite"): they rule out conditions only."""
HAVING = frozenset(split("doesnt dont didnt"))
"""Words that rule out only with "have" or "got" after them."""
RULERS = RULING | HAVING
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


NONE: frozenset[str] = frozenset()


def matches(
    line: Line, gaps: Sequence[Run], content: Sequence[int], taken: Set[int], named: Sequence[Said]
) -> tuple[list[Run], list[tuple]]:
    """Phrases that lead somewhere, none overlapping, the longest at every word; and (flags, positions) of
    all that asks something of a service.

    `gaps` are runs that other words stand between. No phrase holds a word of `taken`, or only a part of
    a name.
    """
    runs, asking = line.runs, []
    if line.says & FLAGS:
        asking = [(run[4].flags, run[2]) for run in runs if run[4].flags and taken.isdisjoint(run[2])]
    if gaps:
        asking += [(run[4].loose_flags, run[2]) for run in gaps if run[4].loose_flags]
        runs = sorted([*runs, *gaps], key=_longest_first)
    closed = [frozenset(said.at) for said in named if not said.name.common] if named else ()
    found, reached, stems = [], -1, NONE
    words = line.words
    for run in runs:
        start, less, at, phrases, ending = run
        if not phrases or start <= reached or (taken and not taken.isdisjoint(at)):
            continue
        if closed and any(span.issuperset(at) and len(span) > len(at) for span in closed):
            continue
        if words[start] in TALKING and not less and _talks(words, start):
            continue
        if ending[0] & ASKS:
            stems = stems or frozenset(map(STEM, line.entries))
            phrases = [
                each
                for each in phrases
                if not (each.context and each.context.isdisjoint(stems)) or _alone(at, line, content)
            ]
            run = (start, less, at, phrases, ending)
        if phrases:
            reached = at[-1]
            found.append(run)
    return found, asking


_longest_first = itemgetter(0, 1)
STEM = itemgetter(0)
"""The stem of an entry."""


def _talks(words: Sequence[str], at: int) -> bool:
    """Whether this is talk with somebody, not speech: "who can I talk to", "talk on the phone"."""
    return at + 1 < len(words) and words[at + 1] in TALKING_BESIDE


TALKING = frozenset(split("talk talking speak speaking"))
TALKING_BESIDE = frozenset(split("to with on over about by"))


def _alone(at: Sequence[int], line: Line, content: Sequence[int]) -> bool:
    """Whether nothing stands beside these words but an age, a place and words that say little: then a
    short form is itself, whatever it asks for."""
    return all(each in at or line.entries[each][0] in SOFT for each in content)


def close_by(
    line: Line, content: Sequence[int], known: Vocabulary, found: Sequence[Run], left_out: Set[int]
) -> Sequence[Run]:
    """Those found, and phrases whose words stand close together in another order ("school ... refuse"),
    but for the positions left out."""
    entries, close = line.entries, known.close
    free, marks, wanted = [], 0, 0
    for at in content:
        if at not in left_out:
            _, mark, _, _, _, want = entries[at]
            free.append(at)
            marks |= mark
            wanted |= want
    if not wanted & marks:
        return found
    used = set(left_out)
    stems = [entries[at][0] for at in free]
    added: list = []
    order: dict[int, int] = {}
    for k, first in enumerate(free):
        if not entries[first][5] & marks:
            continue
        options, around = close[stems[k]], stems[max(0, k - FARTHEST) : k + FARTHEST + 1]
        if options.keys().isdisjoint(around):
            continue
        for others, phrases in [each for second in around for each in options.get(second, ())]:
            reach = len(others) + 1
            order = order or {at: number for number, at in enumerate(content)}
            near = {
                entries[at][0]: at
                for at in free[max(0, k - reach) : k + reach + 1]
                if at not in used and abs(order[at] - order[first]) <= reach
            }
            where = [near[each] for each in others if each in near]
            if len(where) == len(others) and first not in used:
                where = sorted([first, *where])
                used.update(where)
                added.append((where[0], -len(others), where, phrases, None))
    return [*found, *added] if added else found


FARTHEST = 5
"""Words between which a phrase in another order may lie."""


def ruled_out(words: Sequence[str], match: Run, claimed: Set[int]) -> int | None:
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


def can_be_ruled_out(phrase: Phrase, words: Sequence[str], match: Run, by: int, known: Vocabulary) -> bool:
    if phrase.kind not in ("named", "professional"):
        return False
    if words[by] in LACKING and known.ruled_out is not None:
        said = words[match.start : match.stop + 1]
        return phrase.need in known.ruled_out or not (CONDITIONS | PAPERS).isdisjoint(said)
    return True


def undiagnosed(words: Sequence[str], match: Run) -> tuple[int, ...]:
    """Positions of "no ... diagnosis" around a condition ("no autism diagnosis"), or nothing."""
    first, last = match.start - 1, match.stop + 1
    if words[match.stop] == "diagnosis" and len(match.at) > 1:
        last = match.stop
    ends = first >= 0 and last < len(words) and words[last] in ("diagnosis", "diagnosed")
    while ends and first > 0 and words[first] in BETWEEN:
        first -= 1
    return (first, last) if ends and first >= 0 and words[first] in RULING | HAVING else ()

"""A place in a line of folded words: a postcode, a name, or the wish for somewhere near."""

import re
from collections.abc import Sequence, Set

from ..tokens import split
from .lexicon import Vocabulary

LEADS = frozenset(split("in near at around by from nr outside towards"))
POSTCODE = re.compile(r"^([a-z]{1,2}[0-9][0-9a-z]?)([0-9][a-z]{2})$")
OUTWARD = re.compile(r"^[a-z]{1,2}[0-9][0-9a-z]?$")
INWARD = re.compile(r"^[0-9][a-z]{2}$")
WORDS_TOO = frozenset(
    split(
        """
        nasty paradise barley reed ridge hook wood chipping buckland langley preston weston norton
        charlton lilley newtown temple kingswood hailey albury anstey standon sunnyside poplars
        meriden stapleford walsworth garston eastbury thorley barnet enfield bromley cromer
        wallington townsend oakfield oaklands birchwood broadwater aston amwell graveley rushden
        redhill highfield rosedale sandon newnham willian gravesend woodside handside cheapside
        haldens chells
        """
    )
)
"""Villages whose name is also a word, a name of a person or of another town: alone they name no place."""


def place_in(
    words: Sequence[str], names: Sequence[int], figures: Sequence[int], known: Vocabulary, inside: Set[int]
) -> tuple[range, str]:
    """The last place named, as a span of words and what to look up; a postcode comes before any name.

    `names` are positions of words that a place can begin with, `figures` of words that hold any, and
    no place begins `inside` these positions.
    """
    count, postcode = len(words), None
    for index in figures:
        if index not in inside:
            postcode = _postcode(words, index) or postcode
    best: tuple[range, str] = (range(0), "")
    end = 0
    for start in names:
        if start < end or start in inside or (postcode and start >= postcode[0].start):
            continue
        for length in range(min(known.longest[words[start]], count - start), 0, -1):
            found = known.places.get(tuple(words[start : start + length]))
            if found and (led := _stands(words, start, start + length, found[0])) is not None:
                # A name right after another ("Tring HP23") says the same place more closely.
                first = best[0].start if best[1] and end == start - led else start - led
                end = start + length
                best = range(first, end), found[1]
                break
    if postcode is None:
        return best
    span, code = postcode
    # A town right before its postcode is the same place said twice.
    return (range(best[0].start, span.stop) if best[1] and best[0].stop == span.start else span), code


def _postcode(words: Sequence[str], index: int) -> tuple[range, str] | None:
    word = words[index]
    if len(word) < 5 and index + 1 < len(words) and INWARD.match(words[index + 1]) and OUTWARD.match(word):
        return range(index, index + 2), f"{word} {words[index + 1]}".upper()
    if 4 < len(word) < 8 and (whole := POSTCODE.match(word)):
        return range(index, index + 1), f"{whole[1]} {whole[2]}".upper()
    return None


def _stands(words: Sequence[str], start: int, stop: int, alone: bool) -> int | None:
    """How many words before the name lead to it; None where it names no place.

    A town stands by itself. A village needs "in" or "near" before it, or to end the line: people put
    the place last. A name that is also a word needs to be led to.
    """
    if start and words[start - 1] in LEADS:
        return 1
    if start > 1 and words[start - 1] == "the" and words[start - 2] in LEADS:
        return 2
    if stop - start == 1 and words[start] in WORDS_TOO:
        return None
    return 0 if alone or stop == len(words) else None

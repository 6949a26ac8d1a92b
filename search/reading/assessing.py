"""Which assessment a line is about: of a condition that somebody wonders about, or by the council."""

from collections.abc import Sequence, Set

from ..tokens import split

ASSESSMENT, EHC = "assessment", "ehc-plan"
"""Slugs of the needs that are told apart here; nothing happens where no need has them."""
ASSESSED = frozenset(split("adhd add autism autistic asd asc audhd pda"))
"""Conditions for which families ask for an assessment."""
WONDERING = frozenset(
    split(
        """
        think thinks thinking might could may maybe wonder wondering suspect suspected possible possibly sure
        """
    )
)
REACH = 5
"""Words between the wondering and the condition."""
QUESTIONS = ({"has", "is", "does"}, {"he", "she", "my", "i", "this", "it"})
"""How a line begins that asks whether somebody has a condition."""
COUNCIL = frozenset(split("council la authority county lea"))
SCHOOL = frozenset(split("school schools nursery senco"))
REFUSING = frozenset(split("refuse refuses refused refusing wont not no never declined"))
ASSESSING = frozenset(split("assess assessed assessing assessment"))


def told_apart(needs: dict[str, str], words: Sequence[str], known_needs: Set[str]) -> dict[str, str]:
    """Needs with the assessment that is meant: "think he might be autistic" wishes for one, and what a
    council refuses is an EHC needs assessment."""
    conditions = [at for at, word in enumerate(words) if word in ASSESSED]
    if ASSESSMENT in needs and not conditions and EHC in known_needs and _by_council(words):
        return {EHC if need == ASSESSMENT else need: kind for need, kind in needs.items()}
    asked = len(words) > 2 and words[0] in QUESTIONS[0] and words[1] in QUESTIONS[1]
    wondered = any(asked or not WONDERING.isdisjoint(words[max(0, at - REACH) : at]) for at in conditions)
    if wondered and ASSESSMENT in known_needs and ASSESSMENT not in needs:
        return {**needs, ASSESSMENT: "sign"}
    return needs


def _by_council(words: Sequence[str]) -> bool:
    if ASSESSING.isdisjoint(words):
        return False
    return not COUNCIL.isdisjoint(words) or not (SCHOOL.isdisjoint(words) or REFUSING.isdisjoint(words))

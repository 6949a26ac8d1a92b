"""Which services and providers a line names."""

from collections.abc import Sequence
from typing import NamedTuple

from ..ages import AGE_UNITS
from ..tokens import SOFT, tokens
from .line import Line
from .names import Name
from .words import AGE, LEADER, NUMBER, PLACE

ABOUT = SOFT | frozenset(
    tokens(
        """
        referral referrals refer form forms phone telephone website site address opening open hours
        criteria eligibility eligible threshold team group course courses workshop appointment line
        helpline advice review reviews login app waiting wait join become meeting near
        """
    )
)
"""Tokens that may stand beside a name of common words."""


class Said(NamedTuple):
    """A name that stands in a line."""

    at: Sequence[int]
    """Positions of its words."""
    name: Name


def names_in(line: Line) -> list[Said]:
    """Names that stand in a line, none overlapping, the longest at every word."""
    found: list[Said] = []
    words, reached, telling = line.words, -1, None
    for start, _, at, _, ending in line.runs:
        if not ending.names or start <= reached:
            continue
        after = words[at[-1] + 1] if at[-1] + 1 < len(words) else ""
        if words[at[-1]].isdigit() and after in AGE_UNITS:
            # "the next step 2 year old"
            continue
        name = ending.names[0]
        if name.common:
            telling = _telling(line) if telling is None else telling
            if len(telling) > len(at) or not set(telling).issubset(at):
                continue
        found.append(Said(at, name))
        reached = at[-1]
    return found


def _telling(line: Line) -> list[int]:
    """Positions of words that say more than an age, a place or what is asked of a service."""
    return [
        at
        for at, (_, mark, token, _, _, _) in enumerate(line.entries)
        if token and token not in ABOUT and not mark & (PLACE | LEADER | NUMBER | AGE)
    ]

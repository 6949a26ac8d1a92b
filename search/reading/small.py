"""Words that a line is full of and that say little: which may be skipped, and when."""

from ..tokens import split
from ..tokens import stem as _stem

NEGATORS = frozenset(
    split(
        """
        not no never without cant cannot wont dont doesnt didnt isnt arent wasnt werent hasnt
        havent hadnt wouldnt couldnt shouldnt aint nor unable
        """
    )
)
"""All read as one word: "can't sleep", "doesn't sleep" and "never sleeps" are the same sign."""
FILLERS = frozenset(
    split(
        """
        really just so very literally actually even quite totally honestly rly fucking please pls
        """
    )
)
GRAMMAR_WORDS = frozenset(
    split(
        """
        a an the and or but of to in into on at for with from by about is am are be been being was
        were do does did has have had having will would should could can my our your his her their
        its i we he she they it im ive ill hes shes theyre were its that this these those there as
        keeps keep keeping always gets getting
        """
    )
)
LIGHT = frozenset(
    split(
        """
        not go get want make do say feel need like time thing day one take know tell use come up
        out off me us him them you myself himself herself what all no more too
        """
    )
)
"""Stems too common to carry a phrase by themselves once its small words are gone."""


def stem(word: str) -> str:
    """The stem that reading compares: every negator is "not"."""
    return "not" if word in NEGATORS else _stem(word)

"""Signs between figures, as words."""

import re

SIGNS = re.compile(r"£|\d ?[+–—-]|\d[.]\d|½")
TERM = re.compile(r"(?<=\d)\s*[–—-]\s*(?=\d)")
PLUS = re.compile(r"(?<=\d)\s*\+")
HALF = re.compile(r"(?<=\d)(?:[.]5|\s*½)")
MONEY = re.compile(r"£\s*([\d.,]+)")


def spelt(text: str) -> str:
    """ "0-5" is "0 to 5", "16+" is "16 plus", "£5" is "5 pounds"."""
    for pattern, words in ((HALF, " and a half"), (MONEY, r"\1 pounds"), (PLUS, " plus "), (TERM, " to ")):
        text = pattern.sub(words, text)
    return text

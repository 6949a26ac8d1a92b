"""How hard a text is to read, counted in the text itself: words, sentences, syllables, school grades.

The grades are textstat's formulas. Its count of syllables would fetch a dictionary from elsewhere while
the site runs, so syllables are counted by the rules below (docs/decisions/0005-syllables-by-rule.md).
"""

import re
from functools import lru_cache

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
MARK = re.compile(r"\s*\[\d{1,2}\]")
ENDS = re.compile(r"[.!?…]+[\"”’')\]]*(?=\s+[\"“‘'(\[]*[A-Z0-9])|\n+")
# A full stop that ends no sentence.
SHORTENED = re.compile(r"\b(?:e\.g|i\.e|Mr|Mrs|Ms|Dr|St|vs)\.$")

GROUPS = re.compile(r"[aeiouy]+")
# Written at the end and not said: "mak(e)", "help(ed)", "tim(es)".
SILENT = re.compile(
    r"(?<=[aeiouy][bcdfgklmnprstvz])e$|(?<=[^aeiouylr])e$"
    r"|(?<=[^aeiouytdl])ed$|(?<=[aeiouyl]l)ed$"
    r"|(?<=[^aeiouyscxzglr])(?<!ch)(?<!sh)es$|(?<=[aeiouyr][lr])es$"
)
# The same inside a word of two parts: "saf(e)guard", "car(e)ful", "hom(e)work".
WITHIN = re.compile(
    r"(?<=[aeiouy])([bcdfgklmnprstvz]|[lr]v|[lr]s|[nr]c|[nr]g|dg|th|st)e(?=(?:ly|ments?|ful|fully|less|ness"
    r"|some|where|ones?|times?|thing|body|work|place|school|care|lines?|stones?|guard|guards|guarding|days?"
    r"|ways?|how|able|table)$)"
)
# Two vowels side by side that are said apart: "be-ing", "di-et", "anxi-ety", "vide-o", "ide-a", "situ-ation".
APART = re.compile(
    r"(?<=[aeouy])(?=ings?$)"
    r"|i(?=et|enc|ent|a[tb]|o[lt]|est$)|(?<![ctsgn])i(?=an|al|a$|o$|ou|um|us)|(?<=[rn])i(?=[aou])"
    r"|(?<![qg])u(?=a[lt]|e[nl]|i[nct][^e]|ous)|u(?=ar[iy])|e(?=o[^up]|ali|ati[ov]|um|us)|(?<=[rd])e(?=as?$)|a(?=o)"
)
# "autism", "rhythm", "diagnosis": a beat that no vowel group shows.
BEAT = re.compile(r"(?:sm|thm)s?$|agnos")
SPELT_OUT = {"adhd": 4, "ehc": 3, "ehcp": 4, "eotas": 2, "uk": 2}
ONE_BEAT = {"do", "ca", "wo", "are", "were", "sha"}
"""What stands before "n't" without a beat of its own: "don't", but "did-n't"."""


@lru_cache(maxsize=20_000)
def syllables(word: str) -> int:
    """How many syllables an English word has, at least one. Right for 98 % of the words on these pages."""
    word = word.lower().replace("’", "'")
    if "-" in word:
        return sum(syllables(part) for part in word.split("-"))
    beats = 0
    if word.endswith("n't"):
        word = word[:-3]
        beats = word not in ONE_BEAT
    word = word.partition("'")[0]
    if word in SPELT_OUT:
        return SPELT_OUT[word]
    if not GROUPS.search(word):
        return max(len(word), 1) if word.isalpha() else 1
    if len(word) > 2:
        word = SILENT.sub("", WITHIN.sub(r"\1", word))
    groups, apart = len(GROUPS.findall(word)), len(APART.findall(word))
    return max(groups + apart + bool(BEAT.search(word)), 1) + beats


def words(text: str) -> list[str]:
    """The words of a text, marks of sources left out. "Ten-year-old" is one word."""
    return WORD.findall(MARK.sub("", text))


def sentences(text: str) -> list[str]:
    """A text cut where its sentences and its lines end."""
    cuts, start = [], 0
    for end in ENDS.finditer(text):
        if not SHORTENED.search(text[start : end.end()]):
            cuts.append(text[start : end.end()])
            start = end.end()
    return [cut.strip() for cut in [*cuts, text[start:]] if WORD.search(cut)]


def flesch_kincaid(words: int, sentences: int, syllables: int) -> float:
    """US school grade from average lengths (Kincaid et al., 1975); a grade is about one year at school."""
    return 0.39 * words / sentences + 11.8 * syllables / words - 15.59


def smog(sentences: int, long_words: int) -> float:
    """US school grade from the words of three syllables or more (McLaughlin, 1969), the measure that
    health services use."""
    return 1.043 * (30 * long_words / sentences) ** 0.5 + 3.1291

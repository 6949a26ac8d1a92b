"""Words, made once: one pure tokeniser serves documents and queries, and engines see tokens only.

Text is folded (case, accents, apostrophes inside words), split at everything that is not a letter,
a digit or a mark that belongs to a letter, and cut to English stems. Time grows with the length of
the text alone, whatever it holds.
"""

import re
import threading
import unicodedata
from functools import lru_cache

import snowballstemmer

LONGEST_WORD = 40
"""Letters of a word that count. No word is longer; pasted rubbish is."""

STOP = frozenset(
    re.findall(
        r"\w+",
        """
    a an the and or but so if as than then that this these those there
    i me my mine we us our you your he him his she her hers it its they them their
    am is are be been was were do does did has have had can could will would should
    im ive hes shes theyre thats whats
    of to in on at for from by with about into
    what which who when where how why very just
    no not cant cannot wont dont doesnt didnt isnt arent wasnt hasnt havent wouldnt couldnt
    """,
    )
)
"""Words that bring no record closer. "Not" and its kin are among them: any word may match, so "not
sleeping" would bring every record that says "not", while what it means is read from the whole line
before words are dropped (`search.reading`). Short words stay: OT, EP and SEN are what people ask for.
"""

_APOSTROPHES = str.maketrans("", "", "'’‘ʼ＇`´")
_ASCII_WORDS = re.compile(r"[a-z0-9]+")
_lock = threading.Lock()
_stemmer = snowballstemmer.stemmer("english")


@lru_cache(maxsize=4096)
def _folded(letter: str) -> str:
    """What a character counts as: letters, nothing (an accent), or a space.

    One character at a time, because putting thousands of marks on one letter in order, as
    normalising a whole text does, takes quadratic time.
    """
    text = unicodedata.normalize("NFKC", letter).casefold().translate(_APOSTROPHES)
    return "".join(map(_kept, unicodedata.normalize("NFD", text)))


def _kept(letter: str) -> str:
    if "\u0300" <= letter <= "\u036f":
        return ""
    # Vowel signs of Hindi, Bengali or Thai are marks, and part of their word.
    return letter if letter.isalnum() or unicodedata.category(letter)[0] == "M" else " "


def split(text: str) -> list[str]:
    """Every folded word in order, none dropped: "can't sleep" gives "cant", "sleep"."""
    if text.isascii():
        # Most lines: three times as fast as folding letter by letter, and twice that with spaces alone.
        plain = text.replace(" ", "").isalnum()
        text = text.lower()
        words = text.split() if plain else _ASCII_WORDS.findall(text.replace("'", "").replace("`", ""))
        # Each other word takes a letter and a space at least, so in most lines none can be too long.
        short = len(text) - 2 * len(words) <= LONGEST_WORD - 2
        return words if short else [word[:LONGEST_WORD] for word in words]
    text = text.translate(_APOSTROPHES)
    if text.isascii():
        return [word[:LONGEST_WORD] for word in _ASCII_WORDS.findall(text.lower())]
    words = "".join(map(_folded, text)).split()
    return [unicodedata.normalize("NFC", word[:LONGEST_WORD]) for word in words]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The English stem of a folded word: "sleeping" gives "sleep"."""
    if not word.isascii():
        return word
    # A stemmer keeps its word in itself while it works, so threads take turns.
    with _lock:
        return _stemmer.stemWord(word)


def tokens(text: str) -> tuple[str, ...]:
    """What engines see of a text: stems in order, repeats kept, stop words dropped."""
    return tuple(stem(word) for word in split(text) if word not in STOP)


SOFT = frozenset(
    tokens(
        """
    help helping support advice advise information info need needs service services someone somebody
    something anyone anybody anything everyone everything people person thing things
    child children kid kids son daughter boy girl baby little family families parent parents carer mum mom
    mummy dad daddy mother father gran nan grandma grandad grandson granddaughter grandchild grandchildren
    nephew niece brother sister wife husband partner teen teenager teenagers young youngest eldest oldest
    send sen special additional old year years age aged
    get gets getting got go goes going gone come comes make makes take takes give gives let lets put
    find look looking want wants wanted know think feel say says said tell told ask asked asking see like
    please hi hello hey thanks thank sorry help pls plz
    also too really always never still even only ever much many more most any some all lot lots bit so such
    again anymore now today day days week time times way one two every everyone other another same else
    bad good best better hard difficult struggle struggles struggling problem problems issue issues trouble
    start starts started stop keep keeps happen happens happening local area nearby near around
    home night morning last left right world life alone happy ok okay try use used able lovely nice hate love
    ring call contact number email who where question questions
    due because since while after before until during between without within over under up down out off
    """
    )
)
"""Stems that say little about which record is meant: they count only where nothing else was said."""

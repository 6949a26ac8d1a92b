"""The words of the directory, as people read them, and the speller that is made of them.

`Term` holds one row for every word of the visible records. A rebuild of the index writes all of them
anew; a drain adds the words that are new, so that nobody is told that a word on a page is wrong.
"""

import re
import threading
from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from django.db import connection, transaction

from directory.choices import WordKind
from directory.models import Area, Elsewhere, Need, NeedWord, PlaceName, Service

from .models import Term
from .spelling import Speller, is_english, own_slips
from .tokens import LONGEST_WORD, STOP, split, stem

FIELDS = (
    "name",
    "other_names",
    "provider__name",
    "provider__other_names",
    "summary",
    "description",
    "what_happens",
    "who_for",
    "reach_note",
)
"""What is read of a record: what search reads, less what stands in tables of its own."""
BATCH = 1_000
LEAST = 2
"""Letters of the shortest word kept; a word with a digit is a number or a code and is not."""
VOCABULARY_WEIGHT = 20
"""How many records one phrase of the need vocabulary counts as: families type its words most."""
COMMON = 5
"""A word of a cry for help ("county lines") that so many records hold is an ordinary word too."""
LONGEST_ACRONYM = 5
"""A single word of so many letters or fewer that is not English is a short form."""

STAMP = """
    SELECT (SELECT MAX(id) FROM search_term),
           (SELECT COUNT(*) FROM directory_need), (SELECT MAX(updated_at) FROM directory_need),
           (SELECT COUNT(*) FROM directory_elsewhere), (SELECT MAX(updated_at) FROM directory_elsewhere),
           (SELECT COUNT(*) FROM directory_placename), (SELECT MAX(id) FROM directory_placename)
"""
"""One statement, because every search asks it."""

_MARKUP = re.compile(r"<[^>]*>|&[a-z]+;")
_CAPITAL = re.compile(r"[^\W\d_](?:[^\W\d_]|['’](?=[^\W\d_]))*")

_kept: tuple[tuple, Speller] | None = None
_lock = threading.Lock()


def written(text: str) -> Iterator[tuple[str, bool]]:
    """(folded word, whether it begins with a small letter) of every word of a text or of its HTML."""
    for found in _CAPITAL.finditer(_MARKUP.sub(" ", text)):
        word = found.group()
        for folded in split(word):
            if len(folded) >= LEAST and len(folded) < LONGEST_WORD:
                yield folded, word[0].islower()


def counted(records: Iterable[Iterable[str | None]]) -> tuple[Counter[str], set[str]]:
    """How many records hold each word, and the words that are only ever names: always with a capital,
    and not English. What it holds grows with the number of words, not of records."""
    holding: Counter[str] = Counter()
    small: set[str] = set()
    for texts in records:
        words: set[str] = set()
        for text in texts:
            for word, is_small in written(text or ""):
                words.add(word)
                if is_small:
                    small.add(word)
        holding.update(words)
    return holding, {word for word in holding if word not in small and not is_english(word)}


def _records(pks: Collection[int] | None = None) -> Iterator[tuple]:
    records = Service.objects.visible().order_by("pk")
    if pks is not None:
        records = records.filter(pk__in=pks)
    return records.values_list(*FIELDS).iterator(chunk_size=500)


def _rows(holding: Counter[str], names: set[str]) -> Iterator[Term]:
    for word in sorted(holding):
        yield Term(word=word, stem=stem(word), records=holding[word], name=word in names)


def rebuild() -> int:
    """Write every word anew, in one transaction; gives how many there are."""
    holding, names = counted(_records())
    with transaction.atomic():
        Term.objects.all().delete()
        Term.objects.bulk_create(_rows(holding, names), batch_size=BATCH)
    return len(holding)


def add(refs: Iterable[str]) -> int:
    """Add the words of these records that are new; gives how many. Counts wait for the next rebuild."""
    pks = [
        int(key)
        for kind, _, key in (ref.partition(":") for ref in refs)
        if kind == "service" and key.isdigit()
    ]
    holding, names = counted(_records(pks))
    words = sorted(holding)
    for start in range(0, len(words), BATCH):
        some = words[start : start + BATCH]
        for word in Term.objects.filter(word__in=some).values_list("word", flat=True):
            del holding[word]
    Term.objects.bulk_create(_rows(holding, names), batch_size=BATCH, ignore_conflicts=True)
    return len(holding)


def _stamp() -> tuple:
    """Changes whenever the words do: rows are only ever added, or all written anew under higher keys."""
    with connection.cursor() as cursor:
        cursor.execute(STAMP)
        return cursor.fetchone()


def speller() -> Speller:
    """The speller for the words as they stand now; each process keeps its own copy."""
    global _kept
    stamp = _stamp()
    kept = _kept
    if kept is None or kept[0] != stamp:
        with _lock:
            kept = _kept
            if kept is None or kept[0] != stamp:
                kept = _kept = (stamp, _load())
    return kept[1]


def _load() -> Speller:
    phrases = list(NeedWord.objects.values_list("need__slug", "word", "kind", "crisis"))
    for slug, *names in Need.objects.values_list("slug", "name", "professional"):
        phrases += [(slug, name, WordKind.NAMED, "") for name in names]
    phrases += [("", word, WordKind.SIGN, "") for each in Elsewhere.objects.all() for word in each.phrases()]
    places = [*PlaceName.objects.exclude(kind=PlaceName.Kind.OUTWARD).values_list("name", flat=True)]
    for name, others in Area.objects.current().values_list("name", "other_names"):
        places += [name, *others.split("|")]
    return made(Term.objects.values_list("word", "records", "name"), phrases, places)


def made(
    terms: Iterable[tuple[str, int, bool]],
    phrases: Iterable[tuple[str, str, str, str]],
    places: Iterable[str],
) -> Speller:
    """A speller from rows of (word, records, name), of (need, phrase, kind, crisis), and names of places."""
    weights: Counter[str] = Counter()
    needs: dict[str, set[str]] = {}
    cries: set[str] = set()
    alone: set[str] = set()
    firm: set[str] = set()
    acronyms: set[str] = set()
    for need, phrase, kind, crisis in phrases:
        words = split(phrase)
        if crisis:
            cries.update(words)
            alone.update(words if len(words) == 1 else ())
            continue
        weights.update(dict.fromkeys(words, VOCABULARY_WEIGHT))
        for word in words:
            needs.setdefault(word, set()).add(need)
        if kind == WordKind.PROFESSIONAL:
            firm.update(words)
        if len(words) == 1 and 3 <= len(words[0]) <= LONGEST_ACRONYM and not is_english(words[0]):
            acronyms.add(words[0])
    ordinary = set(weights)
    names = set()
    for word, records, is_name in terms:
        (names if is_name and word not in weights else firm).add(word)
        weights[word] += records
    ordinary |= {word for word in cries if weights[word] >= COMMON}
    alarms = {word for word in cries if len(word) > 3 and (word in alone or word not in ordinary | STOP)}
    where = {word for place in places for word in split(place) if len(word) > 3 and not is_english(word)}
    own = {word: weight for word, weight in weights.items() if word not in names}
    slips = own_slips(own, firm | where, needs)
    own = dict.fromkeys(cries, 0) | {word: weight for word, weight in own.items() if word not in slips}
    return Speller(own, names=names, places=where, acronyms=acronyms - slips, alarms=alarms)

"""What a change to one family word would do, told before it is saved."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from directory.choices import QUIET
from directory.models import NeedWord, Service
from directory.words import join
from search.engines import engine
from search.in_vain.counts import week_of
from search.in_vain.lines import Line, lines
from search.models import InVain
from search.query import Query
from search.tokens import SOFT, STOP, split, stem, tokens

MONTH = timedelta(weeks=4)
COMMON = 8
"""A word that at least one record in so many holds tells little by itself."""
ORDINARY = frozenset(tokens("school home house class teacher group club place clinic centre team"))


@dataclass
class Preview:
    says: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def key(word: str) -> tuple[str, ...]:
    """The stems of a family word: two words with the same ones are the same to search."""
    return tuple(stem(each) for each in split(word))


def led(word: str, shown: Iterable[Line]) -> int:
    """How many searches in vain this family word would have led somewhere. Single words only are
    kept, so a phrase leads none of them."""
    return sum(line.count for line in shown if line.kind == InVain.Kind.WORD and key(line.term) == key(word))


def last_month() -> list[Line]:
    """What editors may see of the last four weeks."""
    since = week_of(timezone.localdate() - MONTH)
    rows = InVain.objects.filter(week__gte=since)
    return lines(rows.values_list("week", "kind", "term", "district", "count"))


def preview(new: NeedWord, old: NeedWord | None = None) -> Preview:
    """What saving `new` would do; `old` is the same word as it is stored, None when it is added."""
    told = Preview()
    _searches(told, new)
    _index(told, new)
    _elsewhere(told, new)
    _too_ordinary(told, new)
    _crisis(told, new, old)
    return told


def preview_of_removal(word: NeedWord) -> Preview:
    """What removing a word would do."""
    told = Preview()
    left = word.need.words.exclude(pk=word.pk).count()
    told.says.append(f"Lines with “{word}” will no longer lead to {word.need}.")
    told.says.append(f"{_number(left, 'other word')} will still lead to it.")
    others = _same(word)
    if others:
        told.says.append(f"“{word}” will still lead to {join(sorted({str(each.need) for each in others}))}.")
    if not left:
        told.warnings.append(f"Nothing that people type will lead to {word.need} any more.")
    if word.crisis == QUIET:
        told.warnings.append("Lines with it will no longer offer a quiet line to talk to.")
    elif word.crisis:
        told.warnings.append(
            f"It cries for help ({word.get_crisis_display().lower()}): lines with it will no longer put"
            " urgent help above the results, unless another word does."
        )
    return told


def _searches(told: Preview, new: NeedWord) -> None:
    if len(key(new.word)) > 1:
        told.says.append("We keep single words of searches in vain, so a phrase cannot be tried on them.")
        return
    number = led(new.word, last_month())
    if number:
        told.says.append(
            f"{_number(number, 'search', 'searches')} of the last four weeks would now lead to {new.need}."
        )
    else:
        told.says.append("No search in vain that we may show you from the last four weeks has this word.")


def _index(told: Preview, new: NeedWord) -> None:
    tagged = Service.objects.visible().filter(needs=new.need).count()
    if tagged:
        told.says.append(f"It will lead to {_number(tagged, 'record')} tagged with {new.need}.")
    else:
        told.warnings.append(
            f"No live record is tagged with {new.need}: this word will lead nowhere until one is."
        )
    if not new.need.broad_areas.exists():
        told.warnings.append(
            f"{new.need} is a broad area. A need under it is nearly always the better place."
        )


def _same(new: NeedWord) -> list[NeedWord]:
    """The same word at other needs."""
    first = split(new.word)[:1]
    near = NeedWord.objects.exclude(need=new.need).select_related("need")
    near = near.filter(word__istartswith=first[0][:2]) if first else near.none()
    return [each for each in near if key(each.word) == key(new.word)]


def _elsewhere(told: Preview, new: NeedWord) -> None:
    others = sorted({str(each.need) for each in _same(new)})
    if others:
        told.warnings.append(
            f"“{new.word}” already leads to {join(others)}. A line with it will lead to all of them."
        )


def _too_ordinary(told: Preview, new: NeedWord) -> None:
    words = split(new.word)
    if all(len(word) == 1 for word in words):
        told.warnings.append("A single letter stands in many lines that mean something else.")
    elif all(word in STOP for word in words) and len(words) == 1:
        told.warnings.append(f"“{new.word}” stands in nearly every line. It needs words beside it.")
    elif len(words) == 1 and not new.context:
        found = tokens(new.word)
        held, every = engine().count([Query(words=found), Query()])
        if found[0] in SOFT | ORDINARY or (every > COMMON and held * COMMON >= every):
            told.warnings.append(
                f"“{new.word}” is an ordinary word: {held} of {every} records hold it. Give it words to"
                " count beside, or every line with it will lead here."
            )


def _crisis(told: Preview, new: NeedWord, old: NeedWord | None) -> None:
    was = old.crisis if old else ""
    if new.crisis == QUIET:
        told.says.append("Lines with it will offer a quiet line to talk to. They are never counted here.")
    elif new.crisis:
        told.warnings.append(
            "It cries for help: every line with it, or with a slip of it, will put urgent help above the"
            " results, whatever else the line says. Searches with it are never counted here."
        )
    if was and (not new.crisis or key(old.word) != key(new.word)):
        help_lost = "offer a quiet line" if was == QUIET else "put urgent help above the results"
        told.warnings.append(f"Lines with “{old.word}” will no longer {help_lost}.")
    if not new.crisis:
        crying = NeedWord.objects.exclude(crisis="").exclude(pk=new.pk).values_list("word", flat=True)
        if any(key(word) == key(new.word) for word in crying):
            told.warnings.append(
                "It cries for help where it leads to another need: lines with it always will."
            )


def _number(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"

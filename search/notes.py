"""What the page says about how it read one line: words put right, words kept, what was left out, and
the question where someone is."""

from dataclasses import dataclass, field

from django.http import QueryDict

from directory.choices import WordKind
from directory.models import Elsewhere, NeedWord

from .links import AS_TYPED, address
from .panels import kept
from .tokens import split, stem, tokens

MOST_WORDS = 8
TELLS_NOTHING = {
    "help",
    "support",
    "advice",
    "need",
    "needs",
    "needed",
    "want",
    "wants",
    "get",
    "getting",
    "go",
    "going",
    "find",
    "looking",
    "near",
    "please",
    "someone",
    "anything",
    "something",
    "service",
    "services",
    "hertfordshire",
    "herts",
    "child",
    "kid",
    "son",
    "daughter",
    "boy",
    "girl",
    "year",
    "old",
}
"""Words that nobody misses when they read what else was looked for."""


@dataclass(frozen=True)
class Notes:
    corrected: list[str] = field(default_factory=list)
    """Words as they were read, in place of those of `typed`."""
    typed: list[str] = field(default_factory=list)
    typed_url: str = ""
    unknown: list[str] = field(default_factory=list)
    """Words that led to nothing and were looked for as they stand."""
    left_out: list[str] = field(default_factory=list)
    """Words, as typed, for needs that were ruled out."""
    ask_place: bool = False
    """"Near me", and nothing says where that is."""
    place_kept: list[tuple[str, str]] = field(default_factory=list)
    """What the form that asks for a place carries on."""
    place_skip_url: str = ""


def about_something_else(asked, query, total: int) -> bool:
    """Whether the line asks for what no directory of help holds ("bin collection"): nothing was found,
    and no need was read or chosen, only words that lead nowhere."""
    reading = asked.reading
    read = reading.needs or reading.crisis or reading.quiet or asked.given.get("need")
    return total == 0 and (query.elsewhere or bool(reading.words and not read))


def others(asked) -> list[Elsewhere]:
    """Who looks after what the line asks for."""
    return list(Elsewhere.objects.filter(pk__in=asked.elsewhere)) if asked.elsewhere else []


def notes(asked, params: QueryDict) -> Notes:
    """Nothing is said about a cry for help but the help itself."""
    reading = asked.reading
    crying = bool(reading.crisis)
    corrected = () if crying else reading.corrected
    ask_place = reading.near_me and not asked.spot
    without_near = {"q": reading.without.get("near_me", asked.q)}
    line = params.copy()
    line["q"] = without_near["q"]
    return Notes(
        corrected=[read for _, read in corrected],
        typed=[typed for typed, _ in corrected],
        typed_url=address(params, {AS_TYPED: "1"}) if corrected else "",
        unknown=[] if crying or reading.quiet else telling(reading.unknown),
        left_out=left_out(reading.negated, asked.q),
        ask_place=ask_place,
        place_kept=kept(line, {"place", "near", "page"}) if ask_place else [],
        place_skip_url=address(params, without_near) if ask_place else "",
    )


def telling(words) -> list[str]:
    """The words that say something by themselves, each once."""
    return [
        word for word in dict.fromkeys(words) if len(word) > 1 and word not in TELLS_NOTHING and tokens(word)
    ][:MOST_WORDS]


def left_out(needs, line: str) -> list[str]:
    """The very words of the line that name needs which were ruled out: never a name they did not type."""
    if not needs:
        return []
    typed = split(line)
    stems = [stem(word) for word in typed]
    named = NeedWord.objects.filter(need__slug__in=needs, kind__in=[WordKind.NAMED, WordKind.PROFESSIONAL])
    found: dict[str, tuple[int, int]] = {}
    for slug, word in named.values_list("need__slug", "word"):
        parts = [stem(part) for part in split(word)]
        for start in range(len(stems) - len(parts) + 1 if parts else 0):
            if stems[start : start + len(parts)] == parts:
                held = found.get(slug, (0, 0))
                found[slug] = max(held, (start, start + len(parts)), key=lambda span: span[1] - span[0])
    return list(dict.fromkeys(" ".join(typed[start:end]) for start, end in found.values()))

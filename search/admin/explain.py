"""Why a record stands where it does: one line read, its results with their points, one record asked about.

What is typed here is posted, so that it stands in no address and no log; nothing of it is kept.
"""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.shortcuts import render
from django.views.generic import View

from directory.choices import Crisis
from directory.models import Need, NeedWord, Service
from directory.words import join, miles
from search import to_read
from search.documents import document_for
from search.engines import engine
from search.filters import SearchFilter
from search.query import PAGE_SIZE, Hit, Query
from search.score import BESIDE, best_field, distance, fits_any_need, in_reach, passes
from search.tokens import split, stem

from .preview import key
from .report import Permitted, Titled

PAGES_SEARCHED = 10
MOST_WORDS = 3
PARTS = {
    "beside": "it is not a school, or a school was asked for",
    "school": "it is a school, and schools were asked for",
    "need": "the need it names",
    "mainly": "what it is mainly for",
    "background": "a condition that the line speaks of beside what it is about",
    "kind of help": "the kind of help asked for",
    "direct": "it can be asked directly",
    "audience": "it is for whoever speaks: a family, a young person or a professional",
    "title words": "words in its name",
    "provider words": "words in who runs it",
    "needs words": "words of its needs",
    "summary words": "words in its summary",
    "description words": "words in its description",
    "age": "it states this age",
    "area": "it names this area",
    "local": "it looks after this area, and only help there was asked for",
    "near": "how near it is",
    "stated": "other things asked for, which it states itself",
    "to read": "it is something to read, and that was asked for",
    "titled": "the need that its title speaks of",
    "tells": "it tells what was asked: how long, the steps, the handbook",
    "checked": "checked with the service within a year",
    "open": "open to new people",
}
FILTERS = {
    "kind": "service or school",
    "category": "kind of help",
    "need": "need",
    "age": "age",
    "area": "area",
    "gp": "area of the GP",
    "diagnosis": "diagnosis",
    "referral": "who can ask for it",
    "contact": "ways to get in touch",
    "cost": "cost",
    "reach": "how it reaches you",
    "when": "when it is open",
    "access": "access",
    "language": "language",
    "phase": "phase of school",
    "open": "open or closed",
}


class Line(forms.Form):
    q = forms.CharField(label="What someone types", max_length=500, required=False)
    age = forms.CharField(label="Age", max_length=20, required=False, help_text="If it is given apart.")
    place = forms.CharField(label="Place", max_length=60, required=False, help_text="Town or postcode.")
    record = forms.ModelChoiceField(
        Service.objects.visible().order_by("name"),
        label="Why is this record here, or not?",
        required=False,
        empty_label="No record in particular",
    )


@dataclass
class Row:
    place: int
    name: str
    url: str
    score: int
    parts: list[tuple[str, int]]
    far: str


class Explain(Permitted, Titled, View):
    permission = "directory.view_needword"
    template_name = "search/admin/explain.html"
    page_title = "Why is it here?"
    header_icon = "help"

    def get(self, request):
        return self.answer(Line())

    def post(self, request):
        form = Line(request.POST)
        return self.answer(form, explained(**form.cleaned_data) if form.is_valid() else {})

    def answer(self, form, found=None):
        page = render(self.request, self.template_name, self.get_context_data(form=form, **(found or {})))
        page["Cache-Control"] = "no-store, private"
        return page


def explained(q: str, age: str, place: str, record: Service | None) -> dict:
    """What was read, what was found, and why one record is or is not there."""
    filters = SearchFilter(QueryDict(urlencode({"q": q, "age": age, "place": place}, errors="replace")))
    asked, query = filters.asked, filters.query()
    result = engine().search(replace(query, page=1))
    return {
        "asked": True,
        "read": what_was_read(asked),
        "total": result.total,
        "rows": rows(result.hits),
        "record": record,
        "why": why(query, record) if record else None,
    }


def what_was_read(asked) -> list[tuple[str, str]]:
    """(what, in words) of everything that was understood of a line."""
    reading = asked.reading
    names = dict(Need.objects.filter(slug__in=[*reading.needs, *reading.negated]).values_list("slug", "name"))
    words = words_that_led(reading, asked.q)
    kinds = dict(NeedWord._meta.get_field("kind").choices)
    told = [
        ("Need", f"{names.get(slug, slug)} ({'; '.join([kinds.get(kind, kind).lower(), *words[slug]])})")
        for slug, kind in reading.needs.items()
    ]
    told += [("Ruled out", names.get(slug, slug)) for slug in reading.negated]
    told += [("Cry for help", str(dict(Crisis.choices).get(kind, kind))) for kind in sorted(reading.crisis)]
    if reading.quiet:
        told.append(("Low words", "a quiet line to talk to is shown"))
    if asked.age is not None:
        told.append(("Age", str(asked.age)))
    elif reading.ages:
        told.append(("Ages", f"{reading.ages[0]} to {reading.ages[1]}"))
    if asked.place:
        told.append(("Place", asked.place.label))
    told += [("Asked for", f"“{words}”") for words in reading.flags.values()]
    told += [("Put right", f"“{typed}” read as “{meant}”") for typed, meant in reading.corrected]
    if reading.unknown:
        told.append(("Led to no need", ", ".join(dict.fromkeys(reading.unknown))))
    told += [("Not understood", problem) for problem in asked.errors.values()]
    return told


def words_that_led(reading, line: str) -> dict[str, list[str]]:
    """By need, the family words whose every word stands in the line, put right or as typed: the longest
    three, which are those that count."""
    meant = dict(reading.corrected)
    typed = split(line)
    stems = {*map(stem, typed), *(stem(part) for word in typed for part in split(meant.get(word, "")))}
    found: dict[str, list[str]] = {slug: [] for slug in reading.needs}
    words = NeedWord.objects.filter(need__slug__in=found).values_list("need__slug", "word")
    for slug, word in sorted(words, key=lambda row: -len(row[1])):
        if stems.issuperset(key(word)) and len(found[slug]) < MOST_WORDS:
            found[slug].append(f"“{word}”")
    return found


def rows(hits: tuple[Hit, ...], first: int = 1) -> list[Row]:
    keys = [int(hit.ref.partition(":")[2]) for hit in hits if hit.ref.startswith("service:")]
    found = {
        each.ref: (each.name, each.get_absolute_url())
        for each in Service.objects.visible().filter(pk__in=keys)
    }
    found |= {ref: (page.title, page.url) for ref, page in to_read.pages([hit.ref for hit in hits]).items()}
    return [
        Row(
            number,
            *found[hit.ref],
            hit.score,
            in_words(hit),
            miles(hit.metres) if hit.metres is not None else "",
        )
        for number, hit in enumerate(hits, first)
        if hit.ref in found
    ]


def in_words(hit: Hit) -> list[tuple[str, int]]:
    """(why, points), most points first; the thousand that all services get comes last."""
    parts = sorted(hit.parts.items(), key=lambda part: (part[1] >= BESIDE, -part[1]))
    return [(PARTS.get(part, part), points) for part, points in parts]


def why(query: Query, record: Service) -> dict:
    """Where a record stands and why, or what keeps it out."""
    for page in range(1, PAGES_SEARCHED + 1):
        result = engine().search(replace(query, page=page))
        for number, hit in enumerate(result.hits, (page - 1) * PAGE_SIZE + 1):
            if hit.ref == record.ref:
                return {"row": rows((hit,), number)[0], "total": result.total}
        if len(result.hits) < PAGE_SIZE:
            break
    else:
        return {"reasons": [f"It comes after the first {PAGES_SEARCHED * PAGE_SIZE}."]}
    return {"reasons": kept_out(query, record)}


def kept_out(query: Query, record: Service) -> list[str]:
    """What keeps a record from being found, in plain words."""
    document = document_for(record.ref)
    if document is None:
        return ["It is not live, or is not shown to families."]
    reasons = []
    for facet, chosen in query.filters.items():
        if not passes(facet, chosen, document):
            said = join(sorted(map(str, document.fits.get(facet, ())))) or "none"
            label = FILTERS.get(facet, facet)
            reasons.append(f"{label.capitalize()}: {join(sorted(chosen))} was asked for; it says {said}.")
    if not in_reach(query, document):
        reasons.append(f"It is farther away than was asked: {miles(distance(query, document))}.")
    held = [word for word in query.words if best_field(word, document)]
    named = query.needs & document.explicit.get("need", frozenset())
    if query.elsewhere:
        reasons.append("The line is about something that nothing here helps with.")
    elif not held and not named and not fits_any_need(document):
        needs = join(Need.objects.filter(slug__in=query.needs).values_list("name", flat=True))
        if needs:
            reasons.append(f"It is not tagged with {needs}, and is not open to any need.")
        if query.words:
            reasons.append("None of the words stand in its name, provider, needs, summary or description.")
    if not reasons:
        reasons.append("It holds only words so common here that they bring no record of their own.")
    return reasons

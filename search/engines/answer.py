"""An answer worked out on sets of records: what matches, how many, in which order.

It gives what `search.score` gives record by record, without visiting one. Whoever changes the points
or the order there changes them here; the tests compare the two on generated directories.
"""

from collections.abc import Sequence
from functools import cached_property, partial
from itertools import islice
from math import inf

from search import score, telling
from search.near import CLOSE, NEARBY, Ruler
from search.query import ALL_OF, FACETS, FacetCount, Query

from .bits import Sum, first, positions, ranked
from .memory import Facet, State, WordSets

FEW = 200
"""Members that are quicker taken one by one than by listing the whole set."""


class Answer:
    """One query put to one state. `words` are the sets of `score.counted_words(query)`."""

    def __init__(self, state: State, query: Query, words: Sequence[WordSets]):
        self.state = state
        self.query = query
        self.words = words
        schools, pages = state.live & state.flag("school"), state.live & state.flag("to read")
        groups = (state.live & ~(schools | pages), schools, pages)
        self.rarities = [
            telling.rarity(*(((word.holding & group).bit_count(), group.bit_count()) for group in groups))
            for word in words
        ]
        self.rare = dict(zip(score.counted_words(query), self.rarities, strict=True))
        self.filters = {facet: chosen for facet, chosen in query.filters.items() if chosen}
        self.phone = state.flag("helpline") & ~state.flag("placed")
        """Helplines without a place: as near as the phone."""
        self._needs()
        self.answering = self._matching() & self._in_reach()
        """Records that match and are in reach, before any filter."""
        self.passing = {facet: self._passing(facet, chosen) for facet, chosen in self.filters.items()}
        self.matching = self.answering
        for bits in self.passing.values():
            self.matching &= bits

    # Which records

    def _needs(self) -> None:
        """Records that name one, two, three of the needs, those that name one nearest to them, and those
        that fit any."""
        facet = self.state.facets["need"]
        named, nearest, fitting = [0] * score.MOST_NEEDS, 0, 0
        for need in self.query.near_needs:
            nearest |= facet.explicit.get(need, 0)
        if score.by_need(self.query):
            fitting = self._any_need()
        for need in self.query.needs:
            explicit = facet.explicit.get(need, 0)
            for place in range(score.MOST_NEEDS - 1, 0, -1):
                named[place] |= named[place - 1] & explicit
            named[0] |= explicit
            fitting |= facet.fits.get(need, 0)
        self.named_needs, self.nearest_needs = named, nearest & ~named[0]
        self.fitting_needs = fitting | nearest | named[0]

    def _any_need(self) -> int:
        facet = self.state.facets["need"]
        return facet.silent & ~(self.state.flag("helpline") & facet.stating)

    def _matching(self) -> int:
        if not score.answerable(self.query, self.rare):
            return 0
        if not self.words and not self.query.needs:
            return self.state.live
        bits = self.fitting_needs
        matching = set(score.matching_words(self.query, self.rare))
        for name, word in zip(self.rare, self.words, strict=True):
            if name in matching:
                bits |= word.holding
        return bits

    def _in_reach(self) -> int:
        state, query = self.state, self.query
        if query.within is None or query.spot is None:
            return state.live
        near = self._reach(query.within)
        return near | state.flag("anywhere") | state.flag("helpline") | (state.live & ~state.flag("placed"))

    def _reach(self, metres: float) -> int:
        return self.state.reach(self.query.spot.latitude, self.query.spot.longitude, metres)

    def _passing(self, facet: str, chosen: frozenset[str]) -> int:
        held = self.state.facets.get(facet, Facet(silent=self.state.live))
        if facet in ALL_OF:
            fitting = self.state.live
            for value in chosen:
                fitting &= held.fits.get(value, 0)
        else:
            fitting = 0
            for value in chosen:
                fitting |= held.fits.get(value, 0)
        return held.silent | fitting

    def _stating(self, facet: str) -> int:
        """Records that state a chosen value themselves (all of them in `access`)."""
        held, chosen = self.state.facets.get(facet, Facet()), self.filters.get(facet, frozenset())
        if facet in ALL_OF and chosen:
            stating = self.state.live
            for value in chosen:
                stating &= held.explicit.get(value, 0)
            return stating
        stating = 0
        for value in chosen:
            stating |= held.explicit.get(value, 0)
        return stating

    # How many

    def facets(self) -> dict[str, dict[str, FacetCount]]:
        return {facet: self._counts(facet) for facet in FACETS}

    def _counts(self, facet: str) -> dict[str, FacetCount]:
        held = self.state.facets[facet]
        base = self.matching if facet not in self.filters else self._without(facet)
        if facet in ALL_OF and facet in self.filters:
            chosen = self.filters[facet]
            counts = _count(held, self.matching)
            for value in chosen & held.fits.keys():
                rest = base & self._passing(facet, chosen - {value})
                counts[value] = _count(held, rest)[value]
            return counts
        return _count(held, base)

    def _without(self, facet: str) -> int:
        bits = self.answering
        for other, passing in self.passing.items():
            if other != facet:
                bits &= passing
        return bits

    # In which order

    def page(self) -> list[int]:
        """Numbers of the records on the page, in order."""
        start = (self.query.page - 1) * self.query.size
        stop = start + self.query.size
        if not 0 <= start < min(stop, self.matching.bit_count()):
            return []
        total = self._points()
        if self.query.sort == "distance" and self.query.spot is not None:
            return self._by_distance(total, start, stop)
        slices = total.slices
        if self.query.spot is not None:
            slices = [*self._bands(), *slices]
        return self._best(self.matching, slices, start, stop - start)

    def _points(self) -> Sum:
        """Points of every record but those of `beside`, which is a group of its own."""
        total = Sum()
        for _, points, bits in self._rows:
            total.add(bits, points)
        return total

    def parts(self, numbers: Sequence[int]) -> list[dict[str, int]]:
        """Points by part of some records, in the words of `search.score`."""
        found: list[dict[str, int]] = [{} for _ in numbers]
        width = (self.state.size >> 3) + 1
        places = [(number >> 3, number & 7, parts) for number, parts in zip(numbers, found, strict=True)]
        for part, points, bits in [*self._rows, ("beside", score.BESIDE, self._beside())]:
            if not bits:
                continue
            held = bits.to_bytes(width, "little")
            for byte, bit, parts in places:
                if held[byte] >> bit & 1:
                    parts[part] = parts.get(part, 0) + points
        return found

    @cached_property
    def _rows(self) -> list[tuple[str, int, int]]:
        """(part, points, records that get them), all but `beside`."""
        state, query = self.state, self.query
        rows = []
        if score.by_need(query):
            named = self.named_needs
            rows.append(("need", score.NEED, named[0]))
            rows += [("need", score.ANOTHER_NEED, more) for more in named[1:]]
            rows.append(("need", score.NEAR_NEED, self.nearest_needs))
            rows.append(("need", score.ANY_NEED, self.fitting_needs & ~named[0] & ~self.nearest_needs))
        if query.schools and not query.needs:
            rows.append(("school", score.SCHOOL, state.flag("school")))
        for word, rare in zip(self.words, self.rarities, strict=True):
            rows += [(score.WORD_PART[name], score.WORD[name] * rare, bits) for name, bits in word.best]
        rows.append(("age", score.AGE, self._stating("age")))
        area = self._stating("area") | self._stating("gp")
        rows.append(("area", score.AREA, area))
        if query.local:
            rows.append(("local", score.LOCAL, area & self._any_need()))
        if query.spot is not None:
            close, nearby = self._reach(CLOSE), self._reach(NEARBY)
            rows.append(("near", score.NEAR[0], close))
            rows.append(("near", score.NEAR[1], nearby & ~close))
        for facet in self.filters:
            if facet not in score.OWN_PARTS:
                rows.append(("stated", score.STATED, self._stating(facet)))
        for part, points, facet, values in score.rewards(query):
            stating = 0
            for value in values:
                stating |= state.sets.get(("explicit", facet, value), 0)
            rows.append((part, points, stating))
        rows.append(("checked", score.CHECKED, state.flag("checked")))
        rows.append(("open", score.OPEN, state.flag("open")))
        return rows

    def _beside(self) -> int:
        """Records that are not schools, or schools that were asked for."""
        if self.query.schools:
            return self.state.live
        return self.state.live & ~self.state.flag("school") | self._named()

    def _named(self) -> int:
        """Records that the line names: enough of its words in the title, one of them of the rarest."""
        names, enough = score.naming_words(self.query, self.rare)
        held, rarest = [0] * enough, 0
        for name, word in zip(self.rare, self.words, strict=True):
            if name not in names:
                continue
            for place in range(enough - 1, 0, -1):
                held[place] |= held[place - 1] & word.title
            held[0] |= word.title
            rarest |= word.title if self.rare[name] == score.RAREST else 0
        return held[-1] & rarest if held else 0

    def _bands(self) -> tuple[int, int]:
        """Three less the distance band of every record, in two slices."""
        close, nearby = self._reach(CLOSE), self._reach(NEARBY)
        far = self.state.flag("placed") & ~nearby
        return close | self.phone | far, nearby | self.phone

    def _best(self, among: int, slices: list[int], skip: int, take: int) -> list[int]:
        beside = among & self._beside()
        found: list[int] = []
        for group, skipped, taken in ranked((beside, among & ~beside), slices, skip, take):
            found += self._in_order(group, skipped, taken)
        return found

    def _in_order(self, group: int, skip: int, take: int) -> list[int]:
        """Some members of a set, which is in order of reference but for the late records."""
        state = self.state
        late = group >> (state.numbered + 1)
        early = group & ((1 << (state.numbered + 1)) - 1) if late else group
        many = skip + take
        numbers = list(first(early, many)) if many <= FEW else positions(early)
        if late:
            numbers += [state.numbered + 1 + number for number in positions(late)]
            numbers.sort(key=self._place)
        return numbers[skip:many]

    def _place(self, number: int) -> tuple[int, str]:
        return self.state.late.get(number) or (number, "")

    def _by_distance(self, total: Sum, start: int, stop: int) -> list[int]:
        """By metres; helplines without a place count as none, other records without one come last."""
        placed = self.matching & self.state.flag("placed")
        phone = self.matching & self.phone
        pool = placed | phone
        size = pool.bit_count()
        found: list[int] = []
        if start < size:
            found = self._nearest(total, placed, phone, start, min(stop, size))
        if stop > size:
            skip = max(start - size, 0)
            found += self._best(self.matching & ~pool, total.slices, skip, stop - size - skip)
        return found

    def _nearest(self, total: Sum, placed: int, phone: int, start: int, stop: int) -> list[int]:
        limit = next(
            (
                metres
                for metres in (CLOSE, NEARBY)
                if (placed & self._reach(metres) | phone).bit_count() >= stop
            ),
            inf,
        )
        spot = self.query.spot
        away = self.state.points.metres(Ruler(spot.latitude, spot.longitude), limit, placed)
        away |= dict.fromkeys(positions(phone), 0.0)
        rows = sorted((metres, number) for number, metres in away.items())
        # Only records as far away as those on the page can tie with them.
        nearest, farthest = rows[start][0], rows[stop - 1][0]
        before = sum(1 for _ in _while_less(rows, nearest))
        tied = [row for row in islice(rows, before, None) if row[0] <= farthest]
        beside = self._beside()
        points = total.reader()

        def order(row):
            metres, number = row
            worth = points(number) + (score.BESIDE if beside >> number & 1 else 0)
            return metres, -worth, self._place(number)

        return [number for _, number in sorted(tied, key=order)][start - before : stop - before]


def _while_less(rows, metres: float):
    for row in rows:
        if row[0] >= metres:
            return
        yield row


def _count(facet: Facet, base: int) -> dict[str, FacetCount]:
    """How many records of a set fit each value, and how many state it."""
    silent = base & facet.silent
    spoken = base ^ silent
    always = silent.bit_count()
    fitting = [always + (spoken & bits).bit_count() for bits in facet.fits.values()]
    stating = [
        count - always if explicit is fits else (base & explicit).bit_count()
        for count, fits, explicit in zip(fitting, facet.fits.values(), facet.explicit.values(), strict=True)
    ]
    return dict(zip(facet.fits, map(_facet_count, zip(fitting, stating, strict=True)), strict=True))


_facet_count = partial(tuple.__new__, FacetCount)
"""A FacetCount from a pair, made without a call in Python: there are hundreds in each answer."""

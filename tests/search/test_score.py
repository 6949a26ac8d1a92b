"""The reference: what matches, what it is worth, in which order. One table for each question."""

import pytest

from search import score as reference
from search import telling
from search.query import Document, Query, Spot

HEMEL = Spot(51.753, -0.475, "Hemel Hempstead")
MILE = 0.01447
"""Degrees of latitude to a mile."""


def record(**facts) -> Document:
    facts = {"ref": "service:1", "kind": "service", "words": {}, "open": False} | facts
    for name in ("fits", "explicit"):
        facts[name] = {facet: frozenset(values) for facet, values in facts.get(name, {}).items()}
    return Document(**facts)


def ask(**facts) -> Query:
    filters = {facet: frozenset(values) for facet, values in facts.pop("filters", {}).items()}
    needs = {
        name: frozenset(facts.pop(name, ()))
        for name in ("needs", "near_needs", "background", "voice", "wanted", "tells")
    }
    return Query(filters=filters, **needs, **facts)


def parts(query: Query, document: Document, rare: int = 1) -> dict[str, int]:
    found = reference.score(query, document, dict.fromkeys(query.words, rare))
    found.pop("beside", None)
    return found


SLEEP = {"need": ["sleep"]}
NORTH = {"area": ["north"]}
MAINLY_NEAR = {"need": 8, "mainly": 5}


@pytest.mark.parametrize(
    ("query", "document", "points"),
    [
        (ask(), record(), {}),
        (ask(needs=["sleep"]), record(fits=SLEEP, explicit=SLEEP), {"need": 40}),
        (ask(needs=["sleep"]), record(), {"need": 8}),
        (ask(family=True), record(), {"need": 8}),
        (ask(needs=["tics"], near_needs=["sleep"]), record(fits=SLEEP, explicit=SLEEP), {"need": 24}),
        (ask(needs=["sleep"], near_needs=["sleep"]), record(fits=SLEEP, explicit=SLEEP), {"need": 40}),
        (
            ask(needs=["sleep", "eating", "adhd", "speech"]),
            record(explicit={"need": ["sleep", "eating", "adhd", "speech"]}),
            {"need": 60},
        ),
        (
            ask(words=("sleep",)),
            record(words={"title": ("sleep",), "summary": ("sleep",)}),
            {"title words": 12},
        ),
        (ask(words=("sleep",)), record(words={"provider": ("sleep",)}), {"provider words": 10}),
        (ask(words=("sleep",)), record(words={"needs": ("sleep",)}), {"needs words": 6}),
        (ask(words=("sleep",)), record(words={"summary": ("sleep",)}), {"summary words": 6}),
        (ask(words=("sleep",)), record(words={"description": ("sleep",)}), {"description words": 3}),
        (
            ask(words=("sleep", "sleep", "club")),
            record(words={"title": ("sleep",), "description": ("club",)}),
            {"title words": 12, "description words": 3},
        ),
        (ask(filters={"age": ["7"]}), record(), {}),
        (ask(filters={"age": ["7"]}), record(explicit={"age": ["7", "8"]}), {"age": 5}),
        (
            ask(filters={"area": ["north"], "gp": ["east"]}),
            record(explicit={"area": ["north"], "gp": ["east"]}),
            {"area": 8},
        ),
        (ask(spot=HEMEL), record(points=((51.753, -0.475),)), {"near": 12}),
        (ask(spot=HEMEL), record(points=((51.753 + 5 * MILE, -0.475),)), {"near": 6}),
        (ask(spot=HEMEL), record(points=((51.753 + 11 * MILE, -0.475),)), {}),
        (ask(spot=HEMEL), record(), {}),
        (
            ask(filters={"cost": ["free"], "language": ["pl"], "when": ["evening"]}),
            record(explicit={"cost": ["free"], "language": ["pl"]}),
            {"stated": 10},
        ),
        (ask(filters={"access": ["quiet", "ramp"]}), record(explicit={"access": ["quiet"]}), {}),
        (ask(filters={"access": ["quiet"]}), record(explicit={"access": ["quiet", "ramp"]}), {"stated": 5}),
        (ask(), record(checked=True, open=True), {"checked": 4, "open": 3}),
        (ask(), record(explicit={"referral": ["parent", "gp"]}), {"direct": 5}),
        (ask(), record(explicit={"referral": ["gp"]}), {}),
        (ask(needs=["sleep"]), record(explicit={"mainly": ["sleep"], **SLEEP}), {"need": 40, "mainly": 14}),
        (ask(needs=["tics"], near_needs=["sleep"]), record(explicit={"mainly": ["sleep"]}), MAINLY_NEAR),
        (ask(background=["autism"]), record(explicit={"need": ["autism"]}), {"background": 10}),
        (ask(voice=["young"]), record(explicit={"audience": ["family", "young"]}), {"audience": 15}),
        (ask(voice=["family"]), record(explicit={"audience": ["professional"]}), {}),
        (ask(wanted=["group", "support"]), record(explicit={"category": ["group"]}), {"kind of help": 14}),
        (ask(needs=["sleep"]), record(explicit={"titled": ["sleep"], **SLEEP}), {"need": 40, "titled": 8}),
        (ask(near_needs=["sleep"]), record(explicit={"titled": ["sleep"], **SLEEP}), {"need": 24}),
        (ask(tells=["wait", "steps"]), record(explicit={"tells": ["wait", "steps"]}), {"tells": 40}),
        (ask(tells=["book"]), record(explicit={"tells": ["wait"]}), {}),
        (ask(local=True, filters=NORTH), record(explicit=NORTH), {"area": 8, "local": 50}),
        (ask(local=True, filters=NORTH), record(fits=SLEEP, explicit=NORTH), {"area": 8}),
        (ask(schools=True), record(kind="school"), {"school": 30}),
        (ask(schools=True, needs=["sleep"]), record(kind="school"), {"need": 8}),
    ],
)
def test_points(query, document, points):
    assert parts(query, document) == points


def test_a_rare_word_counts_up_to_three_times():
    assert parts(ask(words=("sash",)), record(words={"title": ("sash",)}), rare=3) == {"title words": 36}


@pytest.mark.parametrize(
    ("services", "schools", "rarity"),
    [
        ((0, 0), (0, 0), 0),
        ((0, 100), (0, 600), 0),
        ((2, 100), (0, 600), 3),
        ((3, 100), (0, 600), 2),
        ((12, 100), (0, 600), 2),
        ((13, 100), (0, 600), 1),
        ((1, 1), (0, 0), 1),
        ((0, 100), (2, 600), 3),
        ((0, 100), (300, 600), 1),
        ((1, 100), (300, 600), 1),
        ((90, 100), (1, 600), 1),
    ],
)
def test_rarity_is_that_of_the_group_where_a_word_is_commonest(services, schools, rarity):
    assert telling.rarity(services, schools) == rarity


@pytest.mark.parametrize(("services", "rarity"), [((1, 100), 3), ((0, 100), 2)])
def test_pages_decide_only_about_words_that_no_service_holds(services, rarity):
    assert telling.rarity(services, (0, 600), pages=(5, 50)) == rarity


@pytest.mark.parametrize(
    ("query", "counted"),
    [
        (ask(words=("help", "sleep", "child")), ("sleep",)),
        (ask(words=("help", "child")), ("help", "child")),
        (ask(words=("help", "child"), needs=["sleep"]), ()),
        (ask(words=("sleep", "sleep")), ("sleep",)),
    ],
)
def test_soft_words_count_only_where_nothing_else_was_said(query, counted):
    assert reference.counted_words(query) == counted


@pytest.mark.parametrize(
    ("query", "rare", "answerable"),
    [
        (ask(), {}, True),
        (ask(words=("pizza",)), {"pizza": 0}, False),
        (ask(words=("sash",)), {"sash": 3}, True),
        (ask(words=("uni", "hert")), {"uni": 0, "hert": 3}, True),
        (ask(words=("wed", "venu", "counti")), {"wed": 0, "venu": 0, "counti": 1}, False),
        (ask(words=("wed", "venu", "counti"), family=True), {"wed": 0, "venu": 0, "counti": 1}, True),
        (ask(words=("wed", "venu"), needs=["sleep"]), {"wed": 0, "venu": 0}, True),
        (ask(words=("sash",), elsewhere=True), {"sash": 3}, False),
    ],
)
def test_a_line_of_mostly_unknown_words_about_nobody_finds_nothing(query, rare, answerable):
    assert reference.answerable(query, rare) is answerable
    assert answerable or not reference.matches(query, record(words={"title": query.words}), rare)


def test_a_common_word_brings_no_record_where_another_tells_them_apart():
    group, autism = record(words={"title": ("group",)}), record(words={"title": ("autism", "group")})
    rare = {"autism": 2, "group": 1}
    query = ask(words=("autism", "group"))
    assert [reference.matches(query, each, rare) for each in (group, autism)] == [False, True]
    assert reference.matches(ask(words=("group",)), group, rare)
    tagged = ask(words=("group",), needs=["autism"])
    assert not reference.matches(tagged, record(words=group.words, fits=SLEEP), rare)


@pytest.mark.parametrize(
    ("query", "document", "matches"),
    [
        (ask(), record(), True),
        (ask(words=("sleep",)), record(), False),
        (ask(words=("sleep", "club")), record(words={"description": ("club",)}), True),
        (ask(needs=["sleep"]), record(fits={"need": ["eating"]}), False),
        (ask(needs=["sleep"]), record(fits={"need": []}), False),
        (ask(needs=["sleep"]), record(), True),  # open to any need
        (ask(words=("club",), needs=["sleep"]), record(fits=SLEEP, explicit=SLEEP), True),
        (ask(needs=["sleep"]), record(helpline=True), True),
        (ask(needs=["sleep"]), record(helpline=True, explicit={"need": ["eating"]}), False),
        (ask(needs=["sleep"]), record(helpline=True, explicit=SLEEP), True),
        (ask(needs=["tics"], near_needs=["sleep"]), record(fits=SLEEP, explicit=SLEEP), True),
        (ask(words=("club",), family=True), record(), True),
        (ask(words=("club",), family=True), record(fits=SLEEP, explicit=SLEEP), False),
        (ask(elsewhere=True), record(), False),
    ],
)
def test_matching(query, document, matches):
    rare = dict.fromkeys(query.words, 1)
    assert reference.matches(query, document, rare) is matches
    assert (reference.score(query, document, rare) is not None) is matches


@pytest.mark.parametrize(
    ("facet", "chosen", "document", "passes"),
    [
        ("age", ["7"], record(), True),  # silence fits
        ("age", ["7"], record(fits={"age": ["8"]}), False),
        ("age", ["7"], record(fits={"age": []}), False),
        ("age", ["6", "7"], record(fits={"age": ["7"]}), True),
        ("age", [], record(fits={"age": []}), True),
        ("age", ["7"], record(helpline=True, fits={"age": []}), True),
        ("access", ["quiet", "ramp"], record(fits={"access": ["quiet"]}), False),
        ("access", ["quiet", "ramp"], record(fits={"access": ["quiet", "ramp"]}), True),
    ],
)
def test_filters(facet, chosen, document, passes):
    assert reference.passes(facet, frozenset(chosen), document) is passes


FAR = ((51.753 + 30 * MILE, -0.475),)


@pytest.mark.parametrize(
    ("document", "in_reach"),
    [
        (record(points=((51.753, -0.475),)), True),
        (record(points=FAR), False),
        (record(points=(*FAR, (51.753, -0.475))), True),
        (record(), True),
        (record(points=FAR, anywhere=True), True),
        (record(points=FAR, helpline=True), True),
    ],
)
def test_distance_hides_only_what_is_all_too_far(document, in_reach):
    assert reference.in_reach(ask(spot=HEMEL, within=8000), document) is in_reach
    assert reference.in_reach(ask(spot=HEMEL), document)


def ordered(query, *documents):
    def key(document):
        points = reference.score(query, document, dict.fromkeys(query.words, 2))
        return reference.place_in_order(query, document, sum(points.values()))

    return [document.ref for document in sorted(documents, key=key)]


def test_schools_come_below_services_unless_asked_for():
    strong = record(
        ref="school", kind="school", checked=True, words={"title": ("sleep", "club")}, explicit=SLEEP,
        points=((51.753, -0.475),), open=True,
    )  # fmt: skip
    weak = record(ref="weak", words={"description": ("club",)}, fits={"need": []})
    query = {"words": ("sleep", "club"), "needs": ["sleep"], "spot": HEMEL}
    assert ordered(ask(**query), strong, weak) == ["weak", "school"]
    assert ordered(ask(**query, schools=True), strong, weak) == ["school", "weak"]


def test_beside_outweighs_all_else_a_school_can_have():
    everything = {facet: ["x"] for facet in ("age", "area", "cost", "when", "access", "language", "open")}
    words = tuple(f"word{number}" for number in range(100))
    school = record(
        kind="school", checked=True, open=True, words={"provider": words}, points=((51.753, -0.475),),
        explicit=everything | {"need": ["a", "b", "c"]},
    )  # fmt: skip
    query = ask(words=words, needs=["a", "b", "c"], spot=HEMEL, filters=everything)
    assert sum(parts(query, school, rare=3).values()) < reference.BESIDE


def test_a_school_asked_for_by_its_name_ranks_beside_services():
    school = record(kind="school", words={"title": ("lonsdal", "school")})
    found = reference.score(ask(words=("lonsdal",)), school, {"lonsdal": 3})
    assert found["beside"] == reference.BESIDE
    assert "beside" not in reference.score(ask(words=("school",)), school, {"school": 1})


def test_one_word_of_many_is_not_the_name_of_a_school():
    school = record(kind="school", words={"title": ("hurst", "drive", "school")})
    rare = {"hurst": 3, "drive": 3, "sock": 0, "label": 0, "mad": 0, "school": 1}
    named, not_named = ("hurst", "drive", "mad", "school"), ("sock", "label", "drive", "mad", "school")
    assert reference.named(ask(words=named), school, rare)
    assert not reference.named(ask(words=not_named), school, rare)


def test_equal_fit_goes_by_band_then_by_reference():
    query = ask(spot=HEMEL, needs=["sleep"])
    beyond, none, phone = record(ref="c", points=FAR), record(ref="b"), record(ref="z", helpline=True)
    assert ordered(query, none, phone, beyond) == ["z", "c", "b"]
    assert ordered(ask(), record(ref="b"), record(ref="a")) == ["a", "b"]


def test_by_distance_those_without_a_place_come_last_except_helplines():
    query = ask(spot=HEMEL, sort="distance")
    near, far = record(ref="near", points=((51.76, -0.475),)), record(ref="far", points=FAR)
    none, phone = record(ref="none", checked=True), record(ref="phone", helpline=True)
    assert ordered(query, none, far, phone, near) == ["phone", "near", "far", "none"]

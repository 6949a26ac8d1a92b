"""Sets as whole numbers, and sums over them, against plain Python."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.bits import Sum, bitset, first, positions, ranked
from search.engines.places import Points
from search.near import CLOSE, NEARBY, Ruler

SIZE = 300
sets = st.sets(st.integers(0, SIZE - 1))


@given(sets)
def test_a_set_is_itself_again(members):
    bits = bitset(list(members), SIZE)
    assert bits == sum(1 << member for member in members)
    assert positions(bits) == sorted(members)
    assert list(first(bits, 5)) == sorted(members)[:5]


@given(
    st.lists(st.tuples(sets, st.integers(0, 40)), max_size=8), sets, st.integers(0, 60), st.integers(0, 30)
)
def test_sums_rank_as_numbers_do(added, among, skip, take):
    total, plain = Sum(), dict.fromkeys(range(SIZE), 0)
    for members, points in added:
        total.add(bitset(list(members), SIZE), points)
        for member in members:
            plain[member] += points
    read = total.reader()
    assert [read(member) for member in range(SIZE)] == list(plain.values())
    best = sorted(among, key=lambda member: (-plain[member], member))
    found = []
    for group, skipped, taken in ranked([bitset(list(among), SIZE)], total.slices, skip, take):
        found += positions(group)[skipped : skipped + taken]
    assert found == best[skip : skip + take]


def some_places(chance):
    """Places over a county, over the whole earth, round the date line or at a pole; many tie."""
    south, west, high, wide = chance.choice(
        [(51.6, -0.7, 0.4, 0.9), (-90, -180, 180, 360), (-1, 179, 2, 1), (89, -180, 1, 360)]
    )
    digits = chance.choice([2, 3, 15])
    return [
        (south + round(chance.random() * high, digits), west + round(chance.random() * wide, digits))
        for _ in range(chance.choice([1, 2, 40, 900]))
    ]


@pytest.mark.parametrize("seed", range(300))
def test_a_circle_holds_what_measuring_finds(seed):
    chance = random.Random(seed)
    spot, *places = some_places(chance)
    ruler = Ruler(*spot)
    metres = chance.choice([-1, 0, 1, CLOSE, NEARBY, 100_000, 3_000_000, 20_020_000])
    if places and chance.random() < 0.5:  # a place exactly on the rim
        metres = ruler.nearest(chance.sample(places, 1))
    points = Points((*place, number // 2) for number, place in enumerate(places))
    inside = {number // 2 for number, place in enumerate(places) if ruler.metres(*place) <= metres}
    size = len(places) + 1
    assert points.within(ruler, metres, size) == bitset(list(inside), size)
    among = bitset(list(range(0, size, 3)), size)
    assert points.metres(ruler, metres, among) == {
        number: ruler.nearest(places[number * 2 : number * 2 + 2]) for number in inside if number % 3 == 0
    }


@pytest.mark.parametrize(
    ("one", "other", "metres"),
    [
        ((51.7520, -0.4700), (51.7520, -0.4700), 0),
        ((51.7520, -0.4700), (51.7527, -0.3390), 9_017.93),  # Hemel Hempstead to St Albans
        ((51.6550, -0.3960), (51.9050, -0.2020), 30_836.49),  # Watford to Stevenage
        ((0, 0), (0, 180), 20_015_114.35),
        ((0, 179.9), (0, -179.9), 22_239.02),
    ],
)
def test_distances_are_those_of_the_haversine(one, other, metres):
    assert Ruler(*one).metres(*other) == pytest.approx(metres, abs=0.01)

"""Sets as whole numbers, and sums over them, against plain Python."""

import random

from hypothesis import given
from hypothesis import strategies as st

from search.engines.bits import Sum, bitset, first, positions, ranked
from search.engines.memory import Points
from search.near import Ruler

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


def test_a_circle_holds_what_measuring_finds():
    chance = random.Random(4)
    for _ in range(150):
        count, digits = chance.choice([0, 1, 40, 900]), chance.choice([2, 3, 15])
        places = [
            (51.6 + round(chance.random() * 0.4, digits), -0.7 + round(chance.random() * 0.9, digits), number)
            for number in range(count)
        ]
        ruler = Ruler(51.6 + round(chance.random() * 0.4, digits), round(chance.random() * 0.9, 2) - 0.7)
        metres = chance.choice([0, 1, 4828.032, 16093.44, 100_000])
        if places and chance.random() < 0.4:  # a place exactly on the rim
            metres = ruler.nearest([places[0][:2]])
        inside = [number for y, x, number in places if ruler.squared(y, x) <= metres * metres]
        assert Points(places).within(ruler, metres, count + 1) == bitset(inside, count + 1)

"""Rows of words hold what was put into them, however many records hold a word."""

from hypothesis import given, settings
from hypothesis import strategies as st

from search.engines import postings
from search.engines.bits import bitset
from search.engines.postings import BLOCK, WIDTH, changed, keys, packed, sets

places = st.integers(0, BLOCK - 1)
# Few and many: a row of more than 127 records is written as bits.
some = st.sets(places, max_size=40) | st.builds(
    lambda start, step: set(range(start, BLOCK, step)), places, st.integers(1, 30)
)


@settings(max_examples=60, deadline=None)
@given(some, st.dictionaries(places, st.booleans(), max_size=60))
def test_a_changed_row_is_the_row_of_what_is_left(held, moves):
    left = (held - moves.keys()) | {place for place, present in moves.items() if present}
    row = changed(packed(held), moves)
    assert row == packed(left)
    assert len(row) <= WIDTH
    assert sets([(0, 0, row)], BLOCK).holding == bitset(sorted(left), BLOCK)


@settings(max_examples=60, deadline=None)
@given(st.lists(some, min_size=1, max_size=3), st.integers(0, 4))
def test_blocks_follow_one_another(blocks, field):
    rows = [(field, block, packed(held)) for block, held in enumerate(blocks) if held]
    size = len(blocks) * BLOCK
    numbers = [block * BLOCK + place for block, held in enumerate(blocks) for place in held]
    found = sets(rows, size)
    assert found.holding == bitset(numbers, size)
    assert found.title == (found.holding if field == 0 else 0)
    # What a transaction sees of a later state is left out.
    assert sets(rows, BLOCK).holding == bitset(sorted(blocks[0]), BLOCK)


def test_a_field_counts_where_it_is_the_best():
    rows = [(0, 0, packed([1, 2])), (3, 0, packed([2, 5]))]
    assert sets(rows, 8).best == (("title", 0b110), ("summary", 0b100000))
    assert sets([], 8) == postings.WordSets(0, 0, ())


def test_keys_are_the_words_of_each_field():
    assert keys("sleep clinic sleep\n\nsleep\n\nภาษา") == {
        ("sleep", 0),
        ("clinic", 0),
        ("sleep", 2),
        ("ภาษา", 4),
    }
    assert keys("") == set()

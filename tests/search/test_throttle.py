"""A limit by cost: a school of families is never refused, a flood is."""

from search.throttle import Throttle


class Clock:
    now = 1000.0

    def __call__(self):
        return self.now


def test_thirty_people_behind_one_address_are_never_refused():
    clock = Clock()
    limit = Throttle(clock=clock)
    for _ in range(60):  # an hour: each searches once a minute, dearly
        for _ in range(30):
            assert limit.refused("school") == 0
            limit.spend("school", 0.1)
        clock.now += 60


def test_a_flood_is_told_how_long_to_wait_and_let_in_again():
    clock = Clock()
    limit = Throttle(clock=clock)
    while not limit.refused("flood"):
        limit.spend("flood", 0.5)
    wait = limit.refused("flood")
    assert 1 <= wait <= 60
    assert limit.refused("family") == 0
    clock.now += wait + 60
    assert limit.refused("flood") == 0


def test_addresses_are_not_kept():
    limit = Throttle(clock=Clock())
    limit.spend("203.0.113.7", 1)
    assert "203.0.113.7" not in repr(vars(limit))

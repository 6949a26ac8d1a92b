"""A breaker opens after three failures, rests, lets one call through, and closes when that succeeds."""

import threading

import pytest

from search.engines.breaker import CLOSED, OPEN, PROBING, Breaker


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


# Each letter is one event: F a failed call, S one that succeeded, f and s the same of another kind,
# ? somebody asks to call, and a digit lets so many seconds pass. What is told at each ? is written
# with y or n, then comes the state.
@pytest.mark.parametrize(
    ("events", "told", "state"),
    [
        ("", "", CLOSED),
        ("FF?", "y", CLOSED),
        ("FFF?", "n", OPEN),
        ("FFSFF?", "y", CLOSED),
        ("FsFsF?", "n", OPEN),
        ("FFf?", "n", OPEN),
        ("FFF4?", "n", OPEN),
        ("FFF5??", "yn", PROBING),
        ("FFF5?S??", "yyy", CLOSED),
        ("FFF5?F?", "yn", OPEN),
        ("FFF5?F4?1?", "yny", PROBING),
        # Calls made before it opened come home late: neither closes it nor makes it rest longer.
        ("FFFS?", "n", OPEN),
        ("FFF4FF1?", "y", PROBING),
        # The probe never came home.
        ("FFF5?5?", "yy", PROBING),
        # What closed it was of another kind: the first failure of the old kind opens it again.
        ("FFF5?sF?", "yn", OPEN),
        ("FFF5?sSF?", "yy", CLOSED),
    ],
)
def test_the_breaker(events, told, state):
    clock = Clock()
    breaker = Breaker(limit=3, rest=5.0, clock=clock)
    answers = ""
    for event in events:
        if event.isdigit():
            clock.now += int(event)
        elif event == "?":
            answers += "y" if breaker.admits() else "n"
        elif event in "Ff":
            breaker.failed(event.lower() if event == "f" else "")
        else:
            breaker.succeeded("f" if event == "s" else "")
    assert (answers, breaker.state) == (told, state)


def test_it_says_once_that_it_opened_and_once_that_it_closed():
    clock = Clock()
    breaker = Breaker(limit=3, rest=5.0, clock=clock)
    assert [breaker.failed() for _ in range(5)] == [False, False, True, False, False]
    clock.now += 5
    assert breaker.admits()
    assert [breaker.succeeded(), breaker.succeeded()] == [True, False]


def test_of_many_threads_one_probes():
    clock = Clock()
    breaker = Breaker(limit=1, rest=5.0, clock=clock)
    breaker.failed()
    clock.now += 5
    told = []
    at_once = threading.Barrier(8)

    def ask():
        at_once.wait()
        told.append(breaker.admits())

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == [False] * 7 + [True]

"""The demo, loaded once for all tests that ask for it."""

import io

import pytest


@pytest.fixture(scope="session")
def demo(django_db_setup, django_db_blocker):
    """The whole demo in the test database: about half a minute, once.

    It stays there, so the tests that use it run after those that count on an empty database
    (`pytest_collection_modifyitems`). What one of them changes is rolled back as ever.
    """
    from directory.demo import Progress, load
    from home.demo import load as load_pages

    with django_db_blocker.unblock():
        load(Progress(io.StringIO()))
        load_pages()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: (empties_the_database(item), "demo" in item.fixturenames))


def empties_the_database(item) -> int:
    """0: no. 1: yes, and it puts back what stood there at first. 2: yes, and it puts nothing back, so
    that those of the first kind must come before."""
    marker = item.get_closest_marker("django_db")
    given = marker.kwargs if marker else {}
    asked = {"transactional_db", "live_server", "django_db_reset_sequences"} & set(item.fixturenames)
    if not (asked or given.get("transaction")):
        return 0
    return 1 if given.get("serialized_rollback") else 2

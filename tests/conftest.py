"""The demo, loaded once for all tests that ask for it; a PostgreSQL for those that need one."""

import io
import os

import pytest
from django.core.cache import cache
from django.db import connections

from localoffer.settings.database import database
from search.throttle import searches
from tests import postgres as debian


@pytest.fixture(autouse=True)
def nothing_remembered():
    """What a process keeps between requests: what one address has cost, and renditions of pictures, whose
    keys begin at 1 again in each test."""
    searches.forget()
    cache.clear()


@pytest.fixture(scope="session")
def demo(django_db_setup, django_db_blocker):
    """The whole demo in the test database: about half a minute, once.

    It stays there, so the tests that use it run after those that count on an empty database
    (`pytest_collection_modifyitems`). What one of them changes is rolled back as ever.
    """
    from directory.demo import Progress, load
    from handbook.demo import load as load_handbook
    from home.demo import load as load_pages
    from waiting.demo import load as load_guides

    with django_db_blocker.unblock():
        load(Progress(io.StringIO()))
        load_pages()
        load_handbook()
        load_guides()


@pytest.fixture(scope="session")
def postgres(django_db_setup, django_db_blocker) -> str:
    """The key of DATABASES of a PostgreSQL with the tables of an index: that of the site, when it is
    one, else of a server that is started for this run."""
    from search.engines import tables
    from search.engines.postgres import Postgres

    if connections["default"].vendor == "postgresql":
        yield "default"
        return
    if not debian.installed():
        message = "PostgreSQL is not installed (on Debian: apt install postgresql)."
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    with debian.Server() as server:
        made = database(server.url, None)
        connections.settings["postgres"] = connections.configure_settings({"default": made})["default"]
        with django_db_blocker.unblock():
            with connections["postgres"].cursor() as cursor:
                tables.create(cursor, Postgres())
            yield "postgres"
            connections["postgres"].close()


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

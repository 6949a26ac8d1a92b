"""Servers that the tests of engines ask for by name."""

import pytest
from django.db import connection

from search.engines import engine
from tests.search.elasticsearch import elastic, elastic_node, elastic_three, elastic_url  # noqa: F401


def made(name, request):
    """The engine of a name. What it runs on is started when it is first asked for; without it, its
    tests are skipped by name (a failure with CI=true)."""
    if name == "elastic":
        return elastic(f"{request.getfixturevalue('elastic_url')}/engines")
    if name == "postgres":
        return engine(f"postgres:{request.getfixturevalue('postgres')}")
    if connection.vendor != "sqlite":
        pytest.skip("The site's database is not SQLite in this run.")
    return engine("sqlite:")


# Made once for all tests of an engine: a database must be there before a test opens its transaction.
@pytest.fixture(scope="module", params=["sqlite", "postgres", "elastic"])
def every_engine(request):
    return made(request.param, request)


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def database_engine(request):
    return made(request.param, request)


@pytest.fixture
def target(every_engine, db):
    return every_engine


@pytest.fixture
def inside(database_engine, db):
    """Engines whose index stands in a database, and takes part in its transactions."""
    return database_engine

"""Fixtures that give tests a real Elasticsearch.

`elastic_node` is one node for the whole run: tests that kill or pause it put it back. `elastic_url` is
its address. `elastic_three` is a context manager that starts a cluster of three of its own.
"""

import os
from functools import cache

import pytest

from .node import missing, one_node, three_nodes


def _needed() -> None:
    if not (lacking := missing()):
        return
    message = f"Elasticsearch needs Java 17 and Maven; {', '.join(lacking)} not found."
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="session")
def elastic_node():
    """The run's own node (`node.Node`)."""
    _needed()
    with one_node() as node:
        yield node


@pytest.fixture(scope="session")
def elastic_url(elastic_node) -> str:
    return elastic_node.url


@pytest.fixture(scope="session")
def elastic_three():
    """`with elastic_three() as nodes:` gives three nodes of one cluster."""
    _needed()
    return three_nodes


@cache
def elastic(url: str):
    """An engine at a URL for tests of what it answers, not of how soon: it waits for a machine with much
    else to do, and drops an old index as soon as a new one answers."""
    from search.engines.elastic import ElasticEngine

    return ElasticEngine(url, timeout=20, settle=0)

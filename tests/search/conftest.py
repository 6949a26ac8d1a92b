"""Servers that the tests of engines ask for by name."""

from tests.search.elasticsearch import elastic_node, elastic_three, elastic_url  # noqa: F401

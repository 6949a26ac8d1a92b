"""The demo directory on Elasticsearch: the very pages of the reference, for lines that families type."""

import random

import pytest
from django.core.management import call_command
from django.http import QueryDict

from search.documents import documents
from search.filters import SearchFilter
from search.query import Change
from tests.search.elasticsearch import elastic
from tests.search.reference import answer

pytestmark = pytest.mark.django_db

LINES = [
    "q=my 7 year old wont sleep hemel",
    "q=yr 9 refusing school watford",
    "q=autistic friendly saturday club under 5s",
    "q=SALT stevenage&sort=distance",
    "q=camhs said no",
    "q=no diagnosis yet adhd help 15 yo",
    "q=school for autism near hitchin&sort=distance&page=2",
    "q=&kind=school&place=Ware&within=10",
    "q=&access=quiet-space&access=step-free&cost=free",
    "q=speech&age=4&place=AL1&within=3",
    "q=wedding venue",
    "q=bin collection",
    "",
    "page=9",
]


@pytest.fixture
def records(demo, elastic_url):
    target = elastic(f"{elastic_url}/demo")
    held = list(documents())
    random.Random(1).shuffle(held)
    target.rebuild(Change(each.ref, 1, each) for each in held)
    return target, held


def test_the_demo_on_elasticsearch_equals_the_reference(records, settings, capsys):
    target, held = records
    for line in LINES:
        query = SearchFilter(QueryDict(line)).query()
        found, expected = target.search(query), answer(query, held, facets=line in LINES[:2])
        assert found.hits == expected.hits, line
        assert found.total == expected.total == target.count([query])[0], line
        if expected.facets:
            assert found.facets == expected.facets, line

    settings.SEARCH_URL = f"{target._address.hosts[0]}/demo"
    call_command("find", "wont sleep", "--engine", "elastic", "--limit", "3", "--json")
    assert '"engine": "elastic"' in capsys.readouterr().out

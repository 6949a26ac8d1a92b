"""One way with its question to families, in a county of two NHS halves; and all who work on the site."""

import time
from unittest import mock

import pytest
from django.contrib.auth.models import Group, User
from wagtail.models import Page

from home.demo import load
from home.models import HomePage
from tests import factories as make
from tests.permissions import ROLES
from waiting.found import views
from waiting.found.forms import SIGNED
from waiting.found.limit import Limit
from waiting.models import PathwayPage, WaitingIndexPage


def load_way() -> PathwayPage:
    load()
    home = Page.objects.get(pk=HomePage.objects.get().pk)
    index = home.add_child(instance=WaitingIndexPage(title="Waits", slug="some-waits"))
    return index.add_child(instance=PathwayPage(title="Hearing test", slug="hearing", lede="The way."))


def load_halves():
    dacorum, stevenage = make.district("Dacorum"), make.district("Stevenage", west=-0.2)
    facts = {"kind_slug": "nhs", "decided_by": "gp", "explanation": "It depends on your GP."}
    return [
        make.area_over("North half", stevenage, **facts),
        make.area_over("South half", dacorum, **facts),
    ]


@pytest.fixture
def way(db):
    return load_way()


@pytest.fixture
def halves(db):
    return load_halves()


@pytest.fixture
def fresh_limit(monkeypatch):
    """Nobody has answered in this hour."""
    monkeypatch.setattr(views, "answers", Limit())


def opened(way, seconds: float = 60) -> str:
    """What the form of a way holds when it was opened so many seconds ago."""
    with mock.patch("django.core.signing.time.time", return_value=time.time() - seconds):
        return SIGNED.sign(str(way.pk))


def sent(way, **facts) -> dict:
    """What a family sends; None takes a field away."""
    sent = {"found": "longer", "half": "north-half", "website": "", "opened": opened(way)} | facts
    return {name: value for name, value in sent.items() if value is not None}


def person(name: str) -> User:
    user = User.objects.create_user(name, f"{name}@example.org", "a long password")
    user.groups.add(Group.objects.get(name=ROLES[name]))
    return user


@pytest.fixture
def editor(db):
    return person("editor")


@pytest.fixture
def reviewer(db):
    return person("reviewer")


@pytest.fixture
def administrator(db):
    return person("administrator")

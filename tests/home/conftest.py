"""The demo's pages on an empty directory, and lines of urgent help."""

import pytest
from wagtail.models import Site

from directory.models import Contact, Service, Session
from home import context
from home.demo import load
from home.models import HomePage, SiteSettings


@pytest.fixture
def pages(db):
    load()
    return HomePage.objects.get()


@pytest.fixture
def settings_row(pages):
    return SiteSettings.objects.get(site=Site.objects.get(is_default_site=True))


@pytest.fixture(autouse=True)
def nothing_kept():
    context._kept.clear()


@pytest.fixture
def urgent_line(db):
    """Makes a live record of urgent help; `session` gives its weekly hours as (first day, last day,
    starts, ends)."""

    def make(name, session=None, phone="01234 567890", **facts):
        service = Service(
            name=name,
            summary=f"{name} helps.",
            category="helpline",
            source="x",
            crisis=True,
            live=True,
            **facts,
        )
        if phone:
            service.contacts = [Contact(kind="phone", value=phone)]
        if session:
            first, last, starts, ends = session
            service.sessions = [
                Session(frequency="weekly", weekday=first, weekday_to=last, starts=starts, ends=ends)
            ]
        service.save()
        return service

    return make

"""Real Chromium against a served site. A journey asks for `page` (nobody signed in) or `sign_in`."""

import os
import shutil

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.test import Client
from playwright.sync_api import sync_playwright

from tests.chromium import DESK, FLAGS, PHONE

# Playwright keeps an event loop in this thread, so Django would refuse every query of a test.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """A served site sees only what is committed, and needs Wagtail's root page, groups and workflows back
    after each test; tests of that kind run after all others."""
    for item in items:
        if item.path.parent.name == "browser":
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True))


@pytest.fixture(scope="package")
def browser(django_db_setup, django_db_blocker):
    """Chromium for this folder only: while Playwright's loop runs, no other may start in this thread."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        reason = "Chromium is not installed (set CHROMIUM to its path)"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    # What each test puts back is laid over what is there, and the demo of earlier tests may be.
    with django_db_blocker.unblock():
        # All kinds are known by their numbers, so that none gets another while rows are put back.
        ContentType.objects.clear_cache()
        ContentType.objects.get_for_models(*apps.get_models())
        call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)
    # Beside a running loop Django opens another connection, which has not heard what to put back.
    migrated = connection._test_serialized_contents
    with sync_playwright() as playwright:
        connection._test_serialized_contents = migrated
        chrome = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield chrome
        chrome.close()
        connection.close()


@pytest.fixture
def site(live_server):
    """Where the site is served: “http://localhost:41234”."""
    return live_server.url


@pytest.fixture
def open_context(browser, site):
    """Browser contexts that know the site's address and are closed after the test."""
    contexts = []

    def open_one(**options):
        context = browser.new_context(**{"base_url": site, "viewport": DESK} | options)
        contexts.append(context)
        return context

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_context):
    return open_context(viewport=PHONE).new_page()


@pytest.fixture
def sign_in(open_context):
    """A page of its own for a person who has signed in."""

    def signed_in(user, **options):
        client = Client()
        client.force_login(user)
        context = open_context(**options)
        context.add_cookies(
            [
                {
                    "name": settings.SESSION_COOKIE_NAME,
                    "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
                    "domain": "localhost",
                    "path": "/",
                }
            ]
        )
        return context.new_page()

    return signed_in

"""People and the ordinary record."""

import pytest
from django import forms
from django.contrib.auth.models import Group, User
from wagtail.admin.widgets import BaseChooser

from directory.models import Provider, Service


def person(name: str, group: str) -> User:
    user = User.objects.create_user(name, f"{name}@example.org", "a long password")
    user.groups.add(Group.objects.get(name=group))
    return user


@pytest.fixture
def editor(db):
    return person("editor", "Editors")


@pytest.fixture
def reviewer(db):
    return person("reviewer", "Reviewers")


@pytest.fixture
def administrator(db):
    return person("administrator", "Administrators")


@pytest.fixture
def make_service(db):
    """A service that has all a result card needs, not live unless told."""
    return complete


def complete(**facts) -> Service:
    provider, _ = Provider.objects.get_or_create(name="The Sleep Charity")
    facts = {
        "name": "Sleep clinic",
        "summary": "Helps children who do not sleep.",
        "category": "therapy",
        "provider": provider,
        "source": "https://example.org/sleep",
        "live": False,
    } | facts
    return Service.objects.create(**facts)


@pytest.fixture
def draft(db):
    """A complete service with one saved version, never published."""
    service = complete()
    service.save_revision()
    return Service.objects.get(pk=service.pk)


@pytest.fixture
def live(draft):
    draft.get_latest_revision().publish()
    return Service.objects.get(pk=draft.pk)


@pytest.fixture
def typed():
    """What a browser would send for the form at an address, with some of it typed anew."""
    return form_data


def form_data(client, url, **changes) -> dict:
    page = client.get(url)
    form = page.context["form"]
    sent = dict(_values(form))
    for formset in form.formsets.values():
        sent |= dict(_values(formset.management_form))
        for row in formset.forms:
            sent |= dict(_values(row))
    if newest := getattr(page.context.get("object"), "latest_revision", None):
        sent["loaded_revision_id"] = str(newest.pk)
        sent["loaded_revision_created_at"] = page.context["loaded_revision_created_at"]
    return sent | changes


def _values(form):
    for bound in form:
        value, widget = bound.value(), bound.field.widget
        if isinstance(bound.field, forms.BooleanField):
            if value:
                yield bound.html_name, "on"
        elif isinstance(widget, forms.MultiWidget):
            for number, part in enumerate(widget.decompress(value)):
                yield f"{bound.html_name}_{number}", "" if part is None else part
        elif getattr(widget, "allow_multiple_selected", False):
            yield bound.html_name, [getattr(item, "pk", item) for item in value or []]
        else:
            is_chooser = isinstance(widget, BaseChooser)
            yield (
                bound.html_name,
                ("" if value is None else value) if is_chooser else first(widget.format_value(value)),
            )


def first(value):
    """A select formats its one value as a list."""
    if isinstance(value, (list, tuple)):
        value = value[0] if value else ""
    return "" if value is None else value

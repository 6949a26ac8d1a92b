"""Editors switch the question off with a reason, and back on; who may, address by address."""

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse
from wagtail.models import ModelLogEntry

from tests.permissions import ROLES as GROUPS
from waiting.models import FoundCount, FoundQuestion

pytestmark = pytest.mark.django_db

ROLES = {**GROUPS, "superuser": None}
MAY = {"editor", "reviewer", "administrator", "superuser"}
OFF = {"off": "on", "reason": "We ask in person.", "by_half": "on"}


def named(name, *args):
    return reverse(f"foundquestion:{name}", args=args)


@pytest.fixture
def question(way):
    return FoundQuestion.of(way)


def sign_in(client, role):
    user = User.objects.create_user(role, is_superuser=role == "superuser")
    if group := ROLES[role]:
        user.groups.add(Group.objects.get(name=group))
    client.force_login(user)
    return user


@pytest.mark.parametrize("role", ROLES)
def test_who_may_see_and_switch(client, question, role):
    sign_in(client, role)
    for name, args in (("index", ()), ("edit", (question.pk,)), ("history", (question.pk,))):
        seen = client.get(named(name, *args)).status_code == 200
        assert seen == (role in MAY), name
    client.post(named("edit", question.pk), OFF)
    question.refresh_from_db()
    assert question.off == (role in MAY)
    for address in (named("add"), named("delete", question.pk)):
        assert client.get(address).status_code in (302, 403)
        client.post(address, {"off": ""})
    assert FoundQuestion.objects.count() == 1  # it comes and goes with its page


def test_without_signing_in_nothing_is_open(client, question):
    for address in (named("index"), named("edit", question.pk)):
        assert client.post(address, OFF)["Location"].startswith(reverse("wagtailadmin_login"))
    assert not FoundQuestion.objects.filter(off=True).exists()


def test_off_without_a_reason_is_refused_beside_the_field(client, question):
    sign_in(client, "editor")
    answer = client.post(named("edit", question.pk), OFF | {"reason": " "})
    assert "Say why it is off" in answer.content.decode()
    question.refresh_from_db()
    assert not question.off


def test_the_log_says_who_switched_it_when_and_why(client, question):
    user = sign_in(client, "editor")
    client.post(named("edit", question.pk), OFF)
    client.post(named("edit", question.pk), {"reason": "We ask in person.", "by_half": "on"})
    client.post(named("edit", question.pk), {"reason": ""})
    entries = ModelLogEntry.objects.filter(object_id=question.pk).order_by("timestamp")
    assert [(entry.action, entry.user) for entry in entries] == [
        ("waiting.question_off", user),
        ("waiting.question_on", user),
        ("wagtail.edit", user),
    ]
    history = client.get(named("history", question.pk)).content.decode()
    assert "Families are not asked what they found: We ask in person." in history
    assert "Families are asked again" in history


def test_editors_see_no_smaller_counts_than_families(client, question, way, halves):
    for area, number in ((halves[0], 12), (halves[1], 7)):
        for _ in range(number):
            FoundCount.objects.add(way, area, "longer")
    sign_in(client, "administrator")
    html = client.get(named("index")).content.decode()
    assert "it took longer: 12" in html
    assert "it was quicker: fewer than ten" in html
    assert "South half: too few to tell" in html
    assert ": 7" not in html

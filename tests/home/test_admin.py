"""What editors and administrators open and change in the admin."""

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse

from home.models import GlossaryTerm, HomePage, InformationPage, SiteSettings, UrgentHelpPage


@pytest.fixture
def signed_in(pages, client):
    def sign_in(group):
        person = User.objects.create_user(group, f"{group}@example.org", "a long password")
        person.groups.add(Group.objects.get(name=group))
        client.force_login(person)
        return client

    return sign_in


def settings_address():
    return reverse("wagtailsettings:edit", args=["home", "sitesettings", SiteSettings.objects.get().site_id])


@pytest.mark.parametrize("model", [HomePage, InformationPage, UrgentHelpPage])
def test_an_editor_opens_and_previews_every_kind_of_page(signed_in, model):
    client = signed_in("Editors")
    page = model.objects.first()
    assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
    preview = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert preview.status_code == 200
    assert page.title in preview.content.decode()


def test_an_editor_writes_and_a_reviewer_publishes(signed_in):
    page = InformationPage.objects.get(slug="about").permissions_for_user
    editor, reviewer = (User(username=name, is_active=True) for name in ("e", "r"))
    for person, group in ((editor, "Editors"), (reviewer, "Reviewers")):
        person.save()
        person.groups.add(Group.objects.get(name=group))
    assert page(editor).can_edit()
    assert not page(editor).can_publish()
    assert page(reviewer).can_publish()


@pytest.mark.parametrize(("group", "status"), [("Editors", 302), ("Reviewers", 302), ("Administrators", 200)])
def test_only_administrators_change_the_settings(signed_in, group, status):
    assert signed_in(group).get(settings_address()).status_code == status


def test_an_editor_explains_a_word(signed_in):
    client = signed_in("Editors")
    address = reverse("wagtailsnippets_home_glossaryterm:add")
    client.post(address, {"term": "EBSA", "stands_for": "", "plain": "Cannot go to school."})
    assert GlossaryTerm.objects.filter(term="EBSA").exists()

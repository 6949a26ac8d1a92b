"""What editors do shows in the public search at once, whatever the way."""

import pytest
from django.db import connection
from django.utils import timezone

from directory.models import Need, Provider, Service
from directory.publishing import publish_due
from search.engines import engine
from search.query import Query
from search.tokens import tokens
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def act(django_capture_on_commit_callbacks):
    """Does something and commits it, as far as search can tell."""

    def do(work, *args, **kwargs):
        # A test's own transaction never ends, so what ran before is still on its list.
        connection.run_on_commit = []
        with django_capture_on_commit_callbacks(execute=True):
            return work(*args, **kwargs)

    return do


@pytest.fixture
def found(client):
    def search(**params) -> list[str]:
        groups = client.get("/search/", params).context["groups"]
        return sorted(card.title for _, _, cards in groups for card in cards)

    return search


def test_a_draft_is_not_found_until_it_is_published(act, found):
    service = act(make.service, live=False)
    assert found() == []
    revision = service.save_revision()
    act(revision.publish)
    assert found() == ["Sleep clinic"]


def test_changes_wait_for_publishing_and_then_show_at_once(act, found):
    service = act(make.service)
    service.name = "Trampoline club"
    act(service.save_revision)
    assert found(q="trampoline") == []
    act(service.get_latest_revision().publish)
    assert found(q="trampoline") == ["Trampoline club"]


def test_unpublished_and_deleted_records_are_gone_at_once(act, found):
    first, second = act(make.service, "First"), act(make.service, "Second")
    act(first.unpublish)
    assert found() == ["Second"]
    act(second.delete)
    assert found() == []


def test_many_deleted_at_once_are_gone(act, found):
    for number in range(3):
        act(make.service, f"Club {number}")
    act(Service.objects.all().delete)
    assert found() == []


def test_the_schedule_publishes_and_takes_down(act, found):
    service = act(make.service, live=False)
    service.go_live_at = timezone.now() - timezone.timedelta(minutes=1)
    revision = service.save_revision()
    type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=service.go_live_at)
    act(publish_due)
    assert found() == ["Sleep clinic"]
    Service.objects.filter(pk=service.pk).update(expire_at=timezone.now() - timezone.timedelta(seconds=1))
    act(publish_due)
    assert found() == []


def test_changing_a_need_or_a_provider_reaches_the_records_that_point_at_it(act, found):
    need = make.need(words=())
    act(make.service, needs=(need,))
    need.professional = "Insomnia"
    act(need.save)
    assert engine().search(Query(words=tokens("insomnia"))).total == 1
    provider = Provider.objects.get()
    provider.name = "Lullaby Trust"
    act(provider.save)
    assert found(q="lullaby") == ["Sleep clinic"]


def test_deleting_a_need_takes_its_tag_away(act, found):
    need = make.need()
    act(make.service, needs=(need,))
    assert found(need="sleep") == ["Sleep clinic"]
    act(Need.objects.filter(pk=need.pk).delete)
    assert found() == ["Sleep clinic"]
    assert found(q="sleep") == ["Sleep clinic"], "its own name still holds the word"


def test_a_new_word_is_understood_at_once(client, act):
    need = make.need(words=("sleep",))
    act(make.service, "Night team", needs=(need,))
    assert "sleep" not in client.get("/search/", {"q": "kipless"}).context["asked"].reading.needs
    need.words.create(word="kipless", kind="named")
    act(need.save)
    assert client.get("/search/", {"q": "kipless"}).context["asked"].reading.needs == {"sleep": "named"}

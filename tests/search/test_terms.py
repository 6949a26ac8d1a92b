"""The words of the directory: written anew on a rebuild, kept on a drain, and read by the speller."""

import pytest

from search import outbox, terms
from search.engines import engine
from search.models import Term
from tests.factories import service

pytestmark = pytest.mark.django_db


def words():
    return set(Term.objects.values_list("word", flat=True))


def test_words_are_read_as_people_write_them():
    holding, names = terms.counted(
        [("<p>Sleeping, café&nbsp;groups</p>", None), ("Priya runs the sleeping group", "groups CAMHS")]
    )
    assert holding == {
        "sleeping": 2, "cafe": 1, "groups": 2, "group": 1, "priya": 1, "runs": 1, "the": 1, "camhs": 1
    }  # fmt: skip
    assert names == {"priya", "camhs"}


def test_a_new_word_is_known_as_soon_as_its_record_is_published(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        service(name="Zumbalates for all")
    assert "zumbalates" in words()
    assert terms.speller().correct("zumbalates") is None


def test_words_of_a_draft_are_never_kept(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        service(name="Xylohopper secret club", live=False)
    outbox.rebuild(engine())
    assert "xylohopper" not in words()


def test_a_rebuild_counts_anew_and_forgets_what_is_gone():
    service(name="Trampolinology")
    gone = service(name="Harpsichording")
    outbox.rebuild(engine())
    gone.delete()
    outbox.rebuild(engine())
    assert Term.objects.get(word="trampolinology").records == 1
    assert "harpsichording" not in words()


def test_the_speller_is_made_anew_when_words_change(django_capture_on_commit_callbacks):
    before = terms.speller()
    assert terms.speller() is before
    with django_capture_on_commit_callbacks(execute=True):
        service(name="Kayakeering")
    assert terms.speller() is not before

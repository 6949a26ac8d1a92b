"""On every engine: a rebuild shows in no answer, an editor's own change is found at once, and a stale
index shows nothing that was taken down."""

from .world import FIRST

READING = 6.0
"""Seconds in which the index is made anew again and again."""


def test_no_search_sees_an_empty_or_doubled_index_while_it_is_made_anew(each_world):
    name = each_world.engine
    readers = [each_world.editor() for _ in range(2)]
    writer, rebuilder = each_world.editor(), each_world.editor()
    pks = writer.keys()
    for reader in readers:
        reader.tell("watch_totals", name, READING)
    writer.tell("rename_for", READING / 2, pks, 3000)
    assert rebuilder.rebuild(name, 2) == 2 * FIRST
    assert writer.hear() > 0
    for reader in readers:
        seen = reader.hear()
        assert list(seen) == [str(FIRST)], seen
        assert seen[str(FIRST)] > 20
    writer.caught_up()
    assert writer.wrong(name) == [], "what was edited meanwhile is in the new index"


def test_an_editors_own_change_is_found_in_the_answer_that_confirms_it(each_world):
    editor = each_world.editor()
    pk = editor.keys()[0]
    [title] = editor.publish_in_the_admin(pk, 4000)
    assert title == editor.names()[str(pk)]
    assert editor.waiting() == dict.fromkeys(editor.waiting(), 0)
    assert editor.wrong(each_world.engine) == []


def test_what_was_taken_down_is_not_shown_though_the_index_still_has_it(each_world):
    editor = each_world.editor()
    pk = editor.keys()[0]
    title = editor.names()[str(pk)]
    assert editor.shown(title) != []
    assert title in editor.shown(title)
    editor.hide_unsaid(pk)
    assert f"service:{pk} resurrected" in editor.wrong(each_world.engine), "the index is stale"
    assert title not in editor.shown(title)

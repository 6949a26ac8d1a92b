"""Two writers and twenty readers on SQLite: nobody is told that the database is locked."""

import os

SECONDS = 60 if os.environ.get("CI") else 10


def test_two_writers_and_twenty_readers_never_find_the_database_locked(make_world):
    world = make_world("sqlite:")
    world.manage("index", "--rebuild")
    readers = [world.editor() for _ in range(2)]
    writers = [world.editor() for _ in range(2)]
    worker = world.worker()
    pks = writers[0].keys()
    for reader in readers:
        reader.tell("read_for", SECONDS, 10)
    for number, writer in enumerate(writers):
        writer.tell("rename_for", SECONDS, pks[number::2], 5000 + number * 2000)
    for reader in readers:
        assert list(reader.hear()) == ["200"]
    for writer in writers:
        assert writer.hear() > 5
    for process in (*readers, *writers, worker):
        assert "OperationalError" not in process.said()
    writers[0].caught_up()
    assert writers[0].wrong("sqlite:") == []

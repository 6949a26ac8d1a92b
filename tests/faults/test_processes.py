"""The site's own processes die in the middle of edits, and nothing is lost."""

import os
import random
import signal
import time

from .world import FIRST

KILLS = 4


def edits(pks, numbers):
    """Edits of all kinds, without end."""
    chance = random.Random(4)
    while True:
        kind = chance.choice(("rename", "rename", "add", "hide", "delete"))
        if kind == "add":
            yield ("add", next(numbers))
        elif kind == "rename":
            yield ("rename", chance.choice(pks), next(numbers))
        else:
            yield (kind, pks.pop(chance.randrange(len(pks))))


def test_a_web_process_killed_in_the_middle_of_edits_loses_nothing(make_world):
    world = make_world("sqlite:")
    numbers = iter(range(1000, 9999))
    editor = world.editor()
    chance = random.Random(2)
    done = {}
    for _ in range(KILLS):
        for edit in edits(editor.keys(), numbers):
            if edit[0] in ("rename", "add") and chance.random() < 0.15:
                # Told, and killed before it can say that it is done: all of it or nothing.
                editor.tell(*edit)
                time.sleep(chance.random() * 0.03)
                editor.process.send_signal(signal.SIGKILL)
                break
            pk = getattr(editor, edit[0])(*edit[1:])
            done[pk] = edit
        editor.kill()
        editor = world.editor()
    names = editor.names()
    world.manage("index", "--drain")
    assert editor.waiting() == {"sqlite": 0}
    assert editor.wrong("sqlite:") == []
    for pk, (kind, *_) in done.items():
        assert (str(pk) in names) == (kind != "delete"), f"{kind} of {pk} was confirmed"


def test_a_worker_killed_in_the_middle_of_its_work_loses_nothing(make_world):
    world = make_world("sqlite:")
    editor = world.editor()
    pks = editor.keys()
    for kill in range(KILLS):
        worker = world.worker()
        for number, pk in enumerate(pks):
            editor.rename_and_leave(pk, 2000 + kill * 100 + number)
            if number == 10 + kill:
                worker.kill()
        assert editor.waiting()["sqlite"] > 0
    world.worker()
    editor.caught_up()
    assert editor.wrong("sqlite:") == []
    assert len(editor.keys()) == FIRST


def test_a_worker_that_is_asked_to_stop_does_so_cleanly(make_world):
    worker = make_world("sqlite:").worker()
    os.kill(worker.process.pid, signal.SIGTERM)
    assert worker.process.wait(20) == 0
    assert worker.said().endswith("stopped\n")

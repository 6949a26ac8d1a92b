"""Worlds to break. One is migrated and filled once for a run; every test breaks a copy."""

import shutil

import pytest

from tests.search.elasticsearch.node import missing, one_node

from .world import FIRST, World


@pytest.fixture(scope="session")
def first_world(tmp_path_factory):
    """A site on SQLite with some records, which nobody touches."""
    world = World(tmp_path_factory.mktemp("first"), "sqlite:")
    fill(world)
    return world


def fill(world: World) -> None:
    world.manage("migrate", "--verbosity", "0")
    editor = world.editor()
    for number in range(1, FIRST + 1):
        editor.add(number)
    world.stop()


def _worlds(first_world, tmp_path_factory):
    """Gives a function that copies the first world and gives it an engine; whatever the copies started
    is killed at the end."""
    made = []

    def make(search_url: str) -> World:
        folder = tmp_path_factory.mktemp("world")
        for file in first_world.folder.glob("site.sqlite3*"):
            shutil.copy(file, folder)
        made.append(World(folder, search_url))
        return made[-1]

    yield make
    for world in made:
        world.stop()


make_world = pytest.fixture(_worlds)
make_lasting_world = pytest.fixture(_worlds, scope="module")


@pytest.fixture(scope="module")
def own_node():
    """A node for the tests of one file, which kill it."""
    if lacking := missing():
        pytest.fail(f"Elasticsearch needs Java 17 and Maven; {', '.join(lacking)} not found.")
    with one_node() as node:
        yield node

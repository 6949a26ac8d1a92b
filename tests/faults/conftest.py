"""Worlds to break. One is migrated and filled once for a run; every test breaks a copy."""

import os
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests import postgres
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


@pytest.fixture(scope="session")
def first_postgres():
    """A PostgreSQL whose database `first` is as that of the first world."""
    if not postgres.installed():
        message = "PostgreSQL is missing (on Debian: postgresql), or its client (requirements-postgres.txt)."
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    with postgres.Server() as server, TemporaryDirectory() as folder:
        create(server, "first")
        fill(World(Path(folder), "postgres:", server.url.replace("/postgres?", "/first?")))
        yield server


def create(server, name: str, template: str = "template0") -> None:
    server.run("createdb", "-h", server.folder, "-U", "site", "-T", template, name)


@pytest.fixture
def postgres_world(first_postgres, tmp_path):
    create(first_postgres, "copied", "first")
    world = World(tmp_path, "postgres:", first_postgres.url.replace("/postgres?", "/copied?"))
    yield world
    world.stop()
    first_postgres.run("dropdb", "--force", "-h", first_postgres.folder, "-U", "site", "copied")


@pytest.fixture(params=["sqlite", "postgres", "elastic"])
def each_world(request):
    """A world on each engine, its index made. `world.engine` is the name of the engine."""
    if request.param == "postgres":
        world = request.getfixturevalue("postgres_world")
    elif request.param == "sqlite":
        world = request.getfixturevalue("make_world")("sqlite:")
    else:
        node = request.getfixturevalue("own_node")
        world = request.getfixturevalue("make_world")(f"{node.url}/{request.node.originalname}"[:60])
    world.engine = request.param
    world.manage("index", "--rebuild")
    return world


make_world = pytest.fixture(_worlds)
make_lasting_world = pytest.fixture(_worlds, scope="module")


@pytest.fixture(scope="module")
def own_node():
    """A node for the tests of one file, which kill it."""
    if lacking := missing():
        pytest.fail(f"Elasticsearch needs Java 17 and Maven; {', '.join(lacking)} not found.")
    with one_node() as node:
        yield node

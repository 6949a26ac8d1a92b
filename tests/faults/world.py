"""A whole site in a folder of its own: its database, its web server, its worker and its editors."""

import json
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from itertools import count
from pathlib import Path

from tests.search.elasticsearch.node import free_port

ROOT = Path(__file__).resolve().parents[2]
FIRST = 30
"""Records that every world begins with."""
addresses = count(1)


class World:
    """`folder` holds everything; `database_url` is a PostgreSQL, or empty for an SQLite file."""

    def __init__(self, folder: Path, search_url: str = "", database_url: str = ""):
        self.folder = folder
        self.processes: list[Process] = []
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
            "DATABASE_PATH": str(folder / "site.sqlite3"),
            "DATABASE_URL": database_url,
            "TEST_DATABASE_URL": "",
            "SEARCH_URL": search_url,
            "VAR_DIR": str(folder),
            "PYTHONWARNINGS": "",
        }

    def manage(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    def start(self, *command: str) -> "Process":
        process = Process(self, f"{len(self.processes)}-{command[-1].strip('-')}", command)
        self.processes.append(process)
        return process

    def worker(self) -> "Process":
        return self.start(sys.executable, "manage.py", "index", "--watch").until_it_says("watching:")

    def editor(self) -> "Editor":
        editor = Editor(self, f"{len(self.processes)}-editor", (sys.executable, "-m", "tests.faults.editor"))
        self.processes.append(editor)
        return editor

    def site(self) -> "Site":
        return Site(self)

    def stop(self) -> None:
        for process in self.processes:
            process.kill()


class Process:
    def __init__(self, world: World, name: str, command):
        self.output = world.folder / f"{name}.out"
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=world.environment,
                stdin=subprocess.PIPE,
                stdout=self.pipe() or output,
                stderr=output,
                text=True,
            )

    def pipe(self):
        return None

    def said(self) -> str:
        return self.output.read_text()

    def until_it_says(self, words: str) -> "Process":
        until(lambda: words in self.said() or self.process.poll() is not None, 120)
        assert words in self.said(), self.said()
        return self

    def kill(self) -> None:
        """kill -9: nothing is finished."""
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream:
                stream.close()


class Editor(Process):
    def pipe(self):
        return subprocess.PIPE

    def __getattr__(self, command: str):
        """`editor.rename(7, 12)`: tell it to, and wait for what came of it."""
        if command.startswith("_") or command == "process":
            raise AttributeError(command)
        return lambda *arguments: self.tell(command, *arguments).hear()

    def tell(self, *command) -> "Editor":
        self.process.stdin.write(json.dumps(command) + "\n")
        self.process.stdin.flush()
        return self

    def hear(self):
        line = self.process.stdout.readline()
        assert line, self.said()[-3000:]
        return json.loads(line)

    def caught_up(self, seconds: float = 60) -> None:
        until(lambda: not any(self.waiting().values()), seconds)
        assert not any(self.waiting().values()), self.waiting()


class Site:
    """The site as served: one process of gunicorn with four threads."""

    def __init__(self, world: World):
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        bind = ("--bind", f"127.0.0.1:{port}", "--workers", "1", "--threads", "4")
        self.process = world.start(
            sys.executable, "-m", "gunicorn", *bind, "--config", "deploy/gunicorn.py", "localoffer.wsgi"
        )
        until(lambda: self.get("/health/")[0] == 200, 120)

    def get(self, path: str) -> tuple[int, str]:
        """Status (0: no answer) and text."""
        number = next(addresses)
        address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        request = urllib.request.Request(self.url + path, headers={"X-Real-IP": address})
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()
        except OSError:
            return 0, ""

    def health(self) -> dict:
        return json.loads(self.get("/health/")[1])

    def breaker(self) -> str:
        return self.health()["engines"][-1]["breaker"]

    def failed(self, pages: int = 1) -> list[str]:
        """Of some pages of results, those that were no such page or that showed nothing."""
        faults = []
        for _ in range(pages):
            status, text = self.get("/search/?q=clinic")
            if status != 200 or not re.search(r"\b[1-9][0-9,]* results?\b", text):
                faults.append(f"{status}: {text[:200]}")
        return faults


def until(true: Callable[[], bool], seconds: float) -> None:
    """Wait until something is so, or for so many seconds."""
    ends = time.monotonic() + seconds
    while not true() and time.monotonic() < ends:
        time.sleep(0.1)

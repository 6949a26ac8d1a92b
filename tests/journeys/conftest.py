"""The site as it is served: production settings, gunicorn, the whole demo, on a port of its own.

Nothing is shared with the other tests' database: the server has its own folder.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.chromium import FLAGS, PHONE

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "a password for the journeys"


@dataclass
class Served:
    url: str
    log: Path
    environment: dict[str, str]

    def manage(self, *words: str) -> str:
        return manage(self.environment, *words)


def manage(environment: dict[str, str], *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *words], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def served(tmp_path_factory):
    folder = tmp_path_factory.mktemp("served")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"}
    environment |= {
        "DJANGO_SETTINGS_MODULE": "localoffer.settings.production",
        "SECRET_KEY": "only-for-the-journeys",
        "HTTPS": "off",
        "VAR_DIR": str(folder),
        "DATABASE_PATH": str(folder / "db.sqlite3"),
        "DEMO_PASSWORD": PASSWORD,
        "PYTHONWARNINGS": "default",
    }
    for words in (
        ["migrate", "--verbosity", "0"],
        ["load_demo"],
        ["collectstatic", "--noinput", "--verbosity", "0"],
        ["demo_administrator"],
        ["tick"],
    ):
        manage(environment, *words)
    log = folder / "server.log"
    with log.open("w") as out:
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "localoffer.wsgi", "--bind", f"127.0.0.1:{port}",
             "--config", "deploy/gunicorn.py", "--workers", "1", "--threads", "4"],
            cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT,
        )  # fmt: skip
    site = Served(f"http://127.0.0.1:{port}", log, environment)
    try:
        wait_for(f"{site.url}/health/", log)
        yield site
    finally:
        server.terminate()
        server.wait(10)


def wait_for(url: str, log: Path) -> None:
    for _ in range(150):
        try:
            with urllib.request.urlopen(url, timeout=30):
                return
        except OSError:  # not listening yet
            time.sleep(0.2)
    pytest.fail(f"The server did not start:\n{log.read_text()[-3000:]}")


@pytest.fixture(scope="package")
def chromium():
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not path:
        reason = "Chromium is not installed (set CHROMIUM to its path)"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, served):
    """A new page of a browser of its own; options are Playwright's."""
    contexts = []

    def make(**options):
        context = chromium.new_context(**{"base_url": served.url, "viewport": PHONE} | options)
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def phone(open_page):
    return open_page()

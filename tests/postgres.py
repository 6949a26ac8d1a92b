"""A PostgreSQL of Debian's for one run: its own data, a socket in a folder of its own, no network.

`python -m tests.postgres COMMAND …` runs a command whose tests have the site's database on one.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ACCOUNT = "postgres"
"""Whom the server runs as when we are root, whom it refuses."""
NEW = ("-U", "site", "-A", "trust", "-E", "UTF8", "-N", "--locale-provider=icu", "--icu-locale=en-GB")
"""Text sorts as in a dictionary, as on most servers, so that a test fails where order is left to chance."""
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "128MB",
    "max_connections": "40",
}


def programs() -> Path | None:
    """The folder of the newest server that is installed."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(found, key=lambda path: float(path.parent.name), default=None)


def installed() -> bool:
    try:
        import psycopg  # noqa: F401
    except ImportError:
        return False
    return programs() is not None


class Server:
    """`with Server() as server:` starts one and, at the end, stops it and removes its data."""

    def __enter__(self) -> "Server":
        self.folder = tempfile.mkdtemp(prefix="pg-", dir="/tmp")
        self.programs = programs()
        if os.geteuid() == 0:
            shutil.chown(self.folder, *pwd.getpwnam(ACCOUNT)[2:4])
        self.run("initdb", "-D", f"{self.folder}/data", *NEW)
        with open(f"{self.folder}/data/postgresql.conf", "a") as file:
            file.writelines(f"{name} = '{value}'\n" for name, value in SETTINGS.items())
            file.write(f"unix_socket_directories = '{self.folder}'\n")
        self.run("pg_ctl", "start", "-w", "-D", f"{self.folder}/data", "-l", f"{self.folder}/log")
        return self

    def __exit__(self, *error) -> None:
        self.run("pg_ctl", "stop", "-w", "-m", "immediate", "-D", f"{self.folder}/data")
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def url(self) -> str:
        return f"postgres://site@/postgres?host={self.folder}"

    def run(self, program: str, *arguments: str) -> None:
        command = [str(self.programs / program), *arguments]
        if os.geteuid() == 0:
            command = ["runuser", "-u", ACCOUNT, "--", *command]
        # Output goes to a file: the server would keep a pipe open.
        with open(f"{self.folder}.out", "w+") as output:
            done = subprocess.run(
                command,
                cwd="/",
                stdout=output,
                stderr=subprocess.STDOUT,
                env=os.environ | {"LC_ALL": "C.UTF-8"},
            )
            output.seek(0)
            said = output.read()
        os.remove(f"{self.folder}.out")
        if done.returncode:
            raise RuntimeError(f"{program} failed: {said}")


if __name__ == "__main__":
    with Server() as server:
        environment = os.environ | {"TEST_DATABASE_URL": server.url, "DATABASE_URL": server.url}
        sys.exit(subprocess.run(sys.argv[1:], env=environment).returncode)

"""Real Elasticsearch nodes for tests: its own libraries from Maven Central, run on Java 17.

These are the server and its HTTP transport. What the full distribution adds as modules is absent
(scripts, reindex, update-by-query, security), so the engine is written with what both have.
"""

import fcntl
import hashlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.request import urlopen

HERE = Path(__file__).resolve().parent
HOME = HERE.parents[2] / "var" / "elasticsearch"
VERSION = "8.18.0"
PROGRAMS = ("java", "javac", "mvn")
JAVA = ("-Xms256m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
"""A small heap, and code compiled quickly rather than well: tests are short."""
SLOWEST_START = 180
"""Seconds until READY on a machine with much else to do; alone it takes about eight."""


def missing() -> list[str]:
    """The programs that are not there (on Debian: default-jdk-headless and maven)."""
    return [name for name in PROGRAMS if not shutil.which(name)]


def install() -> Path:
    """Lay out a node's home in var/elasticsearch, once; gives its path."""
    HOME.mkdir(parents=True, exist_ok=True)
    sources = b"".join((HERE / name).read_bytes() for name in ("pom.xml", "SearchNode.java", "node.py"))
    mark = HOME / "installed"
    stamp = hashlib.sha256(sources).hexdigest()
    with _alone(HOME / "lock"):
        if not mark.exists() or mark.read_text() != stamp:
            _lay_out()
            mark.write_text(stamp)
    return HOME


@contextmanager
def _alone(lock: Path):
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _lay_out() -> None:
    transport = HOME / "modules" / "transport-netty4"
    for folder in ("lib", "modules", "build"):
        shutil.rmtree(HOME / folder, ignore_errors=True)
    for folder in ("lib", "config", "plugins", "build"):
        (HOME / folder).mkdir(exist_ok=True)
    transport.mkdir(parents=True)
    maven = ["mvn", "-q", "-B", "-f", HERE / "pom.xml", f"-Dmaven.repo.local={HOME / 'maven'}"]
    copy = ["dependency:copy-dependencies", "-DincludeScope=runtime", f"-DoutputDirectory={HOME / 'lib'}"]
    subprocess.run([*maven, *copy], check=True)
    for library in (HOME / "lib").glob("*netty*"):
        shutil.move(library, transport)
    (transport / "plugin-descriptor.properties").write_text(
        "name=transport-netty4\n"
        "description=HTTP and transport\n"
        "classname=org.elasticsearch.transport.netty4.Netty4Plugin\n"
        "modulename=org.elasticsearch.transport.netty4\n"
        "has.native.controller=false\n"
        "java.version=17\n"
        f"version={VERSION}\n"
        f"elasticsearch.version={VERSION}\n"
    )
    subprocess.run(
        ["javac", "-cp", f"{HOME / 'lib'}/*", "-d", HOME / "build", HERE / "SearchNode.java"], check=True
    )


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


class Node:
    """One node and its own folder. It can be killed, paused, and started again on the same data."""

    def __init__(self, folder: Path, name: str = "one", java: tuple[str, ...] = JAVA, **settings: str):
        self.folder = folder / name
        self.name = name
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.java = java
        self.settings = {
            "node.name": name,
            "http.port": self.port,
            "transport.port": free_port(),
            "path.data": self.folder / "data",
            "path.logs": self.folder / "logs",
            "discovery.type": "single-node",
        } | settings
        self.process: subprocess.Popen | None = None

    @property
    def pid(self) -> int:
        return self.process.pid

    def launch(self) -> None:
        """Start it without waiting."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.log = self.folder / "output"
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                [
                    "java",
                    *self.java,
                    "--add-opens=java.base/java.nio.channels=ALL-UNNAMED",
                    "--module-path",
                    HOME / "lib",
                    "--add-modules",
                    "jdk.net,ALL-MODULE-PATH",
                    "-cp",
                    HOME / "build",
                    "SearchNode",
                    HOME,
                    *(f"{key}={value}" for key, value in self.settings.items()),
                ],
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def wait(self) -> None:
        """Until it answers. Raises RuntimeError, with the end of its output, when it does not."""
        patience = time.monotonic() + SLOWEST_START
        while time.monotonic() < patience and self.process.poll() is None:
            if b"READY" in self.log.read_bytes() and self._serves():
                return
            time.sleep(0.1)
        self.kill()
        raise RuntimeError(f"Elasticsearch did not start: {self.log.read_text(errors='replace')[-2000:]}")

    def _serves(self) -> bool:
        """Whether there is a master that has read its state: a little later than READY in a cluster."""
        try:
            with urlopen(
                f"{self.url}/_cluster/health?wait_for_status=yellow&timeout=1s", timeout=5
            ) as answer:
                return answer.status == 200
        except OSError:
            return False

    def start(self) -> "Node":
        self.launch()
        self.wait()
        return self

    def kill(self) -> None:
        """As when its machine loses power."""
        if self.process:
            with suppress(ProcessLookupError):
                self.process.send_signal(signal.SIGCONT)
                self.process.kill()
            self.process.wait()
            self.process.stdin.close()

    def pause(self) -> None:
        """It goes on holding its connections and answers nothing."""
        self.process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        self.process.send_signal(signal.SIGCONT)


@contextmanager
def one_node(**settings):
    """A node of its own, killed and swept away at the end."""
    install()
    with tempfile.TemporaryDirectory(prefix="elasticsearch-") as folder:
        node = Node(Path(folder), **settings)
        try:
            yield node.start()
        finally:
            node.kill()


@contextmanager
def three_nodes():
    """A cluster of three, as a list of nodes."""
    install()
    names = ("one", "two", "three")
    with tempfile.TemporaryDirectory(prefix="elasticsearch-") as folder:
        nodes = [Node(Path(folder), name) for name in names]
        seeds = ",".join(f"127.0.0.1:{node.settings['transport.port']}" for node in nodes)
        for node in nodes:
            node.settings |= {
                "discovery.type": "multi-node",
                "discovery.seed_hosts": seeds,
                "cluster.initial_master_nodes": ",".join(names),
            }
        try:
            for node in nodes:
                node.launch()
            for node in nodes:
                node.wait()
            yield nodes
        finally:
            for node in nodes:
                node.kill()

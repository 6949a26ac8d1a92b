"""Pages against a view that does nothing, behind the same server and middleware, interleaved."""

import os
import signal
import statistics
import subprocess
import sys
import time
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parent.parent
PORT = int(os.environ.get("BENCH_PORT", "8791"))
ROUNDS = 60
ADDRESSES = {
    "home": ("/", 50),
    "service": ("/services/palms/", 30),
    "chapter": ("/handbook/sleep/", 40),
    "young chapter": ("/handbook/young-people/asking-for-help-yourself/", 40),
    "handbook": ("/handbook/", 40),
    "pathway": ("/waiting/autism-assessment/", 40),
    "pathway, figures": ("/waiting/ehc-needs-assessment/", 40),
    "guide": ("/waiting/nobody-is-listening/", 40),
    "waiting times": ("/waiting/times/", 40),
    "results": ("/search/?q=sleep&age=7&place=Hemel+Hempstead", 80),
    "results, no words": ("/search/", 80),
    "results, schools": ("/search/?kind=school&place=HP1+3AB&sort=distance", 80),
}


def environment() -> dict[str, str]:
    var = Path(os.environ.get("VAR_DIR", ROOT / "var"))
    key = var / "secret-key"
    if not key.exists():
        sys.exit("Run `make setup` first: the pages are measured on the demo content.")
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "SECRET_KEY": key.read_text().strip(),
        "HTTPS": "off",
        "VAR_DIR": str(var),
    }


def serve() -> subprocess.Popen:
    command = [sys.executable, "-m", "gunicorn", "localoffer.wsgi", "--bind", f"127.0.0.1:{PORT}"]
    command += [
        "--config",
        "deploy/gunicorn.py",
        "--workers",
        "1",
        "--threads",
        "4",
        "--access-logfile",
        "/dev/null",
    ]
    server = subprocess.Popen(command, cwd=ROOT, env=environment())
    for _ in range(100):
        try:
            httpx.get(f"http://127.0.0.1:{PORT}/bench/constant/", timeout=1)
            return server
        except httpx.TransportError:
            time.sleep(0.2)
    server.kill()
    sys.exit("The server did not start.")


def run(rounds: int = ROUNDS) -> None:
    server = serve()
    spent: dict[str, list[float]] = {name: [] for name in ("constant", *ADDRESSES)}
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{PORT}", timeout=30) as client:
            for number in range(rounds + 5):
                for name, path in [
                    ("constant", "/bench/constant/"),
                    *((n, a) for n, (a, _) in ADDRESSES.items()),
                ]:
                    started = time.perf_counter()
                    answer = client.get(path)
                    took = time.perf_counter() - started
                    if answer.status_code != 200:
                        sys.exit(f"{path} answered {answer.status_code}")
                    if number >= 5:
                        spent[name].append(took)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(10)
    floor = statistics.median(spent["constant"])
    print(f"\nPages, uncached, {rounds} rounds, one worker; a constant view took {floor * 1000:.2f} ms")
    print(f"{'page':<20}{'median ms':>10}{'× constant':>12}{'limit':>8}")
    for name, (_, limit) in ADDRESSES.items():
        middle = statistics.median(spent[name])
        mark = "" if middle / floor <= limit else "  OVER"
        print(f"{name:<20}{middle * 1000:>10.2f}{middle / floor:>11.1f}×{limit:>7}×{mark}")

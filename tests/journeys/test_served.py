"""What a served process writes, sends and answers."""

import http.client
import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from email.message import Message
from urllib.parse import urlsplit

import pytest

MARKED = ["zebracorn", "HP13AB", "quagmarsh", "wombatterie"]


@dataclass
class Answer:
    status: int
    headers: Message
    body: bytes


def ask(url: str, data: bytes | None = None, **headers) -> Answer:
    try:
        answer = urllib.request.urlopen(urllib.request.Request(url, data, headers), timeout=60)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        return Answer(answer.status, answer.headers, answer.read())


def test_no_log_holds_what_someone_typed(served):
    for path in (
        "/search/?q=zebracorn&age=wombatterie&place=HP13AB",
        "/search/?q=%00%ff%22zebracorn&page=quagmarsh",
        "/no-such/zebracorn-page/?q=zebracorn",
        "/services/none/?zebracorn=1",
        "/search/?" + "&".join(["need=zebracorn"] * 10_001),
        "/admin/login/?next=/zebracorn/",
    ):
        ask(served.url + path, Referer=f"{served.url}/search/?q=quagmarsh")
    ask(f"{served.url}/admin/login/", b"username=zebracorn&password=wombatterie")
    text = served.log.read_text()
    # The page that was not found was named in its path, which is not a search; all else is hidden.
    text = text.replace("/no-such/zebracorn-page/", "")
    for word in MARKED:
        assert word not in text, word
    assert '"path":"/search/"' in text


def test_every_log_line_is_one_json_object(served):
    ask(served.url + "/search/?q=sleep")
    lines = [line for line in served.log.read_text().splitlines() if line.strip()]
    assert lines
    for line in lines:
        json.loads(line)


@pytest.mark.parametrize("path", ["/", "/search/?q=sleep", "/services/palms/", "/needs/", "/no-such-page/"])
def test_the_public_site_runs_under_a_strict_policy(served, path):
    answer = ask(served.url + path)
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "default-src 'none'" in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] in ("same-origin", "no-referrer")
    assert "geolocation=(self)" in answer.headers["Permissions-Policy"]
    assert "Set-Cookie" not in answer.headers


def test_health_tells_a_monitor_what_it_needs(served):
    answer = ask(served.url + "/health/")
    facts = json.loads(answer.body)
    assert answer.status == 200
    assert facts["ok"] is True
    assert facts["engine"] == "sqlite"
    assert facts["documents"] > 600
    assert facts["outbox_waiting"] == 0
    assert facts["tick_age_seconds"] >= 0


def test_deployed_as_the_docs_say_the_checks_are_clean(served):
    environment = served.environment | {
        "HTTPS": "on",
        "SECRET_KEY": "k7-Qw9zJ2mX4vB8nL1cR5tY0pD3fG6hS9aE-uW_iO2kM4bV7xZ",
        "ALLOWED_HOSTS": "localoffer.example.org",
    }
    from tests.journeys.conftest import manage

    assert "no issues" in manage(environment, "check", "--deploy", "--fail-level", "WARNING")


def test_a_request_line_of_any_length_gets_a_page(served):
    where = urlsplit(served.url)
    connection = http.client.HTTPConnection(where.hostname, where.port, timeout=30)
    try:
        connection.request("GET", "/search/?q=" + "a" * 20_000)
        assert connection.getresponse().status == 200
    finally:
        connection.close()


def test_find_answers_one_object_a_line(served, tmp_path):
    queries = tmp_path / "queries.txt"
    queries.write_text("won't sleep, 7, Hemel\nbin collection\n\nwants to die\n")
    rows = [
        json.loads(line) for line in served.manage("find", "--queries", str(queries), "--json").splitlines()
    ]
    assert [row["query"] for row in rows] == ["won't sleep, 7, Hemel", "bin collection", "", "wants to die"]
    first = rows[0]
    assert first["engine"] == "sqlite"
    assert first["crisis"] is False
    assert rows[3]["crisis"] is True
    assert first["results"][0]["external"] == ["hertfordshire-2026:11"]
    assert {"external", "kind", "category", "title", "url", "score", "why"} <= set(first["results"][0])
    assert isinstance(first["results"][0]["score"], int)
    assert "unknown" in first["reading"]
    many = json.loads(served.manage("find", "primary school", "--limit", "45", "--json"))
    assert len(many["results"]) == 45


def test_loading_the_demo_again_destroys_nothing(served):
    before = json.loads(ask(served.url + "/health/").body)["documents"]
    served.manage("load_demo")
    assert json.loads(ask(served.url + "/health/").body)["documents"] == before

"""A client of Elasticsearch that never waits long and whose failures tell nothing of what was asked."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit, urlunsplit

from django.core.exceptions import ImproperlyConfigured
from elasticsearch import ApiError, Elasticsearch, NotFoundError, TransportError

TIMEOUT = 1.0
"""Seconds that a search may take."""
BUILDING = 60.0
"""Seconds that one step of a rebuild may take: nobody waits for it."""
PLACE = "local-offer"
"""What the index is called unless the URL has a path."""

# One line a request is no news, and failures are told by whoever asked.
logging.getLogger("elastic_transport").setLevel(logging.ERROR)


class Unanswered(Exception):
    """Elasticsearch did not answer, or not well. Only the kind of failure is told: the rest may hold
    what someone typed."""


class Missing(Unanswered):
    """There is no such index."""

    def __init__(self):
        super().__init__("There is no index: run manage.py index --rebuild.")


@dataclass(frozen=True, slots=True)
class Address:
    """Where Elasticsearch is: its nodes, and what the index is called there."""

    hosts: tuple[str, ...] = field(repr=False)
    """http://user:password@host:9200 each: not to be shown."""
    index: str

    @property
    def shown(self) -> str:
        """The nodes without names and passwords."""
        return ", ".join(urlsplit(host).netloc.rpartition("@")[2] for host in self.hosts)


def read_address(url: str) -> Address:
    """Nodes and index of `http://host:9200/index`, several of them parted by commas.

    Raises ImproperlyConfigured, without repeating the URL: it may hold a password.
    """
    hosts, index = [], PLACE
    for each in url.split(","):
        try:
            parts = urlsplit(each.strip())
            usable = parts.scheme in ("http", "https") and parts.hostname and (parts.port or True)
        except ValueError:
            usable = False
        if not usable:
            raise ImproperlyConfigured(
                "SEARCH_URL for Elasticsearch is http://host:9200 or https://user:password@host:9200;"
                " several of them are parted by commas."
            )
        index = parts.path.strip("/") or index
        port = "" if parts.port else ":9200"
        hosts.append(urlunsplit((parts.scheme, parts.netloc + port, "", "", "")))
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,99}", index):
        raise ImproperlyConfigured(
            "SEARCH_URL: the name of the index, after the host, is small letters, digits, - and _."
        )
    return Address(tuple(hosts), index)


def connect(address: Address, timeout: float, ca_certs: str = "") -> Elasticsearch:
    """A client that asks once. Another node is asked only when one refuses the connection, which takes
    no time; a node that is merely slow is not given up for another."""
    return Elasticsearch(
        list(address.hosts),
        request_timeout=timeout,
        max_retries=len(address.hosts) - 1,
        retry_on_timeout=False,
        retry_on_status=(),
        max_dead_node_backoff=5,
        sniff_on_start=False,
        connections_per_node=20,
        **({"ca_certs": ca_certs} if ca_certs else {}),
    )


@contextmanager
def kind_only() -> Iterator[None]:
    """Raise `Unanswered` instead of the client's own errors, which may quote a query."""
    try:
        yield
    except NotFoundError:
        raise Missing from None
    except ApiError as error:
        raise Unanswered(f"Elasticsearch answered {error.status_code}.") from None
    except TransportError as error:
        raise Unanswered(f"Elasticsearch did not answer ({type(error).__name__}).") from None

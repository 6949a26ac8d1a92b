"""The indexes behind one name, and how they are changed.

Two aliases stand for them: NAME is the index that answers, NAME-next the newest one, which a rebuild
fills. Every change is written under both names, so what changes between a rebuild's last catching up
and its swap is in the new index too, whoever wrote it. Versions make writing twice harmless: those
that records carry decide, and an older one is refused. NAME-next stays on the new index after the
swap, so a change always reaches it under the one name or the other.

Each index holds one document that is no record, `generation`: how often it was written is the
generation.
"""

import json
import re
import secrets
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from elasticsearch import Elasticsearch, NotFoundError

from search.query import Applied, Change

from . import records
from .client import BUILDING, Missing, Unanswered, kind_only
from .questions import LAST_HIT

GENERATION = "generation"
A_CHANGE = 0.02
"""Seconds more that each change may take."""


class Indexes:
    def __init__(self, client: Elasticsearch, name: str, timeout: float, shards: int, replicas: int):
        self.client = client
        self.name = name
        self.next = f"{name}-next"
        self.timeout = timeout
        self.shards = shards
        self.replicas = replicas

    # Changes

    def apply(self, changes: Iterable[Change]) -> Applied:
        """Take changes in, to be found by the next search."""
        lines, refs = self._lines(changes, [self.name, self.next])
        if not refs:
            return Applied(0, 0)
        done = self._bulk(lines, refresh=True, timeout=self.timeout + A_CHANGE * len(refs))
        held, ahead = done[::2], done[1::2]
        _refuse_failures(held)
        # Before the first rebuild there is no next index, and no need of one.
        _refuse_failures([each for each in ahead if not _is_missing(each)])
        stale = sum(map(_is_stale, held))
        if stale < len(held):
            self._advance()
        return Applied(changed=len(held) - stale, stale=stale)

    def fill(self, changes: Iterable[Change]) -> int:
        """Take changes into the index that is being built; gives how many records there were."""
        lines, refs = self._lines(changes, [self.next])
        if not refs:
            return 0
        _refuse_failures(self._bulk(lines, refresh=False, timeout=BUILDING))
        return sum(document for document in refs)

    def _lines(self, changes: Iterable[Change], names: list[str]) -> tuple[list[str], list[bool]]:
        """The lines of a bulk request, and for each change whether it has a document."""
        lines, refs = [], []
        for change in changes:
            document = change.document
            source = json.dumps(records.gone(change.ref) if document is None else records.fields(document))
            for name in names:
                action = {
                    "_index": name,
                    "_id": change.ref,
                    "version": change.version,
                    "version_type": "external_gte",
                    "require_alias": True,
                }
                lines += [json.dumps({"index": action}), source]
            refs.append(document is not None)
        return lines, refs

    def _bulk(self, lines: list[str], refresh: bool, timeout: float) -> list[dict[str, Any]]:
        with kind_only():
            answer = self.client.options(request_timeout=timeout).bulk(operations=lines, refresh=refresh)
        return [item["index"] for item in answer["items"]]

    def _advance(self) -> None:
        """Only once the changes can be found, so that what a reader keeps for a generation is of it."""
        with kind_only():
            self.client.index(
                index=self.name,
                id=GENERATION,
                document={"ref": GENERATION},
                refresh=True,
                require_alias=True,
            )

    # Rebuilding

    def begin(self) -> str:
        """Make an empty index that every change is written to from now on. What an earlier rebuild
        left half-finished is cleared away."""
        client = self.client.options(request_timeout=BUILDING)
        with kind_only():
            live = self.live()
            self._delete([index for index in self._all() if index not in live])
            made = f"{self.name}-{datetime.now(UTC):%Y%m%d%H%M%S}-{secrets.token_hex(3)}"
            client.indices.create(
                index=made,
                mappings=records.mapping(),
                settings={
                    "number_of_shards": self.shards,
                    "auto_expand_replicas": f"0-{self.replicas}",
                    "refresh_interval": "-1",
                    "max_result_window": LAST_HIT,
                },
            )
            moved = [{"remove": {"index": index, "alias": self.next}} for index in self._named(self.next)]
            client.indices.update_aliases(actions=[*moved, {"add": {"index": made, "alias": self.next}}])
        return made

    def ready(self, made: str) -> None:
        """Make what was filled into an index findable, and wait for its copies."""
        client = self.client.options(request_timeout=BUILDING)
        with kind_only():
            client.indices.put_settings(index=made, settings={"refresh_interval": "1s"})
            client.indices.refresh(index=made)
            client.cluster.health(index=made, wait_for_no_initializing_shards=True, timeout="30s")

    def swap(self, made: str) -> list[str]:
        """Let the new index answer, in one step; gives the names of those that answered till now.

        Fails when a later rebuild has cleared this one's index away.
        """
        client = self.client.options(request_timeout=BUILDING)
        with kind_only():
            client.indices.refresh(index=made)
            old = self.live()
            # Greater than any before, even if all indexes were lost in between.
            generation = max(self._generation() + 1000, int(time.time()))
            client.index(
                index=made,
                id=GENERATION,
                document={"ref": GENERATION},
                version=generation,
                version_type="external",
                refresh=True,
            )
            gone = [{"remove": {"index": index, "alias": self.name}} for index in old]
            client.indices.update_aliases(actions=[*gone, {"add": {"index": made, "alias": self.name}}])
        return old

    def drop(self, indexes: list[str]) -> None:
        with kind_only():
            self._delete(indexes)

    def live(self) -> list[str]:
        """The index that answers; none before the first rebuild."""
        return self._named(self.name)

    def _named(self, alias: str) -> list[str]:
        try:
            return sorted(self.client.indices.get_alias(name=alias))
        except NotFoundError:
            return []

    def _all(self) -> list[str]:
        ours = re.compile(re.escape(self.name) + r"-\d{14}-[0-9a-f]{6}")
        return [index for index in self.client.indices.get(index=f"{self.name}-*") if ours.fullmatch(index)]

    def _delete(self, indexes: list[str]) -> None:
        for index in indexes:
            self.client.options(request_timeout=BUILDING).indices.delete(index=index, ignore_unavailable=True)

    def _generation(self) -> int:
        try:
            return self.client.get(index=self.name, id=GENERATION)["_version"]
        except NotFoundError:
            return 0


def _is_stale(item: dict[str, Any]) -> bool:
    return item["status"] == 409


def _is_missing(item: dict[str, Any]) -> bool:
    return item["status"] == 404


def _refuse_failures(items: list[dict[str, Any]]) -> None:
    failed = [item["status"] for item in items if item["status"] >= 400 and not _is_stale(item)]
    if 404 in failed:
        raise Missing
    if failed:
        raise Unanswered(f"Elasticsearch refused {len(failed)} changes ({min(failed)}).")

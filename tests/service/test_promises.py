"""Promises to the outside are kept at least once, and one that cannot be kept blocks no other."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from service.db import Database
from service.models import PromiseRow, PromiseState
from service.operations import promises
from service.worker import Gateways, Worker
from tests.builders import NOW


def _worker(database: Database, gateways: Gateways) -> Worker:
    return Worker(database, feed_retention_days=30, gateways=gateways)


def _owe(database: Database, kind: str, key: str) -> None:
    with database.transaction() as session:
        promises.owe(session, kind, key, {"draft": key}, now=NOW)


def _rows(database: Database) -> dict[str, PromiseRow]:
    with database.reading() as session:
        return {row.idempotency_key: row for row in session.scalars(sa.select(PromiseRow))}


def test_a_promise_is_kept_once_with_its_key_and_payload(database: Database) -> None:
    calls: list[tuple[str, Mapping[str, Any]]] = []
    _owe(database, "draft", "issue-1")
    _owe(database, "draft", "issue-1")
    worker = _worker(database, {"draft": lambda key, payload: calls.append((key, payload))})
    assert worker.work_once(NOW) is True
    assert worker.work_once(NOW) is False
    assert calls == [("issue-1", {"draft": "issue-1"})]
    assert _rows(database)["issue-1"].state is PromiseState.KEPT


def test_a_promise_that_fails_waits_longer_each_time_and_is_parked_in_the_end(database: Database) -> None:
    def refuse(_key: str, _payload: Mapping[str, Any]) -> None:
        raise ConnectionError("45009 quota")

    _owe(database, "draft", "issue-1")
    worker, now, waits = _worker(database, {"draft": refuse}), NOW, []
    for _ in range(promises.MAX_ATTEMPTS):
        worker.work_once(now)
        due_at = _rows(database)["issue-1"].due_at
        waits.append(due_at - now)
        now = due_at
    assert waits[:3] == [timedelta(seconds=30), timedelta(seconds=60), timedelta(seconds=120)]
    row = _rows(database)["issue-1"]
    assert row.state is PromiseState.PARKED
    assert row.last_error == "ConnectionError: 45009 quota"
    assert worker.work_once(now + timedelta(days=1)) is False


def test_one_bad_promise_does_not_block_the_rest(database: Database) -> None:
    kept: list[str] = []
    _owe(database, "unheard of", "first")
    _owe(database, "draft", "second")
    _worker(database, {"draft": lambda key, _payload: kept.append(key)}).work_once(NOW)
    assert kept == ["second"]
    assert _rows(database)["first"].last_error == "no gateway for unheard of"


def test_a_promise_whose_keeper_died_falls_due_again(database: Database) -> None:
    _owe(database, "draft", "issue-1")
    with database.transaction() as session:
        taken = promises.take_due(session, now=NOW)
    assert taken is not None
    with database.transaction() as session:
        assert promises.take_due(session, now=NOW) is None
    with database.transaction() as session:
        assert promises.take_due(session, now=NOW + timedelta(minutes=3)) == taken


def test_a_promise_of_a_transaction_that_rolls_back_is_not_owed(database: Database) -> None:
    def broken() -> None:
        with database.transaction() as session:
            promises.owe(session, "draft", "issue-1", {}, now=NOW)
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        broken()
    assert _rows(database) == {}

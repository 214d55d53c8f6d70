"""待办承诺: calls to the outside, owed in one transaction and kept in others."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
import structlog
from sqlalchemy.orm import Session

from service.db import Database
from service.models import PromiseRow, PromiseState

Gateways = Mapping[str, Callable[[str, Mapping[str, Any]], None]]
"""By kind of promise: what calls the outside with the idempotency key and the payload, or raises."""

MAX_ATTEMPTS = 8
_FIRST_WAIT = timedelta(seconds=30)
_LEASE = timedelta(minutes=2)  # longer than any gateway's time-out

log = structlog.get_logger("promises")


def owe(
    session: Session, kind: str, idempotency_key: str, payload: Mapping[str, Any], *, now: datetime
) -> None:
    """Promise one call, in the transaction that owes it. The same key a second time owes nothing more."""
    known = session.scalar(sa.select(PromiseRow.id).where(PromiseRow.idempotency_key == idempotency_key))
    if known is None:
        session.add(
            PromiseRow(
                kind=kind,
                idempotency_key=idempotency_key,
                payload=dict(payload),
                state=PromiseState.OWED,
                due_at=now,
                created_at=now,
            )
        )


def due_count(session: Session, *, now: datetime) -> int:
    """How many promises are due at `now`."""
    return session.scalar(sa.select(sa.func.count()).select_from(PromiseRow).where(_due(now))) or 0


def keep_due(database: Database, gateways: Gateways, *, now: datetime) -> int:
    """Try every promise that is due once; each in transactions of its own, so none blocks another.

    The call is made between two short transactions and holds no lock: the first takes the promise
    for a while, the second notes how it went. A worker that dies between them leaves a promise that
    falls due again, and the key tells the other side that it is a repeat.

    Returns:
        How many were tried.
    """
    tried = 0
    while True:
        with database.transaction() as session:
            taken = _take(session, now)
        if taken is None:
            return tried
        tried += 1
        promise_id, kind, key, payload = taken
        error = _call(gateways, kind, key, payload)
        with database.transaction() as session:
            _note(session, promise_id, error, now)


def _due(now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(PromiseRow.state == PromiseState.OWED, PromiseRow.due_at <= now)


def _take(session: Session, now: datetime) -> tuple[str, str, str, Mapping[str, Any]] | None:
    row = session.scalar(
        sa.select(PromiseRow)
        .where(_due(now))
        .order_by(PromiseRow.due_at, PromiseRow.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if row is None:
        return None
    row.attempts += 1
    row.due_at = now + _LEASE
    return row.id, row.kind, row.idempotency_key, row.payload


def _call(gateways: Gateways, kind: str, key: str, payload: Mapping[str, Any]) -> str | None:
    """None when it went well, else what went wrong in a few words."""
    gateway = gateways.get(kind)
    if gateway is None:
        return f"no gateway for {kind}"
    try:
        gateway(key, payload)
    except Exception as error:  # noqa: BLE001 - whatever a gateway raises is noted in the row
        log.warning("a promise was not kept", kind=kind, error=type(error).__name__)
        return f"{type(error).__name__}: {error}"[:400]
    return None


def _note(session: Session, promise_id: str, error: str | None, now: datetime) -> None:
    row = session.get_one(PromiseRow, promise_id, with_for_update=True)
    row.last_error = error or ""
    if error is None:
        row.state = PromiseState.KEPT
    elif row.attempts >= MAX_ATTEMPTS:
        row.state = PromiseState.PARKED
    else:
        row.due_at = now + _FIRST_WAIT * 2 ** (row.attempts - 1)

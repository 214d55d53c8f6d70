"""待办承诺: calls to the outside, owed in one transaction and kept in others."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.models import PromiseRow, PromiseState

MAX_ATTEMPTS = 8
_FIRST_WAIT = timedelta(seconds=30)
_LEASE = timedelta(minutes=2)  # longer than any gateway's time-out


@dataclass(frozen=True, slots=True)
class Taken:
    """A promise that somebody is about to keep; the key tells the other side that a call is a repeat."""

    id: str
    kind: str
    idempotency_key: str
    payload: Mapping[str, Any]


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


def due_exists(session: Session, *, now: datetime) -> bool:
    """Whether a promise is due at `now`."""
    return bool(session.scalar(sa.select(sa.exists().where(_due(now)))))


def take_due(session: Session, *, now: datetime) -> Taken | None:
    """The promise that has been due longest, kept from others for a while; None when there is none.

    The call itself is made between this transaction and the one of `note_outcome` and holds no
    lock. Whoever dies between the two leaves a promise that falls due again.
    """
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
    return Taken(row.id, row.kind, row.idempotency_key, row.payload)


def note_outcome(session: Session, promise_id: str, error: str | None, *, now: datetime) -> None:
    """Note how a call went: kept, to be tried again after a growing wait, or parked for staff.

    Args:
        session: a transaction of its own, so that one bad promise never blocks the rest.
        promise_id: of a promise that was taken.
        error: what went wrong in a few words; None when all went well.
        now: from which the next wait counts.
    """
    row = session.get_one(PromiseRow, promise_id, with_for_update=True)
    row.last_error = (error or "")[:400]
    if error is None:
        row.state = PromiseState.KEPT
    elif row.attempts >= MAX_ATTEMPTS:
        row.state = PromiseState.PARKED
    else:
        row.due_at = now + _FIRST_WAIT * 2 ** (row.attempts - 1)


def _due(now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(PromiseRow.state == PromiseState.OWED, PromiseRow.due_at <= now)

"""操作留痕: every change and every look-up of a person's data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from service.models import AuditRow
from service.rules.access import Actor


@dataclass(frozen=True, slots=True)
class Act:
    """What was done to which thing.

    `action` is verb and noun, as the operation is named ("withdraw_posting"). `detail` holds names
    of fields and counts, never a person's data.
    """

    action: str
    subject_kind: str
    subject_id: str
    from_state: str | None = None
    to_state: str | None = None
    reason: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)


def record(session: Session, act: Act, *, actor: Actor, now: datetime) -> None:
    """Add one act to the ledger, in the transaction that does it."""
    session.add(
        AuditRow(
            at=now,
            actor_kind=actor.kind,
            actor_id=actor.id,
            action=act.action,
            subject_kind=act.subject_kind,
            subject_id=act.subject_id,
            from_state=act.from_state,
            to_state=act.to_state,
            reason=act.reason,
            detail=dict(act.detail),
        )
    )

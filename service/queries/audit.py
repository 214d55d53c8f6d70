"""Reads of the ledger."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.models import AuditRow


def audit_page(
    session: Session,
    *,
    subject_kind: str | None,
    subject_id: str | None,
    actor_id: str | None,
    after: int | None,
    limit: int,
) -> list[AuditRow]:
    """Acts, newest first: `limit` of them before the entry `after`."""
    query = sa.select(AuditRow).order_by(AuditRow.id.desc()).limit(limit)
    same = {"subject_kind": subject_kind, "subject_id": subject_id, "actor_id": actor_id}
    for name, value in same.items():
        if value is not None:
            query = query.where(getattr(AuditRow, name) == value)
    if after is not None:
        query = query.where(AuditRow.id < after)
    return list(session.scalars(query))

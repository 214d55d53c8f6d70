"""Reads of staff accounts."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.models import StaffRow


def staff_page(session: Session, *, after: str | None, limit: int) -> list[StaffRow]:
    """Accounts by id, disabled ones too, `limit` of them after `after`."""
    query = sa.select(StaffRow).order_by(StaffRow.id).limit(limit)
    if after is not None:
        query = query.where(StaffRow.id > after)
    return list(session.scalars(query))

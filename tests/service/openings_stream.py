"""What tests read of the openings stream."""

import json
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.models import AuditRow, FeedEntryRow, FeedItemRow, Stream


def lines(session: Session) -> list[tuple[str, str]]:
    """(change, reason) of every line, oldest first."""
    query = sa.select(FeedEntryRow).where(FeedEntryRow.stream == Stream.OPENINGS)
    rows = session.scalars(query.order_by(FeedEntryRow.position))
    return [(row.change.value, row.reason) for row in rows]


def reasons(session: Session) -> list[str]:
    """The reason of every line, oldest first."""
    return [reason for _, reason in lines(session)]


def present(session: Session) -> dict[str, dict[str, Any]]:
    """The postings that are in the stream, by id."""
    rows = session.scalars(sa.select(FeedItemRow).where(FeedItemRow.stream == Stream.OPENINGS))
    return {row.item_id: json.loads(row.content) for row in rows}


def acts(session: Session, subject_id: str) -> list[AuditRow]:
    """What was done to a thing, oldest first."""
    query = sa.select(AuditRow).where(AuditRow.subject_id == subject_id).order_by(AuditRow.id)
    return list(session.scalars(query))

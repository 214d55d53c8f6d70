"""The openings stream: every posting that is open, and nothing else."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.models import EmployerRow, PostingRow, Stream
from service.operations import feed
from service.queries.openings import opening_content
from service.rules.lifecycle import PostingState


def publish_openings(session: Session, rows: Sequence[PostingRow], reason: str, *, now: datetime) -> None:
    """Publish `rows` as they are now: an upsert where open, else a removal; as the last write of all.

    Args:
        session: the caller's transaction.
        rows: in the order in which readers shall see them.
        reason: why, as docs/feed.md lists them ("published", "withdrawn", …).
        now: the moment that the lines carry.
    """
    names = _employers(session, {row.employer_id for row in rows if row.state is PostingState.OPEN})
    lines = [
        feed.Line(
            row.id,
            reason,
            opening_content(row, names[row.employer_id]) if row.state is PostingState.OPEN else None,
        )
        for row in rows
    ]
    feed.append(session, Stream.OPENINGS, lines, now=now)


def _employers(session: Session, ids: set[str]) -> dict[str, EmployerRow]:
    if not ids:
        return {}
    session.flush()
    rows = session.scalars(sa.select(EmployerRow).where(EmployerRow.id.in_(ids)))
    return {row.id: row for row in rows}

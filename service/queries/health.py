"""Reads about the service itself."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.models import FeedHeadRow, PromiseRow, PromiseState

# Alembic's own table, which no model of ours describes.
_REVISIONS = sa.table("alembic_version", sa.column("version_num", sa.String))


def present_revision(session: Session) -> str | None:
    """The revision that the database carries; None where it was never migrated."""
    if not sa.inspect(session.connection()).has_table(_REVISIONS.name):
        return None
    return session.scalar(sa.select(_REVISIONS.c.version_num))


def stream_positions(session: Session) -> dict[str, int]:
    """The last position given out, by stream."""
    rows = session.execute(sa.select(FeedHeadRow.stream, FeedHeadRow.position).order_by(FeedHeadRow.stream))
    return {stream.value: position for stream, position in rows}


def parked_promises(session: Session) -> dict[str, int]:
    """How many promises were given up, by kind; empty when none was."""
    rows = session.execute(
        sa.select(PromiseRow.kind, sa.func.count().label("number"))
        .where(PromiseRow.state == PromiseState.PARKED)
        .group_by(PromiseRow.kind)
        .order_by(PromiseRow.kind)
    )
    return {row.kind: row.number for row in rows}

"""What is let go when its time is over."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.models import FeedEntryRow, FeedHeadRow, Stream


def prune_feed(session: Session, *, keep_days: int, now: datetime) -> int:
    """Drop entries older than `keep_days` and move each stream's floor up to the last one dropped.

    Only a closed run from the oldest entry on is dropped, so that a cursor at the floor or above
    misses nothing; one below it is answered with 410 and the snapshot's address.

    Returns:
        How many entries were dropped.
    """
    before = now - timedelta(days=keep_days)
    dropped = 0
    for stream in Stream:
        oldest_kept = session.scalar(
            sa.select(sa.func.min(FeedEntryRow.position)).where(
                FeedEntryRow.stream == stream, FeedEntryRow.at >= before
            )
        )
        last = oldest_kept - 1 if oldest_kept is not None else _position(session, stream)
        dropped += _drop_until(session, stream, last)
    return dropped


def _position(session: Session, stream: Stream) -> int:
    return session.scalar(sa.select(FeedHeadRow.position).where(FeedHeadRow.stream == stream)) or 0


def _drop_until(session: Session, stream: Stream, last: int) -> int:
    gone = session.execute(
        sa.delete(FeedEntryRow)
        .where(FeedEntryRow.stream == stream, FeedEntryRow.position <= last)
        .returning(FeedEntryRow.position)
    ).all()
    if gone:
        session.execute(
            sa.update(FeedHeadRow)
            .where(FeedHeadRow.stream == stream, FeedHeadRow.floor < last)
            .values(floor=last)
        )
    return len(gone)

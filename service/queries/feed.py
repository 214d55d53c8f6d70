"""Reads of the streams: pages after a cursor, and what is there now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.models import Change, FeedEntryRow, FeedHeadRow, FeedItemRow, Stream
from service.rules.cursor import Cursor, check_cursor

_BATCH = 500


@dataclass(frozen=True, slots=True)
class FeedLine:
    """One change as readers get it; `content` is JSON text, None for a removal."""

    position: int
    item_id: str
    change: Change
    reason: str
    at: datetime
    content: str | None


@dataclass(frozen=True, slots=True)
class FeedPage:
    """Lines in the order of their positions, and where to read on."""

    lines: Sequence[FeedLine]
    cursor: Cursor
    has_more: bool


@dataclass(frozen=True, slots=True)
class Head:
    """Where a stream stands: its epoch, the last position given out, the highest one let go."""

    epoch: str
    position: int
    floor: int

    @property
    def cursor(self) -> Cursor:
        """The cursor that stands after everything published so far."""
        return Cursor(self.epoch, self.position)


@dataclass(frozen=True, slots=True)
class FeedItem:
    """What an item is now; `published_at` is when it entered the stream."""

    item_id: str
    position: int
    published_at: datetime
    updated_at: datetime
    content: str


def stream_head(session: Session, stream: Stream) -> Head:
    """Where `stream` stands."""
    row = session.execute(
        sa.select(FeedHeadRow.epoch, FeedHeadRow.position, FeedHeadRow.floor).where(
            FeedHeadRow.stream == stream
        )
    ).one()
    return Head(row.epoch, row.position, row.floor)


def feed_page(session: Session, stream: Stream, *, after: Cursor | None, limit: int) -> FeedPage:
    """The `limit` oldest lines after a cursor; after nothing where `after` is None.

    A keyset read on the primary key: page N costs what page 1 costs, and a line that is published
    while a client pages is never skipped and never seen twice.

    Raises:
        CursorGone: reading on from here could miss something.
    """
    head = stream_head(session, stream)
    start = after or Cursor(head.epoch, 0)
    check_cursor(start, epoch=head.epoch, floor=head.floor, head=head.position)
    rows = session.execute(
        sa.select(
            FeedEntryRow.position,
            FeedEntryRow.item_id,
            FeedEntryRow.change,
            FeedEntryRow.reason,
            FeedEntryRow.at,
            FeedEntryRow.content,
        )
        .where(FeedEntryRow.stream == stream, FeedEntryRow.position > start.position)
        .order_by(FeedEntryRow.position)
        .limit(limit + 1)
    ).all()
    lines = [FeedLine(*row) for row in rows[:limit]]
    last = lines[-1].position if lines else start.position
    return FeedPage(lines, Cursor(head.epoch, last), has_more=len(rows) > limit)


def items_in_order(session: Session, stream: Stream) -> Iterator[FeedItem]:
    """Every item of the stream by id, read in batches by key."""
    after = ""
    while True:
        part = _items(session, stream, FeedItemRow.item_id > after, FeedItemRow.item_id, _BATCH)
        yield from part
        if len(part) < _BATCH:
            return
        after = part[-1].item_id


def newest_items(session: Session, stream: Stream, *, limit: int) -> list[FeedItem]:
    """The items that changed last, newest first."""
    return _items(session, stream, sa.true(), FeedItemRow.position.desc(), limit)


def newest_removals(session: Session, stream: Stream, *, limit: int) -> list[FeedLine]:
    """The removals that stand, newest first: items that have not come back since."""
    rows = session.execute(
        sa.select(
            FeedEntryRow.position,
            FeedEntryRow.item_id,
            FeedEntryRow.change,
            FeedEntryRow.reason,
            FeedEntryRow.at,
            FeedEntryRow.content,
        )
        .join(
            FeedItemRow,
            sa.and_(FeedItemRow.stream == stream, FeedItemRow.item_id == FeedEntryRow.item_id),
            isouter=True,
        )
        .where(
            FeedEntryRow.stream == stream,
            FeedEntryRow.change == Change.REMOVE,
            FeedItemRow.item_id.is_(None),
        )
        .order_by(FeedEntryRow.position.desc())
        .limit(limit)
    )
    return [FeedLine(*row) for row in rows]


def _items(
    session: Session,
    stream: Stream,
    condition: sa.ColumnElement[bool],
    order: sa.ColumnExpressionArgument[object],
    limit: int,
) -> list[FeedItem]:
    rows = session.execute(
        sa.select(
            FeedItemRow.item_id,
            FeedItemRow.position,
            FeedItemRow.published_at,
            FeedItemRow.updated_at,
            FeedItemRow.content,
        )
        .where(FeedItemRow.stream == stream, condition)
        .order_by(order)
        .limit(limit)
    )
    return [FeedItem(*row) for row in rows]

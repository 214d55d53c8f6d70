"""Appending to the streams: the last write of a publishing transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from service.models import Change, FeedEntryRow, FeedHeadRow, FeedItemRow, Stream
from service.queries.batches import in_batches


@dataclass(frozen=True, slots=True)
class Line:
    """One change to publish. `content` None removes the item."""

    item_id: str
    reason: str
    content: Mapping[str, Any] | None = None


def append(session: Session, stream: Stream, lines: Sequence[Line], *, now: datetime) -> None:
    """Publish `lines` in their order, as the last write of the caller's transaction.

    The head's row is updated first of all here and stays locked until the commit is visible, so
    positions become visible in commit order and a roll-back gives them back: a reader that asks for
    what comes after its cursor can miss nothing. Whoever appends to several streams does so in the
    order of `Stream`, so that two writers cannot wait for each other.
    """
    if not lines:
        return
    session.flush()
    last = session.scalar(
        sa.update(FeedHeadRow)
        .where(FeedHeadRow.stream == stream)
        .values(position=FeedHeadRow.position + len(lines))
        .returning(FeedHeadRow.position)
    )
    if last is None:
        raise LookupError(f"stream {stream.value} has no head: the database was not migrated")
    first = last - len(lines) + 1
    entries = [_entry(stream, first + offset, line, now) for offset, line in enumerate(lines)]
    for part in in_batches(entries):
        session.execute(sa.insert(FeedEntryRow), list(part))
    _keep_items(session, stream, entries)


def _entry(stream: Stream, position: int, line: Line, now: datetime) -> dict[str, Any]:
    content = None if line.content is None else orjson.dumps(line.content).decode()
    return {
        "stream": stream,
        "position": position,
        "item_id": line.item_id,
        "change": Change.REMOVE if content is None else Change.UPSERT,
        "reason": line.reason,
        "at": now,
        "content": content,
    }


def _keep_items(session: Session, stream: Stream, entries: Sequence[Mapping[str, Any]]) -> None:
    """Bring the current items in step: the last entry of each item decides."""
    latest = {entry["item_id"]: entry for entry in entries}
    gone = [item for item, entry in latest.items() if entry["content"] is None]
    for part in in_batches(gone):
        session.execute(
            sa.delete(FeedItemRow).where(FeedItemRow.stream == stream, FeedItemRow.item_id.in_(part))
        )
    kept = [_item(entry) for entry in latest.values() if entry["content"] is not None]
    for part in in_batches(kept):
        session.execute(_upsert(session), list(part))


def _item(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "stream": entry["stream"],
        "item_id": entry["item_id"],
        "position": entry["position"],
        "published_at": entry["at"],
        "updated_at": entry["at"],
        "content": entry["content"],
    }


def _upsert(session: Session) -> sa.Insert:
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    insert = dialect.insert(FeedItemRow)
    changed = {name: insert.excluded[name] for name in ("position", "updated_at", "content")}
    return insert.on_conflict_do_update(index_elements=["stream", "item_id"], set_=changed)

"""The matches stream: what consenting subscribers may be told, kept equal to their lists."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy.orm import Session

from matching import MatchPolicy, Seeker, Verdict, score_pair
from service.models import (
    Change,
    FeedEntryRow,
    FeedItemRow,
    MatchRow,
    PostingRow,
    ProfileRow,
    SeekerRow,
    Stream,
)
from service.operations import feed
from service.operations.indexes import Indexes
from service.queries.values import posting_value, seeker_value
from service.rules.lifecycle import PostingState

_REASONS = 3  # what a person reads of why; the rest is on the page


def publish_lists(session: Session, indexes: Indexes, seeker_ids: Sequence[str], *, now: datetime) -> None:
    """Bring the stream in step with the lists of those of `seeker_ids` who subscribed.

    What should stand in the stream is worked out anew and compared with what does: so nothing is
    published twice, and nothing that changed stays unsaid.
    """
    lines: list[feed.Line] = []
    for subscriber in _subscribers(session, seeker_ids):
        wanted = _wanted(session, subscriber, indexes.policy)
        published = published_items(session, subscriber.subscriber_id)
        lines += _changes(session, wanted, published)
    feed.append(session, Stream.MATCHES, lines, now=now)


def published_items(session: Session, subscriber_id: str) -> dict[str, str]:
    """What stands in the stream for one subscriber: content by item id."""
    # A range of the primary key: an item's id is "<subscriber>.<posting>".
    query = sa.select(FeedItemRow.item_id, FeedItemRow.content).where(
        FeedItemRow.stream == Stream.MATCHES,
        FeedItemRow.item_id > f"{subscriber_id}.",
        FeedItemRow.item_id < f"{subscriber_id}/",
    )
    return {row.item_id: row.content for row in session.execute(query.order_by(FeedItemRow.item_id))}


@dataclass(frozen=True, slots=True)
class _Subscriber:
    subscriber_id: str
    seeker: Seeker


def _subscribers(session: Session, seeker_ids: Sequence[str]) -> list[_Subscriber]:
    rows = session.execute(
        sa.select(ProfileRow, SeekerRow.state, SeekerRow.subscriber_id)
        .join(SeekerRow, SeekerRow.id == ProfileRow.seeker_id)
        .where(ProfileRow.seeker_id.in_(seeker_ids), SeekerRow.subscriber_id.is_not(None))
        .order_by(ProfileRow.seeker_id)
        # Held until the commit: nobody takes the consent back between this look and our lines.
        .with_for_update(read=True, of=SeekerRow)
    )
    return [_Subscriber(str(subscriber_id), seeker_value(row, state)) for row, state, subscriber_id in rows]


def _wanted(session: Session, subscriber: _Subscriber, policy: MatchPolicy) -> dict[str, dict[str, Any]]:
    rows = session.scalars(
        sa.select(PostingRow)
        .join(MatchRow, MatchRow.posting_id == PostingRow.id)
        .where(MatchRow.seeker_id == subscriber.seeker.id, MatchRow.in_seeker_list)
        .order_by(MatchRow.total.desc(), MatchRow.posting_id)
    )
    wanted: dict[str, dict[str, Any]] = {}
    for row in rows:
        breakdown = score_pair(posting_value(row), subscriber.seeker, policy)
        best = sorted(breakdown.components, key=lambda part: -part.score * part.weight)
        told = [part.to_seeker for part in best if part.to_seeker and not part.missing]
        gaps = [gate for gate in breakdown.gates if gate.verdict is Verdict.CONDITIONAL]
        wanted[f"{subscriber.subscriber_id}.{row.id}"] = {
            "subscriber": subscriber.subscriber_id,
            "posting_id": row.id,
            "posting_revision": row.revision,
            "title": row.title,
            "total": breakdown.total,
            "policy": breakdown.policy,
            "conditional": breakdown.conditional,
            "reasons": told[:_REASONS],
            "missing": [{"sentence": gate.to_seeker, "remedy": gate.remedy} for gate in gaps],
        }
    return wanted


def _changes(
    session: Session, wanted: Mapping[str, Mapping[str, Any]], published: Mapping[str, str]
) -> list[feed.Line]:
    lines = []
    for item_id, content in wanted.items():
        if item_id not in published:
            lines.append(feed.Line(item_id, "matched", content))
        elif orjson.loads(published[item_id]) != content:
            lines.append(feed.Line(item_id, "match_changed", content))
    gone = [item_id for item_id in published if item_id not in wanted]
    open_ids = set(_still_open(session, [item_id.partition(".")[2] for item_id in gone]))
    for item_id in gone:
        reason = "no_longer_matching" if item_id.partition(".")[2] in open_ids else "posting_closed"
        lines.append(feed.Line(item_id, reason))
    return lines


def _still_open(session: Session, posting_ids: Sequence[str]) -> Sequence[str]:
    if not posting_ids:
        return []
    return session.scalars(
        sa.select(PostingRow.id).where(PostingRow.id.in_(posting_ids), PostingRow.state == PostingState.OPEN)
    ).all()


def withdraw_items(session: Session, subscriber_id: str, reason: str, *, now: datetime) -> None:
    """Take everything of one subscriber out of the stream, and wipe what older lines said.

    Readers who have not come that far see the removals alone.
    """
    mine = sa.and_(
        FeedEntryRow.stream == Stream.MATCHES,
        FeedEntryRow.item_id > f"{subscriber_id}.",
        FeedEntryRow.item_id < f"{subscriber_id}/",
    )
    published = published_items(session, subscriber_id)
    session.execute(sa.delete(FeedEntryRow).where(mine, FeedEntryRow.change == Change.UPSERT))
    feed.append(session, Stream.MATCHES, [feed.Line(item_id, reason) for item_id in published], now=now)

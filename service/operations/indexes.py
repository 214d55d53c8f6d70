"""The worker's view of everybody: the two bulk indexes, kept in step by following the streams."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from matching import MatchPolicy, Posting, PostingIndex, Seeker, SeekerIndex, county_policy
from service.models import FeedEntryRow, FeedHeadRow, PostingRow, ProfileRow, SeekerRow, Stream
from service.queries.batches import in_batches
from service.queries.values import posting_value, seeker_value
from service.rules.lifecycle import PostingState, SeekerState

_FOLLOWED = (Stream.OPENINGS, Stream.PROFILES)
# Past this many changed items it is cheaper to read everything again.
_RELOAD = 20_000


_HEADS = sa.select(FeedHeadRow.stream, FeedHeadRow.epoch, FeedHeadRow.position, FeedHeadRow.floor).where(
    FeedHeadRow.stream.in_(_FOLLOWED)
)


class _Head(NamedTuple):
    stream: Stream
    epoch: str
    position: int
    floor: int


class Indexes:
    """Open postings and active seekers in memory, as of the last `follow`.

    The streams are lossless, so that following them misses nothing: what is published before the
    head was read is seen here. What is committed later is due itself and will be worked on by
    somebody who sees it.
    """

    def __init__(self) -> None:
        self._epochs: dict[Stream, str] = {}
        self._positions: dict[Stream, int] = {}
        self._policy: MatchPolicy | None = None
        self.postings: PostingIndex
        self.seekers: SeekerIndex

    @property
    def policy(self) -> MatchPolicy:
        """The policy of the day that was followed to."""
        if self._policy is None:
            raise RuntimeError("follow() comes first")
        return self._policy

    def follow(self, session: Session, today: date) -> None:
        """Bring both indexes in step with what `session` sees, and the policy with `today`."""
        heads = [_Head(*row) for row in session.execute(_HEADS)]
        self._follow_day(today)
        changed = self._changed(session, heads)
        if changed is None:
            self._reload(session)
        else:
            self._follow_postings(session, changed[Stream.OPENINGS])
            self._follow_profiles(session, changed[Stream.PROFILES])
        self._epochs = {head.stream: head.epoch for head in heads}
        self._positions = {head.stream: head.position for head in heads}

    def _follow_day(self, today: date) -> None:
        if self._policy is None or self._policy.on != today:
            self._policy = county_policy(today)
            if self._positions:
                self.postings.policy = self._policy
                self.seekers.policy = self._policy

    def _changed(self, session: Session, heads: Sequence[_Head]) -> dict[Stream, list[str]] | None:
        """The items that changed since, by stream; None where everything has to be read again."""
        changed: dict[Stream, list[str]] = {}
        for head in heads:
            known = self._positions.get(head.stream)
            if known is None or self._epochs[head.stream] != head.epoch or known < head.floor:
                return None
            if head.position - known > _RELOAD:
                return None
            items = sa.select(FeedEntryRow.item_id).distinct()
            changed[head.stream] = list(
                session.scalars(
                    items.where(
                        FeedEntryRow.stream == head.stream,
                        FeedEntryRow.position > known,
                        FeedEntryRow.position <= head.position,
                    )
                )
            )
        return changed

    def _reload(self, session: Session) -> None:
        rows = session.scalars(sa.select(PostingRow).where(PostingRow.state == PostingState.OPEN))
        self.postings = PostingIndex([posting_value(row) for row in rows], self.policy)
        pairs = session.execute(
            sa.select(ProfileRow, SeekerRow.state)
            .join(SeekerRow, SeekerRow.id == ProfileRow.seeker_id)
            .where(SeekerRow.state == SeekerState.ACTIVE)
        )
        self.seekers = SeekerIndex([seeker_value(row, state) for row, state in pairs], self.policy)

    def _follow_postings(self, session: Session, ids: Sequence[str]) -> None:
        for part in in_batches(ids):
            rows = session.scalars(
                sa.select(PostingRow).where(PostingRow.id.in_(part), PostingRow.state == PostingState.OPEN)
            )
            found = {row.id: posting_value(row) for row in rows}
            for posting_id in part:
                _put(self.postings, posting_id, found.get(posting_id))

    def _follow_profiles(self, session: Session, ids: Sequence[str]) -> None:
        for part in in_batches(ids):
            pairs = session.execute(
                sa.select(ProfileRow, SeekerRow.state)
                .join(SeekerRow, SeekerRow.id == ProfileRow.seeker_id)
                .where(ProfileRow.seeker_id.in_(part), SeekerRow.state == SeekerState.ACTIVE)
            )
            found = {row.seeker_id: seeker_value(row, state) for row, state in pairs}
            for seeker_id in part:
                _put(self.seekers, seeker_id, found.get(seeker_id))


def _put(index: Any, row_id: str, value: Posting | Seeker | None) -> None:
    """Make `index` hold `value` under its id, or nothing where it is None."""
    if row_id in index:
        index.remove(row_id)
    if value is not None:
        index.add(value)

"""Streams of changes: their heads, their entries, and the current item of each."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from service.models.base import Base, UTCDateTime, enum_of


class Stream(StrEnum):
    OPENINGS = "openings"  # public: postings that are open
    MATCHES = "matches"  # for the operator: matches of consenting subscribers
    PROFILES = "profiles"  # internal, never served: which profile changed, for the matching index


class Change(StrEnum):
    UPSERT = "upsert"
    REMOVE = "remove"


class FeedHeadRow(Base):
    """The last position given out in a stream, and the first that is still kept.

    The row is updated last in the publishing transaction: it stays locked until the commit is
    visible, so positions become visible in order and a roll-back gives its positions back.
    `floor` is the highest position that was pruned: a cursor below it is gone. `epoch` is random
    and renewed when a backup is restored.
    """

    __tablename__ = "feed_heads"

    stream: Mapped[Stream] = mapped_column(enum_of(Stream, "stream"), primary_key=True)
    position: Mapped[int] = mapped_column(sa.BigInteger(), default=0)
    floor: Mapped[int] = mapped_column(sa.BigInteger(), default=0)
    epoch: Mapped[str] = mapped_column(sa.String(8))


class FeedEntryRow(Base):
    """One change of one item, serialised when it was published. `content` None is the tombstone."""

    __tablename__ = "feed_entries"
    __table_args__ = (sa.Index("ix_feed_entries_item", "stream", "item_id", "position"),)

    stream: Mapped[Stream] = mapped_column(enum_of(Stream, "stream"), primary_key=True)
    position: Mapped[int] = mapped_column(sa.BigInteger(), primary_key=True, autoincrement=False)
    item_id: Mapped[str] = mapped_column(sa.String(60))
    change: Mapped[Change] = mapped_column(enum_of(Change, "change"))
    reason: Mapped[str] = mapped_column(sa.String(24))
    at: Mapped[datetime] = mapped_column(UTCDateTime())
    content: Mapped[str | None] = mapped_column(sa.Text())


class FeedItemRow(Base):
    """What is in a stream now: the content of an item's last upsert. Snapshots are read from here."""

    __tablename__ = "feed_items"
    __table_args__ = (sa.Index("ix_feed_items_position", "stream", "position"),)

    stream: Mapped[Stream] = mapped_column(enum_of(Stream, "stream"), primary_key=True)
    item_id: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    position: Mapped[int] = mapped_column(sa.BigInteger())
    published_at: Mapped[datetime] = mapped_column(UTCDateTime())  # when it entered the stream
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime())
    content: Mapped[str] = mapped_column(sa.Text())

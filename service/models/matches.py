"""匹配: the stored result for one pair."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from service.models.base import Base, Json, UTCDateTime


class MatchRow(Base):
    """A pair that stands in the seeker's list, in the posting's list, or in both.

    `scores` are the components' scores by name, so that the total can be recomputed from the
    policy's weights; evidence and sentences are recomputed from the two rows when they are read.
    """

    __tablename__ = "matches"
    __table_args__ = (
        sa.CheckConstraint("in_seeker_list OR in_posting_list", name="listed"),
        sa.Index("ix_matches_seeker_total", "seeker_id", "total"),
        sa.Index("ix_matches_posting_total", "posting_id", "total"),
    )

    posting_id: Mapped[str] = mapped_column(
        sa.ForeignKey("postings.id", ondelete="CASCADE"), primary_key=True
    )
    seeker_id: Mapped[str] = mapped_column(sa.ForeignKey("seekers.id", ondelete="CASCADE"), primary_key=True)
    total: Mapped[float] = mapped_column()
    conditional: Mapped[bool] = mapped_column()
    scores: Mapped[dict[str, float]] = mapped_column(Json)
    policy: Mapped[str] = mapped_column(sa.String(40))
    in_seeker_list: Mapped[bool] = mapped_column()
    in_posting_list: Mapped[bool] = mapped_column()
    at: Mapped[datetime] = mapped_column(UTCDateTime())

"""求职者 and 求职登记."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from service.models.base import Base, Json, Sealed, UTCDateTime, enum_of, new_id
from service.models.postings import MatchDue
from service.rules.lifecycle import SeekerState


class SeekerRow(Base):
    """The person: how to reach them, and what they consented to.

    `phone_index` is the blind index by which a phone is found. `subscriber_id` is the opaque id
    under which the account's operator knows a person who consented; it is None without consent and
    a new one is made for every new consent, so that two consents cannot be linked.
    """

    __tablename__ = "seekers"

    id: Mapped[str] = mapped_column(sa.String(26), primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(Sealed("seekers.name"))
    phone: Mapped[str] = mapped_column(Sealed("seekers.phone"))
    phone_index: Mapped[str] = mapped_column(sa.String(64), unique=True)
    state: Mapped[SeekerState] = mapped_column(enum_of(SeekerState, "state"))
    consent_version: Mapped[str] = mapped_column(sa.String(20))
    consented_at: Mapped[datetime] = mapped_column(UTCDateTime())
    # Separate consents (个人信息保护法 23, 24): each has the moment it was given, None when not.
    shares_with_employers_at: Mapped[datetime | None] = mapped_column(UTCDateTime())
    subscribed_at: Mapped[datetime | None] = mapped_column(UTCDateTime())
    subscriber_id: Mapped[str | None] = mapped_column(sa.String(26), unique=True)
    registered_by: Mapped[str | None] = mapped_column(sa.String(64))  # who registered by proxy (代为登记)
    revision: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime())
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime())


class ProfileRow(Base):
    """What the person told us for matching, and no more. One for each seeker."""

    __tablename__ = "profiles"
    __table_args__ = (
        sa.CheckConstraint("pay_expected IS NULL OR pay_expected >= 0", name="pay_expected_positive"),
        sa.CheckConstraint("commute_km IS NULL OR commute_km >= 0", name="commute_km_positive"),
        sa.Index("ix_profiles_match_due", "seeker_id", sqlite_where=sa.text("match_due > 0"),
                 postgresql_where=sa.text("match_due > 0")),
        sa.Index("ix_profiles_recheck_on", "recheck_on"),
    )  # fmt: skip

    seeker_id: Mapped[str] = mapped_column(sa.ForeignKey("seekers.id", ondelete="CASCADE"), primary_key=True)
    occupation_terms: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    skill_terms: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    licences: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)  # {"key", "valid_until"}
    region: Mapped[str | None] = mapped_column(sa.String(9))
    commute_km: Mapped[float | None] = mapped_column()
    will_board: Mapped[bool | None] = mapped_column()
    pay_expected: Mapped[int | None] = mapped_column()  # yuan a month
    shifts: Mapped[list[str]] = mapped_column(Json, default=list)
    employment_types: Mapped[list[str]] = mapped_column(Json, default=list)
    available_from: Mapped[date | None] = mapped_column()
    birth_month: Mapped[date | None] = mapped_column()  # the first of the month, enough for 16 and 18
    experience_years: Mapped[float | None] = mapped_column()
    education: Mapped[int | None] = mapped_column()
    blocked_employers: Mapped[list[str]] = mapped_column(Json, default=list)
    revision: Mapped[int] = mapped_column(default=1)

    understood_with: Mapped[str] = mapped_column(sa.String(16), default="")
    match_due: Mapped[int] = mapped_column(sa.SmallInteger(), default=int(MatchDue.CONTENT))
    matched_revision: Mapped[int] = mapped_column(default=0)
    recheck_on: Mapped[date | None] = mapped_column()
    list_floor: Mapped[float | None] = mapped_column()
    list_last: Mapped[str | None] = mapped_column(sa.String(26))
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime())

"""岗位."""

from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from matching.types import EmploymentType, PayUnit, Shift
from service.models.base import Base, Json, Sealed, UTCDateTime, enum_of, new_id
from service.rules.lifecycle import PostingState


class PayStated(StrEnum):
    """Whether pay was told."""

    STATED = "stated"
    NEGOTIABLE = "negotiable"  # 面议
    UNSTATED = "unstated"  # 未写明


class MatchDue(IntEnum):
    """What matching still owes a row; the worker asks for rows above NONE."""

    NONE = 0
    LIST = 1  # only its own list of matches may be out of date
    CONTENT = 2  # it changed itself: its list, and everybody whose list it enters or leaves


class PostingRow(Base):
    """One posting of one employer, found again by (provider, reference).

    Terms are lists of {"text", "code", "name", "confidence", "how"} (matching.Term). `defaults`
    names the fields that an import filled by its stated default and not by the sender's word.
    `openings` None is 人数未定, `openings_left` counts down with each hire. `list_floor` is the
    total of the last match of a full list and `list_last` whom it is with, None while there is room.
    `import_digest` stands for what its sender last said in an import, so that the same said again
    does not undo what staff corrected since.
    """

    __tablename__ = "postings"
    __table_args__ = (
        sa.UniqueConstraint("provider", "reference"),
        sa.CheckConstraint("openings IS NULL OR openings >= 0", name="openings_positive"),
        sa.CheckConstraint("openings_left IS NULL OR openings_left >= 0", name="openings_left_positive"),
        sa.CheckConstraint("pay_minimum IS NULL OR pay_minimum >= 0", name="pay_minimum_positive"),
        sa.CheckConstraint(
            "pay_minimum IS NULL OR pay_maximum IS NULL OR pay_minimum <= pay_maximum", name="pay_ordered"
        ),
        sa.Index("ix_postings_match_due", "id", sqlite_where=sa.text("match_due > 0"),
                 postgresql_where=sa.text("match_due > 0")),
        sa.Index("ix_postings_state_valid_until", "state", "valid_until"),
        sa.Index("ix_postings_state_valid_from", "state", "valid_from"),
        sa.Index("ix_postings_recheck_on", "recheck_on"),
    )  # fmt: skip

    id: Mapped[str] = mapped_column(sa.String(26), primary_key=True, default=new_id)
    employer_id: Mapped[str] = mapped_column(sa.ForeignKey("employers.id"), index=True)
    provider: Mapped[str] = mapped_column(sa.String(40))
    reference: Mapped[str] = mapped_column(sa.String(80))
    state: Mapped[PostingState] = mapped_column(enum_of(PostingState, "state"))
    revision: Mapped[int] = mapped_column(default=1)

    title: Mapped[str] = mapped_column(sa.String(80))
    description: Mapped[str] = mapped_column(sa.Text(), default="")  # 工作内容与招聘条件
    occupation_terms: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    skill_required_terms: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    skill_preferred_terms: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    licences: Mapped[list[str]] = mapped_column(Json, default=list)
    minimum_age: Mapped[int] = mapped_column(default=16)
    experience_years: Mapped[float | None] = mapped_column()
    education: Mapped[int | None] = mapped_column()

    region: Mapped[str | None] = mapped_column(sa.String(9), index=True)
    address: Mapped[str] = mapped_column(sa.String(200), default="")
    latitude: Mapped[float | None] = mapped_column()
    longitude: Mapped[float | None] = mapped_column()

    employment_type: Mapped[EmploymentType | None] = mapped_column(enum_of(EmploymentType, "employment_type"))
    shift: Mapped[Shift | None] = mapped_column(enum_of(Shift, "shift"))
    pay_stated: Mapped[PayStated] = mapped_column(enum_of(PayStated, "pay_stated"))
    pay_minimum: Mapped[int | None] = mapped_column()  # yuan per unit
    pay_maximum: Mapped[int | None] = mapped_column()
    pay_unit: Mapped[PayUnit | None] = mapped_column(enum_of(PayUnit, "pay_unit"))
    housing: Mapped[bool | None] = mapped_column()
    meals: Mapped[bool | None] = mapped_column()
    shuttle: Mapped[bool | None] = mapped_column()
    shuttle_regions: Mapped[list[str]] = mapped_column(Json, default=list)
    insurance: Mapped[bool | None] = mapped_column()  # 五险 as the law demands
    benefits: Mapped[list[str]] = mapped_column(Json, default=list)  # what else is offered, as written

    openings: Mapped[int | None] = mapped_column()
    openings_left: Mapped[int | None] = mapped_column()
    starts_on: Mapped[date | None] = mapped_column()
    valid_from: Mapped[datetime | None] = mapped_column(UTCDateTime())
    valid_until: Mapped[datetime | None] = mapped_column(UTCDateTime())
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime())
    source: Mapped[str] = mapped_column(sa.String(80), default="")  # 来源: who gave it to us
    source_url: Mapped[str] = mapped_column(sa.String(400), default="")
    contact_name: Mapped[str | None] = mapped_column(Sealed("postings.contact_name"))
    contact_phone: Mapped[str | None] = mapped_column(Sealed("postings.contact_phone"))
    defaults: Mapped[list[str]] = mapped_column(Json, default=list)
    import_digest: Mapped[str | None] = mapped_column(sa.String(64))

    understood_with: Mapped[str] = mapped_column(sa.String(16), default="")
    match_due: Mapped[int] = mapped_column(sa.SmallInteger(), default=int(MatchDue.CONTENT))
    matched_revision: Mapped[int] = mapped_column(default=0)
    recheck_on: Mapped[date | None] = mapped_column()
    list_floor: Mapped[float | None] = mapped_column()
    list_last: Mapped[str | None] = mapped_column(sa.String(26))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime())
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime())

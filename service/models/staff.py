"""工作人员 and API keys."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from service.models.base import Base, UTCDateTime, enum_of, new_id
from service.rules.access import Role


class StaffRow(Base):
    """A staff member's account. `password_hash` is Argon2id."""

    __tablename__ = "staff"

    id: Mapped[str] = mapped_column(sa.String(26), primary_key=True, default=new_id)
    username: Mapped[str] = mapped_column(sa.String(40), unique=True)
    name: Mapped[str] = mapped_column(sa.String(40))
    role: Mapped[Role] = mapped_column(enum_of(Role, "role"))
    password_hash: Mapped[str] = mapped_column(sa.String(200))
    must_change_password: Mapped[bool] = mapped_column(default=True)
    failed_attempts: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None] = mapped_column(UTCDateTime())
    disabled_at: Mapped[datetime | None] = mapped_column(UTCDateTime())
    created_at: Mapped[datetime] = mapped_column(UTCDateTime())


class KeyRow(Base):
    """An API key `prefix.secret`, of which the SHA-256 alone is kept.

    A key with `staff_id` is a staff member's short session; one with `employer_id` is bound to that
    employer's own postings.
    """

    __tablename__ = "keys"

    id: Mapped[str] = mapped_column(sa.String(12), primary_key=True)  # the prefix, public
    secret_hash: Mapped[str] = mapped_column(sa.String(64))
    role: Mapped[Role] = mapped_column(enum_of(Role, "role"))
    label: Mapped[str] = mapped_column(sa.String(80))
    employer_id: Mapped[str | None] = mapped_column(sa.ForeignKey("employers.id"))
    staff_id: Mapped[str | None] = mapped_column(sa.ForeignKey("staff.id", ondelete="CASCADE"))
    created_by: Mapped[str] = mapped_column(sa.String(64))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime())
    expires_at: Mapped[datetime | None] = mapped_column(UTCDateTime())
    revoked_at: Mapped[datetime | None] = mapped_column(UTCDateTime())

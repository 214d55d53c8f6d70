"""用人单位."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from service.models.base import Base, Sealed, UTCDateTime, enum_of, new_id
from service.rules.lifecycle import EmployerState


class EmployerRow(Base):
    """An employer and how far the bureau has vetted it.

    `credit_code` may be unknown in an import, but nobody is verified without one. `name_key` is the
    normalised name by which imports find the employer again.
    """

    __tablename__ = "employers"

    id: Mapped[str] = mapped_column(sa.String(26), primary_key=True, default=new_id)
    credit_code: Mapped[str | None] = mapped_column(sa.String(18), unique=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    name_key: Mapped[str] = mapped_column(sa.String(120), index=True)
    kind: Mapped[str | None] = mapped_column(sa.String(40))  # 单位类型
    size: Mapped[str | None] = mapped_column(sa.String(40))  # 单位规模
    industry: Mapped[str | None] = mapped_column(sa.String(80))
    region: Mapped[str | None] = mapped_column(sa.String(9), index=True)
    address: Mapped[str | None] = mapped_column(sa.String(200))
    introduction: Mapped[str | None] = mapped_column(sa.Text())
    contact_name: Mapped[str | None] = mapped_column(Sealed("employers.contact_name"))
    contact_phone: Mapped[str | None] = mapped_column(Sealed("employers.contact_phone"))
    state: Mapped[EmployerState] = mapped_column(enum_of(EmployerState, "state"))
    verified_at: Mapped[datetime | None] = mapped_column(UTCDateTime())
    verified_until: Mapped[datetime | None] = mapped_column(UTCDateTime())
    verified_by: Mapped[str | None] = mapped_column(sa.String(64))
    revision: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime())
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime())

"""导入: one file or list that a provider handed in."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from service.models.base import Base, Json, UTCDateTime, new_id


class ImportRow(Base):
    """What was read, and what became of every row: `receipts` in the order of the rows.

    `detail` tells by which defaults rows were filled and how the sheet's columns were understood.
    """

    __tablename__ = "imports"

    id: Mapped[str] = mapped_column(sa.String(26), primary_key=True, default=new_id)
    provider: Mapped[str] = mapped_column(sa.String(40), index=True)
    file_name: Mapped[str] = mapped_column(sa.String(200))
    digest: Mapped[str] = mapped_column(sa.String(64))  # SHA-256 of the bytes, hex
    actor_id: Mapped[str] = mapped_column(sa.String(40))
    at: Mapped[datetime] = mapped_column(UTCDateTime())
    counts: Mapped[dict[str, int]] = mapped_column(Json)
    receipts: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    detail: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)

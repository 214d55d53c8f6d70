"""待办承诺: calls to the outside that a committed transaction owes."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from service.models.base import Base, Json, UTCDateTime, enum_of, new_id


class PromiseState(StrEnum):
    OWED = "owed"
    KEPT = "kept"
    PARKED = "parked"  # given up after the last try; staff decide


class PromiseRow(Base):
    """One call that is owed, made at least once, with the key by which the other side knows a repeat."""

    __tablename__ = "promises"
    __table_args__ = (sa.Index("ix_promises_state_due_at", "state", "due_at"),)

    id: Mapped[str] = mapped_column(sa.String(26), primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(sa.String(40))
    idempotency_key: Mapped[str] = mapped_column(sa.String(80), unique=True)
    payload: Mapped[dict[str, Any]] = mapped_column(Json)
    state: Mapped[PromiseState] = mapped_column(enum_of(PromiseState, "state"))
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime] = mapped_column(UTCDateTime())
    last_error: Mapped[str] = mapped_column(sa.String(400), default="")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime())

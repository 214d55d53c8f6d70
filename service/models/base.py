"""What every table shares: naming, column types, identifiers."""

from datetime import UTC, datetime
from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import DeclarativeBase
from ulid import ULID

from service.vault import Vault

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

# One type by both names: JSONB on PostgreSQL can be indexed and compared.
Json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
# SQLite gives row ids only to INTEGER.
BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


class Base(DeclarativeBase):
    """The declarative base; its metadata is what migrations are compared with."""

    metadata = sa.MetaData(naming_convention=NAMING)


def new_id() -> str:
    """A time-ordered identifier: 26 lower-case characters."""
    return str(ULID()).lower()


class UTCDateTime(sa.types.TypeDecorator[datetime]):
    """An aware moment, kept in UTC. Naive values are refused: SQLite would drop the difference."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def enum_of(members: type[Enum], name: str) -> sa.Enum:
    """A text column that takes the members' values and is checked by the database."""
    return sa.Enum(
        members,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=24,
        values_callable=lambda cls: [member.value for member in cls],
    )


_vaults: dict[str, Vault] = {}


def use_vault(vault: Vault) -> None:
    """Make `vault` the one that sealed columns use in this process."""
    _vaults["current"] = vault


class Sealed(sa.types.TypeDecorator[str]):
    """Personal text, encrypted for its place ("table.column"). It cannot be searched or sorted."""

    impl = sa.LargeBinary
    cache_ok = True

    def __init__(self, place: str) -> None:
        super().__init__()
        self.place = place

    def process_bind_param(self, value: str | None, _dialect: sa.Dialect) -> bytes | None:
        return None if value is None else _vaults["current"].seal(value, self.place)

    def process_result_value(self, value: Any, _dialect: sa.Dialect) -> str | None:
        return None if value is None else _vaults["current"].open(bytes(value), self.place)

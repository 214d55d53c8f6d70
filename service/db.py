"""The one door to the database: transactions, reads, and SQLite made strict."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session, sessionmaker

_READING = {"chunfeng_reading": True}


def _json(value: object) -> str:
    return orjson.dumps(value).decode()


# Half of the time of writing a list of matches went into the standard library's writer.
_JSON_COLUMNS: dict[str, Any] = {"json_serializer": _json, "json_deserializer": orjson.loads}


class Database:
    """A database by its URL. The engine is made on first use, never before a fork."""

    def __init__(self, url: str, *, pool_size: int = 10) -> None:
        self.url = url
        self._pool_size = pool_size

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the embedded engine, with one writer at a time."""
        return self.url.startswith("sqlite")

    @cached_property
    def engine(self) -> sa.Engine:
        """The engine, with its pool. Its errors name no parameters: those are what people told us."""
        if self.is_sqlite:
            engine = sa.create_engine(
                self.url, connect_args={"timeout": 30}, hide_parameters=True, **_JSON_COLUMNS
            )
            event.listen(engine, "connect", _sqlite_on_connect)
            event.listen(engine, "begin", _sqlite_on_begin)
            return engine
        # READ COMMITTED is what the feed's counter row needs: an update waits for the other
        # writer and then sees its value, where REPEATABLE READ would fail.
        return sa.create_engine(
            self.url,
            connect_args={"connect_timeout": 10},
            hide_parameters=True,
            **_JSON_COLUMNS,
            pool_size=self._pool_size,
            max_overflow=self._pool_size,
            pool_pre_ping=True,
            isolation_level="READ COMMITTED",
        )

    @cached_property
    def _sessions(self) -> sessionmaker[Session]:
        return sessionmaker(self.engine, expire_on_commit=False)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session that commits when the block is left and rolls back when it raises."""
        with self._sessions() as session:
            yield session
            session.commit()

    @contextmanager
    def reading(self, *, consistent: bool = False) -> Iterator[Session]:
        """A session that cannot write.

        With `consistent` all of its statements see one moment (REPEATABLE READ on PostgreSQL;
        SQLite's readers always do).
        """
        options: dict[str, object] = dict(_READING)
        if not self.is_sqlite:
            options["postgresql_readonly"] = True
            if consistent:
                options["isolation_level"] = "REPEATABLE READ"
        with self._sessions() as session:
            session.connection(execution_options=options)
            # Closing rolls back; a roll-back of the session's own would expire the rows that were read.
            yield session

    def dispose(self) -> None:
        """Close every pooled connection."""
        if "engine" in self.__dict__:
            self.engine.dispose()


def _sqlite_on_connect(connection: object, _record: object) -> None:
    # The driver must not begin by itself: it would begin deferred, and a deferred transaction
    # that reads and then writes ends in "database is locked" whatever the timeout.
    connection.isolation_level = None  # type: ignore[attr-defined]  # sqlite3.Connection behind the pool
    cursor = connection.cursor()  # type: ignore[attr-defined]  # as above
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=30000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _sqlite_on_begin(connection: sa.Connection) -> None:
    reading = connection.get_execution_options().get("chunfeng_reading")
    # First: the connection may come from a reader, and a writer's BEGIN would be refused.
    connection.exec_driver_sql(f"PRAGMA query_only={'ON' if reading else 'OFF'}")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

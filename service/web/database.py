"""The request's way to the database: the one place in web where a transaction begins."""

from contextlib import AbstractContextManager
from datetime import UTC, datetime

from flask import current_app
from sqlalchemy.orm import Session

from service.db import Database


def database() -> Database:
    """The application's database."""
    found: Database = current_app.extensions["database"]
    return found


def transaction() -> AbstractContextManager[Session]:
    """A session that commits when the block is left and rolls back when it raises."""
    return database().transaction()


def reading(*, consistent: bool = False) -> AbstractContextManager[Session]:
    """A session that cannot write."""
    return database().reading(consistent=consistent)


def now() -> datetime:
    """The moment of the request, aware, in UTC."""
    return datetime.now(UTC)

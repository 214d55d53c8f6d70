"""What rows still owe: the worker asks, claims, and does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from service.models import EmployerRow, MatchDue, PostingRow, ProfileRow
from service.rules.lifecycle import EmployerState, PostingState

_LIVE = (PostingState.SCHEDULED, PostingState.OPEN, PostingState.PAUSED)


@dataclass(frozen=True, slots=True)
class Backlog:
    """How many rows wait for each kind of work."""

    postings_content: int
    profiles_content: int
    postings_list: int
    profiles_list: int
    to_start: int
    to_expire: int
    to_lapse: int

    @property
    def total(self) -> int:
        """All of them together; 0 is idle."""
        return (
            self.postings_content
            + self.profiles_content
            + self.postings_list
            + self.profiles_list
            + self.to_start
            + self.to_expire
            + self.to_lapse
        )


def backlog(session: Session, *, now: datetime, today: date) -> Backlog:
    """What is due at `now`, counted."""

    def count(table: type[PostingRow | ProfileRow | EmployerRow], condition: sa.ColumnElement[bool]) -> int:
        return session.scalar(sa.select(sa.func.count()).select_from(table).where(condition)) or 0

    return Backlog(
        postings_content=count(PostingRow, content_due(PostingRow, today)),
        profiles_content=count(ProfileRow, content_due(ProfileRow, today)),
        postings_list=count(PostingRow, list_due(PostingRow, today)),
        profiles_list=count(ProfileRow, list_due(ProfileRow, today)),
        to_start=count(PostingRow, start_due(now)),
        to_expire=count(PostingRow, expiry_due(now)),
        to_lapse=count(EmployerRow, lapse_due(now)),
    )


class Due(NamedTuple):
    """Which kinds of work wait."""

    content: bool
    lists: bool
    start: bool
    expire: bool
    lapse: bool


def due(session: Session, *, now: datetime, today: date) -> Due:
    """What is due at `now`, asked by existence: this is what an idle worker asks twice a second."""

    def exists(*conditions: sa.ColumnElement[bool]) -> bool:
        return any(session.scalar(sa.select(sa.exists().where(condition))) for condition in conditions)

    return Due(
        content=exists(content_due(PostingRow, today), content_due(ProfileRow, today)),
        lists=exists(list_due(PostingRow, today), list_due(ProfileRow, today)),
        start=exists(start_due(now)),
        expire=exists(expiry_due(now)),
        lapse=exists(lapse_due(now)),
    )


def content_due(table: type[PostingRow | ProfileRow], today: date) -> sa.ColumnElement[bool]:
    """Rows that changed themselves, or whose verdicts may change today although nobody edited."""
    # Two conditions and not one comparison: each has its own partial or plain index.
    changed = sa.and_(table.match_due > 0, table.match_due == int(MatchDue.CONTENT))
    return sa.or_(changed, table.recheck_on <= today)


def list_due(table: type[PostingRow | ProfileRow], today: date) -> sa.ColumnElement[bool]:
    """Rows whose own list alone may be out of date."""
    marked = sa.and_(table.match_due > 0, table.match_due == int(MatchDue.LIST))
    return sa.and_(marked, sa.or_(table.recheck_on.is_(None), table.recheck_on > today))


def start_due(now: datetime) -> sa.ColumnElement[bool]:
    """Approved postings whose time has come."""
    return sa.and_(PostingRow.state == PostingState.SCHEDULED, PostingRow.valid_from <= now)


def expiry_due(now: datetime) -> sa.ColumnElement[bool]:
    """Live postings past their validity."""
    return sa.and_(PostingRow.state.in_(_LIVE), PostingRow.valid_until <= now)


def lapse_due(now: datetime) -> sa.ColumnElement[bool]:
    """Verified employers whose six months are over."""
    return sa.and_(EmployerRow.state == EmployerState.VERIFIED, EmployerRow.verified_until <= now)


def misunderstood(table: type[PostingRow | ProfileRow], version: str) -> sa.ColumnElement[bool]:
    """Rows whose words were resolved with another vocabulary."""
    return table.understood_with != version


def claimed_ids(
    session: Session,
    key: InstrumentedAttribute[str],
    condition: sa.ColumnElement[bool],
    *,
    limit: int,
) -> Sequence[str]:
    """Ids of up to `limit` due rows, locked until the transaction ends.

    Rows that another worker or a writer holds are passed over. On SQLite there is one writer and
    nothing to lock.
    """
    query = sa.select(key).where(condition).order_by(key).limit(limit)
    return session.scalars(query.with_for_update(skip_locked=True)).all()

"""Stored lists of matches: each posting's best seekers and each seeker's best postings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from matching import Match
from service.models import MatchDue, MatchRow, PostingRow, ProfileRow

_BATCH = 500
_LISTS_LOCK = 20_200_205  # any number that nothing else of ours takes


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two sides of a pair, and where its list stands.

    `size` is how many matches a list keeps; what a person reads in one sitting for a seeker, what
    a clerk calls in a day for a posting.
    """

    table: type[PostingRow | ProfileRow]
    key: str  # the primary key's column in `table`
    own: str  # this side's column in matches
    other: str
    flag: str
    other_flag: str
    size: int


SEEKERS = Side(ProfileRow, "seeker_id", "seeker_id", "posting_id", "in_seeker_list", "in_posting_list", 20)
POSTINGS = Side(PostingRow, "id", "posting_id", "seeker_id", "in_posting_list", "in_seeker_list", 50)


def other_side(side: Side) -> Side:
    """The side that `side` is matched with."""
    return SEEKERS if side is POSTINGS else POSTINGS


def lock_lists(session: Session, *, shared: bool) -> None:
    """Take part in the lists' lock until the transaction ends; before any row is locked.

    Lists are rewritten under the shared lock, and compared with or taken apart under the exclusive
    one. SQLite has one writer anyway.
    """
    if session.get_bind().dialect.name == "sqlite":
        return
    lock = sa.func.pg_advisory_xact_lock_shared if shared else sa.func.pg_advisory_xact_lock
    session.execute(sa.select(lock(_LISTS_LOCK)))


def write_lists(
    session: Session, side: Side, lists: Mapping[str, Sequence[Match]], *, policy: str, now: datetime
) -> None:
    """Make the stored lists of the named rows be the first `side.size` of `lists`; write only the change.

    Two workers may touch a pair from its two sides at once. Each statement decides by the row as it
    is when its lock is had, and the order - unset the flag, then delete what nobody lists - leaves
    no row behind whichever of them comes first.
    """
    stored = _stored(session, side, list(lists))
    kept: list[dict[str, Any]] = []
    dropped: list[dict[str, str]] = []
    for own_id, ranked in lists.items():
        wanted = {getattr(match, side.other): match for match in ranked[: side.size]}
        have = stored.get(own_id, {})
        kept += [
            _values(side, match, policy, now)
            for other_id, match in wanted.items()
            if not _is_stored(have.get(other_id), match, side, policy)
        ]
        dropped += [
            {"p_id": row.posting_id, "s_id": row.seeker_id}
            for other_id, row in have.items()
            if other_id not in wanted and getattr(row, side.flag)
        ]
    _drop(session, side, dropped)
    _keep(session, side, kept)


def last_places(lists: Mapping[str, Sequence[Match]], side: Side) -> dict[str, tuple[float, str] | None]:
    """The last match of each full list, as (total, other id); None while a list has room."""
    return {
        own_id: (ranked[side.size - 1].total, getattr(ranked[side.size - 1], side.other))
        if len(ranked) >= side.size
        else None
        for own_id, ranked in lists.items()
    }


def mark_lists_due(session: Session, side: Side, ids: Sequence[str]) -> None:
    """Note on rows of `side` that their own list may be out of date."""
    key = getattr(side.table, side.key)
    for start in range(0, len(ids), _BATCH):
        session.execute(
            sa.update(side.table)
            .where(key.in_(ids[start : start + _BATCH]), side.table.match_due == int(MatchDue.NONE))
            .values(match_due=int(MatchDue.LIST))
        )


def _stored(session: Session, side: Side, own_ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    own = getattr(MatchRow, side.own)
    found: dict[str, dict[str, Any]] = {}
    for start in range(0, len(own_ids), _BATCH):
        query = sa.select(
            MatchRow.posting_id,
            MatchRow.seeker_id,
            MatchRow.total,
            MatchRow.conditional,
            MatchRow.scores,
            MatchRow.policy,
            MatchRow.in_posting_list,
            MatchRow.in_seeker_list,
        ).where(own.in_(own_ids[start : start + _BATCH]))
        for row in session.execute(query):
            found.setdefault(getattr(row, side.own), {})[getattr(row, side.other)] = row
    return found


def _is_stored(row: Any, match: Match, side: Side, policy: str) -> bool:
    return (
        row is not None
        and bool(getattr(row, side.flag))
        and row.total == match.total
        and row.conditional == match.conditional
        and row.policy == policy
        and row.scores == dict(match.scores)
    )


def _values(side: Side, match: Match, policy: str, now: datetime) -> dict[str, Any]:
    return {
        "posting_id": match.posting_id,
        "seeker_id": match.seeker_id,
        "total": match.total,
        "conditional": match.conditional,
        "scores": dict(match.scores),
        "policy": policy,
        "at": now,
        side.flag: True,
        side.other_flag: False,
    }


def _keep(session: Session, side: Side, rows: Sequence[dict[str, Any]]) -> None:
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    insert = dialect.insert(MatchRow)
    changed = {name: insert.excluded[name] for name in ("total", "conditional", "scores", "policy", "at")}
    statement = insert.on_conflict_do_update(
        index_elements=["posting_id", "seeker_id"], set_=changed | {side.flag: sa.true()}
    )
    for start in range(0, len(rows), _BATCH):
        session.execute(statement, list(rows[start : start + _BATCH]))


def _drop(session: Session, side: Side, pairs: Sequence[dict[str, str]]) -> None:
    if not pairs:
        return
    the_pair = sa.and_(
        MatchRow.posting_id == sa.bindparam("p_id"), MatchRow.seeker_id == sa.bindparam("s_id")
    )
    other_flag = getattr(MatchRow, side.other_flag)
    connection = session.connection()
    unset = sa.update(MatchRow).where(the_pair, other_flag).values({side.flag: sa.false()})
    connection.execute(unset, list(pairs))
    connection.execute(sa.delete(MatchRow).where(the_pair, sa.not_(other_flag)), list(pairs))

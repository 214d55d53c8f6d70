"""Matching as work: the only seam between the stored rows and the bulk indexes."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from matching import Match, Posting, Seeker, next_change_on
from service.models import MatchDue, MatchRow, PostingRow, ProfileRow, SeekerRow
from service.operations.indexes import Indexes
from service.operations.match_feed import publish_lists
from service.operations.match_lists import (
    POSTINGS,
    SEEKERS,
    Side,
    last_places,
    lock_lists,
    mark_lists_due,
    other_side,
    write_lists,
)
from service.queries.values import posting_value, seeker_value
from service.queries.work import claimed_ids, content_due, list_due
from service.rules.calendar import local_day

# Rows a transaction: on SQLite a writer waits no longer than this takes.
BATCH = 50
_IDS = 500

Ranked = Mapping[str, Sequence[Match]]
Values = Mapping[str, Posting] | Mapping[str, Seeker]


def rematch_changed(session: Session, indexes: Indexes, *, now: datetime) -> int:
    """Match rows that changed themselves, and note whose lists they enter or leave.

    Only one worker does this at a time: it compares its totals with the floors of other rows' lists,
    and a list that is being rewritten has no floor to compare with.

    Returns:
        How many rows were done; 0 when nothing was due.
    """
    today = local_day(now)
    for side in (POSTINGS, SEEKERS):
        lock_lists(session, shared=False)
        key = getattr(side.table, side.key)
        ids = claimed_ids(session, key, content_due(side.table, today), limit=BATCH)
        if ids:
            # After the claim: what was committed before these rows were locked is seen.
            indexes.follow(session, today)
            _rematch(session, indexes, side, ids, now, spread=True)
            return len(ids)
    return 0


def refresh_lists(session: Session, indexes: Indexes, *, now: datetime) -> int:
    """Rewrite lists that were noted as out of date. They spread nothing further.

    Seekers' lists share no row among each other, so any number of workers rewrite them at once;
    postings' lists are rewritten by one.

    Returns:
        How many rows were done; 0 when nothing was due.
    """
    today = local_day(now)
    for side, shared in ((SEEKERS, True), (POSTINGS, False)):
        lock_lists(session, shared=shared)
        key = getattr(side.table, side.key)
        ids = claimed_ids(session, key, list_due(side.table, today), limit=BATCH)
        if ids:
            indexes.follow(session, today)
            _rematch(session, indexes, side, ids, now, spread=False)
            return len(ids)
    return 0


def _rematch(
    session: Session,
    indexes: Indexes,
    side: Side,
    ids: Sequence[str],
    now: datetime,
    *,
    spread: bool,
) -> None:
    values = _values(session, side, ids)
    ranked = _ranked(indexes, side, values)
    if spread:
        _spread(session, side, ranked)
    write_lists(session, side, ranked, policy=indexes.policy.name, now=now)
    _settle(session, indexes, side, values, ranked)
    if side is SEEKERS:
        publish_lists(session, indexes, ids, now=now)


def _values(session: Session, side: Side, ids: Sequence[str]) -> Values:
    if side is POSTINGS:
        rows = session.scalars(sa.select(PostingRow).where(PostingRow.id.in_(ids)))
        return {row.id: posting_value(row) for row in rows}
    pairs = session.execute(
        sa.select(ProfileRow, SeekerRow.state)
        .join(SeekerRow, SeekerRow.id == ProfileRow.seeker_id)
        .where(ProfileRow.seeker_id.in_(ids))
    )
    return {row.seeker_id: seeker_value(row, state) for row, state in pairs}


def _ranked(indexes: Indexes, side: Side, values: Values) -> dict[str, list[Match]]:
    index: Any = indexes.seekers if side is POSTINGS else indexes.postings
    return {own_id: index.rank(value) for own_id, value in values.items()}


def _spread(session: Session, side: Side, ranked: Ranked) -> None:
    """Note the lists on the other side that these rows enter, leave, or stand in with another score."""
    other = other_side(side)
    due: set[str] = set()
    candidates: dict[str, tuple[float, str]] = {}
    listed = _listed(session, side, list(ranked))
    for own_id, matches in ranked.items():
        now_with = {getattr(match, side.other): match for match in matches}
        before = listed.get(own_id, {})
        due |= {other_id for other_id, row in before.items() if _differs(row, now_with.get(other_id))}
        for other_id in now_with.keys() - before.keys():
            place = (-now_with[other_id].total, own_id)
            candidates[other_id] = min(place, candidates.get(other_id, place))
    due |= _entered(session, other, candidates)
    mark_lists_due(session, other, sorted(due))


def _differs(row: sa.Row[Any], match: Match | None) -> bool:
    """Whether the list has to be read again. A subscriber is told of more than the score."""
    if match is None or row.subscriber_id is not None:
        return True
    return (row.total, row.conditional, row.scores) != (match.total, match.conditional, dict(match.scores))


def _listed(session: Session, side: Side, ids: Sequence[str]) -> dict[str, dict[str, sa.Row[Any]]]:
    """By row of `side`: the stored pairs by which it stands in a list of the other side."""
    own, other = getattr(MatchRow, side.own), getattr(MatchRow, side.other)
    told = SeekerRow.subscriber_id if side is POSTINGS else sa.null()
    query = sa.select(
        own, other, MatchRow.total, MatchRow.conditional, MatchRow.scores, told.label("subscriber_id")
    ).where(getattr(MatchRow, side.other_flag))
    if side is POSTINGS:
        query = query.join(SeekerRow, SeekerRow.id == MatchRow.seeker_id)
    listed: dict[str, dict[str, sa.Row[Any]]] = {}
    for start in range(0, len(ids), _IDS):
        for row in session.execute(query.where(own.in_(ids[start : start + _IDS]))):
            listed.setdefault(row[0], {})[row[1]] = row
    return listed


def _entered(session: Session, other: Side, candidates: Mapping[str, tuple[float, str]]) -> set[str]:
    """Which lists a new match would enter: it stands before the last one, or the list has room."""
    table = other.table
    key = getattr(table, other.key)
    ids = sorted(candidates)
    entered: set[str] = set()
    for start in range(0, len(ids), _IDS):
        rows = session.execute(
            sa.select(key, table.list_floor, table.list_last).where(key.in_(ids[start : start + _IDS]))
        )
        entered |= {
            row_id for row_id, floor, last in rows if floor is None or candidates[row_id] < (-floor, last)
        }
    return entered


def _settle(session: Session, indexes: Indexes, side: Side, values: Values, ranked: Ranked) -> None:
    """Write into the rows that nothing is owed any more, and the day to look again."""
    places = last_places(ranked, side)
    key = getattr(side.table, side.key)
    statement = (
        sa.update(side.table)
        .where(key == sa.bindparam("own_id"))
        .values(
            match_due=int(MatchDue.NONE),
            matched_revision=side.table.revision,
            list_floor=sa.bindparam("floor"),
            list_last=sa.bindparam("last"),
            recheck_on=sa.bindparam("recheck"),
        )
    )
    rows = []
    for own_id, value in values.items():
        floor, last = places[own_id] or (None, None)
        recheck = next_change_on(value, indexes.policy)
        rows.append({"own_id": own_id, "floor": floor, "last": last, "recheck": recheck})
    session.connection().execute(statement, rows)

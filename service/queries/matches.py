"""Reads of stored matches."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from matching import Change, ScoreBreakdown, county_policy, score_pair, why_not
from service.models import MatchRow, PostingRow, ProfileRow, SeekerRow
from service.queries.values import posting_value, seeker_value
from service.rules.lifecycle import SeekerState


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of a list ended: the last total and the last other id."""

    total: float
    other_id: str


def matches_of_posting(
    session: Session, posting_id: str, *, after: Place | None, limit: int
) -> list[tuple[MatchRow, SeekerRow, ProfileRow]]:
    """The posting's best seekers, best first, ties by seeker id."""
    query = (
        sa.select(MatchRow, SeekerRow, ProfileRow)
        .join(SeekerRow, SeekerRow.id == MatchRow.seeker_id)
        .join(ProfileRow, ProfileRow.seeker_id == MatchRow.seeker_id)
        .where(MatchRow.posting_id == posting_id, MatchRow.in_posting_list)
    )
    rows = session.execute(_page(query, MatchRow.seeker_id, after, limit))
    return [(match, seeker, profile) for match, seeker, profile in rows]


def matches_of_seeker(
    session: Session, seeker_id: str, *, after: Place | None, limit: int
) -> list[tuple[MatchRow, PostingRow]]:
    """The seeker's best postings, best first, ties by posting id."""
    query = (
        sa.select(MatchRow, PostingRow)
        .join(PostingRow, PostingRow.id == MatchRow.posting_id)
        .where(MatchRow.seeker_id == seeker_id, MatchRow.in_seeker_list)
    )
    rows = session.execute(_page(query, MatchRow.posting_id, after, limit))
    return [(match, posting) for match, posting in rows]


def _page(query: sa.Select, other: InstrumentedAttribute[str], after: Place | None, limit: int) -> sa.Select:
    if after is not None:
        query = query.where(
            sa.or_(
                MatchRow.total < after.total,
                sa.and_(MatchRow.total == after.total, other > after.other_id),
            )
        )
    return query.order_by(MatchRow.total.desc(), other).limit(limit)


@dataclass(frozen=True, slots=True)
class Explained:
    """A pair as it stands now: the breakdown, and what would turn a no into a yes (empty for a yes)."""

    breakdown: ScoreBreakdown
    why_not: tuple[Change, ...]


def explained(posting: PostingRow, profile: ProfileRow, state: SeekerState, *, today: date) -> Explained:
    """Score the two rows as they are, on the day `today`, with evidence and sentences."""
    policy = county_policy(today)
    offered, wanted = posting_value(posting), seeker_value(profile, state)
    breakdown = score_pair(offered, wanted, policy)
    changes = () if breakdown.matched else why_not(offered, wanted, policy)
    return Explained(breakdown, tuple(changes))

"""What a person browses: open postings, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

import matching
from service.models import EmployerRow, PostingRow
from service.rules.lifecycle import PostingState

_LOOKED_THROUGH = 500  # the newest of the county: enough to find three, bounded for a page


@dataclass(frozen=True, slots=True)
class Totals:
    """How many postings are open, how many people they still seek, and of how many employers.

    `openings_left` counts only postings that state a number.
    """

    postings: int
    openings_left: int
    employers: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of the list begins: after the posting `id`, published at `published_at`."""

    published_at: datetime
    id: str


@dataclass(frozen=True, slots=True)
class Alternative:
    """An open posting in place of one that is gone; `away` tells how far apart they are, in Chinese."""

    posting: PostingRow
    employer: EmployerRow
    away: str


def open_totals(session: Session, *, region: str | None = None, exact: bool = False) -> Totals:
    """What is open now; `region` and `exact` as in `open_postings`."""
    query = _open(
        sa.select(
            sa.func.count(),
            sa.func.coalesce(sa.func.sum(PostingRow.openings_left), 0),
            sa.func.count(PostingRow.employer_id.distinct()),
        ),
        region,
        exact=exact,
    )
    return Totals(*session.execute(query).one())


def open_postings(
    session: Session, *, region: str | None, exact: bool = False, before: Place | None, limit: int
) -> list[tuple[PostingRow, EmployerRow]]:
    """`limit` open postings that are older than `before`, newest first.

    A keyset read: a posting that is published while a person pages moves nobody else's page.

    Args:
        session: the caller's.
        region: a division, None for all and for those without a place.
        exact: only those that state this division itself, not one within it.
        before: where the page begins, None for the newest.
        limit: at most so many.
    """
    query = _open(sa.select(PostingRow, EmployerRow), region, exact=exact)
    query = query.join(EmployerRow, EmployerRow.id == PostingRow.employer_id)
    if before is not None:
        here = sa.tuple_(sa.literal(before.published_at, PostingRow.published_at.type), sa.literal(before.id))
        query = query.where(sa.tuple_(PostingRow.published_at, PostingRow.id) < here)
    newest = query.order_by(PostingRow.published_at.desc(), PostingRow.id.desc())
    return [(posting, employer) for posting, employer in session.execute(newest.limit(limit))]


def place_of_posting(session: Session, posting_id: str) -> Place | None:
    """Where the list goes on after a posting, open or not; None where it was never published."""
    published_at = session.scalar(sa.select(PostingRow.published_at).where(PostingRow.id == posting_id))
    return None if published_at is None else Place(published_at, posting_id)


def open_towns(session: Session, county: str) -> list[tuple[str, int]]:
    """Divisions within `county` that have open postings, with how many; by code."""
    query = _open(sa.select(PostingRow.region, sa.func.count()), county).group_by(PostingRow.region)
    return [(str(code), count) for code, count in session.execute(query.order_by(PostingRow.region))]


def posting_page(session: Session, posting_id: str) -> tuple[PostingRow, EmployerRow] | None:
    """A posting that the public may know of: one that was published at some time."""
    row = session.execute(
        sa.select(PostingRow, EmployerRow)
        .join(EmployerRow, EmployerRow.id == PostingRow.employer_id)
        .where(PostingRow.id == posting_id, PostingRow.published_at.is_not(None))
    ).one_or_none()
    return None if row is None else (row[0], row[1])


def alternatives(session: Session, posting: PostingRow, *, limit: int) -> list[Alternative]:
    """Open postings in place of one that is gone, nearest first: those of the same occupation, then others.

    Others are only named where they lie in the same town or the next.
    """
    near = []
    for other_id, occupation_terms, region in _newest_of_county(session, posting):
        away = matching.distance(posting.region, region)
        same_work = bool(_codes(posting.occupation_terms) & _codes(occupation_terms))
        if same_work or away.step in _BESIDE:
            near.append((not same_work, _kilometres(away), other_id, away.sentence))
    # Stable: of equally near ones the newest stays first.
    best = sorted(near, key=lambda other: other[:2])[:limit]
    found = _postings(session, [other_id for _, _, other_id, _ in best])
    return [Alternative(*found[other_id], sentence) for _, _, other_id, sentence in best]


_BESIDE = frozenset({matching.Step.SAME_TOWN, matching.Step.NEIGHBOUR_TOWN})
# What is taken for a distance that nobody knows: in a neighbouring town, and in the rest of the county.
_NEIGHBOUR_KM, _COUNTY_KM = 15.0, 60.0


def _kilometres(away: matching.Distance) -> float:
    """How far to go, for ordering: the same town first, then by what is known."""
    if away.step is matching.Step.SAME_TOWN:
        return 0.0
    if away.km is not None:
        return away.km
    return _NEIGHBOUR_KM if away.step is matching.Step.NEIGHBOUR_TOWN else _COUNTY_KM


def _newest_of_county(
    session: Session, posting: PostingRow
) -> list[tuple[str, list[dict[str, str]], str | None]]:
    query = sa.select(PostingRow.id, PostingRow.occupation_terms, PostingRow.region)
    query = _open(query, posting.region[:6] if posting.region else None).where(PostingRow.id != posting.id)
    newest = query.order_by(PostingRow.published_at.desc(), PostingRow.id.desc())
    return [(row[0], row[1], row[2]) for row in session.execute(newest.limit(_LOOKED_THROUGH))]


def _postings(session: Session, ids: Sequence[str]) -> dict[str, tuple[PostingRow, EmployerRow]]:
    rows = session.execute(
        sa.select(PostingRow, EmployerRow)
        .join(EmployerRow, EmployerRow.id == PostingRow.employer_id)
        .where(PostingRow.id.in_(ids))
    )
    return {posting.id: (posting, employer) for posting, employer in rows}


def _codes(terms: Sequence[dict[str, str]]) -> set[str]:
    return {term["code"] for term in terms if term["code"]}


def _open(query: sa.Select, region: str | None, *, exact: bool = False) -> sa.Select:
    query = query.where(PostingRow.state == PostingState.OPEN)
    if region is None:
        return query
    if exact:
        return query.where(PostingRow.region == region)
    return query.where(PostingRow.region.startswith(region, autoescape=True))

"""What a person browses: open postings, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.models import EmployerRow, PostingRow
from service.rules.lifecycle import PostingState


@dataclass(frozen=True, slots=True)
class Totals:
    """How many postings are open, how many people they still seek, and of how many employers.

    `openings_left` counts only postings that state a number.
    """

    postings: int
    openings_left: int
    employers: int


def open_totals(session: Session, *, region: str | None = None) -> Totals:
    """What is open now, within `region` where one is given."""
    query = _open(
        sa.select(
            sa.func.count(),
            sa.func.coalesce(sa.func.sum(PostingRow.openings_left), 0),
            sa.func.count(PostingRow.employer_id.distinct()),
        ),
        region,
    )
    return Totals(*session.execute(query).one())


def open_postings(
    session: Session, *, region: str | None, before: str | None, limit: int
) -> list[tuple[PostingRow, EmployerRow]]:
    """Open postings, newest first: `limit` of them that are older than the posting `before`."""
    query = _open(sa.select(PostingRow, EmployerRow), region)
    query = query.join(EmployerRow, EmployerRow.id == PostingRow.employer_id)
    if before is not None:
        query = query.where(PostingRow.id < before)
    rows = session.execute(query.order_by(PostingRow.id.desc()).limit(limit))
    return [(posting, employer) for posting, employer in rows]


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


def alternatives(
    session: Session, posting: PostingRow, *, limit: int
) -> Sequence[tuple[PostingRow, EmployerRow]]:
    """Open postings in place of one that is gone: the same occupation first, then the same town.

    Within each, those of the same town come first, then the newest.
    """
    codes = {term["code"] for term in posting.occupation_terms if term["code"]}
    query = _open(sa.select(PostingRow, EmployerRow), None).join(
        EmployerRow, EmployerRow.id == PostingRow.employer_id
    )
    same_county = query.where(PostingRow.region.startswith((posting.region or "")[:6], autoescape=True))
    newest = session.execute(same_county.order_by(PostingRow.id.desc()).limit(_LOOKED_THROUGH))
    rows = [(found, employer) for found, employer in newest if found.id != posting.id]

    def distance(row: tuple[PostingRow, EmployerRow]) -> tuple[bool, bool]:
        mine = {term["code"] for term in row[0].occupation_terms}
        return (not codes & mine, row[0].region != posting.region)

    near = [row for row in sorted(rows, key=distance) if distance(row) != (True, True)]
    return near[:limit]


_LOOKED_THROUGH = 500  # the newest of the county: enough to find three, bounded for a page


def _open(query: sa.Select, region: str | None) -> sa.Select:
    query = query.where(PostingRow.state == PostingState.OPEN)
    if region is None:
        return query
    return query.where(PostingRow.region.startswith(region, autoescape=True))

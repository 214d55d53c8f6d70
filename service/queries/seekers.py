"""Reads of seekers."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.models import AuditRow, MatchRow, ProfileRow, SeekerRow
from service.rules.lifecycle import SeekerState


def seekers_page(
    session: Session, *, state: SeekerState | None, region: str | None, after: str | None, limit: int
) -> list[tuple[SeekerRow, ProfileRow]]:
    """Persons with their profiles by id, `limit` of them after `after`; `region` with all within it."""
    query = (
        sa.select(SeekerRow, ProfileRow)
        .join(ProfileRow, ProfileRow.seeker_id == SeekerRow.id)
        .order_by(SeekerRow.id)
        .limit(limit)
    )
    if state is not None:
        query = query.where(SeekerRow.state == state)
    if region is not None:
        query = query.where(ProfileRow.region.startswith(region, autoescape=True))
    if after is not None:
        query = query.where(SeekerRow.id > after)
    return [(seeker, profile) for seeker, profile in session.execute(query)]


def find_seeker(session: Session, seeker_id: str) -> tuple[SeekerRow, ProfileRow] | None:
    """The person with the profile, None where there is none."""
    row = session.execute(
        sa.select(SeekerRow, ProfileRow)
        .join(ProfileRow, ProfileRow.seeker_id == SeekerRow.id)
        .where(SeekerRow.id == seeker_id)
    ).one_or_none()
    return None if row is None else (row[0], row[1])


def seeker_by_phone(session: Session, phone_indexes: Sequence[str]) -> SeekerRow | None:
    """The person whom one of the blind indexes finds."""
    return session.scalars(sa.select(SeekerRow).where(SeekerRow.phone_index.in_(phone_indexes))).one_or_none()


def everything_about(session: Session, seeker_id: str) -> dict[str, Any] | None:
    """All that is kept about one person, for export (个人信息保护法 45); None where there is none.

    Members: `person`, `profile`, `matches` (best first) and `acts`, the ledger's entries about the
    person, oldest first.
    """
    found = find_seeker(session, seeker_id)
    if found is None:
        return None
    matches = session.scalars(
        sa.select(MatchRow)
        .where(MatchRow.seeker_id == seeker_id)
        .order_by(MatchRow.total.desc(), MatchRow.posting_id)
    )
    acts = session.scalars(
        sa.select(AuditRow)
        .where(AuditRow.subject_kind == "seeker", AuditRow.subject_id == seeker_id)
        .order_by(AuditRow.id)
    )
    return {"person": found[0], "profile": found[1], "matches": list(matches), "acts": list(acts)}

"""Reads of postings."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.models import PostingRow
from service.rules.access import Actor, Role
from service.rules.lifecycle import PostingState


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingFilter:
    """Which postings to read; None asks for nothing. `region` is a division with all that is in it."""

    state: PostingState | None = None
    employer_id: str | None = None
    provider: str | None = None
    region: str | None = None


def find_posting(session: Session, posting_id: str, *, actor: Actor) -> PostingRow | None:
    """The posting, None where there is none or it is another employer's."""
    posting = session.get(PostingRow, posting_id)
    return posting if posting is not None and _is_visible(posting, actor) else None


def posting_by_reference(
    session: Session, provider: str, reference: str, *, actor: Actor
) -> PostingRow | None:
    """The posting that the provider knows by `reference`, None where it is another employer's."""
    query = sa.select(PostingRow).where(PostingRow.provider == provider, PostingRow.reference == reference)
    posting = session.scalars(query).one_or_none()
    return posting if posting is not None and _is_visible(posting, actor) else None


def _is_visible(posting: PostingRow, actor: Actor) -> bool:
    return actor.role is not Role.EMPLOYER or posting.employer_id == actor.employer_id


def postings_page(
    session: Session, wanted: PostingFilter, *, actor: Actor, after: str | None, limit: int
) -> list[PostingRow]:
    """Postings that the actor may see, by id, `limit` of them after `after`."""
    query = sa.select(PostingRow).order_by(PostingRow.id).limit(limit)
    if actor.role is Role.EMPLOYER:
        query = query.where(PostingRow.employer_id == actor.employer_id)
    if after is not None:
        query = query.where(PostingRow.id > after)
    if wanted.region is not None:
        query = query.where(PostingRow.region.startswith(region_prefix(wanted.region), autoescape=True))
    same = {"state": wanted.state, "employer_id": wanted.employer_id, "provider": wanted.provider}
    for name, value in same.items():
        if value is not None:
            query = query.where(getattr(PostingRow, name) == value)
    return list(session.scalars(query))


def region_prefix(code: str) -> str:
    """What the codes of all divisions within `code` begin with: 210600 gives 2106, a county itself."""
    if len(code) != 6:
        return code
    return code.removesuffix("00").removesuffix("00")

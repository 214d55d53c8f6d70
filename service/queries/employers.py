"""Reads of employers."""

import re
from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

import matching
from service.models import EmployerRow
from service.rules.access import Actor, Role
from service.rules.lifecycle import EmployerState

# Normalising may lengthen a name: ㍿ is four characters.
_KEY_LENGTH = 120
_MARKS = re.compile(r"[\W_]+")


def name_key(name: str) -> str:
    """What an employer is found by again: its normalised name without marks and spaces.

    Brackets around a place, as in 某某（东港）有限公司, go; legal forms stay, because a company and
    its workshop are two employers. Empty where the name is nothing but marks.
    """
    return _MARKS.sub("", matching.normalise(name))[:_KEY_LENGTH]


def is_verified(employer: EmployerRow, *, now: datetime) -> bool:
    """Whether the employer was vetted and the six months have not passed at `now`."""
    if employer.state is not EmployerState.VERIFIED or employer.verified_until is None:
        return False
    return employer.verified_until > now


def find_employer(session: Session, employer_id: str, *, actor: Actor) -> EmployerRow | None:
    """The employer, None where there is none or the actor may not know of it."""
    if actor.role is Role.EMPLOYER and actor.employer_id != employer_id:
        return None
    return session.get(EmployerRow, employer_id)


def employer_by_code(session: Session, credit_code: str) -> EmployerRow | None:
    """The employer with this 统一社会信用代码 in its normal form."""
    return session.scalars(sa.select(EmployerRow).where(EmployerRow.credit_code == credit_code)).one_or_none()


def employers_by_name(session: Session, name: str) -> list[EmployerRow]:
    """Employers whose name comes to the same key, oldest first; several may share one name."""
    query = sa.select(EmployerRow).where(EmployerRow.name_key == name_key(name)).order_by(EmployerRow.id)
    return list(session.scalars(query))


def employers_page(
    session: Session,
    *,
    actor: Actor,
    after: str | None,
    limit: int,
    state: EmployerState | None = None,
    credit_code: str | None = None,
    name: str | None = None,
) -> list[EmployerRow]:
    """Employers that the actor may know of, by id, `limit` of them after `after`.

    `name` finds those whose name contains it, both normalised.
    """
    query = sa.select(EmployerRow).order_by(EmployerRow.id).limit(limit)
    if actor.role is Role.EMPLOYER:
        query = query.where(EmployerRow.id == actor.employer_id)
    if after is not None:
        query = query.where(EmployerRow.id > after)
    if state is not None:
        query = query.where(EmployerRow.state == state)
    if credit_code is not None:
        query = query.where(EmployerRow.credit_code == credit_code)
    if name is not None:
        key = name_key(name)
        query = query.where(EmployerRow.name_key.contains(key, autoescape=True) if key else sa.false())
    return list(session.scalars(query))


def employers_by_id(session: Session, ids: Iterable[str]) -> dict[str, EmployerRow]:
    """The employers of these ids, by id."""
    rows = session.scalars(sa.select(EmployerRow).where(EmployerRow.id.in_(list(ids))))
    return {row.id: row for row in rows}

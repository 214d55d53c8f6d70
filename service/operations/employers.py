"""Employers made and changed."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

import matching
from service.models import EmployerRow, PostingRow, new_id
from service.operations.audit import Act, record
from service.operations.openings import publish_openings
from service.operations.posting_states import touch
from service.queries.employers import name_key
from service.rules.access import Actor, Role
from service.rules.calendar import local_day
from service.rules.credit_code import check_credit_code
from service.rules.errors import (
    AlreadyExists,
    Forbidden,
    Invalid,
    NotFound,
    RevisionMismatch,
    WordingRefused,
)
from service.rules.lifecycle import EmployerState, PostingState
from service.rules.wording import Level, check_wording

# What the verification was about: an employer does not change these by itself.
_VETTED = frozenset({"name", "credit_code"})


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployerContent:
    """An employer as it was told to us; None always means "not stated".

    `region` is the code of a division. `credit_code` is checked and normalised.
    """

    name: str
    credit_code: str | None = None
    kind: str | None = None
    size: str | None = None
    industry: str | None = None
    region: str | None = None
    address: str | None = None
    introduction: str | None = None
    contact_name: str | None = None
    contact_phone: str | None = None


def create_employer(
    session: Session, content: EmployerContent, *, actor: Actor, now: datetime
) -> EmployerRow:
    """Register an employer, not vetted yet.

    Raises:
        InvalidCreditCode, Invalid, WordingRefused: a value breaks its rule.
        AlreadyExists: another employer has this credit code; `extra["employer_id"]` tells which.
    """
    employer = new_employer_row(content, now=now)
    _refuse_known_code(session, employer.credit_code, own_id=None)
    try:
        with session.begin_nested():
            session.add(employer)
    except IntegrityError:
        raise AlreadyExists("another employer has this credit code") from None
    act = Act("create_employer", "employer", employer.id, to_state=employer.state.value)
    record(session, act, actor=actor, now=now)
    return employer


def new_employer_row(content: EmployerContent, *, now: datetime) -> EmployerRow:
    """An employer that nobody has vetted, not added to any session.

    Raises:
        InvalidCreditCode, Invalid, WordingRefused: a value breaks its rule.
    """
    return EmployerRow(
        **_columns(content, now),
        id=new_id(),
        state=EmployerState.UNVERIFIED,
        revision=1,
        created_at=now,
        updated_at=now,
    )


def replace_employer(
    session: Session,
    employer_id: str,
    content: EmployerContent,
    *,
    actor: Actor,
    now: datetime,
    expected_revision: int | None = None,
) -> EmployerRow:
    """Make an employer be `content`; the same again changes nothing.

    A new name is published with every open posting of the employer.

    Raises:
        NotFound, RevisionMismatch: as their names say.
        Forbidden: an employer changes its own name or credit code.
        InvalidCreditCode, Invalid, WordingRefused: a value breaks its rule.
        AlreadyExists: another employer has this credit code.
    """
    # Its postings are locked before itself, as everywhere, so that two writers cannot wait for each other.
    public_postings(session, employer_id)
    employer = locked_employer(session, employer_id, actor=actor, expected_revision=expected_revision)
    columns = _columns(content, now)
    changed = {name for name, value in columns.items() if getattr(employer, name) != value}
    if not changed:
        return employer
    if changed & _VETTED and not actor.is_bureau:
        raise Forbidden("名称和统一社会信用代码由人社部门核验后修改。")
    _refuse_known_code(session, columns["credit_code"], own_id=employer.id)
    if columns["credit_code"] is None and employer.state is EmployerState.VERIFIED:
        message = "已核验的单位不能没有统一社会信用代码。"
        raise Invalid(message, errors={"credit_code": [message]})
    _write(employer, columns, now)
    act = Act("replace_employer", "employer", employer.id, detail={"fields": sorted(changed)})
    record(session, act, actor=actor, now=now)
    if "name" in changed:
        _publish_again(session, employer, now)
    return employer


def locked_employer(
    session: Session, employer_id: str, *, actor: Actor, expected_revision: int | None = None
) -> EmployerRow:
    """The employer as it is now, locked until the transaction ends.

    Raises:
        NotFound: no such employer, or not the actor's.
        RevisionMismatch: it is not at the revision that the caller saw.
    """
    query = sa.select(EmployerRow).where(EmployerRow.id == employer_id)
    query = query.with_for_update(key_share=True).execution_options(populate_existing=True)
    employer = session.scalars(query).one_or_none()
    if employer is None or (actor.role is Role.EMPLOYER and employer_id != actor.employer_id):
        raise NotFound(f"no employer {employer_id}")
    if expected_revision is not None and employer.revision != expected_revision:
        raise RevisionMismatch(
            "somebody else changed this employer first", extra={"revision": employer.revision}
        )
    return employer


def _columns(content: EmployerContent, now: datetime) -> dict[str, Any]:
    columns = asdict(content)
    columns["name_key"] = name_key(content.name)
    if not columns["name_key"]:
        message = "单位名称不能只有符号。"
        raise Invalid(message, errors={"name": [message]})
    if content.credit_code is not None:
        columns["credit_code"] = check_credit_code(content.credit_code)
    if content.region is not None and matching.find_region(content.region) is None:
        message = f"没有编码为 {content.region} 的区划。"
        raise Invalid(message, errors={"region": [message]})
    findings = check_wording({"employer": content.name}, on=local_day(now))
    if any(finding.level is Level.BLOCK for finding in findings):
        extra = {"findings": [asdict(finding) for finding in findings]}
        raise WordingRefused("单位名称含有法律禁止的用语。", errors={"name": ["请修改名称。"]}, extra=extra)
    return columns


def _refuse_known_code(session: Session, credit_code: str | None, *, own_id: str | None) -> None:
    if credit_code is None:
        return
    query = sa.select(EmployerRow.id).where(EmployerRow.credit_code == credit_code)
    other = session.scalar(query)
    if other not in (None, own_id):
        raise AlreadyExists("another employer has this credit code", extra={"employer_id": other})


def _write(employer: EmployerRow, columns: Mapping[str, Any], now: datetime) -> None:
    for name, value in columns.items():
        setattr(employer, name, value)
    employer.revision += 1
    employer.updated_at = now


def public_postings(session: Session, employer_id: str) -> list[PostingRow]:
    """The employer's open and scheduled postings by id, locked until the transaction ends."""
    states = (PostingState.OPEN, PostingState.SCHEDULED)
    query = (
        sa.select(PostingRow)
        .where(PostingRow.employer_id == employer_id, PostingRow.state.in_(states))
        .order_by(PostingRow.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return list(session.scalars(query))


def _publish_again(session: Session, employer: EmployerRow, now: datetime) -> None:
    """The employer's name stands in every line of its postings."""
    postings = public_postings(session, employer.id)
    renamed = [posting for posting in postings if posting.state is PostingState.OPEN]
    for posting in renamed:
        touch(posting, now=now)
    publish_openings(session, renamed, "updated", now=now)

"""The vetting of an employer: verified, lapsed, suspended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from service.models import EmployerRow
from service.operations.audit import Act, record
from service.operations.employers import locked_employer, public_postings
from service.operations.openings import publish_openings
from service.operations.posting_states import Step, move
from service.rules.access import SYSTEM, Actor
from service.rules.calendar import BEIJING
from service.rules.errors import Invalid, TransitionNotAllowed
from service.rules.lifecycle import (
    EmployerTransition,
    PostingState,
    PostingTransition,
    next_employer_state,
)

# 人社厅发〔2025〕60号: accounts are verified again every six months.
VERIFICATION_MONTHS = 6


@dataclass(frozen=True, slots=True)
class _Turn:
    transition: EmployerTransition
    reason: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)


def verify_employer(
    session: Session,
    employer_id: str,
    documents: Sequence[str],
    *,
    actor: Actor,
    now: datetime,
    expected_revision: int | None = None,
) -> EmployerRow:
    """Note that the employer was vetted (条例 26), for six months from now.

    Args:
        session: the caller's transaction.
        employer_id: of the employer.
        documents: which documents were seen, at least one.
        actor: who has seen them.
        now: the moment of the verification.
        expected_revision: the revision that the caller saw.

    Raises:
        NotFound, RevisionMismatch: as their names say.
        Invalid: there is no credit code yet.
    """
    employer = locked_employer(session, employer_id, actor=actor, expected_revision=expected_revision)
    if employer.credit_code is None:
        message = "请先填写统一社会信用代码。"
        raise Invalid(message, errors={"credit_code": [message]})
    until = months_later(now, VERIFICATION_MONTHS)
    employer.verified_at, employer.verified_until, employer.verified_by = now, until, actor.id
    detail = {"documents": list(documents), "verified_until": until.isoformat()}
    return _move(session, employer, _Turn(EmployerTransition.VERIFY, detail=detail), actor=actor, now=now)


def suspend_employer(
    session: Session,
    employer_id: str,
    reason: str,
    *,
    actor: Actor,
    now: datetime,
    expected_revision: int | None = None,
) -> EmployerRow:
    """Stop an employer: its open postings leave the stream, its scheduled ones go back to review.

    Raises:
        NotFound, RevisionMismatch, TransitionNotAllowed: as their names say.
    """
    # Its postings are locked before itself, as everywhere, so that two writers cannot wait for each other.
    public_postings(session, employer_id)
    employer = locked_employer(session, employer_id, actor=actor, expected_revision=expected_revision)
    _move(session, employer, _Turn(EmployerTransition.SUSPEND, reason), actor=actor, now=now)
    paused = []
    for posting in public_postings(session, employer_id):
        if posting.state is PostingState.SCHEDULED:
            move(session, posting, Step(PostingTransition.REVISE, reason=reason), actor=actor, now=now)
        else:
            move(session, posting, Step(PostingTransition.PAUSE, reason=reason), actor=actor, now=now)
            paused.append(posting)
    publish_openings(session, paused, "employer_suspended", now=now)
    return employer


def lapse_employer(
    session: Session, employer: EmployerRow, *, now: datetime, actor: Actor = SYSTEM
) -> EmployerRow:
    """Note that the six months of a verification have passed; the caller has locked the employer.

    What is open stays so until its own end; nothing more is published before the next verification.

    Raises:
        TransitionNotAllowed: it is not verified, or verified for longer.
    """
    if employer.verified_until is None or employer.verified_until > now:
        raise TransitionNotAllowed("cannot lapse a verification before its time")
    return _move(session, employer, _Turn(EmployerTransition.LAPSE), actor=actor, now=now)


def months_later(moment: datetime, months: int) -> datetime:
    """The same local time of day `months` later; the last day of the month where that day is missing."""
    local = moment.astimezone(BEIJING)
    year, month = divmod(local.year * 12 + local.month - 1 + months, 12)
    for day in range(local.day, local.day - 4, -1):
        try:
            return local.replace(year=year, month=month + 1, day=day).astimezone(UTC)
        except ValueError:
            continue
    raise ValueError(f"month {month + 1} has no such days")


def _move(
    session: Session, employer: EmployerRow, turn: _Turn, *, actor: Actor, now: datetime
) -> EmployerRow:
    before = employer.state
    employer.state = next_employer_state(before, turn.transition)
    employer.revision += 1
    employer.updated_at = now
    act = Act(
        f"{turn.transition.value}_employer", "employer", employer.id, before.value, employer.state.value,
        turn.reason, turn.detail,
    )  # fmt: skip
    record(session, act, actor=actor, now=now)
    return employer

"""The lifecycle of a posting: every change of state with its actor, time and reason."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from service.models import MatchDue, PostingRow
from service.operations.audit import Act, record
from service.operations.openings import publish_openings
from service.operations.publication import (
    check_elements,
    check_employer,
    check_words,
    employer_of,
    locked_posting,
)
from service.rules.access import SYSTEM, Actor
from service.rules.errors import ElementsMissing, EmployerNotVerified, TransitionNotAllowed, WordingRefused
from service.rules.lifecycle import PostingState, PostingTransition, next_posting_state

_T = PostingTransition


@dataclass(frozen=True, slots=True)
class Step:
    """One transition to take: what the stream calls it, why, and what the ledger notes beside it."""

    transition: PostingTransition
    line: str = ""
    reason: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)


def take_step(
    session: Session, posting: PostingRow, step: Step, *, actor: Actor, now: datetime
) -> PostingRow:
    """Move a locked posting and publish what the public sees of it, as the last write.

    Raises:
        TransitionNotAllowed: the lifecycle does not lead there.
    """
    was_open = posting.state is PostingState.OPEN
    move(session, posting, step, actor=actor, now=now)
    if was_open or posting.state is PostingState.OPEN:
        publish_openings(session, [posting], step.line, now=now)
    return posting


def move(session: Session, posting: PostingRow, step: Step, *, actor: Actor, now: datetime) -> None:
    """Move a locked posting; publishing what the public sees of it is left to the caller.

    Raises:
        TransitionNotAllowed: the lifecycle does not lead there.
    """
    before = posting.state
    posting.state = next_posting_state(before, step.transition)
    if posting.state is PostingState.OPEN and posting.published_at is None:
        posting.published_at = now
    touch(posting, now=now)
    act = Act(
        f"{step.transition.value}_posting", "posting", posting.id, before.value, posting.state.value,
        step.reason, step.detail,
    )  # fmt: skip
    record(session, act, actor=actor, now=now)


def touch(posting: PostingRow, *, now: datetime) -> None:
    """Note that the posting changed, and that it owes a match."""
    posting.revision += 1
    posting.updated_at = now
    posting.match_due = int(MatchDue.CONTENT)


def submit_posting(
    session: Session, posting_id: str, *, actor: Actor, now: datetime, expected_revision: int | None = None
) -> PostingRow:
    """Hand a draft in for review.

    Raises:
        NotFound, RevisionMismatch, TransitionNotAllowed: as their names say.
        ElementsMissing: the law demands more of a posting.
        WordingRefused: it holds words that the law forbids.
    """
    posting = locked_posting(session, posting_id, actor=actor, expected_revision=expected_revision)
    next_posting_state(posting.state, _T.SUBMIT)
    check_elements(posting, now=now)
    findings = check_words(posting, employer_of(session, posting), now=now)
    step = Step(_T.SUBMIT, detail={"findings": [finding.rule for finding in findings]})
    return take_step(session, posting, step, actor=actor, now=now)


def return_posting(
    session: Session,
    posting_id: str,
    reason: str,
    *,
    actor: Actor,
    now: datetime,
    expected_revision: int | None = None,
) -> PostingRow:
    """Give a posting in review back to its sender, with the reason."""
    posting = locked_posting(session, posting_id, actor=actor, expected_revision=expected_revision)
    return take_step(session, posting, Step(_T.RETURN, reason=reason), actor=actor, now=now)


def approve_posting(
    session: Session,
    posting_id: str,
    *,
    actor: Actor,
    now: datetime,
    reason: str = "",
    expected_revision: int | None = None,
) -> PostingRow:
    """Let a posting in review be published: at once, or when its `valid_from` comes.

    Raises:
        NotFound, RevisionMismatch, TransitionNotAllowed: as their names say.
        EmployerNotVerified: not vetted within six months.
        ElementsMissing: the law demands more of a posting.
        WordingRefused: forbidden words; or words to be justified, and `reason` is empty.
    """
    posting = locked_posting(session, posting_id, actor=actor, expected_revision=expected_revision)
    later = posting.valid_from is not None and posting.valid_from > now
    transition = _T.SCHEDULE if later else _T.APPROVE
    next_posting_state(posting.state, transition)
    employer = employer_of(session, posting)
    check_employer(employer, now=now)
    check_elements(posting, now=now)
    findings = check_words(posting, employer, now=now, reason=reason.strip())
    step = Step(transition, "published", reason, {"findings": [finding.rule for finding in findings]})
    return take_step(session, posting, step, actor=actor, now=now)


def pause_posting(
    session: Session,
    posting_id: str,
    *,
    actor: Actor,
    now: datetime,
    reason: str = "",
    expected_revision: int | None = None,
) -> PostingRow:
    """Take an open posting from the public for a while."""
    posting = locked_posting(session, posting_id, actor=actor, expected_revision=expected_revision)
    return take_step(session, posting, Step(_T.PAUSE, "paused", reason), actor=actor, now=now)


def resume_posting(
    session: Session,
    posting_id: str,
    *,
    actor: Actor,
    now: datetime,
    reason: str = "",
    expected_revision: int | None = None,
) -> PostingRow:
    """Bring a paused posting back.

    Raises:
        NotFound, RevisionMismatch, TransitionNotAllowed: as their names say.
        EmployerNotVerified, ElementsMissing, WordingRefused: it may not be published as it is.
    """
    posting = locked_posting(session, posting_id, actor=actor, expected_revision=expected_revision)
    return bring_back(session, posting, Step(_T.RESUME, "resumed", reason), actor=actor, now=now)


def bring_back(
    session: Session, posting: PostingRow, step: Step, *, actor: Actor, now: datetime
) -> PostingRow:
    """Publish a locked posting that was approved before. What was justified then stays justified.

    Raises:
        TransitionNotAllowed: the lifecycle does not lead there.
        EmployerNotVerified, ElementsMissing, WordingRefused: it may not be published as it is.
    """
    next_posting_state(posting.state, step.transition)
    check_publishable(session, posting, now=now)
    return take_step(session, posting, step, actor=actor, now=now)


def check_publishable(session: Session, posting: PostingRow, *, now: datetime) -> None:
    """Refuse what the public may not be shown: employer, elements, forbidden words, in this order.

    Raises:
        EmployerNotVerified, ElementsMissing, WordingRefused: as their names say.
    """
    employer = employer_of(session, posting)
    check_employer(employer, now=now)
    check_elements(posting, now=now)
    check_words(posting, employer, now=now)


def fill_posting(
    session: Session,
    posting_id: str,
    *,
    actor: Actor,
    now: datetime,
    reason: str = "",
    expected_revision: int | None = None,
) -> PostingRow:
    """Close a posting because nobody more is wanted; openings that were left are given up."""
    posting = locked_posting(session, posting_id, actor=actor, expected_revision=expected_revision)
    next_posting_state(posting.state, _T.FILL)
    step = Step(_T.FILL, "filled", reason, {"openings_given_up": posting.openings_left})
    posting.openings_left = 0
    return take_step(session, posting, step, actor=actor, now=now)


def renew_posting(
    session: Session,
    posting_id: str,
    valid_until: datetime,
    *,
    actor: Actor,
    now: datetime,
    expected_revision: int | None = None,
) -> PostingRow:
    """Give a posting a later end: an open or paused one keeps its state, an expired one opens again.

    Raises:
        NotFound, RevisionMismatch, TransitionNotAllowed: as their names say.
        EmployerNotVerified, ElementsMissing, WordingRefused: it may not be published as it is.
    """
    posting = locked_posting(session, posting_id, actor=actor, expected_revision=expected_revision)
    if posting.state not in (PostingState.OPEN, PostingState.PAUSED):
        next_posting_state(posting.state, _T.RENEW)
    posting.valid_until = valid_until
    check_publishable(session, posting, now=now)
    detail = {"valid_until": valid_until.isoformat()}
    if posting.state is PostingState.EXPIRED:
        return take_step(session, posting, Step(_T.RENEW, "renewed", detail=detail), actor=actor, now=now)
    touch(posting, now=now)
    record(session, Act("renew_posting", "posting", posting.id, detail=detail), actor=actor, now=now)
    if posting.state is PostingState.OPEN:
        publish_openings(session, [posting], "renewed", now=now)
    return posting


def withdraw_posting(
    session: Session,
    posting_id: str,
    reason: str,
    *,
    actor: Actor,
    now: datetime,
    expected_revision: int | None = None,
) -> PostingRow:
    """Take a posting down for good, with the reason; an open one leaves a removal in the stream."""
    posting = locked_posting(session, posting_id, actor=actor, expected_revision=expected_revision)
    return take_step(session, posting, Step(_T.WITHDRAW, "withdrawn", reason), actor=actor, now=now)


def restore_posting(
    session: Session,
    posting_id: str,
    *,
    actor: Actor,
    now: datetime,
    reason: str = "",
    expected_revision: int | None = None,
) -> PostingRow:
    """Make a withdrawn posting a draft again."""
    posting = locked_posting(session, posting_id, actor=actor, expected_revision=expected_revision)
    return take_step(session, posting, Step(_T.RESTORE, reason=reason), actor=actor, now=now)


def start_posting(
    session: Session, posting: PostingRow, *, now: datetime, actor: Actor = SYSTEM
) -> PostingRow:
    """Open a scheduled posting, locked by the caller, whose `valid_from` has come.

    One that may not be published any more, for instance because its employer lapsed meanwhile, goes
    back to review with the reason, so that nobody tries to start it again and again.

    Raises:
        TransitionNotAllowed: it is not scheduled, or not for now.
    """
    next_posting_state(posting.state, _T.START)
    if posting.valid_from is not None and posting.valid_from > now:
        raise TransitionNotAllowed("cannot start a posting before its time")
    step = Step(_T.START, "published")
    try:
        check_publishable(session, posting, now=now)
    except (EmployerNotVerified, ElementsMissing, WordingRefused) as refusal:
        step = Step(_T.REVISE, reason=refusal.detail, detail={"refused": refusal.code})
    return take_step(session, posting, step, actor=actor, now=now)


def expire_posting(
    session: Session, posting: PostingRow, *, now: datetime, actor: Actor = SYSTEM
) -> PostingRow:
    """Take down a posting, locked by the caller, whose `valid_until` has come.

    Raises:
        TransitionNotAllowed: it is not before the public, or valid for longer.
    """
    if posting.valid_until is None or posting.valid_until > now:
        raise TransitionNotAllowed("cannot expire a posting before its time")
    return take_step(session, posting, Step(_T.EXPIRE, "expired"), actor=actor, now=now)

"""Openings counted down by hires, and corrected."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.models import PostingRow
from service.operations.audit import Act, record
from service.operations.openings import publish_openings
from service.operations.posting_states import Step, bring_back, take_step, touch
from service.operations.publication import locked_posting
from service.rules.access import Actor
from service.rules.errors import Invalid, OpeningsExhausted, TransitionNotAllowed
from service.rules.lifecycle import PostingState, PostingTransition, next_posting_state

_HIRING = (PostingState.OPEN, PostingState.PAUSED)
_COUNTED = (*_HIRING, PostingState.SCHEDULED, PostingState.FILLED, PostingState.EXPIRED)


def report_hires(
    session: Session,
    posting_id: str,
    count: int,
    *,
    actor: Actor,
    now: datetime,
    expected_revision: int | None = None,
) -> PostingRow:
    """Count `count` (1 or more) hires off the openings left; the last one fills the posting.

    The database counts, in one statement that refuses to go below zero, so that reports made at the
    same time are all counted and never too many.

    Raises:
        NotFound, RevisionMismatch: as their names say.
        TransitionNotAllowed: it is neither open nor paused.
        Invalid: its openings were never stated, so that nothing can be counted down.
        OpeningsExhausted: fewer are left; `extra["openings_left"]` tells how many.
    """
    posting = locked_posting(session, posting_id, actor=actor, expected_revision=expected_revision)
    if posting.state not in _HIRING:
        raise TransitionNotAllowed(f"cannot report hires for a posting that is {posting.state.value}")
    if posting.openings_left is None:
        raise Invalid("招聘人数未定，请先填写招聘人数。", errors={"count": ["招聘人数未定，无法扣减。"]})
    left = session.scalar(
        sa.update(PostingRow)
        .where(PostingRow.id == posting_id, PostingRow.openings_left >= count)
        .values(openings_left=PostingRow.openings_left - count)
        .returning(PostingRow.openings_left)
        .execution_options(synchronize_session=False)
    )
    if left is None:
        raise OpeningsExhausted(
            "more hires than openings left", extra={"openings_left": posting.openings_left}
        )
    session.refresh(posting, ["openings_left"])
    record(session, _counted(posting, "report_hires", {"count": count}), actor=actor, now=now)
    return _settled(session, posting, actor=actor, now=now)


def set_openings(
    session: Session,
    posting_id: str,
    openings: int,
    openings_left: int | None = None,
    *,
    actor: Actor,
    now: datetime,
    expected_revision: int | None = None,
) -> PostingRow:
    """Correct how many are wanted in all, and how many of them still are.

    A posting that is before the public fills when none is left, and a filled one opens again when
    some are. Without `openings_left` the hires reported so far stay counted.

    Raises:
        NotFound, RevisionMismatch: as their names say.
        TransitionNotAllowed: it is a draft, in review or withdrawn.
        Invalid: more left than asked for.
        EmployerNotVerified, ElementsMissing, WordingRefused: it may not be opened again as it is.
    """
    posting = locked_posting(session, posting_id, actor=actor, expected_revision=expected_revision)
    if posting.state not in _COUNTED:
        raise TransitionNotAllowed(f"cannot correct the openings of a posting that is {posting.state.value}")
    left = left_of(posting, openings) if openings_left is None else openings_left
    if left > openings:
        raise Invalid("剩余人数不能多于招聘人数。", errors={"openings_left": ["不能多于招聘人数。"]})
    posting.openings, posting.openings_left = openings, left
    record(session, _counted(posting, "set_openings", {"openings": openings}), actor=actor, now=now)
    return _settled(session, posting, actor=actor, now=now)


def reopen_posting(
    session: Session,
    posting_id: str,
    openings_left: int,
    *,
    actor: Actor,
    now: datetime,
    expected_revision: int | None = None,
) -> PostingRow:
    """Bring a filled posting back with `openings_left` (1 or more) still wanted.

    Raises:
        NotFound, RevisionMismatch, TransitionNotAllowed: as their names say.
        EmployerNotVerified, ElementsMissing, WordingRefused: it may not be published as it is.
    """
    posting = locked_posting(session, posting_id, actor=actor, expected_revision=expected_revision)
    next_posting_state(posting.state, PostingTransition.REOPEN)
    posting.openings_left = openings_left
    posting.openings = max(posting.openings or 0, openings_left)
    return _settled(session, posting, actor=actor, now=now)


def left_of(posting: PostingRow, openings: int) -> int:
    """How many are left when `openings` are wanted in all and the hires reported so far count."""
    if posting.openings is None or posting.openings_left is None:
        return openings
    return max(openings - (posting.openings - posting.openings_left), 0)


def _counted(posting: PostingRow, action: str, detail: dict[str, int]) -> Act:
    return Act(action, "posting", posting.id, detail={**detail, "openings_left": posting.openings_left})


def _settled(session: Session, posting: PostingRow, *, actor: Actor, now: datetime) -> PostingRow:
    """Bring the state in step with the openings left, and publish."""
    if posting.openings_left == 0 and posting.state in _HIRING:
        return take_step(session, posting, Step(PostingTransition.FILL, "filled"), actor=actor, now=now)
    if posting.openings_left and posting.state is PostingState.FILLED:
        step = Step(PostingTransition.REOPEN, "reopened", detail={"openings_left": posting.openings_left})
        return bring_back(session, posting, step, actor=actor, now=now)
    touch(posting, now=now)
    if posting.state is PostingState.OPEN:
        publish_openings(session, [posting], "openings_changed", now=now)
    return posting

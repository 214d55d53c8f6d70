"""Postings made and changed by their senders."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from service.models import EmployerRow, MatchDue, PostingRow, new_id
from service.operations.audit import Act, record
from service.operations.hires import left_of
from service.operations.openings import publish_openings
from service.operations.posting_content import PostingContent, posting_columns
from service.operations.posting_states import Step, take_step
from service.operations.publication import check_elements, check_words, employer_of, locked_posting
from service.queries.postings import posting_by_reference
from service.rules.access import SYSTEM, Actor, Role
from service.rules.errors import AlreadyExists, Forbidden, Invalid, NotFound, RevisionMismatch
from service.rules.lifecycle import PostingState, PostingTransition

BUREAU = "bureau"
_PUBLIC = (PostingState.SCHEDULED, PostingState.OPEN, PostingState.PAUSED)
# States in which nobody but its sender relies on the posting; what is published later is reviewed first.
_BEFORE_REVIEW = (PostingState.DRAFT, PostingState.IN_REVIEW, PostingState.WITHDRAWN)
# What matching does not read: a change of these alone owes no match.
_NOT_MATCHED = frozenset(
    {
        "description", "address", "shuttle", "insurance", "benefits", "valid_from", "valid_until", "source",
        "source_url", "contact_name", "contact_phone", "defaults",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Origin:
    """Whose posting it is and under which name its sender knows it.

    `provider` None is the actor's own: "bureau", or an employer's id. `reference` None asks for a
    new one. `employer_id` None is the actor's own employer, or that of the posting already there.
    """

    employer_id: str | None = None
    provider: str | None = None
    reference: str | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """What became of a posting that was handed in: made new, changed, or already so."""

    posting: PostingRow
    created: bool
    changed: bool


def create_posting(
    session: Session, content: PostingContent, origin: Origin, *, actor: Actor, now: datetime
) -> PostingRow:
    """Take a new posting in as a draft.

    Raises:
        AlreadyExists: the provider has a posting under this reference.
        Forbidden: an employer hands in under another provider than itself.
        NotFound, Invalid: no such employer; or words, codes or places that nobody knows.
    """
    provider = provider_of(origin, actor)
    reference = origin.reference or new_id()
    if posting_by_reference(session, provider, reference, actor=SYSTEM) is not None:
        raise AlreadyExists(f"{provider} already has a posting {reference}")
    employer = _employer(session, origin, actor)
    posting = new_posting_row(content, employer, provider, reference, now)
    try:
        with session.begin_nested():
            session.add(posting)
    except IntegrityError:
        # Another transaction was faster; the constraint tells what the look-up above could not see.
        raise AlreadyExists(f"{provider} already has a posting {reference}") from None
    act = Act(
        "create_posting", "posting", posting.id, to_state=posting.state.value, detail={"provider": provider}
    )
    record(session, act, actor=actor, now=now)
    return posting


def place_posting(
    session: Session,
    content: PostingContent,
    origin: Origin,
    *,
    actor: Actor,
    now: datetime,
    expected_revision: int | None = None,
    reason: str = "",
) -> Placed:
    """Make the provider's posting under this reference be `content`; the same again changes nothing.

    Raises:
        RevisionMismatch: it is not at `expected_revision`.
        AlreadyExists: the reference is another employer's posting.
        As `create_posting` and `replace_posting` otherwise.
    """
    provider = provider_of(origin, actor)
    reference = origin.reference or new_id()
    found = posting_by_reference(session, provider, reference, actor=SYSTEM)
    if found is None and expected_revision is not None:
        raise RevisionMismatch("there is no such posting yet")
    if found is None:
        try:
            created = create_posting(
                session, content, replace(origin, reference=reference), actor=actor, now=now
            )
            return Placed(created, created=True, changed=True)
        except AlreadyExists:
            found = posting_by_reference(session, provider, reference, actor=SYSTEM)
            if found is None:
                raise
    if origin.employer_id not in (None, found.employer_id):
        raise AlreadyExists(f"{provider} already has a posting {reference}, of another employer")
    posting = locked_posting(session, found.id, actor=actor, expected_revision=expected_revision)
    changed = _change(session, posting, content, actor=actor, now=now, reason=reason)
    return Placed(posting, created=False, changed=changed)


def replace_posting(
    session: Session,
    posting_id: str,
    content: PostingContent,
    *,
    actor: Actor,
    now: datetime,
    expected_revision: int | None = None,
    reason: str = "",
) -> PostingRow:
    """Make a posting be `content`; the same again changes nothing.

    What an employer changes after it was approved goes back to review. What the bureau changes
    keeps its state, and has to stand the checks of a published posting.

    Args:
        session: the caller's transaction.
        posting_id: of the posting.
        content: all of it; what is left out is not stated any more.
        actor: who changes it.
        now: the moment of the change.
        expected_revision: the revision that the caller saw.
        reason: of a bureau's change, why words may stay that need one.

    Raises:
        NotFound, RevisionMismatch: as their names say.
        TransitionNotAllowed: an employer changes a filled or expired one.
        Invalid: words, codes or places that nobody knows.
        ElementsMissing, WordingRefused: it may not be before the public as it would be.
    """
    posting = locked_posting(session, posting_id, actor=actor, expected_revision=expected_revision)
    _change(session, posting, content, actor=actor, now=now, reason=reason)
    return posting


def provider_of(origin: Origin, actor: Actor) -> str:
    """Under which provider the actor hands in: an employer cannot take another provider's references.

    Raises:
        Forbidden: an employer hands in under another provider than itself.
    """
    if actor.role is not Role.EMPLOYER:
        return origin.provider or BUREAU
    if actor.employer_id is None or origin.provider not in (None, actor.employer_id):
        raise Forbidden("an employer hands postings in under its own id as the provider")
    return actor.employer_id


def _employer(session: Session, origin: Origin, actor: Actor) -> EmployerRow:
    employer_id = origin.employer_id or actor.employer_id
    if employer_id is None:
        raise Invalid("请写明用人单位。", errors={"employer_id": ["请写明用人单位。"]})
    employer = session.get(EmployerRow, employer_id)
    if employer is None or (actor.role is Role.EMPLOYER and employer_id != actor.employer_id):
        raise NotFound(f"no employer {employer_id}")
    return employer


def new_posting_row(
    content: PostingContent, employer: EmployerRow, provider: str, reference: str, now: datetime
) -> PostingRow:
    """A draft with `content`, not added to any session.

    Raises:
        Invalid: words, codes or places that nobody knows.
    """
    return PostingRow(
        **posting_columns(content),
        id=new_id(),
        employer_id=employer.id,
        provider=provider,
        reference=reference,
        state=PostingState.DRAFT,
        revision=1,
        openings_left=content.openings,
        match_due=int(MatchDue.CONTENT),
        created_at=now,
        updated_at=now,
    )


def _change(
    session: Session,
    posting: PostingRow,
    content: PostingContent,
    *,
    actor: Actor,
    now: datetime,
    reason: str,
) -> bool:
    """Write what differs, judge it, publish it. Tells whether anything differed."""
    columns = posting_columns(content)
    changed = _differing(posting, columns)
    if not changed:
        return False
    if "openings" in changed:
        posting.openings_left = None if content.openings is None else left_of(posting, content.openings)
    for name in columns:
        setattr(posting, name, columns[name])
    detail = {"fields": sorted(changed)}
    if actor.role is Role.EMPLOYER and posting.state not in _BEFORE_REVIEW:
        # Filled and expired ones cannot be revised: they would come back without a review.
        step = Step(PostingTransition.REVISE, "in_review", detail=detail)
        take_step(session, posting, step, actor=actor, now=now)
        return True
    if posting.state in _PUBLIC:
        check_elements(posting, now=now)
        check_words(posting, employer_of(session, posting), now=now, reason=reason.strip())
    posting.revision += 1
    posting.updated_at = now
    if changed - _NOT_MATCHED:
        posting.match_due = int(MatchDue.CONTENT)
    record(
        session,
        Act("replace_posting", "posting", posting.id, reason=reason, detail=detail),
        actor=actor,
        now=now,
    )
    if posting.state is PostingState.OPEN:
        publish_openings(session, [posting], "updated", now=now)
    return True


def _differing(posting: PostingRow, columns: dict[str, Any]) -> set[str]:
    """The names of the columns that would change. The vocabulary's version alone is no change."""
    differing = {name for name, value in columns.items() if getattr(posting, name) != value}
    return differing - {"understood_with"}

"""求职者: registering, changing, consenting, exporting, erasing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.models import MatchDue, ProfileRow, SeekerRow, Stream, new_id
from service.operations import feed
from service.operations.audit import Act, record
from service.operations.match_feed import withdraw_items
from service.operations.profile_content import ProfileContent, profile_columns
from service.rules.access import Actor
from service.rules.errors import AlreadyExists, NotFound, RevisionMismatch
from service.rules.lifecycle import SeekerState


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """How to reach somebody. `phone_indexes` are the blind indexes of `phone`, newest secret first."""

    name: str
    phone: str
    phone_indexes: Sequence[str] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Consents:
    """What the person agreed to: each apart from the other, each as easily taken back."""

    shares_with_employers: bool = False
    subscribed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """A whole registration. `registered_by` names who did it for the person (代为登记), None for nobody."""

    person: Person
    profile: ProfileContent
    consents: Consents
    consent_version: str
    registered_by: str | None = None


def register_seeker(
    session: Session, registration: Registration, *, actor: Actor, now: datetime
) -> SeekerRow:
    """Register a person who agreed to the notice of `consent_version`.

    Raises:
        UnderAge: not sixteen yet.
        AlreadyExists: the phone is registered.
        Invalid: a word of the profile is not known.
    """
    return register_seekers(session, [registration], actor=actor, now=now)[0]


def register_seekers(
    session: Session, registrations: Sequence[Registration], *, actor: Actor, now: datetime
) -> list[SeekerRow]:
    """Register several people at once, all or none, in their order.

    Raises:
        UnderAge, AlreadyExists, Invalid: as `register_seeker`, for the first who cannot be.
    """
    _refuse_known_phones(session, [registration.person for registration in registrations])
    seekers, profiles = [], []
    for registration in registrations:
        seeker = _new_seeker(registration, now)
        columns = profile_columns(registration.profile, now)
        seekers.append(seeker)
        profiles.append(ProfileRow(seeker_id=seeker.id, updated_at=now, **columns))
        detail = {
            "consent_version": registration.consent_version,
            "by_proxy": registration.registered_by is not None,
        }
        record(session, Act("register_seeker", "seeker", seeker.id, detail=detail), actor=actor, now=now)
    session.add_all(seekers)
    session.flush()
    session.add_all(profiles)
    feed.append(session, Stream.PROFILES, [feed.Line(seeker.id, "changed") for seeker in seekers], now=now)
    return seekers


def _refuse_known_phones(session: Session, persons: Sequence[Person]) -> None:
    indexes = [index for person in persons for index in person.phone_indexes]
    known = session.scalar(sa.select(SeekerRow.id).where(SeekerRow.phone_index.in_(indexes)).limit(1))
    if known is not None or len(set(indexes)) < len(indexes):
        raise AlreadyExists(
            "this phone is registered already",
            errors={"phone": ["这个手机号已经登记过。"]},
            extra={} if known is None else {"seeker_id": known},
        )


def _new_seeker(registration: Registration, now: datetime) -> SeekerRow:
    person = registration.person
    seeker = SeekerRow(
        id=new_id(),
        name=person.name,
        phone=person.phone,
        phone_index=person.phone_indexes[0],
        state=SeekerState.ACTIVE,
        consent_version=registration.consent_version,
        consented_at=now,
        registered_by=registration.registered_by,
        created_at=now,
        updated_at=now,
    )
    _apply_consents(seeker, registration.consents, now)
    return seeker


def replace_profile(
    session: Session,
    seeker_id: str,
    profile: ProfileContent,
    *,
    revision: int | None,
    actor: Actor,
    now: datetime,
) -> ProfileRow:
    """Replace what the person told; the same content again changes nothing.

    Raises:
        NotFound: no such person.
        RevisionMismatch: somebody changed it since `revision`; None takes any.
        UnderAge, Invalid: as `register_seeker`.
    """
    row = session.get(ProfileRow, seeker_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound(f"no seeker {seeker_id}")
    _check_revision(row.revision, revision)
    columns = profile_columns(profile, now)
    changed = sorted(name for name, value in columns.items() if getattr(row, name) != value)
    if not changed:
        return row
    for name in changed:
        setattr(row, name, columns[name])
    row.revision += 1
    row.updated_at = now
    row.match_due = int(MatchDue.CONTENT)
    act = Act("replace_profile", "seeker", seeker_id, detail={"fields": changed})
    record(session, act, actor=actor, now=now)
    _publish(session, seeker_id, now)
    return row


def change_seeker(
    session: Session,
    seeker_id: str,
    person: Person,
    state: SeekerState,
    *,
    revision: int | None,
    actor: Actor,
    now: datetime,
) -> SeekerRow:
    """Change how the person is reached, or pause and resume the search.

    Raises:
        NotFound: no such person.
        RevisionMismatch: somebody changed it since `revision`.
        AlreadyExists: the new phone is another person's.
    """
    row = _locked_seeker(session, seeker_id)
    _check_revision(row.revision, revision)
    taken = sa.select(SeekerRow.id).where(
        SeekerRow.phone_index.in_(person.phone_indexes), SeekerRow.id != seeker_id
    )
    if session.scalar(taken) is not None:
        raise AlreadyExists("this phone is another person's", errors={"phone": ["这个手机号已经登记过。"]})
    wanted = {
        "name": person.name,
        "phone": person.phone,
        "phone_index": person.phone_indexes[0],
        "state": state,
    }
    changed = sorted(name for name, value in wanted.items() if getattr(row, name) != value)
    if not changed:
        return row
    before = row.state
    for name in changed:
        setattr(row, name, wanted[name])
    row.revision += 1
    row.updated_at = now
    act = Act("change_seeker", "seeker", seeker_id, before.value, state.value, detail={"fields": changed})
    record(session, act, actor=actor, now=now)
    if before is not state:
        _owe_match(session, seeker_id)
        _publish(session, seeker_id, now)
    return row


def set_consents(
    session: Session, seeker_id: str, consents: Consents, *, actor: Actor, now: datetime
) -> SeekerRow:
    """Give or take back the separate consents, whatever they were before.

    Taking back the subscription takes every match of the person out of the operator's feed at once;
    giving it anew makes a new opaque id.

    Raises:
        NotFound: no such person.
    """
    row = _locked_seeker(session, seeker_id)
    subscriber = row.subscriber_id
    before = (row.shares_with_employers_at is not None, row.subscribed_at is not None)
    if before == (consents.shares_with_employers, consents.subscribed):
        return row
    _apply_consents(row, consents, now)
    row.revision += 1
    row.updated_at = now
    detail = {"shares_with_employers": consents.shares_with_employers, "subscribed": consents.subscribed}
    record(session, Act("set_consents", "seeker", seeker_id, detail=detail), actor=actor, now=now)
    if subscriber is None and row.subscriber_id is not None:
        _owe_match(session, seeker_id, MatchDue.LIST)
    if subscriber is not None and row.subscriber_id is None:
        session.flush()
        withdraw_items(session, subscriber, "consent_withdrawn", now=now)
    return row


def _apply_consents(row: SeekerRow, consents: Consents, now: datetime) -> None:
    """Keep the moment of a consent that stands; forget the id of one that ended."""
    row.shares_with_employers_at = (
        (row.shares_with_employers_at or now) if consents.shares_with_employers else None
    )
    row.subscribed_at = (row.subscribed_at or now) if consents.subscribed else None
    row.subscriber_id = (row.subscriber_id or new_id()) if consents.subscribed else None


def _locked_seeker(session: Session, seeker_id: str) -> SeekerRow:
    # The profile first: a worker that publishes holds it and then asks for the person.
    session.execute(
        sa.select(ProfileRow.seeker_id).where(ProfileRow.seeker_id == seeker_id).with_for_update()
    )
    row = session.get(SeekerRow, seeker_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound(f"no seeker {seeker_id}")
    return row


def _check_revision(present: int, seen: int | None) -> None:
    if seen is not None and present != seen:
        raise RevisionMismatch("somebody else changed it first", extra={"revision": present})


def _owe_match(session: Session, seeker_id: str, due: MatchDue = MatchDue.CONTENT) -> None:
    session.execute(
        sa.update(ProfileRow)
        .where(ProfileRow.seeker_id == seeker_id, ProfileRow.match_due < int(due))
        .values(match_due=int(due))
    )


def _publish(session: Session, seeker_id: str, now: datetime) -> None:
    """Tell the workers' indexes, as the last write."""
    feed.append(session, Stream.PROFILES, [feed.Line(seeker_id, "changed")], now=now)

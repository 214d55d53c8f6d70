"""Staff accounts: made, signed in, locked out, disabled."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from service.models import KeyRow, StaffRow, new_id
from service.operations.audit import Act, record
from service.operations.keys import close_sessions, open_session
from service.rules.access import SYSTEM, Actor, Role
from service.rules.errors import AlreadyExists, Forbidden, Invalid, NotFound
from service.vault import new_password, new_secret

FIRST_ADMINISTRATOR = "admin"
SESSION_LIFETIME = timedelta(hours=12)
# Who works for the bureau; employers and operators use keys.
STAFF_ROLES = frozenset({Role.ADMINISTRATOR, Role.BUREAU})
# Five slips of the finger cost nothing; then each further one doubles the wait, up to an hour.
_FREE_ATTEMPTS = 5
_FIRST_WAIT = timedelta(seconds=30)
_LONGEST_WAIT = timedelta(hours=1)

# The second choice of RFC 9106 for little memory, as OWASP states it: about 20 ms.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
# What an unknown user's password is compared with, so that the answer takes as long.
_NOBODYS_HASH = _HASHER.hash(new_secret())


@dataclass(frozen=True, slots=True)
class SignIn:
    """How a sign-in ended: with a key; or refused, with the wait in seconds where locked out."""

    key: str | None = None
    row: KeyRow | None = None
    must_change_password: bool = False
    retry_after: int | None = None


def create_first_administrator(session: Session, *, now: datetime) -> str | None:
    """The one-time password of a new administrator `admin`, or None where there is staff already."""
    if session.scalar(sa.select(StaffRow.id).limit(1)) is not None:
        return None
    _, password = create_staff(
        session, FIRST_ADMINISTRATOR, "管理员", Role.ADMINISTRATOR, actor=SYSTEM, now=now
    )
    return password


def create_staff(
    session: Session, username: str, name: str, role: Role, *, actor: Actor, now: datetime
) -> tuple[StaffRow, str]:
    """A new account and its one-time password, to be changed at the first sign-in.

    Raises:
        Invalid: the role is none of a staff member.
        AlreadyExists: the username is taken.
    """
    if role not in STAFF_ROLES:
        raise Invalid("not a role of staff", errors={"role": ["工作人员只能是管理员或经办人员。"]})
    password = new_password()
    staff = StaffRow(
        id=new_id(),
        username=username,
        name=name,
        role=role,
        password_hash=_HASHER.hash(password),
        created_at=now,
    )
    try:
        with session.begin_nested():
            session.add(staff)
    except IntegrityError:
        raise AlreadyExists(f"the username {username} is taken") from None
    record(session, Act("create_staff", "staff", staff.id, detail={"role": role.value}), actor=actor, now=now)
    return staff, password


def sign_in(session: Session, username: str, password: str, *, now: datetime) -> SignIn:
    """Compare a password, and count what was wrong in the row.

    Refusals are returned and not raised: a raised one would take the count back.
    """
    query = sa.select(StaffRow).where(StaffRow.username == username, StaffRow.disabled_at.is_(None))
    staff = session.scalars(query.with_for_update()).one_or_none()
    if staff is None:
        _matches(_NOBODYS_HASH, password)
        return SignIn()
    if staff.locked_until is not None and staff.locked_until > now:
        return SignIn(retry_after=_seconds(staff.locked_until - now))
    actor = Actor("staff", staff.id, staff.role)
    if not _matches(staff.password_hash, password):
        return _failed(session, staff, actor, now)
    staff.failed_attempts, staff.locked_until = 0, None
    row, key = open_session(session, staff.id, staff.role, SESSION_LIFETIME, now=now)
    record(session, Act("sign_in", "staff", staff.id), actor=actor, now=now)
    return SignIn(key, row, staff.must_change_password)


def change_password(
    session: Session, staff_id: str, current: str, new: str, *, now: datetime
) -> tuple[KeyRow, str]:
    """Set one's own password, sign out everywhere, and sign in again here.

    Raises:
        Invalid: the current password is wrong, or the new one is the same or the username.
    """
    staff = _staff(session, staff_id)
    if not _matches(staff.password_hash, current):
        raise Invalid("the current password is wrong", errors={"current_password": ["当前密码不正确。"]})
    if new in (current, staff.username):
        message = "新密码不能与当前密码或用户名相同。"
        raise Invalid(message, errors={"new_password": [message]})
    staff.password_hash = _HASHER.hash(new)
    staff.must_change_password = False
    close_sessions(session, staff.id, now=now)
    actor = Actor("staff", staff.id, staff.role)
    record(session, Act("change_password", "staff", staff.id), actor=actor, now=now)
    return open_session(session, staff.id, staff.role, SESSION_LIFETIME, now=now)


def reset_password(session: Session, staff_id: str, *, actor: Actor, now: datetime) -> tuple[StaffRow, str]:
    """Give an account a new one-time password, unlock it, and sign it out everywhere.

    Raises:
        NotFound: no such account.
    """
    staff = _staff(session, staff_id)
    password = new_password()
    staff.password_hash = _HASHER.hash(password)
    staff.must_change_password = True
    staff.failed_attempts, staff.locked_until = 0, None
    close_sessions(session, staff.id, now=now)
    record(session, Act("reset_password", "staff", staff.id), actor=actor, now=now)
    return staff, password


def disable_staff(session: Session, staff_id: str, *, actor: Actor, now: datetime) -> StaffRow:
    """Close an account; its short keys stop at once. Doing it again changes nothing.

    Raises:
        NotFound: no such account.
        Forbidden: one's own, so that an administrator always remains.
    """
    staff = _staff(session, staff_id)
    if staff.id == actor.id:
        raise Forbidden("nobody disables their own account")
    if staff.disabled_at is None:
        staff.disabled_at = now
        close_sessions(session, staff.id, now=now)
        record(session, Act("disable_staff", "staff", staff.id), actor=actor, now=now)
    return staff


def _failed(session: Session, staff: StaffRow, actor: Actor, now: datetime) -> SignIn:
    staff.failed_attempts += 1
    over = staff.failed_attempts - _FREE_ATTEMPTS
    record(session, Act("fail_sign_in", "staff", staff.id), actor=actor, now=now)
    if over < 0:
        return SignIn()
    # The exponent is bounded before it is used: a thousand attempts must not overflow the wait.
    staff.locked_until = now + min(_FIRST_WAIT * 2 ** min(over, 10), _LONGEST_WAIT)
    return SignIn(retry_after=_seconds(staff.locked_until - now))


def _matches(password_hash: str, password: str) -> bool:
    try:
        return _HASHER.verify(password_hash, password)
    except VerifyMismatchError:
        return False


def _seconds(wait: timedelta) -> int:
    return max(int(wait.total_seconds()), 1)


def _staff(session: Session, staff_id: str) -> StaffRow:
    staff = session.get(StaffRow, staff_id, with_for_update=True)
    if staff is None:
        raise NotFound(f"no staff member {staff_id}")
    return staff

"""API keys given out and taken back."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.models import EmployerRow, KeyRow, new_id
from service.operations.audit import Act, record
from service.queries.keys import secret_hash
from service.rules.access import Actor, Role
from service.rules.errors import Invalid, NotFound
from service.vault import new_secret

# The end of a ULID is its random part: sixty bits, so that two keys do not meet.
_PREFIX = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyContent:
    """What a key may do. `employer_id` belongs to role EMPLOYER alone, and that role needs it."""

    role: Role
    label: str
    employer_id: str | None = None
    expires_at: datetime | None = None


def create_key(session: Session, content: KeyContent, *, actor: Actor, now: datetime) -> tuple[KeyRow, str]:
    """A new key and its full text `prefix.secret`, which nobody can read again.

    Raises:
        Invalid: role PUBLIC needs no key; the employer is missing, unknown, or given to another role.
    """
    if content.role is Role.PUBLIC:
        raise Invalid("nobody needs a key of role public", errors={"role": ["公开的内容不需要密钥。"]})
    if (content.role is Role.EMPLOYER) != (content.employer_id is not None):
        message = "用人单位的密钥须指明用人单位，其他密钥不能指明。"
        raise Invalid(message, errors={"employer_id": [message]})
    if content.employer_id is not None and session.get(EmployerRow, content.employer_id) is None:
        raise Invalid("no such employer", errors={"employer_id": ["没有这个用人单位。"]})
    if content.expires_at is not None and content.expires_at <= now:
        raise Invalid("the key would have expired already", errors={"expires_at": ["不能早于现在。"]})
    row, key = _new_key(content, None, created_by=actor.id, now=now)
    session.add(row)
    detail = {"role": content.role.value, "employer_id": content.employer_id}
    record(session, Act("create_key", "key", row.id, detail=detail), actor=actor, now=now)
    return row, key


def open_session(
    session: Session, staff_id: str, role: Role, lifetime: timedelta, *, now: datetime
) -> tuple[KeyRow, str]:
    """A staff member's short key, made at sign-in."""
    content = KeyContent(role=role, label="登录", expires_at=now + lifetime)
    row, key = _new_key(content, staff_id, created_by=staff_id, now=now)
    session.add(row)
    return row, key


def revoke_key(session: Session, key_id: str, *, actor: Actor, now: datetime) -> KeyRow:
    """Take a key back; it stops working with the next request. Doing it again changes nothing.

    Raises:
        NotFound: no such key.
    """
    row = session.get(KeyRow, key_id)
    if row is None:
        raise NotFound(f"no key {key_id}")
    if row.revoked_at is None:
        row.revoked_at = now
        record(session, Act("revoke_key", "key", row.id), actor=actor, now=now)
    return row


def close_sessions(session: Session, staff_id: str, *, now: datetime) -> None:
    """Take back all short keys of a staff member: sign-out everywhere."""
    session.execute(
        sa.update(KeyRow)
        .where(KeyRow.staff_id == staff_id, KeyRow.revoked_at.is_(None))
        .values(revoked_at=now)
        .execution_options(synchronize_session=False)
    )


def _new_key(
    content: KeyContent, staff_id: str | None, *, created_by: str, now: datetime
) -> tuple[KeyRow, str]:
    secret = new_secret()
    row = KeyRow(
        id=new_id()[-_PREFIX:],
        secret_hash=secret_hash(secret),
        role=content.role,
        label=content.label,
        employer_id=content.employer_id,
        staff_id=staff_id,
        created_by=created_by,
        created_at=now,
        expires_at=content.expires_at,
    )
    return row, f"{row.id}.{secret}"

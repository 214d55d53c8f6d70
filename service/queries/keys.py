"""Reads of API keys."""

import hashlib
import hmac
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.models import KeyRow, StaffRow
from service.rules.access import Actor


def secret_hash(secret: str) -> str:
    """What is kept of a key's secret: SHA-256 in hex.

    The secret is 32 random bytes, so that a slow hash would protect nothing more.
    """
    return hashlib.sha256(secret.encode()).hexdigest()


def actor_of_key(session: Session, key: str, *, now: datetime) -> Actor | None:
    """Whom `prefix.secret` stands for.

    None where it is unknown, revoked or expired, or its staff member was disabled.
    """
    prefix, _, secret = key.partition(".")
    row = session.execute(
        sa.select(KeyRow, StaffRow.disabled_at, StaffRow.must_change_password)
        .join(StaffRow, StaffRow.id == KeyRow.staff_id, isouter=True)
        .where(KeyRow.id == prefix)
    ).one_or_none()
    if row is None:
        return None
    found, disabled_at, must_change_password = row
    if not hmac.compare_digest(found.secret_hash, secret_hash(secret)):
        return None
    if found.revoked_at is not None or disabled_at is not None:
        return None
    if found.expires_at is not None and found.expires_at <= now:
        return None
    if found.staff_id is not None:
        return Actor("staff", found.staff_id, found.role, must_change_password=must_change_password)
    return Actor("key", found.id, found.role, found.employer_id)


def keys_page(session: Session, *, after: str | None, limit: int) -> list[KeyRow]:
    """Keys by id, `limit` of them after `after`; without the short ones of sign-ins."""
    query = sa.select(KeyRow).where(KeyRow.staff_id.is_(None)).order_by(KeyRow.id).limit(limit)
    if after is not None:
        query = query.where(KeyRow.id > after)
    return list(session.scalars(query))

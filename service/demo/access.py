"""Who may look at the demo county: accounts and keys, and the file that tells them."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.models import EmployerRow, KeyRow, StaffRow
from service.operations.keys import KeyContent, close_sessions, create_key, revoke_key
from service.operations.staff import change_password, create_staff, reset_password
from service.queries.keys import actor_of_key
from service.rules.access import SYSTEM, Role
from service.vault import new_password

FILE_NAME = "demo-access.json"
_LABEL = "演示"
_STAFF = (("admin", "演示管理员", Role.ADMINISTRATOR), ("jingban", "演示经办人员", Role.BUREAU))
_KEYS = (Role.BUREAU, Role.EMPLOYER, Role.OPERATOR, Role.ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class Access:
    """What the file tells: `staff` as (username, password, role), `keys` by role."""

    staff: tuple[tuple[str, str, str], ...]
    keys: Mapping[str, str]

    def document(self, base_url: str) -> dict[str, Any]:
        """The file's content for a service at `base_url`."""
        return {
            "base_url": base_url,
            "staff": [
                {"username": username, "password": password, "role": role}
                for username, password, role in self.staff
            ],
            "keys": dict(self.keys),
            "pull": pull_command(base_url),
        }


def pull_command(base_url: str) -> str:
    """One command that pulls the public feed."""
    return f"curl -s '{base_url}/v1/feed/openings?limit=100'"


def read_access(data_dir: Path) -> Access | None:
    """What the file tells, None where there is none or it cannot be read."""
    try:
        told = json.loads((data_dir / FILE_NAME).read_text(encoding="utf-8"))
        staff = tuple((each["username"], each["password"], each["role"]) for each in told["staff"])
        return Access(staff, {str(role): str(key) for role, key in told["keys"].items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def open_access(session: Session, known: Access | None, *, now: datetime) -> Access:
    """The access that is `known`, where its keys still open the doors; else a new one.

    A new one takes the demo's earlier keys back and gives its staff new passwords.
    """
    if known is not None and _is_valid(session, known, now):
        return known
    for row in session.scalars(
        sa.select(KeyRow).where(KeyRow.label == _LABEL, KeyRow.revoked_at.is_(None)).order_by(KeyRow.id)
    ).all():
        revoke_key(session, row.id, actor=SYSTEM, now=now)
    keys = {role.value: _new_key(session, role, now) for role in _KEYS}
    staff = tuple((username, _new_password(session, username, name, role, now), role.value)
                  for username, name, role in _STAFF)  # fmt: skip
    return Access(staff, keys)


def write_access(data_dir: Path, access: Access, base_url: str) -> Path:
    """Write the file whole or not at all, for its owner alone."""
    path = data_dir / FILE_NAME
    text = json.dumps(access.document(base_url), ensure_ascii=False, indent=2) + "\n"
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return path
    unfinished = path.with_suffix(".new")
    unfinished.unlink(missing_ok=True)
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(text.encode())
    unfinished.replace(path)
    return path


def _is_valid(session: Session, known: Access, now: datetime) -> bool:
    if set(known.keys) != {role.value for role in _KEYS}:
        return False
    actors = {role: actor_of_key(session, key, now=now) for role, key in known.keys.items()}
    return all(actor is not None and actor.role == role for role, actor in actors.items())


def _new_key(session: Session, role: Role, now: datetime) -> str:
    employer_id = None
    if role is Role.EMPLOYER:
        employer_id = session.scalar(sa.select(EmployerRow.id).order_by(EmployerRow.id).limit(1))
    content = KeyContent(role=role, label=_LABEL, employer_id=employer_id)
    _, key = create_key(session, content, actor=SYSTEM, now=now)
    return key


def _new_password(session: Session, username: str, name: str, role: Role, now: datetime) -> str:
    """An account whose password need not be changed first: whoever tries the demo is to come in at once."""
    found = session.scalars(sa.select(StaffRow).where(StaffRow.username == username)).one_or_none()
    if found is None:
        found, one_time = create_staff(session, username, name, role, actor=SYSTEM, now=now)
    else:
        _, one_time = reset_password(session, found.id, actor=SYSTEM, now=now)
    session.flush()
    password = new_password()
    change_password(session, found.id, one_time, password, now=now)
    session.flush()
    close_sessions(session, found.id, now=now)
    return password

"""staff and key: who may come in."""

from datetime import timedelta

import click
import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.commands.opened import moment, opened
from service.models import StaffRow
from service.operations import keys, staff
from service.queries.employers import employer_by_code
from service.queries.keys import keys_page
from service.queries.staff import staff_page
from service.rules.access import SYSTEM, Role
from service.rules.errors import NotFound

_PAGE = 200
_STAFF_ROLES = sorted(role.value for role in staff.STAFF_ROLES)


@click.group("staff")
def staff_group() -> None:
    """工作人员账号 / Staff accounts."""


@staff_group.command("create")
@click.argument("username")
@click.option("--name", default="", help="姓名 / name; the username where left out")
@click.option("--role", type=click.Choice(_STAFF_ROLES), default=Role.BUREAU.value, show_default=True)
def create_staff(username: str, name: str, role: str) -> None:
    """新建账号，显示一次性密码 / Make an account and show its one-time password."""
    with opened() as installation, installation.database.transaction() as session:
        _, password = staff.create_staff(
            session, username, name or username, Role(role), actor=SYSTEM, now=moment()
        )
    _tell_password(username, password)


@staff_group.command("disable")
@click.argument("username")
def disable_staff(username: str) -> None:
    """停用账号 / Close an account; its sessions stop at once."""
    with opened() as installation, installation.database.transaction() as session:
        staff.disable_staff(session, _staff_id(session, username), actor=SYSTEM, now=moment())
    click.echo(f"已停用 / Disabled: {username}")


@staff_group.command("reset-password")
@click.argument("username")
def reset_password(username: str) -> None:
    """重置密码并解锁 / Give a new one-time password, and unlock."""
    with opened() as installation, installation.database.transaction() as session:
        _, password = staff.reset_password(session, _staff_id(session, username), actor=SYSTEM, now=moment())
    _tell_password(username, password)


@staff_group.command("list")
def list_staff() -> None:
    """列出账号 / List accounts."""
    with opened() as installation, installation.database.reading() as session:
        after = None
        while page := staff_page(session, after=after, limit=_PAGE):
            for row in page:
                state = "停用 / disabled" if row.disabled_at else ""
                click.echo(f"{row.username}\t{row.role.value}\t{row.name}\t{state}".rstrip())
            after = page[-1].id


@click.group("key")
def key_group() -> None:
    """接口密钥 / API keys."""


@key_group.command("create")
@click.option(
    "--role", required=True, type=click.Choice([role.value for role in Role if role is not Role.PUBLIC])
)
@click.option("--label", required=True, help="用途 / what it is for")
@click.option("--employer", help="统一社会信用代码或编号 / credit code or id; for role employer")
@click.option("--days", type=click.IntRange(1, 3650), help="有效天数 / days of validity; no end if left out")
def create_key(role: str, label: str, employer: str | None, days: int | None) -> None:
    """新建密钥，只显示一次 / Make a key and show it once."""
    now = moment()
    with opened() as installation, installation.database.transaction() as session:
        content = keys.KeyContent(
            role=Role(role),
            label=label,
            employer_id=_employer_id(session, employer),
            expires_at=None if days is None else now + timedelta(days=days),
        )
        _, key = keys.create_key(session, content, actor=SYSTEM, now=now)
    click.echo("密钥只显示这一次，请妥善保存 / Keep it well, it is not shown again:", err=True)
    click.echo(key)


@key_group.command("revoke")
@click.argument("prefix")
def revoke_key(prefix: str) -> None:
    """作废密钥 / Take a key back: PREFIX is what stands before its dot."""
    key_id = prefix.partition(".")[0]
    with opened() as installation, installation.database.transaction() as session:
        keys.revoke_key(session, key_id, actor=SYSTEM, now=moment())
    click.echo(f"已作废 / Revoked: {key_id}")


@key_group.command("list")
def list_keys() -> None:
    """列出密钥 / List keys, without their secrets."""
    now = moment()
    with opened() as installation, installation.database.reading() as session:
        after = None
        while page := keys_page(session, after=after, limit=_PAGE):
            for row in page:
                over = row.revoked_at is not None or (row.expires_at is not None and row.expires_at <= now)
                state = "失效 / over" if over else ""
                line = f"{row.id}\t{row.role.value}\t{row.label}\t{row.employer_id or ''}\t{state}"
                click.echo(line.rstrip())
            after = page[-1].id


def _tell_password(username: str, password: str) -> None:
    click.echo(f"用户名 / user: {username}")
    click.echo(f"一次性密码 / one-time password: {password}")


def _staff_id(session: Session, username: str) -> str:
    found = session.scalar(sa.select(StaffRow.id).where(StaffRow.username == username))
    if found is None:
        raise NotFound(f"没有这个账号 / no such account: {username}")
    return found


def _employer_id(session: Session, told: str | None) -> str | None:
    """The id of the employer with this credit code; else what was told is an id."""
    found = None if told is None else employer_by_code(session, told.strip().upper())
    return told if found is None else found.id

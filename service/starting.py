"""What `./run` does before it serves: checks, migrates, makes the demo county where asked."""

import shutil
import socket
from datetime import UTC, datetime

from service.db import Database
from service.installation import (
    CannotStart,
    hold_directory,
    open_database,
    open_vault,
    prepare_directory,
    read_settings,
)
from service.operations.staff import create_first_administrator
from service.settings import Settings
from service.vault import Vault


def prepare(*, demo: bool, fresh: bool) -> Settings:
    """Make everything ready for the first request.

    Raises:
        CannotStart: something is wrong, in one line.
    """
    settings = read_settings()
    prepare_directory(settings.data_dir)
    if fresh and not settings.embedded:
        raise CannotStart("--fresh 只用于内置 SQLite / --fresh is for SQLite only; empty PostgreSQL by hand")
    _check_port(settings.bind)
    if settings.embedded:
        hold_directory(settings.data_dir)
    if fresh:
        _start_over(settings)
    database = open_database(settings)
    try:
        vault = open_vault(settings, database)
        if demo:
            _prepare_demo(database, vault, settings)
        _greet_administrator(database)
    finally:
        database.dispose()
    return settings


def _prepare_demo(database: Database, vault: Vault, settings: Settings) -> None:
    from service import demo  # noqa: PLC0415 - a service without a demo never loads it

    try:
        demo.prepare_demo(
            database,
            vault.blind_indexes,
            data_dir=settings.data_dir,
            base_url=settings.base_url,
            display=demo.Display(),
        )
    except demo.NotDemo:
        raise CannotStart(
            "这里已有真实数据，演示请另设 CHUNFENG_DATA_DIR / real data is here, give the demo another "
            f"directory: {settings.data_dir}"
        ) from None


def _start_over(settings: Settings) -> None:
    """Throw the demo away; anything else stays."""
    path = settings.data_dir / "chunfeng.sqlite"
    if path.exists() and not _is_demo(settings):
        raise CannotStart(f"不是演示数据，不予清除 / this is no demo, it is not thrown away: {path}")
    for found in settings.data_dir.glob("chunfeng.sqlite*"):
        if found.suffix in (".sqlite", ".sqlite-wal", ".sqlite-shm"):
            found.unlink()
    (settings.data_dir / "demo-access.json").unlink(missing_ok=True)
    shutil.rmtree(settings.data_dir / "metrics", ignore_errors=True)


def _is_demo(settings: Settings) -> bool:
    from service import demo  # noqa: PLC0415 - as above

    database = open_database(settings)
    try:
        with database.reading() as session:
            return demo.is_made(session) or not demo.holds_rows(session)
    finally:
        database.dispose()


def _check_port(bind: str) -> None:
    """Say at once that a port is taken; gunicorn would try for five seconds and print a traceback."""
    host, _, port = bind.rpartition(":")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), int(port)))
        except (OSError, OverflowError) as error:
            raise CannotStart(f"端口不可用 / cannot listen on {bind}: {error}") from None


def _greet_administrator(database: Database) -> None:
    with database.transaction() as session:
        password = create_first_administrator(session, now=datetime.now(UTC))
    if password is not None:
        told = "已建管理员账号（首次登录须改密码） / Administrator (change the password at sign-in):"
        print(f"{told}\n  用户名 / user: admin    密码 / password: {password}", flush=True)

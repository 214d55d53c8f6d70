"""Opening an installation: settings, directory, database and secret, or one line that says what is wrong."""

import fcntl
import os
import sqlite3
from collections.abc import Mapping
from pathlib import Path

import sqlalchemy as sa
from alembic.util import CommandError
from environs import EnvValidationError
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from service import migrations
from service.db import Database
from service.models import EmployerRow, PostingRow, SeekerRow, use_vault
from service.settings import Settings, stored_secret
from service.vault import InvalidTag, UnknownKey, Vault

_SEALED = (SeekerRow.phone, EmployerRow.contact_phone, PostingRow.contact_phone)
# A database that does not answer by then is not there: people wait for this line.
_CONNECT_SECONDS = 10
# Checking pages takes about a second for so many bytes; beyond it `integrity_check` is the backup's.
_CHECKED_BYTES = 500_000_000


class CannotStart(Exception):
    """Why the service or a command cannot start, as one line for the person who started it."""


def read_settings() -> Settings:
    """The settings of this environment.

    Raises:
        CannotStart: some are wrong; all of them are named.
    """
    try:
        return Settings.from_env()
    except EnvValidationError as error:
        # Sealed, environs gives them by variable; on its own a message is a list.
        told = error.error_messages
        named = told.items() if isinstance(told, Mapping) else [("", told)]
        found = "; ".join(f"{name}: {', '.join(messages)}" for name, messages in named)
        raise CannotStart(f"设置有误 / wrong settings: {found}") from None


def prepare_directory(data_dir: Path) -> None:
    """Make the data directory where it is missing.

    Raises:
        CannotStart: nothing can be written there.
    """
    probe = data_dir / ".writable"
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise CannotStart(f"目录不可写 / not a writable directory: {data_dir} ({error.strerror})") from None


def hold_directory(data_dir: Path) -> int:
    """Take the directory for this process and what it becomes; the kernel gives it back, however that ends.

    Returns:
        The descriptor that holds it, to be kept open. Programs that this one becomes inherit it.

    Raises:
        CannotStart: another process holds it.
    """
    descriptor = os.open(data_dir / "service.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise CannotStart(f"服务正在使用该目录 / a running service uses this directory: {data_dir}") from None
    os.set_inheritable(descriptor, True)
    return descriptor


def open_database(settings: Settings) -> Database:
    """The database, brought to the newest revision.

    Raises:
        CannotStart: it cannot be reached, read or written, or a newer program made it.
    """
    try:
        if settings.embedded:
            check_pages(Path(sa.make_url(settings.database_url).database or ""), most=_CHECKED_BYTES)
        else:
            _reach(settings.database_url)
        migrations.upgrade(settings.database_url)
    except DBAPIError as error:
        raise CannotStart(f"数据库不可用 / cannot use the database: {_first_line(error.orig)}") from None
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError):
        raise CannotStart("CHUNFENG_DATABASE_URL 无法识别 / not a database address we know") from None
    except CommandError:
        raise CannotStart(
            "数据库由更新的版本建立，请升级程序 / a newer version made this database: upgrade the program"
        ) from None
    return Database(settings.database_url)


def check_pages(path: Path, *, most: int | None = None) -> None:
    """Refuse a damaged SQLite file.

    Args:
        path: of the file; a missing one is sound.
        most: larger files are not read through; None reads any.

    Raises:
        CannotStart: it is no database, or pages of it are damaged.
    """
    if not path.exists() or (most is not None and path.stat().st_size > most):
        return
    try:
        with sqlite3.connect(path) as connection:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        connection.close()
    except sqlite3.OperationalError as error:
        raise CannotStart(f"数据库不可用 / cannot use the database: {path} ({error})") from None
    except sqlite3.DatabaseError as error:
        found = str(error)
    if found != "ok":
        raise CannotStart(f"数据库文件已损坏，请用备份恢复 / damaged, restore a backup: {path} ({found})")


def open_vault(settings: Settings, database: Database) -> Vault:
    """The vault that opens what the database holds, in use for this process.

    Raises:
        CannotStart: the secret is missing, or not the one that sealed the data.
    """
    path = settings.data_dir / "secret.key"
    kept = path.exists()
    try:
        vault = Vault(settings.secret_keys or (stored_secret(settings.data_dir),))
    except ValueError as error:
        raise CannotStart(f"密钥有误 / wrong secret: {error}") from None
    except OSError as error:
        raise CannotStart(f"读不到密钥 / cannot read {path} ({error.strerror})") from None
    if not settings.secret_keys and path.stat().st_size == 0:
        raise CannotStart(f"密钥文件是空的 / this secret is empty: {path}")
    use_vault(vault)
    try:
        _open_samples(database)
    except (UnknownKey, InvalidTag):
        if kept or settings.secret_keys:
            message = "密钥与数据不符 / this secret did not seal the data: CHUNFENG_SECRET_KEY, secret.key"
        else:
            path.unlink()  # made just now; it must not be taken for the lost one
            message = f"缺少密钥文件，请从备份放回 / the secret is missing, put it back: {path}"
        raise CannotStart(message) from None
    return vault


def _open_samples(database: Database) -> None:
    """Open the first and the last sealed value of each table; secrets change by and by, from one end."""
    with database.reading() as session:
        for column in _SEALED:
            key = column.class_.id
            for order in (key.asc(), key.desc()):
                session.scalar(sa.select(column).where(column.is_not(None)).order_by(order).limit(1))


def _reach(url: str) -> None:
    engine = sa.create_engine(url, connect_args={"connect_timeout": _CONNECT_SECONDS})
    try:
        with engine.connect():
            pass
    finally:
        engine.dispose()


def _first_line(error: object) -> str:
    return (str(error).strip().splitlines() or ["?"])[0]

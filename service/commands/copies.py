"""backup and restore of the embedded SQLite database."""

import os
import secrets
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click
import sqlalchemy as sa

from service.commands.opened import Refused, one_line
from service.installation import (
    check_pages,
    hold_directory,
    open_database,
    open_vault,
    prepare_directory,
    read_settings,
)
from service.operations.upkeep import renew_epochs
from service.rules.calendar import BEIJING
from service.settings import Settings

_PAGES = 2000  # a copy lets writers in between so many pages
_EPOCH_BYTES = 4


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="覆盖已有文件 / replace a file that is there")
def backup(file: Path, force: bool) -> None:
    """备份数据库，服务可照常运行 / Copy the database while the service runs on."""
    with one_line():
        source = _database_file(read_settings())
        if not source.exists():
            raise Refused(f"还没有数据库 / there is no database yet: {source}")
        if file.exists() and not force:
            raise Refused(f"文件已存在 / the file is there already (--force): {file}")
        unfinished = file.with_name(f"{file.name}.unfinished")
        try:
            _copy(source, unfinished)
            check_pages(unfinished)
            unfinished.replace(file)
        finally:
            unfinished.unlink(missing_ok=True)
    click.echo(f"已备份 / Backed up: {file} ({file.stat().st_size} bytes)")
    click.echo("密钥不在其中，请另存 / The secret is not in it, keep it apart: secret.key")


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
def restore(file: Path) -> None:
    """用备份替换数据库（须先停止服务） / Put a backup in the database's place; stop the service first."""
    with one_line():
        settings = read_settings()
        target = _database_file(settings)
        prepare_directory(settings.data_dir)
        held = hold_directory(settings.data_dir)
        try:
            _check_unused(target)
            kept = _restore(settings, file, target)
        finally:
            os.close(held)
    click.echo(f"已恢复 / Restored: {target}")
    if kept is not None:
        click.echo(f"原数据库保留为 / What was there before: {kept}")


def _restore(settings: Settings, file: Path, target: Path) -> Path | None:
    check_pages(file)
    unfinished = target.with_name(f"{target.name}.unfinished")
    try:
        _copy(file, unfinished)
        _check_ours(unfinished, file)
        # On the copy, so that what stands is touched by nothing that may still be refused.
        database = open_database(replace(settings, database_url=f"sqlite:///{unfinished}"))
        try:
            open_vault(settings, database)
            with database.transaction() as session:
                renew_epochs(session, secrets.token_hex(_EPOCH_BYTES))
        finally:
            database.dispose()
        _leave_wal(unfinished)
        return _exchange(unfinished, target)
    finally:
        for path in _with_logs(unfinished):
            path.unlink(missing_ok=True)


def _database_file(settings: Settings) -> Path:
    if not settings.embedded:
        raise Refused("PostgreSQL 请用 pg_dump、pg_restore / use them: this is for the embedded SQLite")
    return Path(sa.make_url(settings.database_url).database or "")


def _copy(source: Path, target: Path) -> None:
    """A consistent copy by SQLite's own online backup, readable by its owner alone."""
    target.unlink(missing_ok=True)
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with (
        closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as origin,
        closing(sqlite3.connect(target)) as copy,
    ):
        origin.backup(copy, pages=_PAGES)
    _leave_wal(target)


def _leave_wal(path: Path) -> None:
    """Make the file whole by itself: a write-ahead log would be left behind by whoever moves it."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _check_ours(copy: Path, file: Path) -> None:
    with closing(sqlite3.connect(copy)) as connection:
        found = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
    if found is None:
        raise Refused(f"不是本系统的备份 / not a backup of this service: {file}")


def _check_unused(target: Path) -> None:
    """Refuse while anybody has the database open, whichever way the service was started."""
    if not target.exists():
        return
    try:
        with closing(sqlite3.connect(target, timeout=1)) as connection:
            # Leaving the write-ahead log needs the file to oneself.
            connection.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError:
        raise Refused(f"数据库正在使用，请先停止服务 / in use, stop the service first: {target}") from None
    except sqlite3.DatabaseError:
        return  # damaged: that is what a backup is for


def _exchange(fresh: Path, target: Path) -> Path | None:
    """Put `fresh` in the place of `target`, which at no moment is missing; keep what was there."""
    if not target.exists():
        fresh.replace(target)
        return None
    stamp = datetime.now(BEIJING).strftime("%Y%m%d-%H%M%S-%f")
    kept = target.with_name(f"{target.name}.before-{stamp}")
    # A log that stayed would be replayed into the wrong database; a damaged one's goes along with it.
    for log, kept_log in zip(_with_logs(target)[1:], _with_logs(kept)[1:], strict=True):
        if log.exists():
            log.replace(kept_log)
    os.link(target, kept)
    fresh.replace(target)
    return kept


def _with_logs(path: Path) -> list[Path]:
    return [path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")]

"""python -m service.serve: checks, migrates, makes the demo county where asked, then serves.

What `./run` starts. Everything that can be wrong before the first request is said here, in one line.
"""

import argparse
import os
import shutil
import socket
import sys
from datetime import UTC, datetime
from pathlib import Path

from environs import EnvValidationError
from sqlalchemy.exc import OperationalError

from service import migrations
from service.db import Database
from service.models import use_vault
from service.operations.staff import create_first_administrator
from service.settings import Settings, stored_secret
from service.vault import Vault


class CannotStart(Exception):
    """Why the service cannot start, as one line for the person who started it."""


def main() -> None:
    """Prepare everything, then become gunicorn."""
    arguments = _arguments()
    try:
        settings = _settings()
        _prepare_directory(settings)
        if arguments.fresh:
            _start_over(settings)
        _check_port(settings.bind)
        database = _migrated(settings)
        if arguments.demo:
            from service.demo import prepare_demo  # noqa: PLC0415 - a service without a demo never loads it

            prepare_demo(database, settings)
        _greet_administrator(database)
        database.dispose()
    except CannotStart as reason:
        print(f"无法启动 / Cannot start: {reason}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        print("\n已停止 / Stopped", file=sys.stderr)
        sys.exit(130)
    _become_gunicorn()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run")
    parser.add_argument("--demo", action="store_true")
    parser.add_argument("--fresh", action="store_true")
    arguments = parser.parse_args()
    if arguments.fresh and not arguments.demo:
        parser.error("--fresh 只与 --demo 同用 / --fresh goes with --demo: it throws data away")
    return arguments


def _settings() -> Settings:
    # One process by default, so the worker belongs to it whatever the database is.
    os.environ.setdefault("CHUNFENG_WORKER_THREAD", "true")
    try:
        return Settings.from_env()
    except EnvValidationError as error:
        found = "; ".join(f"{name}: {', '.join(said)}" for name, said in error.error_messages.items())
        raise CannotStart(f"设置有误 / wrong settings: {found}") from error


def _prepare_directory(settings: Settings) -> None:
    probe = settings.data_dir / ".writable"
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise CannotStart(
            f"目录不可写 / not a writable directory: {settings.data_dir} ({error.strerror})"
        ) from error


def _start_over(settings: Settings) -> None:
    if not settings.embedded:
        raise CannotStart(
            "--fresh 只用于内置 SQLite / --fresh is for the embedded SQLite; empty PostgreSQL by hand"
        )
    for path in settings.data_dir.glob("chunfeng.sqlite*"):
        path.unlink()
    for name in ("demo-access.json", "metrics"):
        path = settings.data_dir / name
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)


def _check_port(bind: str) -> None:
    """Say at once that a port is taken; gunicorn would try for five seconds and print a traceback."""
    host, _, port = bind.rpartition(":")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), int(port)))
        except (OSError, OverflowError) as error:
            raise CannotStart(f"端口不可用 / cannot listen on {bind}: {error}") from error


def _migrated(settings: Settings) -> Database:
    try:
        migrations.upgrade(settings.database_url)
    except OperationalError as error:
        raise CannotStart(
            f"连不上数据库 / cannot reach the database: {str(error.orig).splitlines()[0]}"
        ) from error
    use_vault(Vault(settings.secret_keys or (stored_secret(settings.data_dir),)))
    return Database(settings.database_url)


def _greet_administrator(database: Database) -> None:
    with database.transaction() as session:
        password = create_first_administrator(session, now=datetime.now(UTC))
    if password is not None:
        print(
            "已建管理员账号（首次登录须改密码） / Administrator made (change the password at first sign-in):"
        )
        print(f"  用户名 / user: admin    密码 / password: {password}", flush=True)


def _become_gunicorn() -> None:
    root = Path(__file__).resolve().parent.parent
    os.chdir(root)
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py"])  # noqa: S606


if __name__ == "__main__":
    main()

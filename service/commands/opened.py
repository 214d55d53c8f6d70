"""An installation opened for one command, and its refusals as one line."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, Any

import click
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from service.db import Database
from service.installation import CannotStart, open_database, open_vault, prepare_directory, read_settings
from service.rules.errors import DomainError
from service.settings import Settings
from service.vault import UnknownKey, Vault


class Refused(click.ClickException):
    """Why a command did nothing; exit code 1."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Write it as one line to standard error."""
        click.echo(f"未执行 / Refused: {self.format_message()}", file=file, err=file is None)


@dataclass(frozen=True, slots=True)
class Opened:
    """An installation with its database, migrated, and its vault."""

    settings: Settings
    database: Database
    vault: Vault


@contextmanager
def opened() -> Iterator[Opened]:
    """The installation of this environment, closed when the block is left.

    Raises:
        Refused: it cannot be opened, or the block was refused; in one line.
    """
    with one_line():
        settings = read_settings()
        prepare_directory(settings.data_dir)
        database = open_database(settings)
        try:
            yield Opened(settings, database, open_vault(settings, database))
        finally:
            database.dispose()


@contextmanager
def one_line() -> Iterator[None]:
    """Turns what may go wrong into one line for the person at the terminal.

    Raises:
        Refused: with that line.
    """
    try:
        yield
    except CannotStart as reason:
        raise Refused(str(reason)) from None
    except DomainError as error:
        told = [message for messages in error.errors.values() for message in messages]
        raise Refused(" ".join([error.detail, *told])) from None
    except UnknownKey as error:
        raise Refused(f"缺少旧密钥 / an older secret is missing: {error}") from None
    except OSError as error:
        raise Refused(f"{error.strerror}: {error.filename}") from None
    except DBAPIError as error:
        raise Refused(f"数据库 / database: {str(error.orig).splitlines()[0]}") from None
    except SQLAlchemyError as error:
        raise Refused(f"数据库 / database: {str(error).splitlines()[0]}") from None


def moment() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)

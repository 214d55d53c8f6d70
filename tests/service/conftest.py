"""Fixtures of the administrator's commands."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from service.db import Database
from service.models import use_vault
from service.vault import Vault
from tests.builders import make_employer, make_open_posting
from tests.conftest import SECRET
from tests.service.commands import PHONE


@pytest.fixture
def place(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data directory of an installation on SQLite."""
    monkeypatch.setenv("CHUNFENG_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("CHUNFENG_SECRET_KEY", SECRET)
    monkeypatch.delenv("CHUNFENG_DATABASE_URL", raising=False)
    return tmp_path


@pytest.fixture
def rows(place: Path) -> Iterator[Database]:
    """The database of `place`, with an employer and an open posting."""
    use_vault(Vault([SECRET]))
    database = Database(f"sqlite:///{place / 'chunfeng.sqlite'}")
    with database.transaction() as session:
        now = datetime.now(UTC)
        employer = make_employer(session, contact_phone=PHONE, now=now)
        make_open_posting(session, employer, now=now, valid_until=now + timedelta(days=9))
    yield database
    database.dispose()

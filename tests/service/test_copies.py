"""backup and restore: what is put back is what it was, and nothing is put back by mistake."""

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from service.db import Database
from service.installation import hold_directory
from service.models import (
    EmployerRow,
    FeedHeadRow,
    PostingRow,
    Stream,
)
from tests.builders import make_employer
from tests.service.commands import NEWER, done, refused


def test_a_backup_put_back_is_what_it_was_with_new_epochs(rows: Database, place: Path):
    copy = place / "backup.sqlite"
    with rows.reading() as session:
        epochs = set(session.scalars(sa.select(FeedHeadRow.epoch)))
        before = session.scalars(sa.select(PostingRow.id)).all()
    done("backup", copy)
    with rows.transaction() as session:
        make_employer(session, "7", name="备份之后的厂")
    rows.dispose()
    said = done("restore", copy)
    with rows.reading() as session:
        assert session.scalars(sa.select(PostingRow.id)).all() == before
        assert session.scalar(sa.select(sa.func.count()).select_from(EmployerRow)) == 1
        assert len(session.scalars(sa.select(FeedHeadRow)).all()) == len(Stream)
        assert epochs.isdisjoint(session.scalars(sa.select(FeedHeadRow.epoch)))
    kept = Path(said.split()[-1])
    with closing(sqlite3.connect(kept)) as connection:
        assert connection.execute("SELECT count(*) FROM employers").fetchone() == (2,)
    assert not list(place.glob("*.unfinished*"))
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600


def test_a_backup_is_taken_while_others_write(rows: Database, place: Path):
    with rows.transaction() as session:
        make_employer(session, "8", name="还没有提交的厂")
        done("backup", place / "backup.sqlite")
    with closing(sqlite3.connect(place / "backup.sqlite")) as connection:
        assert connection.execute("SELECT count(*) FROM employers").fetchone() == (1,)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_backup_does_not_replace_a_file_unasked(rows: Database, place: Path):
    done("backup", place / "backup.sqlite")
    assert "there already" in refused("backup", place / "backup.sqlite")
    done("backup", place / "backup.sqlite", "--force")
    assert "No such file" in refused("backup", place / "nowhere" / "backup.sqlite")


def test_nothing_is_restored_under_a_running_service(rows: Database, place: Path):
    done("backup", place / "backup.sqlite")
    with rows.reading() as session:
        session.scalar(sa.select(EmployerRow.id))
        assert "in use" in refused("restore", place / "backup.sqlite")
    rows.dispose()
    held = hold_directory(place)
    assert "running service" in refused("restore", place / "backup.sqlite")
    os.close(held)
    done("restore", place / "backup.sqlite")


@pytest.mark.parametrize("content", [b"not a database at all", b"", b"another program's"])
def test_what_is_no_backup_of_ours_is_refused_and_changes_nothing(
    rows: Database, place: Path, content: bytes
):
    rows.dispose()
    file = place / "strange.sqlite"
    file.write_bytes(content)
    if content.startswith(b"another"):
        file.unlink()
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("CREATE TABLE theirs (a)")
    refused("restore", file)
    with rows.reading() as session:
        assert session.scalar(sa.select(EmployerRow.name)) is not None
    assert not list(place.glob("*.unfinished*"))


def test_a_backup_of_another_secret_is_refused(rows: Database, place: Path, monkeypatch: pytest.MonkeyPatch):
    done("backup", place / "backup.sqlite")
    rows.dispose()
    monkeypatch.setenv("CHUNFENG_SECRET_KEY", NEWER)
    assert "did not seal" in refused("restore", place / "backup.sqlite")


@pytest.mark.parametrize("damaged", [True, False])
def test_a_backup_replaces_a_damaged_database_or_none(rows: Database, place: Path, damaged: bool):
    done("backup", place / "backup.sqlite")
    rows.dispose()
    (place / "chunfeng.sqlite").unlink()
    if damaged:
        (place / "chunfeng.sqlite").write_bytes(b"x" * 5000)
        (place / "chunfeng.sqlite-wal").write_bytes(b"y" * 50)
        assert "damaged" in refused("rematch")
    said = done("restore", place / "backup.sqlite")
    assert (len(list(place.glob("*.before-*"))) > 0) == damaged == ("before" in said)
    assert done("rematch").split()[-1] == "1"


@pytest.mark.postgresql
def test_copies_are_for_sqlite_alone(postgresql_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CHUNFENG_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("CHUNFENG_DATABASE_URL", postgresql_url)
    assert "pg_dump" in refused("backup", tmp_path / "backup.sqlite")


def test_a_backup_of_nothing_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CHUNFENG_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("CHUNFENG_DATABASE_URL", raising=False)
    assert "no database yet" in refused("backup", tmp_path / "backup.sqlite")

"""The administrator's commands: what they do, and that each refusal is one line."""

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import Result

from service.cli import app
from service.db import Database
from service.installation import hold_directory
from service.models import (
    AuditRow,
    EmployerRow,
    FeedEntryRow,
    FeedHeadRow,
    KeyRow,
    MatchDue,
    PostingRow,
    ProfileRow,
    SeekerRow,
    StaffRow,
    Stream,
    use_vault,
)
from service.operations.staff import sign_in
from service.queries.keys import actor_of_key
from service.queries.seekers import seeker_by_phone
from service.rules.access import Role
from service.settings import Settings
from service.vault import Vault
from tests.builders import make_employer, make_open_posting
from tests.conftest import SECRET

NEWER = "a newer secret of the tests"
PHONE = "15400200001"


def run(*arguments: object) -> Result:
    return app.test_cli_runner().invoke(args=[str(argument) for argument in arguments])


def done(*arguments: object) -> str:
    result = run(*arguments)
    assert (result.exit_code, result.stderr) == (0, ""), result.output
    return result.stdout


def refused(*arguments: object) -> str:
    """The one line in which a command says why it did nothing."""
    result = run(*arguments)
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert line.startswith("未执行 / Refused: ")
    return line


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


@pytest.fixture
def installation(settings: Settings, database: Database) -> Database:
    """The database of an installation on either engine."""
    return database


def test_an_account_is_made_reset_listed_and_closed(installation: Database):
    password = done("staff", "create", "li", "--name", "李", "--role", "administrator").split()[-1]
    with installation.transaction() as session:
        entered = sign_in(session, "li", password, now=datetime.now(UTC))
    assert entered.must_change_password
    other = done("staff", "reset-password", "li").split()[-1]
    assert other != password
    assert done("staff", "list").split() == ["li", "administrator", "李"]
    done("staff", "disable", "li")
    assert "disabled" in done("staff", "list")
    with installation.reading() as session:
        assert session.scalars(sa.select(StaffRow)).one().disabled_at is not None


def test_an_account_is_refused_that_is_taken_or_unknown(installation: Database):
    done("staff", "create", "li")
    assert "taken" in refused("staff", "create", "li")
    assert "no such account" in refused("staff", "disable", "wang")
    assert run("staff", "create", "wang", "--role", "operator").exit_code == 2


def test_a_key_opens_until_it_is_revoked(installation: Database):
    result = run("key", "create", "--role", "operator", "--label", "公众号", "--days", "3")
    key = result.stdout.strip()
    with installation.reading() as session:
        actor = actor_of_key(session, key, now=datetime.now(UTC))
        assert actor is not None
        assert actor.role is Role.OPERATOR
        assert actor_of_key(session, key, now=datetime.now(UTC) + timedelta(days=4)) is None
    assert key.partition(".")[2] not in done("key", "list")
    done("key", "revoke", key)
    assert "over" in done("key", "list")
    with installation.reading() as session:
        assert actor_of_key(session, key, now=datetime.now(UTC)) is None


def test_an_employers_key_is_bound_by_credit_code_or_id(installation: Database):
    with installation.transaction() as session:
        employer = make_employer(session, now=datetime.now(UTC))
    for told in (employer.credit_code, employer.id):
        run("key", "create", "--role", "employer", "--label", "x", "--employer", told)
    with installation.reading() as session:
        bound = session.scalars(sa.select(KeyRow.employer_id)).all()
    assert bound == [employer.id, employer.id]
    assert "没有这个用人单位" in refused(
        "key", "create", "--role", "employer", "--label", "x", "--employer", "y"
    )
    assert "no key" in refused("key", "revoke", "nokey")


def test_rematching_makes_everything_due(installation: Database):
    with installation.transaction() as session:
        make_open_posting(session, make_employer(session))
        session.execute(sa.update(PostingRow).values(match_due=0))
    assert done("rematch").split()[-1] == "1"
    with installation.reading() as session:
        assert session.scalars(sa.select(PostingRow.match_due)).all() == [MatchDue.CONTENT]
        assert "owe_all_matches" in session.scalars(sa.select(AuditRow.action)).all()


def test_pruning_lets_old_entries_go(installation: Database):
    long_ago = datetime.now(UTC) - timedelta(days=200)
    with installation.transaction() as session:
        employer = make_employer(session, now=long_ago)
        make_open_posting(session, employer, now=long_ago, valid_until=long_ago + timedelta(days=9))
    assert done("prune").split()[-1] == "1"
    with installation.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(FeedEntryRow)) == 0


def test_the_demo_comes_by_a_command_and_is_not_mixed_with_rows(installation: Database):
    assert "demo-access.json" in done("demo", "--scale", "0.01")
    with installation.transaction() as session:
        session.execute(sa.delete(AuditRow).where(AuditRow.action == "make_demo"))
    assert "no empty database" in refused("demo")


def test_everything_is_sealed_anew_and_found_by_its_phone(
    installation: Database, monkeypatch: pytest.MonkeyPatch
):
    done("demo", "--scale", "0.01")
    monkeypatch.setenv("CHUNFENG_SECRET_KEY", f"{NEWER},{SECRET}")
    assert int(done("rekey").split()[-1]) > 100
    assert done("rekey").split()[-1] == "0"
    newer = Vault([NEWER])
    use_vault(newer)
    with installation.reading() as session:
        found = seeker_by_phone(session, newer.blind_indexes("15400200000"))
        assert found is not None
        assert found.phone == "15400200000"
        assert all(session.scalars(sa.select(SeekerRow.name)))
        assert all(session.scalars(sa.select(EmployerRow.contact_phone)))
        assert session.scalar(sa.select(PostingRow.contact_name).limit(1))
        assert session.scalar(sa.select(ProfileRow.revision).limit(1)) == 1
    monkeypatch.setenv("CHUNFENG_SECRET_KEY", NEWER)
    done("rematch")
    monkeypatch.setenv("CHUNFENG_SECRET_KEY", SECRET)
    assert "did not seal" in refused("rekey")


def test_a_secret_that_sealed_only_the_middle_is_missed_by_name(rows: Database):
    use_vault(Vault([SECRET, NEWER]))
    with rows.transaction() as session:
        for seed in ("2", "3"):
            make_employer(session, seed, contact_phone=PHONE, name=f"东港{seed}号厂")
    use_vault(Vault([NEWER]))
    with rows.transaction() as session:
        middle = session.scalars(sa.select(EmployerRow.id).order_by(EmployerRow.id)).all()[1]
        session.execute(
            sa.update(EmployerRow)
            .where(EmployerRow.id == middle)
            .values(contact_phone=PHONE)
            .execution_options(synchronize_session=False)
        )
    assert "an older secret is missing" in refused("rekey")


def test_a_sheet_becomes_drafts(place: Path):
    sheet = place / "岗位.csv"
    sheet.write_text(
        "岗位名称,用人单位,工作地点,工资,招聘人数\n电焊工,东港某厂,前阳镇,5000-7000元/月,3\n",
        encoding="utf-8",
    )
    assert "1" in done("import-postings", sheet, "--provider", "test")
    sheet.write_text("几个字", encoding="utf-8")
    assert run("import-postings", sheet, "--provider", "test").exit_code == 1
    assert run("import-postings", place / "none.xlsx", "--provider", "test").exit_code == 2


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


def test_a_database_error_is_one_line(place: Path):
    with closing(sqlite3.connect(place / "chunfeng.sqlite")) as connection:
        connection.execute("DROP TABLE staff")
    assert "no such table" in refused("staff", "create", "li")

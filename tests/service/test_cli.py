"""The administrator's commands: what they do, and that each refusal is one line."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from service.db import Database
from service.models import (
    AuditRow,
    EmployerRow,
    FeedEntryRow,
    KeyRow,
    MatchDue,
    PostingRow,
    ProfileRow,
    SeekerRow,
    StaffRow,
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
from tests.service.commands import NEWER, PHONE, done, refused, run


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


def test_a_database_error_is_one_line(place: Path):
    with closing(sqlite3.connect(place / "chunfeng.sqlite")) as connection:
        connection.execute("DROP TABLE staff")
    assert "no such table" in refused("staff", "create", "li")

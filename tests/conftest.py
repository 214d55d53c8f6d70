"""Fixtures for every test: databases of both engines, a browser, the real sheet."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from service.rules.access import SYSTEM, Role
from tests.postgres import PostgresServer, PostgresUnavailableError

if TYPE_CHECKING:  # the service is read by the tests that use it; the tests of the rules do without
    from flask import Flask
    from flask.testing import FlaskClient

    from service.db import Database
    from service.models import EmployerRow
    from service.settings import Settings

SECRET = "a secret of the tests"
REQUIRE_ALL = bool(os.environ.get("CHUNFENG_REQUIRE_ALL"))

# A database is named by this and not by its URL, so that a test's id is the same everywhere.
ENGINES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


def _nothing_may_be_skipped(report: pytest.TestReport | pytest.CollectReport) -> None:
    if REQUIRE_ALL and report.skipped:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"skipped where everything must run: {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    _nothing_may_be_skipped(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _nothing_may_be_skipped(report)
    return report


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """This test process's own PostgreSQL server."""
    try:
        server = PostgresServer()
    except PostgresUnavailableError as reason:
        pytest.skip(str(reason))
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy from; migrating anew for each test would take most of its time."""
    from service.migrations import upgrade

    path = tmp_path_factory.mktemp("template") / "template.sqlite"
    upgrade(f"sqlite:///{path}")
    with closing(sqlite3.connect(path)) as connection:
        # The write-ahead log would be left behind by a copy.
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_server: PostgresServer) -> str:
    """The name of a migrated PostgreSQL database to copy from."""
    from service.migrations import upgrade

    name = postgres_server.create_database()
    upgrade(postgres_server.url(name))
    return name


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A migrated SQLite database without rows, the test's own."""
    path = tmp_path / "chunfeng.sqlite"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgresql_url(postgres_server: PostgresServer, postgres_template: str) -> Iterator[str]:
    """A migrated PostgreSQL database without rows, the test's own. Mark such tests `postgresql`."""
    name = postgres_server.create_database(postgres_template)
    yield postgres_server.url(name)
    postgres_server.drop_database(name)


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated database without rows, of either engine."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(params=ENGINES)
def unmigrated_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without so much as a table, of either engine: for the tests of the migrations."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    name = server.create_database()
    yield server.url(name)
    server.drop_database(name)


@pytest.fixture
def database(database_url: str) -> Iterator["Database"]:
    """A migrated database without rows, of either engine, with a vault for what is sealed in it."""
    from service.db import Database
    from service.models import use_vault
    from service.vault import Vault

    use_vault(Vault([SECRET]))
    database = Database(database_url)
    yield database
    database.dispose()


@pytest.fixture
def settings(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> "Settings":
    """The settings of an installation on the test's own database."""
    from service.settings import Settings

    _set_installation(monkeypatch, tmp_path, database_url)
    return Settings.from_env()


def _set_installation(patch: pytest.MonkeyPatch, data_dir: Path, database_url: str) -> None:
    """An environment with nothing of ours but these."""
    for name in [name for name in os.environ if name.startswith("CHUNFENG_")]:
        patch.delenv(name)
    patch.setenv("CHUNFENG_DATA_DIR", str(data_dir))
    patch.setenv("CHUNFENG_DATABASE_URL", database_url)
    patch.setenv("CHUNFENG_SECRET_KEY", SECRET)
    # Tests ask more often than people do; those of the limits switch them on.
    patch.setenv("CHUNFENG_RATE_LIMITS", "false")


@pytest.fixture
def own_app(settings: "Settings") -> Iterator["Flask"]:
    """An application that nobody else uses: for tests that wire into it, or count what it counts."""
    from service.app import create_app

    app = create_app(settings)
    yield app
    app.extensions["database"].dispose()


@pytest.fixture(scope="session")
def wired_app(tmp_path_factory: pytest.TempPathFactory) -> "Flask":
    """The application once for all: wiring it takes longer than most tests."""
    from service.app import create_app
    from service.settings import Settings

    with pytest.MonkeyPatch.context() as patch:
        _set_installation(patch, tmp_path_factory.mktemp("wired"), "sqlite://")
        return create_app(Settings.from_env())


@pytest.fixture
def app(wired_app: "Flask", settings: "Settings") -> Iterator["Flask"]:
    """The application on a migrated database without rows, of either engine."""
    from service.db import Database
    from service.models import use_vault
    from service.vault import Vault

    vault = Vault(settings.secret_keys)
    use_vault(vault)
    database = Database(settings.database_url)
    wired_app.extensions |= {"settings": settings, "vault": vault, "database": database}
    yield wired_app
    database.dispose()


@pytest.fixture
def client(app: "Flask") -> "FlaskClient":
    """A caller without a key."""
    return app.test_client()


@pytest.fixture
def caller(app: "Flask", database: "Database") -> Callable[..., "FlaskClient"]:
    """Makes callers with a key: by role, and for role EMPLOYER by employer."""

    def make(role: Role, employer_id: str | None = None) -> "FlaskClient":
        from service.operations.keys import KeyContent, create_key

        content = KeyContent(role=role, label="test", employer_id=employer_id)
        with database.transaction() as session:
            _, key = create_key(session, content, actor=SYSTEM, now=datetime.now(UTC))
        client = app.test_client()
        client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {key}"
        return client

    return make


@pytest.fixture
def administrator(caller: Callable[..., "FlaskClient"]) -> "FlaskClient":
    """A caller with an administrator's key."""
    return caller(Role.ADMINISTRATOR)


@pytest.fixture
def bureau(caller: Callable[..., "FlaskClient"]) -> "FlaskClient":
    """A caller with a key of the bureau."""
    return caller(Role.BUREAU)


@pytest.fixture
def operator(caller: Callable[..., "FlaskClient"]) -> "FlaskClient":
    """A caller with a key of the public account's operator."""
    return caller(Role.OPERATOR)


@pytest.fixture
def employer(database: "Database") -> "EmployerRow":
    """A verified employer."""
    from tests.builders import make_employer

    with database.transaction() as session:
        return make_employer(session, now=datetime.now(UTC))


@pytest.fixture
def employer_client(caller: Callable[..., "FlaskClient"], employer: "EmployerRow") -> "FlaskClient":
    """A caller with that employer's own key."""
    return caller(Role.EMPLOYER, employer.id)


@pytest.fixture
def fresh_database_url(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], str]]:
    """Makes any number of migrated databases of the engine named, for properties with one per example."""
    names: list[str] = []

    def make(engine: str) -> str:
        if engine == "sqlite":
            path = tmp_path_factory.mktemp("database") / "chunfeng.sqlite"
            shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
            return f"sqlite:///{path}"
        names.append(server().create_database(request.getfixturevalue("postgres_template")))
        return server().url(names[-1])

    def server() -> PostgresServer:
        found: PostgresServer = request.getfixturevalue("postgres_server")
        return found

    yield make
    for name in names:
        server().drop_database(name)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the machine's own Chromium. Mark such tests `browser`."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        found = shutil.which(name)
        if found:
            return found
    pytest.skip("Chromium is not installed")


@pytest.fixture(scope="session")
def real_sheet() -> Path:
    """The real spreadsheet that CHUNFENG_REAL_SHEET names. Mark such tests `real_sheet`."""
    path = os.environ.get("CHUNFENG_REAL_SHEET", "")
    if not path:
        pytest.skip("CHUNFENG_REAL_SHEET names no spreadsheet")
    return Path(path)

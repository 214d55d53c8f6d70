"""What is looked at before anything is served: one clear line for each thing that is wrong."""

import json
import os
import signal
import socket
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from service import demo, installation, serve, starting
from service.installation import CannotStart
from service.settings import Settings
from tests.conftest import SECRET

# How long a signal may take to be heard on a busy machine.
PATIENCE = 60
ROOT = Path(__file__).parents[2]


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Sets the variables of an installation on SQLite, changed as told."""
    for name in [name for name in os.environ if name.startswith("CHUNFENG_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("CHUNFENG_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("CHUNFENG_BIND", f"127.0.0.1:{free_port()}")

    def change(**variables: str) -> None:
        for name, value in variables.items():
            monkeypatch.setenv(f"CHUNFENG_{name}", value)

    return change


def reason(*, demo: bool = False, fresh: bool = False) -> str:
    with pytest.raises(CannotStart) as refusal:
        starting.prepare(demo=demo, fresh=fresh)
    (line,) = str(refusal.value).splitlines()
    return line


@pytest.fixture(autouse=True)
def locks_are_given_back(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A process holds its directory until it ends; these tests all live in one."""
    held: list[int] = []

    def hold(folder: Path) -> int:
        for descriptor in held:
            os.close(descriptor)
        held.clear()
        held.append(installation.hold_directory(folder))
        return held[0]

    monkeypatch.setattr(starting, "hold_directory", hold)
    yield
    for descriptor in held:
        os.close(descriptor)


def test_an_empty_service_tells_the_administrators_password_once(
    environment: Callable[..., None], capsys: pytest.CaptureFixture[str]
):
    starting.prepare(demo=False, fresh=False)
    assert "admin" in capsys.readouterr().out
    starting.prepare(demo=False, fresh=False)
    assert capsys.readouterr().out == ""


def test_wrong_settings_are_all_named_in_one_line(environment: Callable[..., None]):
    environment(THREADS="many", LOG_LEVEL="LOUD")
    line = reason()
    assert "CHUNFENG_THREADS" in line
    assert "CHUNFENG_LOG_LEVEL" in line


def test_a_taken_port_is_told(environment: Callable[..., None]):
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        environment(BIND=f"127.0.0.1:{other.getsockname()[1]}")
        assert "cannot listen" in reason()
    environment(BIND="127.0.0.1:70000")
    assert "cannot listen" in reason()


def test_a_directory_that_is_a_file_is_told(environment: Callable[..., None], tmp_path: Path):
    (tmp_path / "file").write_text("")
    environment(DATA_DIR=str(tmp_path / "file"))
    assert "not a writable directory" in reason()


def test_a_directory_in_use_is_told(environment: Callable[..., None], tmp_path: Path):
    held = installation.hold_directory(tmp_path)
    try:
        assert "a running service" in reason()
    finally:
        os.close(held)


@pytest.mark.parametrize("content", [b"no database" * 1000, None])
def test_a_damaged_database_is_told(environment: Callable[..., None], tmp_path: Path, content: bytes | None):
    starting.prepare(demo=False, fresh=False)
    path = tmp_path / "chunfeng.sqlite"
    whole = path.read_bytes()
    path.write_bytes(content or whole[:8192] + b"\xff" * (len(whole) - 8192))
    assert "damaged" in reason()


def test_a_database_that_is_no_file_is_told(environment: Callable[..., None], tmp_path: Path):
    (tmp_path / "chunfeng.sqlite").mkdir()
    assert "cannot use the database" in reason()


def test_a_database_of_a_newer_program_is_told(environment: Callable[..., None], tmp_path: Path):
    starting.prepare(demo=False, fresh=False)
    with closing(sqlite3.connect(tmp_path / "chunfeng.sqlite")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    assert "newer version" in reason()


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("postgresql+psycopg://nobody@127.0.0.1:1/none", "cannot use the database"),
        ("no address", "not a database address"),
        ("postgresql+strange://127.0.0.1/none", "not a database address"),
    ],
)
def test_a_database_that_does_not_answer_is_told(environment: Callable[..., None], url: str, told: str):
    environment(DATABASE_URL=url)
    line = reason()
    assert told in line
    assert "Traceback" not in line


@pytest.mark.postgresql
def test_a_service_on_postgresql_holds_no_directory(
    environment: Callable[..., None], postgresql_url: str, tmp_path: Path
):
    environment(DATABASE_URL=postgresql_url, SECRET_KEY=SECRET)
    starting.prepare(demo=False, fresh=False)
    assert not (tmp_path / "service.lock").exists()
    assert "SQLite only" in reason(demo=True, fresh=True)


@pytest.fixture
def small_demo(monkeypatch: pytest.MonkeyPatch) -> None:
    """A county of a few dozen people."""
    whole = demo.prepare_demo
    monkeypatch.setattr(
        demo, "prepare_demo", lambda *arguments, **options: whole(*arguments, **options, scale=0.01)
    )


@pytest.mark.usefixtures("small_demo")
def test_a_lost_or_wrong_secret_is_told_and_no_other_is_left(
    environment: Callable[..., None], tmp_path: Path
):
    starting.prepare(demo=True, fresh=False)
    secret = (tmp_path / "secret.key").read_bytes()
    (tmp_path / "secret.key").unlink()
    assert "put it back" in reason()
    assert not (tmp_path / "secret.key").exists()
    (tmp_path / "secret.key").write_text("another one of this many characters\n")
    assert "did not seal" in reason()
    (tmp_path / "secret.key").write_text("")
    assert "empty" in reason()
    (tmp_path / "secret.key").unlink()
    (tmp_path / "secret.key").mkdir()
    assert "cannot read" in reason()
    (tmp_path / "secret.key").rmdir()
    (tmp_path / "secret.key").write_bytes(secret)
    starting.prepare(demo=True, fresh=False)
    environment(SECRET_KEY="one,one")
    assert "wrong secret" in reason()


@pytest.mark.usefixtures("small_demo")
def test_fresh_starts_the_demo_over_and_touches_no_real_data(
    environment: Callable[..., None], tmp_path: Path
):
    starting.prepare(demo=True, fresh=True)
    before = json.loads((tmp_path / "demo-access.json").read_text())
    starting.prepare(demo=True, fresh=True)
    assert json.loads((tmp_path / "demo-access.json").read_text())["keys"] != before["keys"]
    with closing(sqlite3.connect(tmp_path / "chunfeng.sqlite")) as connection, connection:
        connection.execute("DELETE FROM audit_entries WHERE action = 'make_demo'")
    assert "no demo" in reason(demo=True, fresh=True)
    assert "real data" in reason(demo=True)


def test_pages_of_large_files_are_left_to_the_backup(tmp_path: Path):
    path = tmp_path / "large.sqlite"
    path.write_bytes(b"no database")
    installation.check_pages(path, most=5)
    with pytest.raises(CannotStart):
        installation.check_pages(path)


def test_fresh_without_demo_is_a_mistake(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setattr(sys, "argv", ["serve", "--fresh"])
    with pytest.raises(SystemExit) as left:
        serve._arguments()
    assert left.value.code == 2
    assert "--demo" in capsys.readouterr().err


@pytest.fixture
def became(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[list[str]]]:
    """What the process became instead of gunicorn; its signals and its directory are put back."""
    programs: list[list[str]] = []
    handlers = {number: signal.getsignal(number) for number in serve._ENDING}
    monkeypatch.setattr(os, "execv", lambda _program, arguments: programs.append(arguments))
    monkeypatch.setattr(sys, "argv", ["serve"])
    monkeypatch.chdir(ROOT)
    yield programs
    signal.pthread_sigmask(signal.SIG_UNBLOCK, serve._ENDING)
    for number, handler in handlers.items():
        signal.signal(number, handler)


def test_what_is_ready_becomes_gunicorn(environment: Callable[..., None], became: list[list[str]]):
    serve.main()
    assert became == [[sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py"]]


def test_a_refusal_is_one_line_and_exit_1(
    environment: Callable[..., None], became: list[list[str]], capsys: pytest.CaptureFixture[str]
):
    environment(THREADS="many")
    with pytest.raises(SystemExit) as left:
        serve.main()
    assert left.value.code == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert became == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_before_serving_ends_it_in_one_line(
    environment: Callable[..., None],
    became: list[list[str]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    number: signal.Signals,
):
    def prepare(**_options: bool) -> Settings:
        os.kill(os.getpid(), number)
        time.sleep(PATIENCE)
        raise AssertionError("the signal was not heard")

    monkeypatch.setattr(starting, "prepare", prepare)
    with pytest.raises(SystemExit) as left:
        serve.main()
    assert left.value.code == 128 + number
    assert capsys.readouterr().err.strip() == "已停止 / Stopped"
    assert became == []

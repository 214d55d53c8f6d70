"""How gunicorn is told to serve, read as gunicorn reads it."""

import os
import runpy
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

CONF = Path(__file__).parents[2] / "gunicorn.conf.py"
POSTGRESQL = "postgresql+psycopg://nobody@127.0.0.1:1/nothing"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Reads the configuration under the settings given."""

    def read_under(**settings: str) -> dict[str, Any]:
        for name, value in settings.items():
            monkeypatch.setenv(f"CHUNFENG_{name}", value)
        return runpy.run_path(str(CONF))

    for name in [name for name in os.environ if name.startswith("CHUNFENG_")]:
        monkeypatch.delenv(name)
    # Set and taken away again, so that what the configuration sets is taken back too.
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", "")
    monkeypatch.delenv("PROMETHEUS_MULTIPROC_DIR")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return read_under


def test_sqlite_is_served_by_one_process_whatever_is_asked(read):
    assert read(WEB_WORKERS="4")["workers"] == 1
    assert "PROMETHEUS_MULTIPROC_DIR" not in os.environ


def test_postgresql_is_served_by_as_many_as_are_asked(read):
    assert read(DATABASE_URL=POSTGRESQL, WEB_WORKERS="4", RATE_LIMIT_STORAGE="redis://x")["workers"] == 4


def test_address_threads_and_level_are_the_settings(read):
    conf = read(BIND="127.0.0.1:8123", THREADS="5", LOG_LEVEL="WARNING")
    assert (conf["bind"], conf["threads"], conf["loglevel"]) == ("127.0.0.1:8123", 5, "warning")


def test_several_processes_count_into_one_folder_that_goes_with_them(read, tmp_path: Path):
    conf = read(DATABASE_URL=POSTGRESQL, WEB_WORKERS="2", RATE_LIMIT_STORAGE="redis://x")
    folder = Path(os.environ["PROMETHEUS_MULTIPROC_DIR"])
    assert folder.parent == tmp_path
    (folder / "gauge_liveall_77.db").touch()
    (folder / "counter_77.db").touch()
    conf["child_exit"](None, SimpleNamespace(pid=77))
    assert [path.name for path in folder.iterdir()] == ["counter_77.db"]
    conf["on_exit"](None)
    assert not folder.exists()


def test_a_folder_that_somebody_else_chose_is_left_to_them(read, tmp_path: Path, monkeypatch):
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    read(DATABASE_URL=POSTGRESQL, WEB_WORKERS="2", RATE_LIMIT_STORAGE="redis://x")["on_exit"](None)
    assert tmp_path.exists()


def test_one_process_has_no_folder_to_tidy(read):
    conf = read()
    conf["child_exit"](None, SimpleNamespace(pid=77))
    conf["on_exit"](None)
    assert conf["control_socket_disable"]
    assert conf["accesslog"] is None

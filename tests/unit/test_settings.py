"""Settings: their defaults, what is refused, and what the handbook says of them."""

import os
import re
import stat
from pathlib import Path
from typing import Any

import pytest
from environs import EnvValidationError

from service.settings import Settings, stored_secret

HANDBOOK = Path(__file__).parents[2] / "docs" / "operations.md"
POSTGRESQL = "postgresql+psycopg://nobody@127.0.0.1:1/nothing"


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("CHUNFENG_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("CHUNFENG_DATA_DIR", str(tmp_path))


def _settings(monkeypatch: pytest.MonkeyPatch, **values: str) -> Settings:
    for name, value in values.items():
        monkeypatch.setenv(f"CHUNFENG_{name}", value)
    return Settings.from_env()


def _refusals(monkeypatch: pytest.MonkeyPatch, **values: str) -> dict[str, Any]:
    with pytest.raises(EnvValidationError) as refused:
        _settings(monkeypatch, **values)
    messages = refused.value.error_messages
    assert isinstance(messages, dict)
    return messages


def test_without_any_setting_it_is_one_process_on_sqlite(monkeypatch, tmp_path: Path):
    settings = _settings(monkeypatch)
    assert settings.database_url == f"sqlite:///{tmp_path / 'chunfeng.sqlite'}"
    assert settings.embedded
    assert settings.worker_thread
    assert (settings.web_workers, settings.threads, settings.proxies) == (1, 8, 0)
    assert settings.rate_limits
    assert settings.base_url == "http://127.0.0.1:8000"
    assert settings.secret_keys == ()


def test_postgresql_leaves_the_work_to_worker_processes(monkeypatch):
    settings = _settings(monkeypatch, DATABASE_URL=POSTGRESQL)
    assert not settings.embedded
    assert not settings.worker_thread


def test_an_empty_variable_is_as_good_as_none(monkeypatch, tmp_path: Path):
    settings = _settings(monkeypatch, DATABASE_URL="", BASE_URL="")
    assert settings.embedded
    assert settings.base_url == "http://127.0.0.1:8000"


def test_the_newest_secret_comes_first_and_addresses_end_without_a_slash(monkeypatch):
    settings = _settings(monkeypatch, SECRET_KEY="new,old", BASE_URL="https://jobs.example.cn/")
    assert settings.secret_keys == ("new", "old")
    assert settings.base_url == "https://jobs.example.cn"


def test_everything_that_is_wrong_is_told_at_once(monkeypatch):
    wrong = {"BIND": "nowhere", "THREADS": "1", "REGION": "东港", "LOG_LEVEL": "LOUD", "PROXIES": "-1"}
    assert set(_refusals(monkeypatch, **wrong)) == {f"CHUNFENG_{name}" for name in wrong}


def test_several_web_processes_must_count_their_limits_together(monkeypatch):
    refused = _refusals(monkeypatch, DATABASE_URL=POSTGRESQL, WEB_WORKERS="2")
    assert list(refused) == ["CHUNFENG_WEB_WORKERS"]
    (told,) = refused["CHUNFENG_WEB_WORKERS"]
    assert "must count together" in told


@pytest.mark.parametrize(
    "values",
    [
        pytest.param({"DATABASE_URL": POSTGRESQL, "WEB_WORKERS": "1"}, id="one-process"),
        pytest.param({"WEB_WORKERS": "4"}, id="sqlite-has-one-whatever-is-asked"),
        pytest.param(
            {"DATABASE_URL": POSTGRESQL, "WEB_WORKERS": "2", "RATE_LIMIT_STORAGE": "redis://x:6379/0"},
            id="several-with-redis",
        ),
    ],
)
def test_what_counts_together_may_start(monkeypatch, values):
    assert _settings(monkeypatch, **values).web_workers >= 1


def test_limits_are_kept_in_memory_or_in_redis_and_nowhere_else(monkeypatch):
    refused = _refusals(monkeypatch, RATE_LIMIT_STORAGE="memcached://x")
    assert list(refused) == ["CHUNFENG_RATE_LIMIT_STORAGE"]


def test_the_stored_secret_is_made_once_for_its_owner_alone(tmp_path: Path):
    first = stored_secret(tmp_path)
    assert stored_secret(tmp_path) == first
    assert len(first) == 43
    assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600


def _documented() -> dict[str, str]:
    """By setting: what the handbook's table says is its default."""
    text = HANDBOOK.read_text(encoding="utf-8")
    rows = re.findall(r"^\| `CHUNFENG_(\w+)` \| ([^|]+) \|", text, re.MULTILINE)
    return {name: default.strip().strip("`") for name, default in rows}


def test_the_handbook_tells_every_setting(monkeypatch):
    fields = {name.upper() for name in Settings.__dataclass_fields__}
    # The one is many in the object, since it holds the older ones too.
    assert set(_documented()) == fields - {"SECRET_KEYS"} | {"SECRET_KEY"}


@pytest.mark.parametrize(
    "name",
    [
        "bind",
        "region",
        "bureau_name",
        "web_workers",
        "threads",
        "proxies",
        "rate_limits",
        "rate_limit_storage",
        "feed_retention_days",
        "posting_validity_days",
        "import_max_rows",
        "import_max_bytes",
        "log_level",
    ],
)
def test_the_handbook_tells_the_default_that_is_used(monkeypatch, name: str):
    used = getattr(_settings(monkeypatch), name)
    assert _documented()[name.upper()] == (str(used).lower() if isinstance(used, bool) else str(used))

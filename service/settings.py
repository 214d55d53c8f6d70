"""Settings, read once from the environment."""

import secrets
from dataclasses import dataclass
from pathlib import Path

from environs import Env
from marshmallow import validate

# Counts that each process keeps for itself let through as many times more as there are processes.
_ONE_COUNTS_FOR_ITSELF = validate.Range(
    1,
    1,
    error="several web processes must count together: set CHUNFENG_RATE_LIMIT_STORAGE=redis://host:6379/0",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that may differ between two installations.

    `secret_keys` are the newest first; older ones only open what they once sealed. `worker_thread`
    tells whether the web process runs the worker itself (the embedded default on SQLite). `proxies`
    is how many trusted ones stand before the service and write X-Forwarded-For.
    """

    bind: str
    data_dir: Path
    database_url: str
    base_url: str
    secret_keys: tuple[str, ...]
    region: str
    bureau_name: str
    web_workers: int
    threads: int
    worker_thread: bool
    proxies: int
    rate_limits: bool
    rate_limit_storage: str
    feed_retention_days: int
    posting_validity_days: int
    import_max_rows: int
    import_max_bytes: int
    log_level: str

    @classmethod
    def from_env(cls) -> "Settings":
        """Read every CHUNFENG_* variable.

        Raises:
            EnvValidationError: one error that names all variables that are wrong.
        """
        env = Env(eager=False, prefix="CHUNFENG_")
        data_dir = Path(env.str("DATA_DIR", "var") or "var").resolve()
        bind = env.str("BIND", "127.0.0.1:8000", validate=validate.Regexp(r"^\S+:\d{1,5}$"))
        database_url = env.str("DATABASE_URL", "") or f"sqlite:///{data_dir / 'chunfeng.sqlite'}"
        embedded = database_url.startswith("sqlite")
        rate_limit_storage = env.str(
            "RATE_LIMIT_STORAGE", "memory://", validate=validate.Regexp("(memory|rediss?)://")
        )
        counted_alone = not embedded and rate_limit_storage == "memory://"
        most_workers = _ONE_COUNTS_FOR_ITSELF if counted_alone else validate.Range(1, 64)
        values = {
            "bind": bind,
            "data_dir": data_dir,
            "database_url": database_url,
            "base_url": (env.str("BASE_URL", "") or f"http://{bind}").rstrip("/"),
            "secret_keys": tuple(env.list("SECRET_KEY", [])),
            "region": env.str("REGION", "210681", validate=validate.Regexp(r"^\d{6}$")),
            "bureau_name": env.str("BUREAU_NAME", "东港市人力资源和社会保障局"),
            "web_workers": env.int("WEB_WORKERS", 1, validate=most_workers),
            "threads": env.int("THREADS", 8, validate=validate.Range(2, 64)),
            "worker_thread": env.bool("WORKER_THREAD", embedded),
            "proxies": env.int("PROXIES", 0, validate=validate.Range(0, 8)),
            "rate_limits": env.bool("RATE_LIMITS", True),
            "rate_limit_storage": rate_limit_storage,
            "feed_retention_days": env.int("FEED_RETENTION_DAYS", 90, validate=validate.Range(min=1)),
            "posting_validity_days": env.int("POSTING_VALIDITY_DAYS", 30, validate=validate.Range(1, 365)),
            "import_max_rows": env.int("IMPORT_MAX_ROWS", 10_000, validate=validate.Range(1, 100_000)),
            "import_max_bytes": env.int("IMPORT_MAX_BYTES", 20_000_000, validate=validate.Range(min=1000)),
            "log_level": env.str(
                "LOG_LEVEL", "INFO", validate=validate.OneOf(["DEBUG", "INFO", "WARNING", "ERROR"])
            ),
        }
        env.seal()
        return cls(**values)  # type: ignore[arg-type]  # seal() has raised if a value is missing

    @property
    def embedded(self) -> bool:
        """Whether the database is the embedded SQLite file."""
        return self.database_url.startswith("sqlite")


def stored_secret(data_dir: Path) -> str:
    """The installation's own secret, made on first use and kept in `secret.key` with mode 0600."""
    path = data_dir / "secret.key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(32) + "\n", encoding="ascii")
    return path.read_text(encoding="ascii").strip()

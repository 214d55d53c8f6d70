"""How gunicorn serves the application; read by the master process before it forks."""

import os
import shutil
import signal
import tempfile
from pathlib import Path
from typing import Any

from gunicorn.glogging import Logger

from service.logs import configure_logging
from service.settings import Settings

_settings = Settings.from_env()

wsgi_app = "wsgi:app"
bind = _settings.bind
worker_class = "gthread"
# SQLite has one writer and the worker's thread lives in the web process: a second process would double it.
workers = 1 if _settings.embedded else _settings.web_workers
threads = _settings.threads

# An idle phone keeps its connection without holding a thread: gthread parks it in a poll.
keepalive = 15
# On SIGTERM requests in flight may end; a container's grace period must be longer than this.
graceful_timeout = 30
timeout = 60

# Heartbeats must not wait for a disk, nor need a writable root.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - gunicorn makes a private file
# It would open a socket under the home directory, which a service has no use for.
control_socket_disable = True
# structlog writes one line per request, with its id and without personal data.
accesslog = None
loglevel = _settings.log_level.lower()


class JsonLogger(Logger):  # type: ignore[misc]  # ships no types
    """The server's own lines, written as JSON by the root logger like everybody's."""

    def setup(self, cfg: Any) -> None:
        """Take away what the server would write with itself."""
        super().setup(cfg)
        configure_logging(cfg.loglevel.upper())
        self.error_log.handlers.clear()
        self.error_log.propagate = True


logger_class = JsonLogger
# Whose X-Forwarded-Proto is believed: gunicorn's own FORWARDED_ALLOW_IPS, this machine unless it is set.

if workers > 1:
    # The variable is prometheus-client's; workers inherit it and keep their counts in the folder.
    os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", tempfile.mkdtemp(prefix="chunfeng-metrics-"))


def when_ready(server: Any) -> None:
    """Let the signals in that `./run` held back until somebody listens to them."""
    signal.pthread_sigmask(signal.SIG_UNBLOCK, (signal.SIGINT, signal.SIGTERM))


def post_worker_init(worker: Any) -> None:
    """Start the matching worker's thread, where the web process is to carry it."""
    if _settings.worker_thread:
        from service.worker import Worker, WorkerThread  # noqa: PLC0415 - after the fork: it has its own threads

        database = worker.app.callable.extensions["database"]
        worker.chunfeng = WorkerThread(
            Worker(database, feed_retention_days=_settings.feed_retention_days, gateways={})
        )


def worker_exit(server: Any, worker: Any) -> None:
    """Let the matching worker finish its step before the process goes."""
    if hasattr(worker, "chunfeng"):
        worker.chunfeng.stop()


def child_exit(server: Any, worker: Any) -> None:
    """Forget the gauges of a worker that is gone."""
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        from prometheus_client import multiprocess  # noqa: PLC0415 - must not be imported before the variable is set

        multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]  # ships half its types


def on_exit(server: Any) -> None:
    """Leave no folder of counts behind."""
    folder = Path(os.environ.get("PROMETHEUS_MULTIPROC_DIR", ""))
    if folder.name.startswith("chunfeng-metrics-"):
        shutil.rmtree(folder, ignore_errors=True)

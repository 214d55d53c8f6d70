"""A private PostgreSQL server for one test process, started from whatever the machine has installed."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg

# The shell keeps the server only as long as its own standard input is open: when the tests end,
# even by kill -9, the pipe closes and the server goes with it. Its data are worth nothing then.
_KEEPER = """
folder=$1
shift
exec 3<&0
"$@" 3<&- &
server=$!
(read -r _ <&3; kill -QUIT $server) &
watcher=$!
wait $server
kill $watcher 2>/dev/null && exit 1
rm -rf -- "$folder"
"""

_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "100",
    "timezone": "UTC",
    # A crash would lose everything, and may.
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
}

_STARTS_WITHIN = 60.0  # seconds; two cores may be busy with everything else
_TRIES = 5  # another program may take the free port first


class PostgresUnavailableError(Exception):
    """The machine has no PostgreSQL programs."""


def programs() -> Path:
    """The folder with `initdb` and `postgres`, the newest where there are several.

    Raises:
        PostgresUnavailableError: there is none.
    """
    for folder in _candidates():
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise PostgresUnavailableError("PostgreSQL's programs are not installed (initdb, postgres)")


def _candidates() -> list[Path]:
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    folders = sorted(debian, key=lambda folder: int(folder.parent.name), reverse=True)
    found = shutil.which("initdb")
    if found:
        folders.append(Path(found).resolve().parent)
    config = shutil.which("pg_config")
    if config:
        told = subprocess.run([config, "--bindir"], capture_output=True, text=True, check=True)
        folders.append(Path(told.stdout.strip()))
    return folders


class PostgresServer:
    """One server on a free port of 127.0.0.1, in a folder of its own that goes with it."""

    def __init__(self) -> None:
        self._programs = programs()
        self._folder = Path(tempfile.mkdtemp(prefix="chunfeng-postgres-"))
        self._log = self._folder / "log"
        self._keeper: subprocess.Popen[bytes] | None = None
        self._as_owner = _as_other_user() if os.geteuid() == 0 else {}
        self._number = 0
        self.port = 0

    def start(self) -> None:
        """Make the cluster and wait until it answers.

        Raises:
            RuntimeError: it did not start; the message ends with its log.
        """
        if self._as_owner:
            shutil.chown(self._folder, self._as_owner["user"], self._as_owner["group"])
        made = subprocess.run(
            [
                str(self._programs / "initdb"),
                f"--pgdata={self._folder / 'cluster'}",
                "--username=chunfeng",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--no-sync",
            ],
            capture_output=True,
            check=False,
            text=True,
            cwd=self._folder,
            **self._as_owner,
        )
        if made.returncode:
            raise RuntimeError(f"initdb failed: {made.stderr}")
        for _ in range(_TRIES):
            if self._answers_on(_free_port()):
                return
        raise self._did_not_start()

    def _did_not_start(self) -> RuntimeError:
        return RuntimeError(f"PostgreSQL did not start:\n{self._log.read_text(errors='replace')[-2000:]}")

    def _answers_on(self, port: int) -> bool:
        settings = [f"--{name}={value}" for name, value in _SETTINGS.items()]
        server = [str(self._programs / "postgres"), "-D", str(self._folder / "cluster"), "-p", str(port)]
        with self._log.open("ab") as log:
            self._keeper = subprocess.Popen(
                ["/bin/sh", "-c", _KEEPER, "keeper", str(self._folder), *server, *settings],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                cwd=self._folder,
                start_new_session=True,  # Ctrl-C is for the tests; they stop the server themselves
                **self._as_owner,
            )
        self.port = port
        deadline = time.monotonic() + _STARTS_WITHIN
        while self._keeper.poll() is None:
            if self._is_ours():
                return True
            if time.monotonic() > deadline:
                raise self._did_not_start()
            time.sleep(0.05)
        self._end()
        return False

    def _is_ours(self) -> bool:
        # Whoever took the port first may be mute, or another test process's server.
        try:
            with self.connect() as connection:
                place = connection.execute("SHOW data_directory").fetchone()
        except psycopg.OperationalError:
            return False
        return place == (str(self._folder / "cluster"),)

    def connect(self, database: str = "postgres") -> psycopg.Connection[Any]:
        """A connection that commits each statement by itself."""
        return psycopg.connect(self.url(database).replace("+psycopg", ""), autocommit=True, connect_timeout=2)

    def url(self, database: str) -> str:
        """The address of one database, as SQLAlchemy writes it."""
        return f"postgresql+psycopg://chunfeng@127.0.0.1:{self.port}/{database}"

    def create_database(self, template: str = "template1") -> str:
        """Make a database with a name of its own, as a copy of `template`; returns its name."""
        self._number += 1
        name = f"test_{self._number}"
        with self.connect() as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
        return name

    def drop_database(self, name: str) -> None:
        """Throw a database away, whoever is still connected to it."""
        with self.connect() as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())

    def stop(self) -> None:
        """End the server and remove its folder; may be called twice."""
        self._end()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _end(self) -> None:
        if self._keeper is not None:
            self._keeper.communicate(timeout=_STARTS_WITHIN)  # closes its standard input, and waits
            self._keeper = None


def _as_other_user() -> dict[str, Any]:
    """Whom to be instead of root, for whom PostgreSQL refuses to run."""
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    raise RuntimeError("running as root, and there is neither a user postgres nor nobody")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])

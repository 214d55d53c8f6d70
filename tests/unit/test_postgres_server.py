"""The tests' own PostgreSQL server: it comes, it keeps databases apart, and it goes."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from tests.postgres import PostgresServer, _free_port

pytestmark = pytest.mark.postgresql

ROOT = Path(__file__).parents[2]

HOLD_A_SERVER = """
import sys
from tests.postgres import PostgresServer, _free_port
server = PostgresServer()
server.start()
print(server.port, server._folder, flush=True)
sys.stdin.read()
"""


def answers(port: int) -> bool:
    with socket.socket() as caller:
        return caller.connect_ex(("127.0.0.1", port)) == 0


def test_a_copy_has_the_rows_of_its_template_and_keeps_its_own(postgres_server: PostgresServer):
    template = postgres_server.create_database()
    with postgres_server.connect(template) as connection:
        connection.execute("CREATE TABLE words AS SELECT '电工' AS word")
    copy = postgres_server.create_database(template)
    with postgres_server.connect(copy) as connection:
        assert connection.execute("DELETE FROM words RETURNING word").fetchall() == [("电工",)]
    with postgres_server.connect(template) as connection:
        assert connection.execute("SELECT count(*) FROM words").fetchone() == (1,)
    postgres_server.drop_database(copy)
    postgres_server.drop_database(template)


def test_a_dropped_database_is_gone_even_with_somebody_in_it(postgres_server: PostgresServer):
    name = postgres_server.create_database()
    guest = postgres_server.connect(name)
    postgres_server.drop_database(name)
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        postgres_server.connect(name)
    guest.close()


def test_text_is_utf_8_and_sorted_by_code_points(postgres_server: PostgresServer):
    with postgres_server.connect() as connection:
        assert connection.execute("SHOW server_encoding").fetchone() == ("UTF8",)
        assert connection.execute("SELECT 'Z' < 'a', length('电工')").fetchone() == (True, 2)


def test_a_stopped_server_leaves_neither_port_nor_folder(postgres_server: PostgresServer):
    server = PostgresServer()
    server.start()
    folder = server._folder
    assert answers(server.port)
    server.stop()
    server.stop()
    assert not answers(server.port)
    assert not folder.exists()


def test_a_taken_port_is_left_for_another(postgres_server: PostgresServer, monkeypatch: pytest.MonkeyPatch):
    with socket.create_server(("127.0.0.1", 0)) as mute:
        free = _free_port()
        ports = iter([mute.getsockname()[1], postgres_server.port, free])
        monkeypatch.setattr("tests.postgres._free_port", lambda: next(ports))
        server = PostgresServer()
        try:
            server.start()
            assert server.port == free
        finally:
            server.stop()
    with postgres_server.connect() as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_killing_the_tests_ends_their_server(postgres_server: PostgresServer):
    with subprocess.Popen(
        [sys.executable, "-c", HOLD_A_SERVER],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        port, folder = holder.stdout.readline().split()
        assert answers(int(port))
        holder.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 20
    while (answers(int(port)) or Path(folder).exists()) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not answers(int(port))
    assert not Path(folder).exists()

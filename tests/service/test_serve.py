"""What `./run` starts, as a process of its own: nothing is lost however it ends."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# Generous: the machine that runs this may be busy with other tests.
PATIENCE = 60


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Service:
    """A service in a directory of its own, started and ended as a person would."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.process: subprocess.Popen[str] | None = None

    def start(self, *arguments: str) -> "Service":
        self.process = subprocess.Popen(
            # As ./run does it.
            ["sh", "-c", "trap '' INT; exec \"$@\"", "sh", sys.executable, "-m", "service.serve", *arguments],
            cwd=ROOT,
            env={
                **os.environ,
                "CHUNFENG_DATA_DIR": str(self.folder),
                "CHUNFENG_BIND": f"127.0.0.1:{self.port}",
                "CHUNFENG_DATABASE_URL": "",
                "CHUNFENG_SECRET_KEY": "",
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        return self

    def wait_until_up(self) -> None:
        assert self.process
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.process.poll() is None:
            try:
                self.read("/healthz")
            except OSError:
                time.sleep(0.1)
            else:
                return
        pytest.fail(f"not up: {self.end(signal.SIGKILL)}")

    def read(self, path: str) -> str:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
            body: bytes = answer.read()
        return body.decode()

    def end(self, number: signal.Signals, *, everybody: bool = False) -> tuple[int, str, str]:
        """Exit code and what was said."""
        assert self.process
        (os.killpg if everybody else os.kill)(self.process.pid, number)
        said, complained = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, said, complained

    def press_ctrl_c(self) -> tuple[int, str]:
        """Again and again, as people do, until it ends: exit code and what was complained about."""
        assert self.process
        end = time.monotonic() + PATIENCE
        while self.process.poll() is None and time.monotonic() < end:
            os.killpg(self.process.pid, signal.SIGINT)
            time.sleep(1)
        _, complained = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, complained

    def stop_for_good(self) -> None:
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.communicate()


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    found = Service(tmp_path / "data")
    yield found
    found.stop_for_good()


def test_a_service_that_is_ended_and_killed_loses_nothing(service: Service):
    service.start().wait_until_up()
    told = service.read("/v1/feed/openings")
    code, said, _ = service.end(signal.SIGTERM)
    assert code == 0
    assert "admin" in said
    service.start().wait_until_up()
    assert service.read("/v1/feed/openings") == told
    service.end(signal.SIGKILL, everybody=True)
    service.start().wait_until_up()
    assert service.read("/v1/feed/openings") == told
    code, said, complained = service.end(signal.SIGINT, everybody=True)
    assert code == 0
    assert "password" not in said
    assert "Traceback" not in complained


def test_a_signal_at_any_moment_of_the_start_leaves_no_traceback(service: Service):
    for wait in (0.1, 0.4, 1.2, 2.0, 2.6):
        service.start()
        time.sleep(wait)
        code, complained = service.press_ctrl_c()
        assert "Traceback" not in complained, (wait, complained)
        assert code in (0, 128 + signal.SIGINT), (wait, complained)

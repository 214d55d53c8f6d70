"""The two commands, in an empty directory with a space in its name, with stand-ins for Python and pip."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# Answers what setup.sh asks of a Python, and notes everything else in the file `calls`. The
# variables BAD_PIP, NO_VENV and OLD make it fail as a real one would.
PYTHON = """#!/bin/sh
case "$*" in
    *'version_info < '*) [ -z "${OLD:-}" ] ;;
    *'import ensurepip'*) [ -z "${NO_VENV:-}" ] ;;
    *'%d.%d'*) echo 3.11 ;;
    --version) echo 'Python 3.8.1' ;;
    *hashlib*) cat requirements.txt requirements-dev.txt | cksum ;;
    '-m venv'*) mkdir -p .venv/bin; cp "$0" .venv/bin/python; echo "$*" >>calls ;;
    '-m pip'*) echo "pip $*" >>calls; echo Collecting flask; echo 'no route'; [ -z "${BAD_PIP:-}" ] ;;
    *) echo "served with: $*"; echo "data in: ${CHUNFENG_DATA_DIR:-}" ;;
esac
"""


class Place:
    """An empty directory with the scripts and a Python of our own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "a directory"
        self.programs = folder / "bin"
        self.folder.mkdir()
        self.programs.mkdir()
        for name in ("run", "check", "setup.sh"):
            shutil.copy(ROOT / name, self.folder)
        (self.folder / "requirements.txt").write_text("flask==1\n")
        (self.folder / "requirements-dev.txt").write_text("flask==1\npytest==1\n")
        for name in ("python3", "python3.11", "python3.12", "python3.13"):
            self.install(name, PYTHON)
        self.install("id", "#!/bin/sh\necho 1000\n")

    def install(self, name: str, script: str) -> None:
        """Put a program in front of the machine's own."""
        (self.programs / name).write_text(script)
        (self.programs / name).chmod(0o755)

    def run(self, *command: str, cwd: Path | None = None, **environment: str):
        """What a command answers."""
        path = f"{self.programs}:{os.environ['PATH']}"
        return subprocess.run(
            command,
            cwd=cwd or self.folder,
            env={"PATH": path, **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )

    def calls(self) -> list[str]:
        """What was asked of Python since the last time, its own arguments left out."""
        noted = self.folder / "calls"
        lines = noted.read_text().splitlines() if noted.exists() else []
        noted.unlink(missing_ok=True)
        return lines


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_help_sets_nothing_up(place: Place):
    for command in ("./run", "./check"):
        told = place.run(command, "--help")
        assert (told.returncode, told.stderr) == (0, "")
        assert "Usage: " + command in told.stdout
    assert place.calls() == []


def test_an_unknown_option_is_refused_before_anything_is_done(place: Place):
    told = place.run("./run", "--dmeo")
    assert told.returncode == 2
    assert "Unknown option: --dmeo" in told.stderr
    assert place.calls() == []


def test_an_old_python_gives_one_clear_line(place: Place):
    told = place.run("./run", OLD="1")
    assert told.returncode == 1
    assert told.stderr.splitlines() == [
        "需要 Python 3.11 或更高版本 / Python 3.11 or newer is needed; found: Python 3.8.1"
    ]


def test_a_newer_python_beside_an_old_one_is_found(place: Place):
    place.install("python3", "#!/bin/sh\nexit 1\n")
    assert place.run("./run").returncode == 0


def test_without_the_venv_module_the_command_is_told(place: Place):
    told = place.run("./run", NO_VENV="1")
    assert told.returncode == 1
    assert told.stderr.splitlines()[-1].endswith("sudo apt-get install python3.11-venv")
    assert not (place.folder / ".venv").exists()


def test_root_gets_the_venv_module_installed(place: Place):
    place.install("id", "#!/bin/sh\necho 0\n")
    place.install("apt-get", '#!/bin/sh\necho "apt-get $*" >>calls\n')
    assert place.run("./run", NO_VENV="1").returncode == 0
    assert any(call.startswith("apt-get install") and "python3.11-venv" in call for call in place.calls())


def test_the_first_run_installs_with_hashes_and_the_second_only_serves(place: Place):
    first = place.run("./run", "--demo", "--fresh")
    assert first.returncode == 0
    assert "served with: -m service.serve --demo --fresh" in first.stdout
    venv, pip = place.calls()
    assert venv == "-m venv --clear .venv"
    assert pip.endswith("--require-hashes -r requirements.txt")
    second = place.run("./run")
    assert second.stdout.splitlines()[0] == "served with: -m service.serve"
    assert place.calls() == []


def test_a_changed_lock_is_installed_anew(place: Place):
    place.run("./run")
    place.calls()
    (place.folder / "requirements.txt").write_text("flask==2\n")
    place.run("./run")
    assert [call.split()[0] for call in place.calls()] == ["pip"]


def test_an_install_that_failed_is_shown_and_done_again_from_the_start(place: Place):
    told = place.run("./run", BAD_PIP="1")
    assert told.returncode == 1
    assert "no route" in told.stderr
    assert "setup.log" in told.stderr.splitlines()[-1]
    assert "served" not in told.stdout
    place.calls()
    assert place.run("./run").returncode == 0
    assert [call.split()[0] for call in place.calls()] == ["-m", "pip"]


def test_what_checks_need_contains_what_serving_needs(place: Place):
    told = place.run("sh", "-c", ". ./setup.sh; set_up dev; set_up runtime; set_up dev")
    assert told.returncode == 0
    assert [call.split()[-1] for call in place.calls()] == [".venv", "requirements-dev.txt"]
    place.run("sh", "-c", "rm -r .venv; . ./setup.sh; set_up runtime; set_up dev")
    assert [call.split()[-1] for call in place.calls()] == [
        ".venv",
        "requirements.txt",
        "requirements-dev.txt",
    ]


@pytest.mark.parametrize("given", ["data", "./data"])
def test_a_relative_data_directory_is_meant_from_where_one_stands(place: Place, tmp_path: Path, given: str):
    stand = tmp_path / "elsewhere"
    stand.mkdir()
    told = place.run(str(place.folder / "run"), cwd=stand, CHUNFENG_DATA_DIR=given)
    assert f"data in: {stand}/{given}" in told.stdout.splitlines()


def test_arguments_of_check_go_to_pytest_alone(place: Place):
    told = place.run("./check", "--long", "tests/unit", "-k", "pay day")
    assert "served with: -m pytest -m  tests/unit -k pay day" in told.stdout
    assert "ruff" not in told.stdout


def test_check_runs_everything_and_fails_when_no_test_ran(place: Place):
    told = place.run("./check")
    for name in ("ruff check", "ruff format", "mypy", "lint-imports", "tests", "coverage of the rest: 90 %"):
        assert f"== {name}" in told.stdout
    assert told.returncode == 1
    assert "ruff check" in told.stderr.splitlines()[-1]


@pytest.mark.parametrize("status", [0, 3])
def test_ci_demands_every_test_and_hands_on_the_status(tmp_path: Path, status: int):
    clone = tmp_path / "clone"
    (clone / ".ci").mkdir(parents=True)
    shutil.copy(ROOT / ".ci/run", clone / ".ci/run")
    (clone / "check").write_text(f'#!/bin/sh\necho "all: $CHUNFENG_REQUIRE_ALL"\nexit {status}\n')
    (clone / "check").chmod(0o755)
    told = subprocess.run(
        ["bash", clone / ".ci/run"], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert (told.stdout, told.returncode) == ("all: 1\n", status)

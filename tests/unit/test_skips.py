"""A skip is counted on a developer's machine, and is a failure where everything must run."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

SKIPS = """
import pytest

def test_runs():
    pass

@pytest.fixture
def missing():
    pytest.skip("no such program")

def test_needs_it(missing):
    pass
"""

SKIPS_WHOLE = "import pytest\npytest.importorskip('no_such_module')\n"


def run(folder: Path, source: str, **environment: str):
    (folder / "pytest.ini").write_text("[pytest]\nmarkers = postgresql\n")
    (folder / "test_some.py").write_text(source)
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("CHUNFENG_", "PYTEST_"))
    }
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "tests.conftest", "-p", "no:cacheprovider", "."],
        cwd=folder,
        env={**kept, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("source", "counted"),
    [(SKIPS, "1 passed, 1 skipped"), (SKIPS_WHOLE, "1 skipped")],
    ids=["fixture", "module"],
)
def test_a_skip_is_counted(tmp_path: Path, source: str, counted: str):
    assert counted in run(tmp_path, source).stdout


@pytest.mark.parametrize(
    ("source", "reason"),
    [(SKIPS, "no such program"), (SKIPS_WHOLE, "no_such_module")],
    ids=["fixture", "module"],
)
def test_a_skip_fails_where_everything_must_run(tmp_path: Path, source: str, reason: str):
    told = run(tmp_path, source, CHUNFENG_REQUIRE_ALL="1")
    assert told.returncode != 0
    assert "skipped where everything must run" in told.stdout
    assert reason in told.stdout

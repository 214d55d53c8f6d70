"""Logging as the service configures it, and what it writes."""

import io
import json
import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest
import structlog

from service.logs import configure_logging

Lines = Callable[[], list[dict[str, Any]]]


@contextmanager
def written_logs(monkeypatch: pytest.MonkeyPatch) -> Iterator[Lines]:
    """Configures logging as the service does, and reads what was written so far."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    root.handlers.clear()
    written = io.StringIO()
    # In its module alone: pytest gives sys.stderr another value in each phase of a test.
    monkeypatch.setattr("service.logs.sys", SimpleNamespace(stderr=written, exc_info=sys.exc_info))
    configure_logging("INFO")
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    structlog.reset_defaults()
    root.handlers[:] = before
    root.setLevel(level)

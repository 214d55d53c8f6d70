"""Structured logs: one JSON object a line, without personal data."""

import logging
import re
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog

# A last net under the rule that nobody logs a person's data: what looks like a mobile, an identity
# number or a key never leaves the process.
_PRIVATE = re.compile(
    r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)\d{17}[\dXx](?![0-9A-Za-z])|[a-z0-9]{8,12}\.[\w-]{40,}"
)
# The server's own lines quote the address that a bad request came from, and the query of a failed one.
_OF_CALLERS = re.compile(r"(?<=\bip=)\S+|(?<=[\w/])\?\S+")
_SERVER = "gunicorn.error"


def configure_logging(level: str) -> None:
    """Send structlog's and the standard library's records to stderr as JSON lines."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _with_trace,
        _without_private,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # It names each of its parts in every process that only reads the newest revision.
    logging.getLogger("alembic.runtime.plugins").setLevel(logging.WARNING)


def _with_trace(_logger: Any, _name: str, record: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Put the exception's kinds and places into the record, never its messages.

    A message quotes the value that was wrong, and that may be what a person sent. The server's own
    exceptions tell why it does not start; no person has sent anything by then.
    """
    error = _exception(record.pop("exc_info", None))
    if error is not None:
        told = traceback.format_exception if record.get("logger") == _SERVER else _places
        record["exception"] = "".join(told(error)).rstrip()
    return record


def _exception(exc_info: Any) -> BaseException | None:
    if exc_info is True:
        exc_info = sys.exc_info()
    found = exc_info[1] if isinstance(exc_info, tuple) else exc_info
    return found if isinstance(found, BaseException) else None


def _places(error: BaseException) -> list[str]:
    """Each exception of the chain, the first cause first: where it came by, and its kind."""
    parts: list[str] = []
    link: BaseException | None = error
    while link is not None:
        kind = f"{type(link).__module__}.{type(link).__qualname__}\n"
        parts.append("".join(traceback.format_tb(link.__traceback__)) + kind)
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    return parts[::-1]


def _without_private(_logger: Any, _name: str, record: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    if record.get("logger") == _SERVER:
        record["event"] = _OF_CALLERS.sub("[…]", str(record["event"]))
    return {
        key: _PRIVATE.sub("[…]", value) if isinstance(value, str) else value for key, value in record.items()
    }

"""Structured logs: one JSON object a line, without personal data."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

# A last net under the rule that nobody logs a person's data: what looks like a mobile, an identity
# number or a key never leaves the process.
_PRIVATE = re.compile(
    r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)\d{17}[\dXx](?![0-9A-Za-z])|[a-z0-9]{8,12}\.[\w-]{40,}"
)


def configure_logging(level: str) -> None:
    """Send structlog's and the standard library's records to stderr as JSON lines."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
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


def _without_private(_logger: Any, _name: str, record: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {
        key: _PRIVATE.sub("[…]", value) if isinstance(value, str) else value for key, value in record.items()
    }

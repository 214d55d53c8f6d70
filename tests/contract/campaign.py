"""Generated requests against our own OpenAPI document: every check that schemathesis has."""

import tomllib
from collections import Counter
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any
from unittest.mock import patch

import schemathesis
from flask import Flask
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema
from schemathesis.engine.recorder import ScenarioRecorder
from schemathesis.transport.wsgi import WSGITransport

_CONFIG = Path(__file__).parent / "schemathesis.toml"
# What only a socket knows; schemathesis 4.32 hands it on to werkzeug when a check sends a request again.
_OF_SOCKETS = ("max_redirects", "verify", "cert", "proxies")
_SEND = WSGITransport.send


@dataclass
class Findings:
    """What a run has seen: failures in words, and answers by operation."""

    failures: dict[tuple[str, ...], str] = field(default_factory=dict)
    answers: dict[str, Counter[int]] = field(default_factory=dict)

    def told(self) -> str:
        """Every failure with a request that shows it."""
        return "\n\n".join(f"{' | '.join(what)}\n  {sample}" for what, sample in self.failures.items())


def _send(transport: WSGITransport, case: Any, **arguments: Any) -> Any:
    kept = {name: value for name, value in arguments.items() if name not in _OF_SOCKETS}
    return _SEND(transport, case, **kept)


def run(app: Flask, *, key: str | None, values: dict[str, Any], examples: int, seconds: int) -> Findings:
    """Send what schemathesis makes of the document, with `key` in every request.

    Args:
        app: the application, its database filled.
        key: of the role to be; None for a caller without one.
        values: configuration that names ids worth asking for.
        examples: made-up requests for each operation, besides those at the bounds.
        seconds: when to stop; each operation has its share of it.
    """
    settings = tomllib.loads(_CONFIG.read_text(encoding="utf-8")) | values
    settings |= {"seed": 20200204, "max-time": seconds}
    settings["generation"] = settings["generation"] | {"max-examples": examples}
    if key is not None:
        settings["headers"] = {"Authorization": f"Bearer {key}"}
    config = SchemathesisConfig.from_dict(settings)
    schema = schemathesis.openapi.from_wsgi("/v1/openapi.json", app, config=config)
    findings = Findings()
    with patch.object(WSGITransport, "send", _send):
        for event in from_schema(schema).execute():
            _note(findings, event)
    return findings


def _note(findings: Findings, event: events.EngineEvent) -> None:
    if isinstance(event, events.NonFatalError):
        findings.failures[(event.label, type(event.value).__name__, str(event.value))] = ""
    if isinstance(event, events.FatalError):
        raise event.exception
    if isinstance(event, events.ScenarioFinished):
        _note_scenario(findings, event.label or "", event.recorder)


def _note_scenario(findings: Findings, label: str, recorder: ScenarioRecorder) -> None:
    answers = findings.answers.setdefault(label, Counter())
    for interaction in recorder.interactions.values():
        if interaction.response is not None and interaction.request.method != "OPTIONS":
            answers[interaction.response.status_code] += 1
    for check in chain.from_iterable(recorder.checks.values()):
        if check.failure_info is not None:
            failure = check.failure_info.failure
            what = (label, check.name, failure.title, failure.message)
            findings.failures.setdefault(what, check.failure_info.code_sample)

"""What is known of each request: its id, one log line, one measurement."""

import re
import time
from uuid import uuid4

import structlog
from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Histogram

_SANE_ID = re.compile(r"[A-Za-z0-9-]{1,64}")
_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
# Seconds. The first tell a cached answer from a page; the last are streamed snapshots and imports.
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)

log = structlog.get_logger("access")


def register(app: Flask) -> None:
    """Observe every request of `app`. Before every other hook, so that their refusals are seen too.

    The measurements are the application's own: `app.extensions["measurements"]`.
    """
    registry = CollectorRegistry()
    app.extensions["measurements"] = registry
    seconds = Histogram(
        "chunfeng_request_seconds",
        "How long requests took, to the last byte of a stream",
        ["method", "route", "status"],
        buckets=_BUCKETS,
        registry=registry,
    )

    def end(response: Response) -> Response:
        response.headers["X-Request-ID"] = g.request_id
        finish = _finish(seconds, response.status_code)
        # A stream has only begun here. What the server sends by itself, a file, never tells its end.
        if response.is_streamed and not response.direct_passthrough:
            response.call_on_close(finish)
        else:
            finish()
        return response

    app.before_request(_begin)
    # The server's threads write lines of their own between requests.
    app.teardown_request(lambda _error: structlog.contextvars.clear_contextvars())
    app.after_request(end)


def route_of_request() -> str:
    """The request's route as it is declared, never with the ids of a path; what leads nowhere is one."""
    return request.url_rule.rule if request.url_rule is not None else "(none)"


def _begin() -> None:
    given = request.headers.get("X-Request-ID", "")
    g.request_id = given if _SANE_ID.fullmatch(given) else uuid4().hex
    g.began = time.perf_counter()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def _finish(seconds: Histogram, status: int):
    """What is to be done when the answer is whole; it knows by itself what the request was."""
    # Anybody may invent a method, and each would be a new time series.
    method = request.method if request.method in _METHODS else "(other)"
    route, request_id, began = route_of_request(), g.request_id, g.began
    actor = g.get("actor")

    def finish() -> None:
        took = time.perf_counter() - began
        seconds.labels(method, route, str(status)).observe(took)
        log.info(
            "request",
            method=method,
            route=route,
            status=status,
            ms=round(took * 1000, 1),
            request_id=request_id,
            actor_kind=actor.kind if actor else "system",
            actor_id=actor.id if actor else "anonymous",
        )

    return finish

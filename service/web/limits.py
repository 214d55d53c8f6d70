"""How often one caller may ask: sign-ins, writes and reads by the minute."""

import ipaddress
import logging
import time

from apispec import BasePlugin
from flask import Flask, Response, current_app, request
from flask_limiter import ApplicationLimit, Limiter
from flask_limiter.errors import RateLimitExceeded

from service.rules.errors import NotAuthenticated
from service.web.access import current_actor
from service.web.pages import error_page
from service.web.problems import problem

# By address, and by key or address.
SIGN_INS = "10/minute"
REQUESTS = "600/minute"

_SIGN_IN = "tokens.create"
# Asked by machines that watch, or answered from a file.
_FREE = frozenset({"health.live", "health.ready", "health.metrics", "static", "api_docs.asset"})
_READS = ("GET", "HEAD", "OPTIONS")
_WRITES = ("POST", "PUT", "PATCH", "DELETE")


class LimitsDocumented(BasePlugin):
    """apispec's plugin that tells of 429 in every operation of the OpenAPI document."""

    def operation_helper(
        self,
        path: str | None = None,  # noqa: ARG002 - the plugin's signature
        operations: dict | None = None,
        **_others: object,
    ) -> None:
        for operation in (operations or {}).values():
            operation.setdefault("responses", {}).setdefault("429", "TOO_MANY_REQUESTS")


def register(app: Flask) -> None:
    """Limit the requests of `app`, unless its settings switch that off.

    A password may be tried ten times a minute from one address, which is above what a person types
    and far below what guessing needs. Reads and writes are counted by key, or by address without
    one; ten a second for a whole minute are above any reader of ours and far below what hurts.

    Raises:
        limits.errors.ConfigurationError: the storage cannot be used here.
    """
    settings = app.extensions["settings"]
    shared = not settings.rate_limit_storage.startswith("memory:")
    limiter = Limiter(
        _caller,
        application_limits=[
            ApplicationLimit(SIGN_INS, _address, scope="sign-in", exempt_when=_is_no_sign_in),
            ApplicationLimit(REQUESTS, scope="write", methods=_WRITES),
            ApplicationLimit(REQUESTS, scope="read", methods=_READS, exempt_when=_is_free),
        ],
        storage_uri=settings.rate_limit_storage,
        strategy="fixed-window",
        # A lost Redis must not close the county's doors: each process then counts for itself.
        in_memory_fallback_enabled=shared,
        enabled=settings.rate_limits,
    )
    # It would write down the address of whoever was refused.
    limiter.logger.setLevel(logging.WARNING)
    limiter.init_app(app)
    app.extensions["limits"] = limiter
    app.register_error_handler(RateLimitExceeded, _refused)


def _is_no_sign_in() -> bool:
    return request.endpoint != _SIGN_IN


def _is_free() -> bool:
    return request.endpoint in _FREE


def _caller() -> str:
    """Whom a request is counted for. A key that is none counts for its address, lest each be a new caller."""
    try:
        actor = current_actor()
    except NotAuthenticated:
        return _address()
    return f"{actor.kind}:{actor.id}" if "Authorization" in request.headers else _address()


def _address() -> str:
    """The address a request came from; of IPv6 the network, since a host has as many as it likes."""
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return "nowhere"
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def _refused(_error: RateLimitExceeded) -> Response:
    window = current_app.extensions["limits"].current_limit
    wait = max(int(window.reset_at - time.time()), 1)
    if request.path.startswith("/v1/"):
        response = problem(
            429,
            "Too Many Requests",
            f"too many requests; try again in {wait} seconds",
            code="too_many_requests",
            retry_after=wait,
        )
    else:
        response = error_page(429)
    response.headers["Retry-After"] = str(wait)
    return response

"""/healthz, /readyz, /metrics: what machines that watch the service ask."""

import ipaddress
from collections.abc import Iterator
from dataclasses import asdict
from functools import cache
from typing import Any

from flask import Blueprint, Flask, Response, current_app, jsonify, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from service import migrations
from service.queries import work
from service.queries.health import parked_promises, present_revision, stream_positions
from service.rules.access import Role
from service.rules.calendar import local_day
from service.web.access import access
from service.web.database import now, reading

blp = Blueprint("health", __name__)

# A proxy writes at least one of them, so that what it passes on is never taken for this machine's own.
_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Proto", "X-Real-IP")

_newest_revision = cache(migrations.newest_revision)


def register(app: Flask) -> None:
    """Mount the three."""
    app.register_blueprint(blp)


@blp.get("/healthz")
@access(Role.PUBLIC)
def live() -> Response:
    """Tell that the process answers; asks nobody else, so that a slow database restarts no service"""
    return jsonify(status="alive")


@blp.get("/readyz")
@access(Role.PUBLIC)
def ready() -> tuple[Response, int]:
    """Tell whether requests can be served: the database answers and carries the newest revision"""
    try:
        with reading() as session:
            found = present_revision(session)
            if found == _newest_revision():
                waiting = asdict(work.backlog(session, now=now(), today=local_day(now())))
                return jsonify(status="ready", database="ok", revision=found, backlog=waiting), 200
    except SQLAlchemyError as error:
        current_app.logger.warning("not ready: %s", type(error).__name__)
        return jsonify(status="unavailable", database="unreachable"), 503
    return jsonify(status="unavailable", database="ok", revision=found, newest=_newest_revision()), 503


@blp.get("/metrics")
@access(Role.PUBLIC)
def metrics() -> Response:
    """Give the measurements in Prometheus' format, to this machine and to keys of the bureau"""
    return _measurements() if _from_this_machine() else _measurements_by_key()


def _measurements() -> Response:
    measured = generate_latest(_of_all_processes(current_app.extensions["measurements"]))
    stored = CollectorRegistry()
    stored.register(_Stored())
    return Response(measured + generate_latest(stored), content_type=CONTENT_TYPE_LATEST)


_measurements_by_key = access(Role.BUREAU)(_measurements)


def _from_this_machine() -> bool:
    if any(name in request.headers for name in _FORWARDED):
        return False
    try:
        return ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False


def _of_all_processes(own: CollectorRegistry) -> CollectorRegistry:
    """This process's measurements, or those of all where prometheus-client was told of a common folder."""
    together = CollectorRegistry()
    try:
        MultiProcessCollector(together)
    except ValueError:
        return own
    return together


class _Stored(Collector):
    """What the database tells, read when it is asked for; the same from every process."""

    def collect(self) -> Iterator[Metric]:
        try:
            with reading() as session:
                waiting = asdict(work.backlog(session, now=now(), today=local_day(now())))
                positions = stream_positions(session)
                parked = parked_promises(session)
        except SQLAlchemyError:
            yield _gauge("chunfeng_database_up", "Whether the database answers", "", {"": 0})
            return
        yield _gauge("chunfeng_database_up", "Whether the database answers", "", {"": 1})
        yield _gauge("chunfeng_work_waiting", "Rows that wait for the worker", "kind", waiting)
        yield _gauge("chunfeng_feed_position", "Last position given out", "stream", positions)
        yield _gauge("chunfeng_promises_parked", "Calls given up, for staff to decide", "kind", parked)


def _gauge(name: str, meaning: str, label: str, values: dict[str, Any]) -> Metric:
    gauge = GaugeMetricFamily(name, meaning, labels=[label] if label else [])
    for key, value in values.items():
        gauge.add_metric([key] if label else [], value)
    return gauge

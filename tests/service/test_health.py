"""What machines that watch the service are told, the headers of every answer, and the API's page."""

import logging
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError

from service.app import create_app
from service.db import Database
from service.migrations import newest_revision
from service.models import KeyRow, PromiseRow, PromiseState, Stream
from service.operations.feed import Line, append
from service.settings import Settings
from tests.builders import make_employer, make_open_posting
from tests.written_logs import written_logs

NOW = datetime.now(UTC)
LATER = NOW + timedelta(days=30)


def _metrics(client, **headers: str) -> dict[str, float]:
    answer = client.get("/metrics", headers=headers)
    assert answer.status_code == 200
    assert answer.mimetype == "text/plain"
    found = re.findall(r"^(\w+(?:\{[^}]*\})?) (\S+)$", answer.text, re.MULTILINE)
    return {name: float(value) for name, value in found}


def test_a_process_that_answers_is_alive_whatever_the_database_does(settings: Settings):
    app = create_app(replace(settings, database_url="postgresql+psycopg://nobody@127.0.0.1:1/nothing"))
    answer = app.test_client().get("/healthz")
    assert (answer.status_code, answer.json) == (200, {"status": "alive"})


def test_a_migrated_database_is_ready_and_its_backlog_is_counted(client, database: Database):
    with database.transaction() as session:
        make_open_posting(session, make_employer(session, now=NOW), now=NOW, valid_until=LATER)
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert (answer.json["status"], answer.json["revision"]) == ("ready", newest_revision())
    assert answer.json["backlog"]["postings_content"] == 1
    assert answer.json["backlog"]["to_expire"] == 0


def test_a_database_that_was_not_migrated_is_not_ready(settings: Settings, unmigrated_url: str):
    app = create_app(replace(settings, database_url=unmigrated_url))
    answer = app.test_client().get("/readyz")
    assert answer.status_code == 503
    assert answer.json == {
        "status": "unavailable",
        "database": "ok",
        "revision": None,
        "newest": newest_revision(),
    }
    app.extensions["database"].dispose()


def test_a_database_of_another_revision_is_not_ready(client, database: Database):
    with database.transaction() as session:
        session.execute(sa.text("UPDATE alembic_version SET version_num = '0000'"))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json["revision"]) == (503, "0000")


@pytest.fixture
def without_database(settings: Settings, tmp_path: Path):
    """A caller of a service whose database cannot be reached."""
    return create_app(replace(settings, database_url=f"sqlite:///{tmp_path}/gone/x.sqlite")).test_client()


def test_a_database_that_does_not_answer_is_not_ready(without_database):
    answer = without_database.get("/readyz")
    assert (answer.status_code, answer.json) == (503, {"status": "unavailable", "database": "unreachable"})


def test_measurements_tell_that_the_database_is_down_and_go_on(without_database):
    assert without_database.get("/healthz").status_code == 200
    measured = _metrics(without_database)
    assert measured["chunfeng_database_up"] == 0
    assert not [name for name in measured if name.startswith("chunfeng_work")]


def test_requests_are_measured_by_route_and_never_by_path(own_app):
    client = own_app.test_client()
    for number in range(3):
        client.get(f"/postings/{number}")
    measured = _metrics(client)
    labels = 'method="GET",route="/postings/<posting_id>",status="404"'
    assert measured[f"chunfeng_request_seconds_count{{{labels}}}"] == 3
    assert not [name for name in measured if "/postings/0" in name]


def test_work_streams_and_parked_promises_are_measured(client, database: Database):
    with database.transaction() as session:
        for number, state in enumerate([PromiseState.PARKED, PromiseState.PARKED, PromiseState.KEPT]):
            session.add(
                PromiseRow(
                    kind="notice",
                    idempotency_key=str(number),
                    payload={},
                    state=state,
                    due_at=NOW,
                    created_at=NOW,
                )
            )
        make_open_posting(session, make_employer(session, now=NOW), now=NOW, valid_until=LATER)
        append(session, Stream.PROFILES, [Line("a", "changed"), Line("b", "changed")], now=NOW)
    measured = _metrics(client)
    assert measured["chunfeng_database_up"] == 1
    assert measured['chunfeng_work_waiting{kind="postings_content"}'] == 1
    assert measured['chunfeng_feed_position{stream="openings"}'] == 1
    assert measured['chunfeng_feed_position{stream="profiles"}'] == 2
    assert measured['chunfeng_feed_position{stream="matches"}'] == 0
    assert measured['chunfeng_promises_parked{kind="notice"}'] == 2


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_measurements_are_open_to_the_machine_itself(app: Flask, address: str):
    client = app.test_client()
    client.environ_base["REMOTE_ADDR"] = address
    assert client.get("/metrics").status_code == 200


@pytest.mark.parametrize("address", ["203.0.113.7", "2001:db8::7", "", "unix"])
def test_measurements_are_closed_to_others(app: Flask, address: str):
    client = app.test_client()
    client.environ_base["REMOTE_ADDR"] = address
    assert client.get("/metrics").status_code == 401


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP"])
def test_what_a_proxy_on_this_machine_passes_on_is_not_the_machine_itself(client, header: str):
    assert client.get("/metrics", headers={header: "203.0.113.7"}).status_code == 401


def test_a_key_of_the_bureau_reads_measurements_from_anywhere(bureau, administrator, operator):
    for reader, status in ((bureau, 200), (administrator, 200), (operator, 403)):
        assert reader.get("/metrics", headers={"X-Real-IP": "203.0.113.7"}).status_code == status


_ONE_PROCESS = """
from service.app import create_app
from service.settings import Settings
client = create_app(Settings.from_env()).test_client()
client.get("/healthz")
print(client.get("/metrics").text)
"""


def test_several_processes_are_measured_as_one(settings: Settings, tmp_path: Path):
    folder = tmp_path / "metrics"
    folder.mkdir()
    environment = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(folder)}

    def run() -> str:
        ran = subprocess.run(
            [sys.executable, "-c", _ONE_PROCESS],
            env=environment,
            capture_output=True,
            check=True,
            text=True,
        )
        return ran.stdout

    # The first process is gone, and what it counted stays.
    run()
    assert 'chunfeng_request_seconds_count{method="GET",route="/healthz",status="200"} 2.0' in run()


def test_a_refusal_of_the_database_is_logged_without_its_values(database: Database, monkeypatch):
    # By another name where it is used, since the lines of source are written down.
    label = "张标记"
    with pytest.raises(IntegrityError) as refused, database.transaction() as session:
        session.execute(sa.insert(KeyRow).values(id="k", label=label))
    assert "parameters hidden" in str(refused.value)
    # PostgreSQL quotes the row even so; what is written down has no message at all.
    with written_logs(monkeypatch) as lines:
        logging.getLogger("service").error("fault", exc_info=refused.value)
        assert "IntegrityError" in lines()[0]["exception"]
        assert label not in str(lines())


@pytest.mark.parametrize(
    "path", ["/", "/healthz", "/v1/openapi.json", "/v1/nowhere", "/nowhere", "/static/h5.css"]
)
def test_every_answer_forbids_browsers_what_they_need_not(client, path: str):
    answer = client.get(path)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert "camera=()" in answer.headers["Permissions-Policy"]
    assert "Strict-Transport-Security" not in answer.headers
    answer.close()


def test_pages_may_load_our_own_styles_and_data_may_load_nothing(client):
    assert "style-src 'self'" in client.get("/").headers["Content-Security-Policy"]
    assert "'self'" not in client.get("/healthz").headers["Content-Security-Policy"]


def test_only_a_service_behind_tls_asks_browsers_to_insist_on_it(settings: Settings):
    app = create_app(replace(settings, base_url="https://jobs.example.cn"))
    answer = app.test_client().get("/healthz")
    assert answer.headers["Strict-Transport-Security"] == "max-age=63072000"


def test_what_is_answered_to_a_key_is_not_stored_on_the_way(bureau, client):
    assert bureau.get("/v1/seekers").headers["Cache-Control"] == "no-store"
    assert "no-store" not in client.get("/feed/openings.json").headers["Cache-Control"]


def test_the_page_of_the_api_is_made_of_installed_files_alone(client):
    page = client.get("/v1/docs/")
    assert page.status_code == 200
    policy = page.headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    shown = re.findall(r'(?:href|src)="([^"]+)"', page.text)
    assert len(shown) == 5
    for address in shown:
        answer = client.get(address)
        assert answer.status_code == 200, address
        answer.close()
    assert not re.search(r"<script>|<style|\son\w+=", page.text)


def test_nothing_else_of_the_package_is_served(client):
    for name in ("oauth2-redirect.html", "../__init__.py", "LICENSE"):
        assert client.get(f"/v1/docs/{name}").status_code == 404

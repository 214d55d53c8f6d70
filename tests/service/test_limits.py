"""How often one caller may ask, and what whoever asks too often is told."""

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from limits.errors import ConfigurationError

from service.app import create_app
from service.rules.access import Role
from service.settings import Settings
from service.web.problems import ProblemSchema

SIGN_IN = {"username": "nobody", "password": "wrong password"}


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """How often somebody asked is not kept in the database."""
    return sqlite_url


@pytest.fixture
def app(settings: Settings):
    """The application, with its limits."""
    app = create_app(replace(settings, rate_limits=True))
    yield app
    app.extensions["database"].dispose()


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Callable[[], Flask]:
    """Makes an application whose limits are three a minute."""

    def make() -> Flask:
        monkeypatch.setattr("service.web.limits.SIGN_INS", "3/minute")
        monkeypatch.setattr("service.web.limits.REQUESTS", "3/minute")
        return create_app(replace(settings, rate_limits=True))

    return make


def _asking_from(app: Flask, address: str) -> Any:
    client = app.test_client()
    client.environ_base["REMOTE_ADDR"] = address
    return client


def _statuses(client: Any, times: int, path: str = "/v1/licences?q=a") -> list[int]:
    return [client.get(path).status_code for _ in range(times)]


def test_the_eleventh_sign_in_of_a_minute_is_refused_as_a_problem(client):
    for _ in range(10):
        assert client.post("/v1/tokens", json=SIGN_IN).status_code == 401
    refused = client.post("/v1/tokens", json=SIGN_IN)
    assert refused.status_code == 429
    assert refused.content_type == "application/problem+json"
    assert ProblemSchema(unknown="include").validate(refused.json) == {}
    assert refused.json["code"] == "too_many_requests"
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert refused.json["retry_after"] == int(refused.headers["Retry-After"])
    assert refused.json["request_id"] == refused.headers["X-Request-ID"]
    # Everything else stays open to them.
    assert client.get("/v1/licences?q=a").status_code == 200


def test_ordinary_use_stays_far_below_the_limits(client):
    assert set(_statuses(client, 300)) == {200}


def test_reads_are_counted_by_address(few):
    app = few()
    assert _statuses(_asking_from(app, "203.0.113.7"), 4) == [200, 200, 200, 429]
    assert _statuses(_asking_from(app, "203.0.113.8"), 3) == [200, 200, 200]


def test_the_addresses_of_one_network_of_ipv6_are_one_caller(few):
    app = few()
    asked = [_statuses(_asking_from(app, f"2001:db8::{host}"), 1)[0] for host in range(1, 5)]
    assert asked == [200, 200, 200, 429]
    assert _statuses(_asking_from(app, "2001:db8:0:1::1"), 1) == [200]


def test_whoever_comes_without_an_address_is_counted_too(few):
    assert _statuses(_asking_from(few(), ""), 4)[-1] == 429


def test_reads_and_writes_are_counted_apart_and_by_key(few, caller):
    app = few()
    first, second = (caller(Role.BUREAU).environ_base["HTTP_AUTHORIZATION"] for _ in range(2))
    client = app.test_client()

    def write(key: str) -> int:
        status: int = client.post("/v1/employers", json={}, headers={"Authorization": key}).status_code
        return status

    assert [write(first) for _ in range(4)] == [422, 422, 422, 429]
    assert client.get("/v1/postings", headers={"Authorization": first}).status_code == 200
    assert write(second) == 422


def test_keys_that_are_none_do_not_make_new_callers(few):
    client = few().test_client()
    answers = [
        client.post("/v1/employers", json={}, headers={"Authorization": f"Bearer {number:012}.x"})
        for number in range(4)
    ]
    assert [answer.status_code for answer in answers] == [401, 401, 401, 429]


def test_pages_are_refused_in_plain_words(few):
    client = few().test_client()
    assert _statuses(client, 4, "/postings/none") == [404, 404, 404, 429]
    refused = client.get("/postings/none")
    assert refused.mimetype == "text/html"
    assert "点得有点快" in refused.text
    assert int(refused.headers["Retry-After"]) >= 1


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics", "/static/h5.css"])
def test_whoever_watches_the_service_is_not_counted(few, path: str):
    client = few().test_client()
    for _ in range(5):
        answer = client.get(path)
        assert answer.status_code == 200
        answer.close()


def test_limits_are_switched_off_by_their_setting(few, settings: Settings):
    few()
    app = create_app(replace(settings, rate_limits=False))
    assert set(_statuses(app.test_client(), 10)) == {200}


def test_a_trusted_proxy_tells_who_asks(few, settings: Settings, monkeypatch):
    few()
    app = create_app(replace(settings, rate_limits=True, proxies=1))
    client = app.test_client()

    def status(forwarded: str) -> int:
        found: int = client.get("/v1/licences?q=a", headers={"X-Forwarded-For": forwarded}).status_code
        return found

    # Only what the nearest proxy added counts; what the caller wrote before it is a claim.
    assert [status(f"10.0.0.{n}, 203.0.113.7") for n in range(4)] == [200, 200, 200, 429]
    assert status("203.0.113.7, 203.0.113.8") == 200


def test_without_a_trusted_proxy_nobody_names_another_address(few):
    client = few().test_client()
    asked = [
        client.get("/v1/licences?q=a", headers={"X-Forwarded-For": f"203.0.113.{n}"}).status_code
        for n in range(4)
    ]
    assert asked[-1] == 429


def test_no_refusal_writes_an_address_down(few, caplog: pytest.LogCaptureFixture):
    client = _asking_from(few(), "203.0.113.7")
    with caplog.at_level(logging.INFO):
        assert 429 in _statuses(client, 5)
    assert "203.0.113.7" not in caplog.text


def test_a_storage_that_cannot_be_used_stops_the_start(settings: Settings):
    with pytest.raises(ConfigurationError):
        create_app(replace(settings, rate_limits=True, rate_limit_storage="unknown://x"))


def test_every_operation_documents_that_it_may_be_refused(client):
    document = client.get("/v1/openapi.json").json
    undocumented = [
        (method, path)
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
        if method != "parameters" and "429" not in operation["responses"]
    ]
    assert undocumented == []
    content = document["components"]["responses"]["TOO_MANY_REQUESTS"]["content"]
    assert list(content) == ["application/problem+json"]

"""Request ids, one log line a request, measurements: and no person in any of them."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from service.rules.access import Role
from tests.written_logs import Lines, written_logs

NAME, PHONE = "张标记", "13987654321"
MARKS = (NAME, PHONE, "%E5%BC%A0", "\\u5f20")


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """What is written does not depend on the engine."""
    return sqlite_url


@pytest.fixture
def lines(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Lines]:
    """What the service has written so far."""
    with written_logs(monkeypatch) as read:
        yield read


def _requests(lines: Lines) -> list[dict[str, Any]]:
    return [line for line in lines() if line["logger"] == "access"]


def test_a_sane_request_id_is_kept_and_found_in_answer_and_log(client, lines: Lines):
    answer = client.get("/v1/postings/nothing", headers={"X-Request-ID": "proxy-7F"})
    assert answer.headers["X-Request-ID"] == "proxy-7F"
    assert answer.json["request_id"] == "proxy-7F"
    assert [line["request_id"] for line in _requests(lines)] == ["proxy-7F"]


@pytest.mark.parametrize("given", ["", "a b", "x" * 65, "<script>", "a/../b", "a_b"])
def test_any_other_request_id_is_replaced(client, given: str):
    first, second = (client.get("/healthz", headers={"X-Request-ID": given}) for _ in range(2))
    assert re.fullmatch(r"[0-9a-f]{32}", first.headers["X-Request-ID"])
    assert first.headers["X-Request-ID"] != second.headers["X-Request-ID"]


def test_a_request_is_one_line_that_tells_its_route_and_who_asked(bureau, client, lines: Lines):
    key = bureau.environ_base["HTTP_AUTHORIZATION"].removeprefix("Bearer ").partition(".")[0]
    bureau.get(f"/v1/employers/{'0' * 26}?reason=x")
    client.post("/v1/tokens", json={"username": "nobody", "password": "wrong"})
    client.get("/nowhere/at/all")
    known, sign_in, unknown = _requests(lines)
    assert known["route"] == "/v1/employers/<id:employer_id>"
    assert (known["method"], known["status"]) == ("GET", 404)
    assert (known["actor_kind"], known["actor_id"]) == ("key", key)
    assert 0 < known["ms"] < 60_000
    assert (sign_in["method"], sign_in["route"], sign_in["status"]) == ("POST", "/v1/tokens", 401)
    assert (sign_in["actor_kind"], sign_in["actor_id"]) == ("system", "anonymous")
    assert (unknown["route"], unknown["status"]) == ("(none)", 404)
    assert set(known) == {
        *("event", "level", "logger", "timestamp", "request_id"),
        *("method", "route", "status", "ms", "actor_kind", "actor_id"),
    }


def test_an_invented_method_is_not_told_word_for_word(client, lines: Lines):
    client.open("/healthz", method="STEAL")
    assert [line["method"] for line in _requests(lines)] == ["(other)"]


def test_a_stream_is_measured_to_its_end(client, lines: Lines):
    answer = client.get("/v1/feed/openings/snapshot", buffered=False)
    assert _requests(lines) == []
    assert json.loads(answer.get_data())["items"] == []
    answer.close()
    assert [line["route"] for line in _requests(lines)] == ["/v1/feed/openings/snapshot"]


def test_the_id_of_a_request_ends_with_it(client, lines: Lines):
    import structlog

    client.get("/healthz")
    structlog.get_logger("between").info("requests")
    assert "request_id" not in lines()[-1]


def test_a_fault_is_told_without_what_was_sent(bureau, lines: Lines, monkeypatch: pytest.MonkeyPatch):
    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError(f"cannot work on {NAME}, {PHONE}")

    monkeypatch.setattr("service.web.api.employers.reading", fail)
    answer = bureau.get("/v1/employers")
    assert answer.status_code == 500
    assert NAME not in answer.text
    fault = next(line for line in lines() if line["event"] == "fault")
    assert fault["request_id"] == answer.json["request_id"]
    assert fault["exception"].endswith("builtins.RuntimeError")
    _assert_nobody(lines)


def _assert_nobody(lines: Lines) -> None:
    written = json.dumps(lines(), ensure_ascii=False)
    assert [mark for mark in MARKS if mark in written] == []


def _registration() -> dict[str, Any]:
    profile = {"occupations": [f"电焊工{NAME}"], "skills": [PHONE], "region": "前阳"}
    return {"name": NAME, "phone": PHONE, "profile": profile, "consent_version": "2026-01"}


def test_a_registered_person_is_found_in_no_line(bureau, lines: Lines):
    made = bureau.post("/v1/seekers", json=_registration())
    assert made.status_code == 201
    address = f"/v1/seekers/{made.json['id']}"
    told = bureau.get(address, query_string={"reveal": "true", "reason": f"{NAME}来电"})
    assert told.json["phone"] == PHONE
    bureau.post("/v1/seekers/lookup", json={"phone": PHONE, "reason": f"{NAME}来电"})
    bureau.get(f"{address}/export", query_string={"reason": NAME})
    bureau.delete(address, query_string={"reason": NAME})
    assert len(_requests(lines)) == 5
    _assert_nobody(lines)


# What each kind of part of a path is given: as much of a person as it takes.
_PARTS = {
    "IdentifierConverter": "0" * 26,
    "KeyPrefixConverter": "0" * 12,
    "ProviderConverter": PHONE,
    "ReferenceConverter": NAME,
}


def _paths(app: Flask) -> Iterator[tuple[str, str]]:
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        parts = {
            name: _PARTS.get(type(converter).__name__, NAME) for name, converter in rule._converters.items()
        }
        path = adapter.build(rule.endpoint, parts, force_external=False)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield method, path


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.EMPLOYER, Role.OPERATOR, None])
def test_nobody_who_is_named_anywhere_in_a_request_is_in_a_line(
    app: Flask, client, caller, employer, lines: Lines, role: Role | None
):
    asking = client if role is None else caller(role, employer.id if role is Role.EMPLOYER else None)
    body = _registration() | {"username": NAME, "password": PHONE, "title": NAME, "reason": PHONE}
    headers = {
        "User-Agent": PHONE,
        "Referer": f"https://x/?{PHONE}",
        "If-Match": '"1"',
        "X-Request-ID": PHONE,
    }
    asked = 0
    for method, path in _paths(app):
        query = {"q": NAME, "phone": PHONE, "name": NAME, "reason": NAME, "after": NAME, "cursor": PHONE}
        answer = asking.open(path, method=method, query_string=query, json=body, headers=headers)
        assert answer.status_code < 500, path
        answer.close()
        asked += 1
    # Lines are one a request, so that nothing was looked for in vain.
    assert asked == len(_requests(lines)) > 40
    _assert_nobody(lines)

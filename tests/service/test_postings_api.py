"""Postings and employers at the API, on both engines: statuses, ETags, roles, problems."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from service.rules.access import Role
from service.rules.credit_code import make_credit_code
from tests.builders import make_employer, make_open_posting

BODY: dict[str, Any] = {
    "title": "电焊工",
    "description": "焊接钢结构件，月休四天。",
    "region": "前阳镇",
    "pay_minimum": 5000,
    "pay_maximum": 7000,
    "pay_unit": "month",
    "openings": 3,
    "valid_until": (datetime.now(UTC) + timedelta(days=30)).isoformat(),
}


@pytest.fixture
def draft(bureau, employer) -> dict:
    """A draft of the verified employer."""
    return bureau.post("/v1/postings", json=BODY | {"employer_id": employer.id}).json


@pytest.fixture
def stranger(caller, database):
    """A caller with another employer's key."""
    with database.transaction() as session:
        other = make_employer(session, "2")
    return caller(Role.EMPLOYER, other.id)


def test_a_posting_walks_from_draft_to_filled(bureau, employer_client, employer):
    made = employer_client.post("/v1/postings", json=BODY)
    assert made.status_code == 201
    assert made.headers["ETag"] == '"1"'
    posting = made.json
    assert (posting["state"], posting["provider"], posting["region"]) == ("draft", employer.id, "210681104")
    assert posting["occupations"][0]["code"] == "6-18-02-04"
    url = f"/v1/postings/{posting['id']}"

    def step(client, name, body=None):
        answer = client.post(f"{url}/{name}", json=body or {})
        assert answer.status_code == 200, answer.json
        assert answer.headers["ETag"] == f'"{answer.json["revision"]}"'
        return answer.json["state"]

    assert step(employer_client, "submit") == "in_review"
    assert step(bureau, "return", {"reason": "请写明班次"}) == "draft"
    assert step(employer_client, "submit") == "in_review"
    assert step(bureau, "approve") == "open"
    assert step(employer_client, "pause") == "paused"
    assert step(employer_client, "resume") == "open"
    later = (datetime.now(UTC) + timedelta(days=60)).isoformat()
    assert step(employer_client, "renew", {"valid_until": later}) == "open"
    assert step(employer_client, "hires", {"count": 1}) == "open"
    assert step(employer_client, "openings", {"openings": 2, "openings_left": 1}) == "open"
    assert step(employer_client, "hires", {"count": 1}) == "filled"
    assert step(employer_client, "reopen", {"openings_left": 2}) == "open"
    assert step(employer_client, "fill") == "filled"
    assert step(employer_client, "withdraw", {"reason": "不再招聘"}) == "withdrawn"
    assert step(employer_client, "restore") == "draft"
    assert bureau.get(url).json["state"] == "draft"


def test_putting_under_a_reference_is_idempotent(bureau, employer):
    url = "/v1/providers/58/postings/HR%202026-3"
    body = BODY | {"employer_id": employer.id}
    first, again = bureau.put(url, json=body), bureau.put(url, json=body)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json == again.json
    changed = bureau.put(url, json=body | {"openings": 4}, headers={"If-Match": '"1"'})
    assert (changed.status_code, changed.json["revision"], changed.json["openings_left"]) == (200, 2, 4)
    assert bureau.put(url, json=body, headers={"If-Match": '"1"'}).status_code == 412
    assert bureau.get(url).json["reference"] == "HR 2026-3"
    assert bureau.get("/v1/providers/58/postings/none").status_code == 404


def test_an_employer_puts_under_its_own_name_alone(employer_client, employer, stranger):
    own = f"/v1/providers/{employer.id}/postings/1"
    assert employer_client.put(own, json=BODY).status_code == 201
    assert employer_client.put("/v1/providers/58/postings/1", json=BODY).status_code == 403
    assert stranger.put(own, json=BODY).status_code == 403
    assert stranger.get(own).status_code == 404


@pytest.mark.parametrize(
    ("header", "status"),
    [
        pytest.param(None, 428, id="missing"),
        pytest.param('"7"', 412, id="another-revision"),
        pytest.param('W/"1"', 412, id="weak"),
        pytest.param('"x"', 412, id="not-ours"),
        pytest.param('"' + "9" * 40 + '"', 412, id="huge"),
        pytest.param('"1"', 200, id="present"),
        pytest.param("*", 200, id="any"),
    ],
)
def test_a_change_says_what_it_saw(bureau, draft, header, status):
    headers = {} if header is None else {"If-Match": header}
    answer = bureau.put(f"/v1/postings/{draft['id']}", json=BODY | {"openings": 9}, headers=headers)
    assert answer.status_code == status
    if status == 412:
        assert answer.json["revision"] == 1
    if status == 200:
        assert answer.headers["ETag"] == '"2"'


def test_approval_of_what_has_changed_meanwhile_is_refused(bureau, draft):
    url = f"/v1/postings/{draft['id']}"
    seen = bureau.post(f"{url}/submit").headers["ETag"]
    bureau.put(url, json=BODY | {"openings": 9}, headers={"If-Match": seen})
    assert bureau.post(f"{url}/approve", json={}, headers={"If-Match": seen}).status_code == 412


def test_another_employers_things_are_not_there(stranger, draft, employer):
    url = f"/v1/postings/{draft['id']}"
    assert stranger.get(url).status_code == 404
    assert stranger.put(url, json=BODY, headers={"If-Match": "*"}).status_code == 404
    assert stranger.post(f"{url}/submit").status_code == 404
    assert stranger.get("/v1/postings").json["items"] == []
    assert stranger.get(f"/v1/employers/{employer.id}").status_code == 404
    assert stranger.post("/v1/postings", json=BODY | {"employer_id": employer.id}).status_code == 404


def test_refused_wording_comes_with_place_law_and_rewrite(bureau, employer):
    body = BODY | {"employer_id": employer.id, "description": "搬运货物，限男。"}
    posting = bureau.post("/v1/postings", json=body).json
    answer = bureau.post(f"/v1/postings/{posting['id']}/submit")
    assert (answer.status_code, answer.json["code"]) == (422, "wording_refused")
    finding = answer.json["findings"][0]
    assert body["description"][finding["start"] : finding["end"]] == finding["text"] == "限男"
    assert finding["level"] == "block"
    assert finding["article"]


def test_missing_elements_and_a_bare_employer_are_told(bureau, database):
    with database.transaction() as session:
        bare = make_employer(session, "3", verified=False)
    posting = bureau.post("/v1/postings", json={"title": "普工", "employer_id": bare.id}).json
    url = f"/v1/postings/{posting['id']}"
    answer = bureau.post(f"{url}/submit")
    assert (answer.status_code, answer.json["code"]) == (422, "elements_missing")
    assert set(answer.json["errors"]["json"]) == {
        "description", "openings", "region", "pay_stated", "valid_until"
    }  # fmt: skip
    bureau.put(url, json=BODY, headers={"If-Match": '"1"'})
    bureau.post(f"{url}/submit")
    answer = bureau.post(f"{url}/approve", json={})
    assert (answer.status_code, answer.json["code"]) == (409, "employer_not_verified")


def test_hires_beyond_what_is_left_are_a_conflict(bureau, database, employer):
    with database.transaction() as session:
        posting = make_open_posting(
            session, employer, now=datetime.now(UTC), valid_until=datetime.now(UTC) + timedelta(days=9)
        )
    answer = bureau.post(f"/v1/postings/{posting.id}/hires", json={"count": 4})
    assert (answer.status_code, answer.json["openings_left"]) == (409, 3)


def test_pages_follow_each_other_by_their_cursor(bureau, employer):
    ids = [
        bureau.post("/v1/postings", json={"title": f"普工{n}", "employer_id": employer.id}).json["id"]
        for n in range(3)
    ]
    first = bureau.get("/v1/postings?limit=2").json
    assert [item["id"] for item in first["items"]] == ids[:2]
    second = bureau.get("/v1/postings", query_string={"limit": 2, "after": first["next"]}).json
    assert ([item["id"] for item in second["items"]], second["next"]) == (ids[2:], None)
    assert "contact_phone" not in first["items"][0]
    assert bureau.get("/v1/postings?state=draft&region=210681").json["items"] == []


@pytest.mark.parametrize(
    "query",
    ["after=%00", "after=%20", "limit=0", "limit=x", "state=gone", "region=x", "limit=" + "9" * 5000],
)
def test_a_faulty_query_is_a_problem_with_its_field(bureau, query):
    answer = bureau.get(f"/v1/postings?{query}")
    assert answer.status_code == 422
    assert query.split("=")[0] in answer.json["errors"]["query"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        pytest.param(b"{", 400, id="not-json"),
        pytest.param(b"[" * 100_000, 400, id="too-deep"),
        pytest.param(b'{"openings": ' + b"9" * 5000 + b"}", 400, id="number-too-long"),
        pytest.param(b'{"openings": Infinity, "title": "x"}', 422, id="infinite"),
        pytest.param(b'{"title": "\\u0000"}', 422, id="nul"),
        pytest.param(b'{"title": "\\ud800"}', 422, id="surrogate"),
        pytest.param(b"[]", 422, id="not-an-object"),
        pytest.param(b"\xff", 400, id="not-text"),
    ],
)
def test_a_faulty_body_is_a_problem_and_never_a_fault(bureau, body, status):
    answer = bureau.post("/v1/postings", data=body, content_type="application/json")
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"


def test_what_does_not_look_like_an_id_leads_nowhere(bureau):
    for path in ("/v1/postings/%00", "/v1/postings/ABC", "/v1/providers/A/postings/1", "/v1/employers/1"):
        assert bureau.get(path).status_code == 404


def test_employers_are_registered_vetted_changed_and_stopped(bureau, operator):
    code = make_credit_code("9")
    made = bureau.post("/v1/employers", json={"name": "东港海鲜食品有限公司", "credit_code": code.lower()})
    assert (made.status_code, made.json["state"], made.json["credit_code"]) == (201, "unverified", code)
    url = f"/v1/employers/{made.json['id']}"
    assert bureau.post("/v1/employers", json={"name": "别名", "credit_code": code}).status_code == 409
    verified = bureau.post(f"{url}/verify", json={"documents": ["营业执照"]})
    assert (verified.status_code, verified.json["state"]) == (200, "verified")
    body = {"name": "东港海鲜食品有限公司", "credit_code": code, "contact_phone": "0415-7123456"}
    assert bureau.put(url, json=body).status_code == 428
    changed = bureau.put(url, json=body, headers={"If-Match": verified.headers["ETag"]})
    assert (changed.status_code, changed.json["contact_phone"]) == (200, "0415-7123456")
    assert bureau.get(url).headers["ETag"] == changed.headers["ETag"]
    assert "contact_phone" not in bureau.get("/v1/employers?name=海鲜").json["items"][0]
    assert operator.get("/v1/employers").status_code == 403
    stopped = bureau.post(f"{url}/suspend", json={"reason": "虚假招聘"})
    assert stopped.json["state"] == "suspended"
    assert bureau.post(f"{url}/suspend", json={"reason": "再停"}).status_code == 409
    assert bureau.get("/v1/employers/" + "0" * 26).status_code == 404


def test_a_faulty_credit_code_is_named_with_what_is_wrong(bureau):
    answer = bureau.post("/v1/employers", json={"name": "某厂", "credit_code": "123"})
    assert (answer.status_code, answer.json["code"]) == (422, "invalid_credit_code")
    assert "18" in answer.json["errors"]["json"]["credit_code"][0]

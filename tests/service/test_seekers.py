"""求职者 over the API: registered, found, changed, shown, handed out and erased, all of it in the ledger."""

from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from service.db import Database
from service.models import AuditRow, MatchRow, ProfileRow, SeekerRow
from service.rules.calendar import local_day
from service.worker import Worker
from tests.builders import make_employer, make_open_posting

PROFILE = {
    "occupations": ["电焊", "普工"],
    "skills": ["二保焊"],
    "licences": [{"licence": "健康证", "valid_until": "2027-05-01"}],
    "region": "前阳",
    "birth_month": "1975-03",
    "pay_expected": 5000,
}
PERSON = {"name": "王秀兰", "phone": "138 0000 1234"}
REGISTRATION = PERSON | {"profile": PROFILE, "consent_version": "2026-01"}


@pytest.fixture
def seeker_id(bureau: FlaskClient) -> str:
    answer = bureau.post("/v1/seekers", json=REGISTRATION)
    assert answer.status_code == 201
    seeker_id: str = answer.get_json()["id"]
    return seeker_id


def _errors(answer: Any) -> dict[str, Any]:
    assert answer.status_code == 422, answer.get_data(as_text=True)
    errors: dict[str, Any] = answer.get_json()["errors"]["json"]
    return errors


def _acts(database: Database, seeker_id: str) -> list[AuditRow]:
    with database.reading() as session:
        query = sa.select(AuditRow).where(AuditRow.subject_id == seeker_id).order_by(AuditRow.id)
        return list(session.scalars(query))


def _month(back: int) -> str:
    """The month `back` months before this one, in China."""
    today = local_day(datetime.now(UTC))
    year, month = divmod(today.year * 12 + today.month - 1 - back, 12)
    return f"{year}-{month + 1:02}"


def test_a_registration_is_understood_and_answered_masked(bureau: FlaskClient) -> None:
    answer = bureau.post("/v1/seekers", json=REGISTRATION)
    assert answer.headers["ETag"] == '"1"'
    seeker = answer.get_json()
    assert (seeker["name"], seeker["phone"], seeker["state"]) == ("王*", "138****1234", "active")
    assert seeker["profile"]["region"] == "210681104"
    assert [licence["valid_until"] for licence in seeker["profile"]["licences"]] == ["2027-05-01"]
    assert all(term["code"] for term in seeker["profile"]["occupations"])
    assert seeker["subscriber_id"] is None


@pytest.mark.parametrize("phone", ["13800001234", "+86 138-0000-1234", "１３８００００１２３４"])
def test_a_phone_is_registered_once_however_it_is_written(
    bureau: FlaskClient, seeker_id: str, phone: str
) -> None:
    answer = bureau.post("/v1/seekers", json=REGISTRATION | {"phone": phone, "name": "别人"})
    assert answer.status_code == 409
    assert answer.get_json()["seeker_id"] == seeker_id
    assert "phone" in answer.get_json()["errors"]["json"]


def test_who_turned_sixteen_last_month_may_register_and_who_may_this_month_may_not(
    bureau: FlaskClient,
) -> None:
    for back, status in ((16 * 12 + 1, 201), (16 * 12, 422), (15 * 12, 422)):
        profile = PROFILE | {"birth_month": _month(back)}
        answer = bureau.post(
            "/v1/seekers", json=REGISTRATION | {"phone": f"1390000{back:04}", "profile": profile}
        )
        assert answer.status_code == status, back
        if status == 422:
            assert answer.get_json()["code"] == "under_age"
            assert "birth_month" in answer.get_json()["errors"]["json"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"region": "没有这个地方"}, "region"),
        ({"licences": [{"licence": "飞船驾驶证"}]}, "licences"),
        ({"birth_month": _month(-2)}, "birth_month"),
        ({"birth_month": "1975-13"}, "birth_month"),
        ({"shifts": ["whenever"]}, "shifts"),
        ({"pay_expected": -1}, "pay_expected"),
        ({"blocked_employers": ["某公司"]}, "blocked_employers"),
        ({"available_from": "1999-12-31"}, "available_from"),
        ({"shoe_size": 42}, "shoe_size"),
    ],
)
def test_what_is_not_understood_is_refused_by_its_field(
    bureau: FlaskClient, change: dict[str, Any], field: str
) -> None:
    errors = _errors(bureau.post("/v1/seekers", json=REGISTRATION | {"profile": PROFILE | change}))
    assert field in errors.get("profile", errors)


def test_nothing_is_kept_of_a_refused_registration(bureau: FlaskClient, database: Database) -> None:
    bureau.post("/v1/seekers", json=REGISTRATION | {"profile": PROFILE | {"region": "没有这个地方"}})
    with database.reading() as session:
        counts = [session.scalar(sa.select(sa.func.count()).select_from(t)) for t in (SeekerRow, ProfileRow)]
    assert counts == [0, 0]


def test_a_change_says_which_state_it_saw(bureau: FlaskClient, seeker_id: str) -> None:
    path = f"/v1/seekers/{seeker_id}"
    body = PERSON | {"name": "王秀芝", "state": "paused"}
    assert bureau.put(path, json=body).status_code == 428
    stale = bureau.put(path, json=body, headers={"If-Match": '"7"'})
    assert (stale.status_code, stale.get_json()["revision"]) == (412, 1)
    done = bureau.put(path, json=body, headers={"If-Match": '"1"'})
    assert (done.status_code, done.headers["ETag"], done.get_json()["state"]) == (200, '"2"', "paused")
    again = bureau.put(path, json=body, headers={"If-Match": '"2"'})
    assert again.headers["ETag"] == '"2"'


@pytest.mark.parametrize("tag", ['""', '"x"', 'W/"1"', '"1", "2"', '"-1"', '"１"', '"' + "9" * 40 + '"'])
def test_a_tag_that_was_never_given_out_matches_nothing(
    bureau: FlaskClient, seeker_id: str, tag: str
) -> None:
    answer = bureau.put(f"/v1/seekers/{seeker_id}/profile", json=PROFILE, headers={"If-Match": tag})
    assert answer.status_code == 412


def test_a_profile_has_a_revision_of_its_own(bureau: FlaskClient, seeker_id: str) -> None:
    path = f"/v1/seekers/{seeker_id}/profile"
    assert bureau.put(path, json=PROFILE).status_code == 428
    changed = bureau.put(path, json=PROFILE | {"pay_expected": 6000}, headers={"If-Match": '"1"'})
    assert (changed.headers["ETag"], changed.get_json()["pay_expected"]) == ('"2"', 6000)
    assert bureau.put(path, json=PROFILE, headers={"If-Match": '"1"'}).status_code == 412
    assert bureau.get(path).headers["ETag"] == '"2"'
    assert bureau.get(f"/v1/seekers/{seeker_id}").headers["ETag"] == '"1"'


def test_another_persons_phone_cannot_be_taken(bureau: FlaskClient, seeker_id: str) -> None:
    other = bureau.post("/v1/seekers", json=REGISTRATION | {"phone": "13900000001"}).get_json()["id"]
    body = PERSON | {"state": "active"}
    assert bureau.put(f"/v1/seekers/{other}", json=body, headers={"If-Match": "*"}).status_code == 409


def test_a_person_is_shown_masked_and_whole_only_with_a_reason(
    bureau: FlaskClient, database: Database, seeker_id: str
) -> None:
    path = f"/v1/seekers/{seeker_id}"
    assert bureau.get(path).get_json()["phone"] == "138****1234"
    assert "reason" in bureau.get(f"{path}?reveal=true").get_json()["errors"]["json"]
    assert bureau.get(f"{path}?reveal=true&reason=%20").status_code == 422
    shown = bureau.get(f"{path}?reveal=true&reason=电话通知面试").get_json()
    assert (shown["name"], shown["phone"]) == ("王秀兰", "13800001234")
    reads = [act for act in _acts(database, seeker_id) if act.action == "read_seeker"]
    assert [(act.detail["revealed"], act.reason) for act in reads] == [(False, ""), (True, "电话通知面试")]
    assert all(act.actor_kind == "key" for act in reads)


def test_a_person_is_found_by_phone_with_a_reason(
    bureau: FlaskClient, database: Database, seeker_id: str
) -> None:
    found = bureau.post("/v1/seekers/lookup", json={"phone": "+8613800001234", "reason": "来电咨询"})
    assert (found.status_code, found.get_json()["id"]) == (200, seeker_id)
    assert found.get_json()["name"] == "王*"
    unknown = bureau.post("/v1/seekers/lookup", json={"phone": "13900000009", "reason": "来电咨询"})
    assert unknown.status_code == 404
    assert "reason" in _errors(bureau.post("/v1/seekers/lookup", json={"phone": "13800001234"}))
    assert [act.reason for act in _acts(database, seeker_id) if act.action == "look_up_seeker"] == [
        "来电咨询"
    ]


def test_every_look_leaves_its_trace(bureau: FlaskClient, database: Database, seeker_id: str) -> None:
    for path in ("", "/profile", "/export", "/matches"):
        assert bureau.get(f"/v1/seekers/{seeker_id}{path}").status_code == 200
    assert [act.action for act in _acts(database, seeker_id)] == [
        "register_seeker", "read_seeker", "read_profile", "export_seeker", "list_matches",
    ]  # fmt: skip
    assert bureau.get("/v1/seekers").status_code == 200
    assert [act.action for act in _acts(database, "many")] == ["list_seekers"]


def test_the_list_is_masked_and_paged_by_key(bureau: FlaskClient, seeker_id: str) -> None:
    ids = [seeker_id]
    for number in range(4):
        body = REGISTRATION | {"phone": f"1390000000{number}"}
        ids.append(bureau.post("/v1/seekers", json=body).get_json()["id"])
    seen, after = [], ""
    while after is not None:
        page = bureau.get("/v1/seekers", query_string={"limit": 2} | ({"after": after} if after else {}))
        seen += page.get_json()["items"]
        after = page.get_json()["next"]
    assert [item["id"] for item in seen] == sorted(ids)
    assert {item["name"] for item in seen} == {"王*"}
    assert bureau.get("/v1/seekers?region=210681101").get_json()["items"] == []
    assert len(bureau.get("/v1/seekers?region=210681").get_json()["items"]) == 5
    assert bureau.get("/v1/seekers?state=paused").get_json()["items"] == []


def test_consents_are_given_and_taken_back_each_apart(bureau: FlaskClient, seeker_id: str) -> None:
    path = f"/v1/seekers/{seeker_id}/consents"
    both = bureau.put(path, json={"shares_with_employers": True, "subscribed": True}).get_json()
    assert both["shares_with_employers_at"] is not None
    assert both["subscriber_id"] is not None
    again = bureau.put(path, json={"shares_with_employers": True, "subscribed": True}).get_json()
    assert again == both
    one = bureau.put(path, json={"shares_with_employers": True}).get_json()
    assert one["shares_with_employers_at"] == both["shares_with_employers_at"]
    assert (one["subscribed_at"], one["subscriber_id"]) == (None, None)
    anew = bureau.put(path, json={"subscribed": True}).get_json()
    assert anew["subscriber_id"] not in (None, both["subscriber_id"])
    assert anew["shares_with_employers_at"] is None


def test_an_export_holds_everything(bureau: FlaskClient, database: Database, seeker_id: str) -> None:
    now = datetime.now(UTC)
    with database.transaction() as session:
        employer = make_employer(session, now=now)
        posting_id = make_open_posting(session, employer, now=now, valid_until=now.replace(year=2090)).id
    Worker(database, feed_retention_days=30, gateways={}).work_until_idle(now)
    kept = bureau.get(f"/v1/seekers/{seeker_id}/export").get_json()
    assert (kept["person"]["name"], kept["person"]["phone"]) == ("王秀兰", "13800001234")
    assert kept["profile"]["pay_expected"] == 5000
    assert [match["posting_id"] for match in kept["matches"]] == [posting_id]
    assert [act["action"] for act in kept["acts"]] == ["register_seeker"]


def test_who_is_erased_is_gone_and_may_come_back_as_somebody_new(
    bureau: FlaskClient, database: Database, seeker_id: str
) -> None:
    path = f"/v1/seekers/{seeker_id}"
    assert bureau.delete(path).status_code == 422
    assert bureau.delete(f"{path}?reason=本人要求").status_code == 204
    assert {bureau.get(f"{path}{part}").status_code for part in ("", "/profile", "/export", "/matches")} == {
        404
    }
    assert bureau.delete(f"{path}?reason=本人要求").status_code == 404
    with database.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(MatchRow)) == 0
    last = _acts(database, seeker_id)[-1]
    assert (last.action, last.reason) == ("erase_seeker", "本人要求")
    assert bureau.post("/v1/seekers", json=REGISTRATION).get_json()["id"] != seeker_id

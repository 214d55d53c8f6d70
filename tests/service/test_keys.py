"""API keys at the API, on both engines."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from service.models import KeyRow
from service.rules.access import Role
from tests.service.openings_stream import acts


def test_a_key_is_shown_once_and_kept_as_a_hash(administrator, client, database):
    made = administrator.post("/v1/keys", json={"role": "operator", "label": "公众号运营方"})
    assert made.status_code == 201
    key = made.json["key"]
    prefix, secret = key.split(".")
    assert prefix == made.json["id"]
    with database.reading() as session:
        row = session.get(KeyRow, prefix)
        assert secret not in row.secret_hash
        assert len(row.secret_hash) == 64
        assert [act.action for act in acts(session, prefix)] == ["create_key"]
    listed = administrator.get("/v1/keys").json["items"]
    assert [item["id"] for item in listed if item["role"] == "operator"] == [prefix]
    assert not any("key" in item or "secret_hash" in item for item in listed)


def test_a_revoked_key_opens_nothing_any_more(administrator, app):
    made = administrator.post("/v1/keys", json={"role": "bureau", "label": "系统"}).json
    caller = app.test_client()
    caller.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {made['key']}"
    assert caller.get("/v1/postings").status_code == 200
    assert administrator.delete(f"/v1/keys/{made['id']}").json["revoked_at"]
    assert caller.get("/v1/postings").status_code == 401
    first = administrator.delete(f"/v1/keys/{made['id']}").json["revoked_at"]
    assert administrator.delete(f"/v1/keys/{made['id']}").json["revoked_at"] == first


def test_a_key_ends_in_its_time(administrator, app, database):
    soon = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    made = administrator.post("/v1/keys", json={"role": "bureau", "label": "系统", "expires_at": soon}).json
    caller = app.test_client()
    caller.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {made['key']}"
    assert caller.get("/v1/postings").status_code == 200
    with database.transaction() as session:
        past = datetime.now(UTC) - timedelta(seconds=1)
        session.execute(sa.update(KeyRow).where(KeyRow.id == made["id"]).values(expires_at=past))
    assert caller.get("/v1/postings").status_code == 401


def test_an_employers_key_names_its_employer_and_no_other_does(administrator, employer):
    def status(**body):
        return administrator.post("/v1/keys", json={"label": "x"} | body).status_code

    assert status(role="employer", employer_id=employer.id) == 201
    assert status(role="employer") == 422
    assert status(role="employer", employer_id="0" * 26) == 422
    assert status(role="bureau", employer_id=employer.id) == 422
    assert status(role="public") == 422
    assert status(role="bureau", expires_at="2020-01-01T00:00:00Z") == 422


def test_an_unknown_key_cannot_be_revoked(administrator):
    assert administrator.delete("/v1/keys/000000000000").status_code == 404
    assert administrator.delete("/v1/keys/no-such-key").status_code == 404


def test_what_is_not_a_key_is_refused_with_how_to_send_one(client):
    for header in ("Basic abc", "Bearer ", "Bearer abc", "Bearer abc.def"):
        answer = client.get("/v1/postings", headers={"Authorization": header})
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == "Bearer"
        assert answer.json["code"] == "not_authenticated"


def test_an_administrator_passes_where_the_bureau_does_and_not_the_other_way(administrator, caller):
    assert administrator.get("/v1/postings").status_code == 200
    assert caller(Role.BUREAU).get("/v1/keys").status_code == 403


def test_a_bad_key_does_not_close_what_is_public(client):
    query, headers = {"q": "焊"}, {"Authorization": "Bearer nonsense"}
    assert client.get("/v1/skills", query_string=query, headers=headers).status_code == 200

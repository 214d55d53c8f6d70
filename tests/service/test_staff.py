"""Staff accounts and sign-in, on both engines."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from service.models import StaffRow
from service.operations.staff import (
    FIRST_ADMINISTRATOR,
    create_first_administrator,
    create_staff,
    disable_staff,
    sign_in,
)
from service.queries.keys import actor_of_key
from service.rules.access import SYSTEM, Actor, Role
from service.rules.errors import AlreadyExists, Forbidden, Invalid, NotFound
from tests.builders import NOW
from tests.service.openings_stream import acts


@pytest.fixture
def password(database) -> str:
    """The one-time password of a clerk, li.hua."""
    with database.transaction() as session:
        return create_staff(session, "li.hua", "李华", Role.BUREAU, actor=SYSTEM, now=NOW)[1]


def test_the_first_administrator_is_made_once(database):
    with database.transaction() as session:
        password = create_first_administrator(session, now=NOW)
        assert password is not None
        assert create_first_administrator(session, now=NOW) is None
        done = sign_in(session, FIRST_ADMINISTRATOR, password, now=NOW)
        assert done.must_change_password
        assert done.row is not None
        assert done.row.role is Role.ADMINISTRATOR


def test_a_sign_in_gives_a_key_for_twelve_hours(database, password):
    with database.transaction() as session:
        done = sign_in(session, "li.hua", password, now=NOW)
    assert done.key is not None
    with database.reading() as session:
        actor = actor_of_key(session, done.key, now=NOW + timedelta(hours=11))
        assert actor is not None
        assert (actor.kind, actor.role, actor.must_change_password) == ("staff", Role.BUREAU, True)
        assert actor_of_key(session, done.key, now=NOW + timedelta(hours=12)) is None


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(client, password):
    answers = [
        client.post("/v1/tokens", json={"username": name, "password": "wrong"}).json
        for name in ("li.hua", "nobody")
    ]
    for answer in answers:
        answer.pop("request_id", None)
    assert answers[0] == answers[1]
    assert answers[0]["status"] == 401


def test_wrong_passwords_lock_the_account_longer_and_longer(database, password):
    def attempt(word: str, at):
        with database.transaction() as session:
            return sign_in(session, "li.hua", word, now=at)

    assert [attempt("wrong", NOW).retry_after for _ in range(5)] == [None] * 4 + [30]
    assert attempt(password, NOW).retry_after == 30
    later = NOW + timedelta(seconds=30)
    assert attempt("wrong", later).retry_after == 60
    waits = [attempt("wrong", later + timedelta(hours=2 * n)).retry_after for n in range(1, 13)]
    assert waits[-1] == 3600
    much_later = later + timedelta(hours=24)
    assert attempt(password, much_later + timedelta(hours=1)).key
    with database.reading() as session:
        staff = session.scalars(sa.select(StaffRow)).one()
        assert (staff.failed_attempts, staff.locked_until) == (0, None)


def test_a_locked_account_says_when_to_come_back(client, password):
    body = {"username": "li.hua", "password": "wrong"}
    answers = [client.post("/v1/tokens", json=body) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [401] * 4 + [429]
    assert answers[-1].headers["Retry-After"] == "30"
    assert answers[-1].json["code"] == "locked_out"


def test_a_one_time_password_opens_nothing_but_its_own_change(client, password):
    key = client.post("/v1/tokens", json={"username": "li.hua", "password": password}).json["key"]
    first = {"Authorization": f"Bearer {key}"}
    assert client.get("/v1/postings", headers=first).status_code == 403
    body = {"current_password": password, "new_password": "correct horse"}
    changed = client.put("/v1/staff/me/password", json=body, headers=first)
    assert (changed.status_code, changed.json["must_change_password"]) == (200, False)
    assert client.get("/v1/postings", headers=first).status_code == 401
    second = {"Authorization": f"Bearer {changed.json['key']}"}
    assert client.get("/v1/postings", headers=second).status_code == 200
    again = client.post("/v1/tokens", json={"username": "li.hua", "password": "correct horse"})
    assert (again.status_code, again.json["must_change_password"]) == (201, False)


@pytest.mark.parametrize(
    ("current", "new", "field"),
    [
        pytest.param("wrong", "correct horse", "current_password", id="wrong-one"),
        pytest.param(None, None, "new_password", id="same-one"),
        pytest.param(None, "short", "new_password", id="short-one"),
    ],
)
def test_a_new_password_is_new_and_long(client, password, current, new, field):
    key = client.post("/v1/tokens", json={"username": "li.hua", "password": password}).json["key"]
    body = {"current_password": current or password, "new_password": new or password}
    answer = client.put("/v1/staff/me/password", json=body, headers={"Authorization": f"Bearer {key}"})
    assert answer.status_code == 422
    assert list(answer.json["errors"]["json"]) == [field]


def test_a_key_has_no_password_to_change(bureau):
    body = {"current_password": "x", "new_password": "correct horse"}
    assert bureau.put("/v1/staff/me/password", json=body).status_code == 403


def test_administrators_make_list_reset_and_close_accounts(administrator, client):
    made = administrator.post("/v1/staff", json={"username": "wang.li", "name": "王丽", "role": "bureau"})
    assert made.status_code == 201
    account = made.json
    assert [row["username"] for row in administrator.get("/v1/staff").json["items"]] == ["wang.li"]
    assert administrator.get("/v1/staff", query_string={"after": account["id"]}).json["items"] == []
    signed = {"username": "wang.li", "password": account["one_time_password"]}
    key = client.post("/v1/tokens", json=signed).json["key"]

    reset = administrator.delete(f"/v1/staff/{account['id']}/password").json["one_time_password"]
    assert client.get("/v1/postings", headers={"Authorization": f"Bearer {key}"}).status_code == 401
    assert client.post("/v1/tokens", json=signed).status_code == 401
    signed["password"] = reset
    assert client.post("/v1/tokens", json=signed).status_code == 201

    assert administrator.delete(f"/v1/staff/{account['id']}").json["disabled_at"]
    assert administrator.delete(f"/v1/staff/{account['id']}").status_code == 200
    assert client.post("/v1/tokens", json=signed).status_code == 401


def test_a_username_is_one_persons_and_a_role_is_one_of_staff(database, password):
    with database.transaction() as session:
        with pytest.raises(AlreadyExists):
            create_staff(session, "li.hua", "另一人", Role.BUREAU, actor=SYSTEM, now=NOW)
        with pytest.raises(Invalid):
            create_staff(session, "operator", "运营", Role.OPERATOR, actor=SYSTEM, now=NOW)


def test_nobody_closes_their_own_account_or_one_that_is_not_there(database, password):
    with database.transaction() as session:
        staff = session.scalars(sa.select(StaffRow)).one()
        with pytest.raises(Forbidden):
            disable_staff(session, staff.id, actor=Actor("staff", staff.id, Role.ADMINISTRATOR), now=NOW)
        with pytest.raises(NotFound):
            disable_staff(session, "0" * 26, actor=SYSTEM, now=NOW)


def test_sign_ins_are_in_the_ledger_without_the_password(database, password):
    with database.transaction() as session:
        sign_in(session, "li.hua", "wrong", now=NOW)
        sign_in(session, "li.hua", password, now=NOW)
        staff = session.scalars(sa.select(StaffRow)).one()
        session.flush()
        assert [act.action for act in acts(session, staff.id)] == ["create_staff", "fail_sign_in", "sign_in"]
        assert staff.password_hash.startswith("$argon2id$v=19$m=19456,t=2,p=1$")

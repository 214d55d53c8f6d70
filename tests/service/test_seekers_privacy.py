"""Names and phones reach nobody who may not have them, and after erasure nothing at all knows them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from service.db import Database
from service.models import Base, SeekerRow
from service.operations import posting_states
from service.worker import Worker
from tests.builders import CLERK, make_employer, make_open_posting, make_posting

# Nothing else in the database or the tables of matching is called so.
NAME, PHONE, HELPER = "欧阳翎霄", "13987650421", "村干部司徒璟"
NEW_NAME, NEW_PHONE = "欧阳翎霄改", "13987650422"
CONTACT, CONTACT_PHONE = "联系人慕容珂", "0415-7654321"
LIFTED = "13654321098"  # written into a description, and lifted out of it
PERSONAL = (NAME, PHONE, NEW_NAME, NEW_PHONE, HELPER)
CONTACTS = (CONTACT, CONTACT_PHONE, LIFTED, LIFTED[:3] + "-" + LIFTED[3:7] + "-" + LIFTED[7:])

REGISTRATION = {
    "name": NAME,
    "phone": PHONE,
    "profile": {"occupations": ["电焊工"], "region": "前阳镇", "birth_month": "1975-03"},
    "consents": {"shares_with_employers": True, "subscribed": True},
    "consent_version": "2026-01",
    "registered_by": HELPER,
}


@pytest.fixture
def posting_id(database: Database) -> str:
    """An open posting and a withdrawn one, with contacts wherever contacts can be."""
    now = datetime.now(UTC)
    until = now + timedelta(days=9)
    contact: dict[str, Any] = {"contact_name": CONTACT, "contact_phone": CONTACT_PHONE}
    with database.transaction() as session:
        employer = make_employer(session, "9", name="慕容渔业公司", now=now, **contact)
        opened = make_open_posting(
            session, employer, now=now, valid_until=until, **contact,
            description=f"焊接钢结构件，两年以上经验。电话 {LIFTED}，微信同号。",
        )  # fmt: skip
        gone = make_open_posting(session, employer, now=now, valid_until=until, **contact)
        posting_states.withdraw_posting(session, gone.id, "不招了", actor=CLERK, now=now)
        make_posting(session, employer, now=now, **contact)
    return opened.id


@pytest.fixture
def seeker_id(bureau: FlaskClient, database: Database, posting_id: str) -> str:
    """A person who was registered, looked up, read, exported, changed and matched."""
    seeker_id: str = bureau.post("/v1/seekers", json=REGISTRATION).get_json()["id"]
    bureau.post("/v1/seekers", json=REGISTRATION)
    bureau.post("/v1/seekers/lookup", json={"phone": PHONE, "reason": "来电咨询"})
    bureau.get(f"/v1/seekers/{seeker_id}?reveal=true&reason=电话通知")
    bureau.get(f"/v1/seekers/{seeker_id}/export")
    changed = {"name": NEW_NAME, "phone": NEW_PHONE, "state": "active"}
    answer = bureau.put(f"/v1/seekers/{seeker_id}", json=changed, headers={"If-Match": "*"})
    assert answer.status_code == 200
    Worker(database, feed_retention_days=30, gateways={}).work_until_idle(datetime.now(UTC))
    return seeker_id


def _cells(database: Database) -> Iterator[tuple[str, str]]:
    """Every value of every column of every table, as text."""
    with database.reading() as session:
        for table in Base.metadata.sorted_tables:
            # Without the columns' types: what is stored and not what is made of it.
            names: list[Any] = [sa.literal_column(f'"{column.name}"') for column in table.columns]
            for row in session.execute(sa.select(*names).select_from(sa.text(f'"{table.name}"'))):
                for column, value in zip(table.columns, row, strict=True):
                    yield f"{table.name}.{column.name}", _text(value)


def _text(value: Any) -> str:
    return bytes(value).decode("utf-8", "replace") if isinstance(value, bytes | memoryview) else str(value)


def _places(database: Database, *words: str) -> set[str]:
    return {place for place, text in _cells(database) for word in words if word in text}


def test_a_person_is_stored_sealed_and_found_in_the_clear_nowhere(database: Database, seeker_id: str) -> None:
    assert _places(database, NAME, PHONE, NEW_NAME, NEW_PHONE) == set()
    assert _places(database, CONTACT, CONTACT_PHONE, LIFTED) == set()


def test_after_erasure_no_table_knows_the_person(
    database: Database, bureau: FlaskClient, seeker_id: str
) -> None:
    with database.reading() as session:
        person = session.get_one(SeekerRow, seeker_id)
    assert bureau.delete(f"/v1/seekers/{seeker_id}?reason=本人要求").status_code == 204
    assert person.subscriber_id is not None
    known = (*PERSONAL, person.phone_index)
    assert _places(database, *known) == set()
    with database.reading() as session:
        assert session.get(SeekerRow, seeker_id) is None
    # Of the meaningless ids, the ledger and the streams keep what tells readers that it is over.
    kept = {"audit_entries.subject_id", "feed_entries.item_id"}
    assert _places(database, seeker_id) == kept
    assert _places(database, person.subscriber_id) == {"feed_entries.item_id"}


PUBLIC = [
    "/", "/?town=210681104", "/v1/openapi.json", "/v1/feed/openings", "/v1/feed/openings/snapshot",
    "/feed/openings.json", "/feed/openings.atom", "/feed/openings.rss", "/v1/regions?q=前阳",
    f"/v1/occupations?q={NAME}", f"/v1/skills?q={CONTACT}", f"/v1/licences?q={PHONE}", "/healthz", "/readyz",
]  # fmt: skip


@pytest.mark.parametrize("path", PUBLIC)
def test_nothing_public_names_a_seeker_or_a_contact(
    client: FlaskClient, posting_id: str, seeker_id: str, path: str
) -> None:
    told = client.get(path).get_data(as_text=True)
    assert [word for word in (*PERSONAL, *CONTACTS, seeker_id) if word in told] == []


def test_the_page_of_a_posting_names_no_contact(client: FlaskClient, posting_id: str) -> None:
    answer = client.get(f"/postings/{posting_id}")
    assert answer.status_code == 200
    assert [word for word in CONTACTS if word in answer.get_data(as_text=True)] == []


def test_refusals_repeat_neither_name_nor_phone(
    client: FlaskClient, bureau: FlaskClient, employer_client: FlaskClient, seeker_id: str
) -> None:
    wrong: list[tuple[FlaskClient, Any]] = [
        (client, REGISTRATION),
        (employer_client, REGISTRATION),
        (bureau, REGISTRATION | {"phone": NEW_PHONE}),  # taken
        (bureau, REGISTRATION | {"phone": f"+1 {PHONE}"}),  # no mobile number
        (bureau, REGISTRATION | {"consent_version": ""}),
        (bureau, REGISTRATION | {"phone": "13900000001", "profile": {"region": "没有这个地方"}}),
        (bureau, REGISTRATION | {"phone": "13900000001", "profile": {"birth_month": "2024-01"}}),
        (bureau, REGISTRATION | {"age": 40}),
    ]
    answers = [caller.post("/v1/seekers", json=body) for caller, body in wrong]
    assert [answer.status_code for answer in answers] == [401, 403, 409, 422, 422, 422, 422, 422]
    for answer in answers:
        told = answer.get_data(as_text=True)
        assert [word for word in PERSONAL if word in told] == []


def test_the_operator_is_told_of_subscribers_and_of_nobody_else(
    operator: FlaskClient, bureau: FlaskClient, database: Database, posting_id: str, seeker_id: str
) -> None:
    silent = REGISTRATION | {"phone": "13900000009", "consents": {}}
    silent_id = bureau.post("/v1/seekers", json=silent).get_json()["id"]
    Worker(database, feed_retention_days=30, gateways={}).work_until_idle(datetime.now(UTC))
    with database.reading() as session:
        subscriber = session.get_one(SeekerRow, seeker_id).subscriber_id
    for path in ("/v1/feed/matches", "/v1/feed/matches/snapshot"):
        answer = operator.get(path)
        told = answer.get_data(as_text=True)
        assert f'"{subscriber}.{posting_id}"' in told
        assert [word for word in (*PERSONAL, *CONTACTS, seeker_id, silent_id) if word in told] == []
    lines = operator.get("/v1/feed/matches").get_json()["lines"]
    assert {line["content"]["subscriber"] for line in lines} == {subscriber}


def test_an_employer_reaches_nothing_of_seekers(
    employer_client: FlaskClient, operator: FlaskClient, posting_id: str, seeker_id: str
) -> None:
    paths = [
        "/v1/seekers", f"/v1/seekers/{seeker_id}", f"/v1/seekers/{seeker_id}/profile",
        f"/v1/seekers/{seeker_id}/export", f"/v1/seekers/{seeker_id}/matches",
        f"/v1/postings/{posting_id}/matches", f"/v1/postings/{posting_id}/seekers/{seeker_id}/match",
    ]  # fmt: skip
    for caller in (employer_client, operator):
        assert {caller.get(path).status_code for path in paths} == {403}

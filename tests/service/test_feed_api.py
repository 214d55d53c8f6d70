"""The feed as its readers pull it: cursors, limits, pages, snapshots and what they may keep."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from service.db import Database
from service.models import EmployerRow, FeedHeadRow, Stream
from service.operations import posting_states
from service.operations.retention import prune_feed
from tests.builders import CLERK, make_open_posting

BASE = "http://127.0.0.1:8000"


@pytest.fixture
def openings(database: Database, employer: EmployerRow) -> list[str]:
    """Five open postings; the third was withdrawn again: six lines."""
    now = datetime.now(UTC)
    with database.transaction() as session:
        ids = [
            make_open_posting(
                session, employer, now=now, title=f"电焊工{number}", valid_until=now + timedelta(days=9)
            ).id
            for number in range(5)
        ]
        posting_states.withdraw_posting(session, ids[2], "不再招人", actor=CLERK, now=now)
    return ids


def _page(client: FlaskClient, **args: Any) -> dict[str, Any]:
    answer = client.get("/v1/feed/openings", query_string=args)
    assert answer.status_code == 200, answer.text
    page: dict[str, Any] = answer.get_json()
    return page


def test_a_line_tells_its_position_item_change_reason_moment_and_content(
    client: FlaskClient, openings: list[str]
) -> None:
    lines = _page(client)["lines"]
    assert [line["position"] for line in lines] == [1, 2, 3, 4, 5, 6]
    assert set(lines[0]) == {"position", "id", "change", "reason", "at", "content"}
    assert (lines[0]["change"], lines[0]["reason"], lines[0]["id"]) == ("upsert", "published", openings[0])
    assert lines[0]["content"]["title"] == "电焊工0"
    assert datetime.fromisoformat(lines[0]["at"]).tzinfo is not None
    removal = {"position": 6, "id": openings[2], "change": "remove", "reason": "withdrawn", "content": None}
    assert lines[5] == removal | {"at": lines[5]["at"]}


@pytest.mark.parametrize("limit", [1, 2, 4, 5, 6, 7, 1000])
def test_pages_of_any_size_hold_each_line_once(client: FlaskClient, openings: list[str], limit: int) -> None:
    seen: list[int] = []
    args: dict[str, Any] = {"limit": limit}
    while True:
        page = _page(client, **args)
        seen += [line["position"] for line in page["lines"]]
        args["cursor"] = page["cursor"]
        if not page["has_more"]:
            break
        assert len(page["lines"]) == limit
    assert seen == [1, 2, 3, 4, 5, 6]


def test_has_more_is_false_exactly_where_the_page_ends_the_feed(
    client: FlaskClient, openings: list[str]
) -> None:
    assert [_page(client, limit=limit)["has_more"] for limit in (5, 6, 7)] == [True, False, False]


def test_an_empty_page_keeps_the_cursor_and_says_that_there_is_no_more(
    client: FlaskClient, openings: list[str]
) -> None:
    end = _page(client)["cursor"]
    assert _page(client, cursor=end) == {"lines": [], "cursor": end, "has_more": False}


def test_an_empty_feed_has_a_cursor_from_which_the_first_line_is_read(
    client: FlaskClient, database: Database, employer: EmployerRow
) -> None:
    start = _page(client)
    assert start["lines"] == []
    now = datetime.now(UTC)
    with database.transaction() as session:
        make_open_posting(session, employer, now=now, valid_until=now + timedelta(days=1))
    assert [line["position"] for line in _page(client, cursor=start["cursor"])["lines"]] == [1]


@pytest.mark.parametrize(
    "cursor",
    ["", "7", "c1042", "-1", "zzzzzzzz-1", "00000000-", "00000000-1 ", "00000000--1", "00000000-１",
     "00000000-" + "9" * 19, "00000000-1.0", "00000000-1;", "' OR 1=1 --", "latest", "0" * 5000],
)  # fmt: skip
def test_a_cursor_that_was_never_given_out_is_refused_and_not_answered_from_the_start(
    client: FlaskClient, openings: list[str], cursor: str
) -> None:
    answer = client.get("/v1/feed/openings", query_string={"cursor": cursor})
    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"
    assert "cursor" in str(answer.get_json()["errors"])


@pytest.mark.parametrize("limit", ["0", "-1", "1001", "1e3", "ten", "", "1.5", "9" * 30])
def test_a_limit_out_of_bounds_is_refused(client: FlaskClient, limit: str) -> None:
    answer = client.get("/v1/feed/openings", query_string={"limit": limit})
    assert answer.status_code == 422
    assert "limit" in answer.get_json()["errors"]["query"]


def _renew_epoch(database: Database) -> None:
    with database.transaction() as session:
        session.execute(sa.update(FeedHeadRow).values(epoch="ffffffff"))


def _prune(database: Database) -> None:
    with database.transaction() as session:
        later = datetime.now(UTC) + timedelta(days=100)
        assert prune_feed(session, keep_days=90, now=later) == 6


def _lose_the_end(database: Database) -> None:
    with database.transaction() as session:
        head = FeedHeadRow.stream == Stream.OPENINGS
        session.execute(sa.update(FeedHeadRow).where(head).values(position=1))


@pytest.mark.parametrize("accident", [_renew_epoch, _prune, _lose_the_end])
def test_a_reader_that_could_miss_something_is_sent_to_the_snapshot(
    client: FlaskClient, database: Database, openings: list[str], accident: Callable[[Database], None]
) -> None:
    cursor = _page(client, limit=2)["cursor"]
    accident(database)
    answer = client.get("/v1/feed/openings", query_string={"cursor": cursor})
    assert answer.status_code == 410
    assert answer.content_type == "application/problem+json"
    assert answer.get_json()["code"] == "cursor_gone"
    assert answer.get_json()["snapshot"] == f"{BASE}/v1/feed/openings/snapshot"


def test_after_pruning_the_start_is_gone_too_and_the_floor_is_not(
    client: FlaskClient, database: Database, openings: list[str]
) -> None:
    end = _page(client)["cursor"]
    _prune(database)
    assert client.get("/v1/feed/openings").status_code == 410
    assert _page(client, cursor=end)["lines"] == []
    assert len(client.get("/v1/feed/openings/snapshot").get_json()["items"]) == 4


def test_a_snapshot_holds_what_is_open_and_the_cursor_to_go_on_from(
    client: FlaskClient, database: Database, openings: list[str], employer: EmployerRow
) -> None:
    snapshot = client.get("/v1/feed/openings/snapshot").get_json()
    assert [item["id"] for item in snapshot["items"]] == sorted(set(openings) - {openings[2]})
    lines = {line["id"]: line["content"] for line in _page(client)["lines"]}
    assert all(item["content"] == lines[item["id"]] for item in snapshot["items"])
    assert _page(client, cursor=snapshot["cursor"])["lines"] == []
    now = datetime.now(UTC)
    with database.transaction() as session:
        posting_states.pause_posting(session, openings[0], actor=CLERK, now=now)
    assert [line["id"] for line in _page(client, cursor=snapshot["cursor"])["lines"]] == [openings[0]]


def test_an_unchanged_page_is_not_sent_again(client: FlaskClient, openings: list[str]) -> None:
    first = client.get("/v1/feed/openings?limit=3")
    again = client.get("/v1/feed/openings?limit=3", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    other = client.get("/v1/feed/openings?limit=4", headers={"If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200


def test_a_page_that_grew_has_another_tag(
    client: FlaskClient, database: Database, openings: list[str], employer: EmployerRow
) -> None:
    cursor = _page(client)["cursor"]
    empty = client.get("/v1/feed/openings", query_string={"cursor": cursor})
    now = datetime.now(UTC)
    with database.transaction() as session:
        posting_states.pause_posting(session, openings[0], actor=CLERK, now=now)
    tag = {"If-None-Match": empty.headers["ETag"]}
    assert client.get("/v1/feed/openings", query_string={"cursor": cursor}, headers=tag).status_code == 200


def test_the_matches_feed_is_the_operators_alone(
    client: FlaskClient, bureau: FlaskClient, employer_client: FlaskClient, operator: FlaskClient
) -> None:
    for path in ("/v1/feed/matches", "/v1/feed/matches/snapshot"):
        callers = (client, bureau, employer_client, operator)
        assert [caller.get(path).status_code for caller in callers] == [401, 403, 403, 200]


def test_a_cursor_that_is_gone_from_the_matches_names_their_own_snapshot(operator: FlaskClient) -> None:
    answer = operator.get("/v1/feed/matches?cursor=ffffffff-0")
    assert answer.get_json()["snapshot"] == f"{BASE}/v1/feed/matches/snapshot"


def test_a_misspelt_argument_is_refused_and_not_answered_with_the_oldest_page(client: FlaskClient) -> None:
    answer = client.get("/v1/feed/openings?cusror=00000000-1")
    assert answer.status_code == 422
    assert "cusror" in answer.get_json()["errors"]["query"]


def test_a_line_break_after_a_cursor_is_refused(client: FlaskClient) -> None:
    assert client.get("/v1/feed/openings?cursor=00000000-1%0A").status_code == 422

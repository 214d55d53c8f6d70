"""Matches over the API: lists page by page, each explained, and why not for any pair."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from matching import county_policy
from service.db import Database
from service.models import EmployerRow
from service.operations import posting_states, seekers
from service.operations.seekers import Consents
from service.rules.calendar import local_day
from service.worker import Worker
from tests.builders import CLERK, make_open_posting, make_posting, make_profile_content, make_seeker

NOBODY = "0" * 26


@dataclass
class County:
    """Six welders' postings, two of them equal in pay, and seven welders that are told apart by nothing."""

    postings: list[str]
    seekers: list[str]
    now: datetime


@pytest.fixture
def county(database: Database, employer: EmployerRow) -> County:
    now = datetime.now(UTC)
    with database.transaction() as session:
        postings = [
            make_open_posting(
                session, employer, now=now, valid_until=now + timedelta(days=9), pay_minimum=pay
            ).id
            for pay in (3000, 3500, 4000, 4500, 5000, 5000)
        ]
        people = [make_seeker(session, f"1380000000{number}", now=now).id for number in range(7)]
    _work(database, now)
    return County(postings, people, now)


def _work(database: Database, now: datetime) -> None:
    Worker(database, feed_retention_days=30, gateways={}).work_until_idle(now)


def _pages(client: FlaskClient, path: str, limit: int) -> list[dict[str, Any]]:
    """All items, read `limit` at a time; each page but the last is full."""
    items: list[dict[str, Any]] = []
    args: dict[str, Any] = {"limit": limit}
    while True:
        page = client.get(path, query_string=args).get_json()
        items += page["items"]
        if page["next"] is None:
            return items
        assert len(page["items"]) == limit
        args["after"] = page["next"]


@pytest.mark.parametrize("limit", [1, 2, 3, 5, 7, 100])
def test_pages_of_any_size_hold_each_match_once_and_best_first(
    bureau: FlaskClient, county: County, limit: int
) -> None:
    mine = _pages(bureau, f"/v1/seekers/{county.seekers[0]}/matches", limit)
    places = [(-item["total"], item["posting_id"]) for item in mine]
    assert places == sorted(places)
    assert {item["posting_id"] for item in mine} == set(county.postings)
    assert len(mine) == 6
    # Equal totals, so that only the id decides where a page goes on.
    theirs = _pages(bureau, f"/v1/postings/{county.postings[0]}/matches", limit)
    assert [item["seeker_id"] for item in theirs] == sorted(county.seekers)


def test_paging_goes_on_where_it_was_although_a_match_left_meanwhile(
    bureau: FlaskClient, database: Database, county: County
) -> None:
    path = f"/v1/seekers/{county.seekers[0]}/matches"
    first = bureau.get(path, query_string={"limit": 3}).get_json()
    seen = [item["posting_id"] for item in first["items"]]
    with database.transaction() as session:
        posting_states.withdraw_posting(session, seen[2], "不招了", actor=CLERK, now=county.now)
    _work(database, county.now)
    rest = bureau.get(path, query_string={"limit": 10, "after": first["next"]}).get_json()
    assert {item["posting_id"] for item in rest["items"]} == set(county.postings) - set(seen)


@pytest.mark.parametrize("after", ["", "1", "0.5-" + NOBODY, "12345678-" + NOBODY, "1-short", NOBODY])
def test_a_place_that_was_never_given_out_is_refused(bureau: FlaskClient, county: County, after: str) -> None:
    answer = bureau.get(f"/v1/seekers/{county.seekers[0]}/matches", query_string={"after": after})
    assert answer.status_code == 422
    assert "after" in answer.get_json()["errors"]["query"]


def test_a_match_is_the_sum_of_its_parts_and_says_why(bureau: FlaskClient, county: County) -> None:
    page = bureau.get(f"/v1/postings/{county.postings[0]}/matches").get_json()
    assert page["matched_revision"] == page["revision"]
    for item in page["items"]:
        why = item["breakdown"]
        assert item["total"] == why["total"]
        assert sum(part["score"] * part["weight"] for part in why["components"]) == pytest.approx(
            why["total"], abs=1e-6
        )
        assert (why["matched"], why["why_not"]) == (True, [])
        assert all(part["to_staff"] for part in why["components"])
        assert item["policy"] == county_policy(local_day(county.now)).name
        assert (item["name"], item["phone"]) == ("王*", f"138****{item['phone'][-4:]}")


def test_a_list_that_is_behind_says_so(bureau: FlaskClient, database: Database, county: County) -> None:
    with database.transaction() as session:
        posting_states.pause_posting(session, county.postings[0], actor=CLERK, now=county.now)
    page = bureau.get(f"/v1/postings/{county.postings[0]}/matches").get_json()
    assert page["revision"] > page["matched_revision"]


def _pair(client: FlaskClient, posting_id: str, seeker_id: str) -> dict[str, Any]:
    answer = client.get(f"/v1/postings/{posting_id}/seekers/{seeker_id}/match")
    assert answer.status_code == 200
    why: dict[str, Any] = answer.get_json()
    return why


@pytest.mark.parametrize(
    ("posting", "person"),
    [
        pytest.param({"licences": ["SO-02-01"]}, {}, id="a-licence-is-missing"),
        pytest.param({"title": "厨师", "description": "炒菜。"}, {"skills": []}, id="another-trade"),
        pytest.param({}, {"occupations": ["缝纫工"], "skills": []}, id="other-work-is-wanted"),
    ],
)
def test_why_not_names_what_stands_in_the_way(
    bureau: FlaskClient, database: Database, employer: EmployerRow,
    posting: dict[str, Any], person: dict[str, Any],
) -> None:  # fmt: skip
    now = datetime.now(UTC)
    with database.transaction() as session:
        until = now + timedelta(days=9)
        posting_id = make_open_posting(session, employer, now=now, valid_until=until, **posting).id
        seeker_id = make_seeker(session, now=now, **person).id
    why = _pair(bureau, posting_id, seeker_id)
    if why["conditional"]:
        assert [gate["remedy"] for gate in why["gates"] if gate["verdict"] == "conditional"] != [""]
    else:
        assert why["matched"] is False
        assert why["why_not"] != []
        assert all(change["sentence"] for change in why["why_not"])


def test_a_posting_that_is_not_open_is_explained_and_not_matched(
    bureau: FlaskClient, database: Database, employer: EmployerRow
) -> None:
    now = datetime.now(UTC)
    with database.transaction() as session:
        posting_id = make_posting(session, employer, now=now).id
        seeker_id = make_seeker(session, now=now).id
    why = _pair(bureau, posting_id, seeker_id)
    assert why["matched"] is False
    assert [gate["name"] for gate in why["gates"] if gate["verdict"] == "fail"] != []


def test_a_blocked_employer_is_never_offered(
    bureau: FlaskClient, database: Database, county: County, employer: EmployerRow
) -> None:
    seeker_id = county.seekers[0]
    content = make_profile_content(blocked_employers=[employer.id])
    with database.transaction() as session:
        seekers.replace_profile(session, seeker_id, content, revision=None, actor=CLERK, now=county.now)
    _work(database, county.now)
    assert bureau.get(f"/v1/seekers/{seeker_id}/matches").get_json()["items"] == []
    theirs = bureau.get(f"/v1/postings/{county.postings[0]}/matches").get_json()["items"]
    assert seeker_id not in {item["seeker_id"] for item in theirs}
    assert _pair(bureau, county.postings[0], seeker_id)["matched"] is False


def test_a_birthday_of_eighteen_turns_a_no_into_a_yes(
    bureau: FlaskClient, database: Database, employer: EmployerRow
) -> None:
    now = datetime.now(UTC)
    today = local_day(now)
    with database.transaction() as session:
        posting_id = make_open_posting(
            session, employer, now=now, valid_until=now + timedelta(days=9), minimum_age=18
        ).id
        young = make_seeker(session, now=now, birth_month=date(today.year - 17, 1, 1)).id
        grown = make_seeker(session, "13800000002", now=now, birth_month=date(today.year - 20, 1, 1)).id
    assert _pair(bureau, posting_id, young)["matched"] is False
    assert _pair(bureau, posting_id, grown)["matched"] is True


@pytest.mark.parametrize(
    "path",
    ["/v1/postings/{0}/matches", "/v1/seekers/{0}/matches", "/v1/postings/{0}/seekers/{0}/match"],
)
def test_matches_of_nobody_are_not_found(bureau: FlaskClient, path: str) -> None:
    assert bureau.get(path.format(NOBODY)).status_code == 404


def test_a_match_says_whether_the_employer_may_be_told(
    bureau: FlaskClient, database: Database, county: County
) -> None:
    with database.transaction() as session:
        seekers.set_consents(
            session, county.seekers[0], Consents(shares_with_employers=True), actor=CLERK, now=county.now
        )
    items = bureau.get(f"/v1/postings/{county.postings[0]}/matches").get_json()["items"]
    assert {item["seeker_id"] for item in items if item["shares_with_employers"]} == {county.seekers[0]}

"""The real sheet from end to end: in whole, reviewed, matched, and pulled from the feed."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.models import EmployerRow, MatchRow, PostingRow, SeekerRow
from service.operations.employer_states import verify_employer
from service.operations.import_entries import Defaults
from service.operations.imports import ImportSource, import_postings
from service.operations.posting_states import approve_posting, submit_posting
from service.rules.calendar import local_day
from service.rules.credit_code import make_credit_code
from service.rules.errors import WordingRefused
from service.rules.lifecycle import PostingState
from service.spreadsheets import read_postings
from service.worker import Worker
from tests.builders import CLERK, COUNTY

pytestmark = pytest.mark.real_sheet

ROWS = 1603
VERIFIED = 25


def test_the_real_sheet_goes_through_whole_and_its_lawful_postings_reach_the_feed(
    app, client, bureau, real_sheet
):
    now = datetime.now(UTC)
    database = app.extensions["database"]
    first = _import(database, real_sheet, now)
    _assert_every_row_became_a_draft(database, first)
    _assert_the_same_again_changes_nothing(database, first, _import(database, real_sheet, now))
    with database.transaction() as session:
        published, blocked = _review(session, now)
    assert published
    seekers = [_register(bureau, posting, number) for number, posting in enumerate(published[:3])]
    Worker(database, feed_retention_days=90, gateways={}).work_until_idle(now)

    with database.reading() as session:
        matched = set(session.scalars(sa.select(MatchRow.seeker_id).distinct()))
        assert set(session.scalars(sa.select(SeekerRow.id))) == set(seekers)
    assert matched == set(seekers)
    wanted = {posting.id for posting in published}
    assert {line["id"] for line in _pulled(client)} == wanted
    assert not wanted & blocked
    parsed = feedparser.parse(client.get("/feed/openings.atom").data)
    assert not parsed.bozo
    titles = {posting.title for posting in published}
    assert parsed.entries
    assert all(any(title in entry.title for title in titles) for entry in parsed.entries)


def _assert_every_row_became_a_draft(database, first: dict) -> None:
    counts = first["counts"]
    assert counts["read"] == ROWS == counts["accepted"] + counts["merged"] + counts["refused"]
    assert len(first["receipts"]) == ROWS
    assert counts["created"] == counts["accepted"] > 1500
    with database.reading() as session:
        drafts = list(session.scalars(sa.select(PostingRow)))
    assert {draft.state for draft in drafts} == {PostingState.DRAFT}
    assert {tuple(draft.defaults) for draft in drafts} == {("openings", "valid_until")}
    for level, least in (("block", 10), ("review", 100)):
        assert sum(any(w["level"] == level for w in r["warnings"]) for r in first["receipts"]) > least


def _assert_the_same_again_changes_nothing(database, first: dict, again: dict) -> None:
    counts, repeated = first["counts"], again["counts"]
    assert (repeated["unchanged"], repeated["created"], repeated["updated"]) == (counts["accepted"], 0, 0)
    assert (repeated["merged"], repeated["refused"]) == (counts["merged"], counts["refused"])
    with database.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(PostingRow)) == counts["accepted"]
        assert set(session.scalars(sa.select(PostingRow.revision))) == {1}


def _import(database, path: Path, now: datetime) -> dict:
    sheets = read_postings(path.read_bytes(), max_rows=10_000, hint=COUNTY, today=local_day(now))
    with database.transaction() as session:
        row = import_postings(
            session,
            sheets.entries,
            ImportSource("51job", path.name),
            defaults=Defaults(1, 30),
            actor=CLERK,
            now=now,
        )
        return {"counts": row.counts, "receipts": row.receipts}


def _review(session: Session, now: datetime) -> tuple[list[PostingRow], set[str]]:
    """Give some employers invented codes, and publish whatever of theirs is lawful."""
    employers = list(session.scalars(sa.select(EmployerRow).order_by(EmployerRow.id).limit(VERIFIED)))
    for number, employer in enumerate(employers):
        employer.credit_code = make_credit_code(f"R{number}")
        verify_employer(session, employer.id, ["营业执照"], actor=CLERK, now=now)
    published, blocked = [], set()
    query = sa.select(PostingRow.id).where(PostingRow.employer_id.in_([row.id for row in employers]))
    for posting_id in list(session.scalars(query)):
        try:
            submit_posting(session, posting_id, actor=CLERK, now=now)
        except WordingRefused:
            blocked.add(posting_id)
            continue
        published.append(
            approve_posting(session, posting_id, actor=CLERK, now=now, reason="已与用人单位核实")
        )
    return published, blocked


def _register(bureau, posting: PostingRow, number: int) -> str:
    """Somebody of the same place who looks for just this work."""
    answer = bureau.post(
        "/v1/seekers",
        json={
            "name": "测试者",
            "phone": f"1390000{number:04d}",
            "consent_version": "2026-01",
            "profile": {
                "occupations": [posting.title],
                "region": posting.region,
                "education": 6,
                "experience_years": 20,
            },
        },
    )
    assert answer.status_code == 201, answer.json
    return answer.json["id"]


def _pulled(client) -> Iterator[dict]:
    """The present openings as a reader of the feed gathers them."""
    found: dict[str, dict] = {}
    cursor, more = None, True
    while more:
        page = client.get(
            "/v1/feed/openings", query_string={"limit": 10} | ({"cursor": cursor} if cursor else {})
        ).json
        for line in page["lines"]:
            found[line["id"]] = line
        cursor, more = page["cursor"], page["has_more"]
    return iter(line for line in found.values() if line["change"] == "upsert")

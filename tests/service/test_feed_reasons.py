"""Everything that takes a posting to the public or from it is a line of the stream, with its reason."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from service.db import Database
from service.models import EmployerRow, Stream
from service.operations import erasure, hires, posting_states, postings, seekers
from service.operations.employer_states import suspend_employer
from service.operations.seekers import Consents
from service.queries.feed import feed_page
from service.worker import Worker
from tests.builders import (
    CLERK,
    NOW,
    make_employer,
    make_open_posting,
    make_posting_content,
    make_seeker,
)
from tests.service.openings_stream import lines, present

LATER = NOW + timedelta(hours=1)
Act = Callable[[Session, str], Any]


def _employers_posting(session: Session) -> tuple[EmployerRow, str]:
    employer = make_employer(session)
    return employer, make_open_posting(session, employer).id


def _filled(session: Session, posting_id: str) -> None:
    hires.report_hires(session, posting_id, 3, actor=CLERK, now=LATER)


def _paused(session: Session, posting_id: str) -> None:
    posting_states.pause_posting(session, posting_id, actor=CLERK, now=LATER)


ACTS: list[Any] = [
    pytest.param([_paused], ("remove", "paused"), id="pause"),
    pytest.param(
        [_paused, lambda s, p: posting_states.resume_posting(s, p, actor=CLERK, now=LATER)],
        ("upsert", "resumed"),
        id="resume",
    ),
    pytest.param(
        [lambda s, p: posting_states.withdraw_posting(s, p, "不招了", actor=CLERK, now=LATER)],
        ("remove", "withdrawn"),
        id="withdraw",
    ),
    pytest.param(
        [lambda s, p: hires.report_hires(s, p, 1, actor=CLERK, now=LATER)],
        ("upsert", "openings_changed"),
        id="a-hire",
    ),
    pytest.param([_filled], ("remove", "filled"), id="the-last-hire"),
    pytest.param(
        [_filled, lambda s, p: hires.reopen_posting(s, p, 2, actor=CLERK, now=LATER)],
        ("upsert", "reopened"),
        id="reopen",
    ),
    pytest.param(
        [lambda s, p: posting_states.fill_posting(s, p, actor=CLERK, now=LATER)],
        ("remove", "filled"),
        id="fill",
    ),
    pytest.param(
        [lambda s, p: posting_states.renew_posting(s, p, NOW + timedelta(days=50), actor=CLERK, now=LATER)],
        ("upsert", "renewed"),
        id="renew",
    ),
    pytest.param(
        [
            lambda s, p: postings.replace_posting(
                s, p, make_posting_content(title="氩弧焊工"), actor=CLERK, now=LATER, reason="更正"
            )
        ],
        ("upsert", "updated"),
        id="replace",
    ),
]


@pytest.mark.parametrize(("acts", "line"), ACTS)
def test_what_is_done_to_a_posting_is_a_line_with_its_reason(
    database: Database, acts: list[Act], line: tuple[str, str]
) -> None:
    with database.transaction() as session:
        _, posting_id = _employers_posting(session)
    for act in acts:
        with database.transaction() as session:
            act(session, posting_id)
    with database.reading() as session:
        told = lines(session)
        assert told[0] == ("upsert", "published")
        assert told[-1] == line
        assert len(told) == 1 + len(acts)
        assert (posting_id in present(session)) is (line[0] == "upsert")


def _work(database: Database, now: datetime) -> None:
    Worker(database, feed_retention_days=30, gateways={}).work_until_idle(now)


def test_a_scheduled_posting_enters_when_its_time_comes_and_leaves_when_it_is_over(
    database: Database,
) -> None:
    start, end = NOW + timedelta(days=2), NOW + timedelta(days=5)
    with database.transaction() as session:
        make_open_posting(session, make_employer(session), valid_from=start, valid_until=end)
    told = []
    for now in (NOW, start - timedelta(seconds=1), start, end - timedelta(seconds=1), end):
        _work(database, now)
        with database.reading() as session:
            told.append(lines(session))
    published, expired = ("upsert", "published"), ("remove", "expired")
    assert told == [[], [], [published], [published], [published, expired]]


def test_a_suspended_employers_postings_leave_together(database: Database) -> None:
    with database.transaction() as session:
        employer, _ = _employers_posting(session)
        make_open_posting(session, employer)
        make_open_posting(session, make_employer(session, "2", name="另一家"))
    with database.transaction() as session:
        suspend_employer(session, employer.id, "虚假招聘", actor=CLERK, now=LATER)
    with database.reading() as session:
        assert lines(session)[3:] == [("remove", "employer_suspended")] * 2
        assert {content["employer"]["name"] for content in present(session).values()} == {"另一家"}


def _match_lines(database: Database) -> list[tuple[str, str]]:
    with database.reading() as session:
        page = feed_page(session, Stream.MATCHES, after=None, limit=100)
    return [(line.change.value, line.reason) for line in page.lines]


def _no_longer(session: Session, posting_id: str, seeker_id: str) -> None:
    content = make_posting_content(title="缝纫工", description="缝纫，计件。")
    postings.replace_posting(session, posting_id, content, actor=CLERK, now=LATER, reason="更正")


def _closed(session: Session, posting_id: str, seeker_id: str) -> None:
    posting_states.withdraw_posting(session, posting_id, "不招了", actor=CLERK, now=LATER)


def _taken_back(session: Session, posting_id: str, seeker_id: str) -> None:
    seekers.set_consents(session, seeker_id, Consents(), actor=CLERK, now=LATER)


def _erased(session: Session, posting_id: str, seeker_id: str) -> None:
    erasure.erase_seeker(session, seeker_id, reason="本人要求", actor=CLERK, now=LATER)


@pytest.mark.parametrize(
    ("act", "reason", "wiped"),
    [
        pytest.param(_no_longer, "no_longer_matching", False, id="posting-changed"),
        pytest.param(_closed, "posting_closed", False, id="posting-closed"),
        pytest.param(_taken_back, "consent_withdrawn", True, id="consent-taken-back"),
        pytest.param(_erased, "erased", True, id="erased"),
    ],
)
def test_a_match_that_ends_is_a_line_that_says_why(
    database: Database, act: Callable[[Session, str, str], None], reason: str, wiped: bool
) -> None:
    with database.transaction() as session:
        _, posting_id = _employers_posting(session)
        seeker_id = make_seeker(session, consents=Consents(subscribed=True)).id
    _work(database, NOW)
    assert _match_lines(database) == [("upsert", "matched")]
    with database.transaction() as session:
        act(session, posting_id, seeker_id)
    _work(database, LATER)
    # Where the person has a say, what older lines told of them is wiped too.
    kept = [] if wiped else [("upsert", "matched")]
    assert _match_lines(database) == [*kept, ("remove", reason)]

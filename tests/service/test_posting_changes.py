"""Postings changed by their senders and by the bureau, on both engines."""

from datetime import timedelta

import pytest

from matching import PayUnit
from service.models import EmployerRow, MatchDue, PostingRow
from service.operations import posting_states
from service.operations.postings import replace_posting
from service.rules.access import Actor, Role
from service.rules.errors import (
    ElementsMissing,
    TransitionNotAllowed,
    WordingRefused,
)
from service.rules.lifecycle import PostingState
from tests.builders import (
    CLERK,
    NOW,
    make_employer,
    make_open_posting,
    make_posting,
    make_posting_content,
)
from tests.service.openings_stream import acts, present, reasons

LATER = NOW + timedelta(hours=1)


def owner_of(employer: EmployerRow) -> Actor:
    return Actor("key", "k", Role.EMPLOYER, employer.id)


def test_the_bureaus_change_of_an_open_posting_is_public_at_once(database):
    with database.transaction() as session:
        posting = make_open_posting(session, make_employer(session))
        replace_posting(session, posting.id, make_posting_content(pay_maximum=8000), actor=CLERK, now=LATER)
        assert (posting.state, posting.revision) == (PostingState.OPEN, 4)
        assert reasons(session) == ["published", "updated"]
        assert present(session)[posting.id]["pay"]["maximum"] == 8000


def test_an_employers_change_of_an_open_posting_goes_back_to_review(database):
    with database.transaction() as session:
        employer = make_employer(session)
        posting = make_open_posting(session, employer)
        replace_posting(
            session, posting.id, make_posting_content(pay_maximum=8000), actor=owner_of(employer), now=LATER
        )
        assert posting.state is PostingState.IN_REVIEW
        assert reasons(session) == ["published", "in_review"]
        assert present(session) == {}


@pytest.mark.parametrize("state", [PostingState.DRAFT, PostingState.WITHDRAWN])
def test_an_employer_changes_what_is_not_public_where_it_stands(database, state: PostingState):
    with database.transaction() as session:
        employer = make_employer(session)
        posting = make_posting(session, employer)
        if state is PostingState.WITHDRAWN:
            posting_states.withdraw_posting(session, posting.id, "先撤", actor=CLERK, now=NOW)
        replace_posting(
            session, posting.id, make_posting_content(title="铆工"), actor=owner_of(employer), now=LATER
        )
        assert (posting.state, posting.title) == (state, "铆工")


def test_an_employer_cannot_change_a_filled_posting_and_reopen_it_unreviewed(database):
    with database.transaction() as session:
        employer = make_employer(session)
        posting = make_open_posting(session, employer)
        posting_states.fill_posting(session, posting.id, actor=CLERK, now=NOW)
        with pytest.raises(TransitionNotAllowed):
            replace_posting(
                session, posting.id, make_posting_content(title="铆工"), actor=owner_of(employer), now=LATER
            )


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        pytest.param({"description": "限男"}, WordingRefused, id="forbidden"),
        pytest.param({"description": "50岁以下"}, WordingRefused, id="to-be-justified"),
        pytest.param({"openings": None}, ElementsMissing, id="element"),
    ],
)
def test_what_is_public_stands_the_checks_after_every_change(database, changes: dict, refusal: type):
    with database.transaction() as session:
        posting = make_open_posting(session, make_employer(session))
    with pytest.raises(refusal), database.transaction() as session:
        replace_posting(session, posting.id, make_posting_content(**changes), actor=CLERK, now=LATER)
    with database.reading() as session:
        assert session.get(PostingRow, posting.id).revision == 3


def test_the_bureau_may_say_why_words_stay(database):
    with database.transaction() as session:
        posting = make_open_posting(session, make_employer(session))
        replace_posting(
            session,
            posting.id,
            make_posting_content(description="焊接，50岁以下。"),
            actor=CLERK,
            now=LATER,
            reason="高处作业",
        )
        assert acts(session, posting.id)[-1].reason == "高处作业"


def test_more_openings_keep_the_hires_counted(database):
    with database.transaction() as session:
        posting = make_open_posting(session, make_employer(session))
        posting.openings_left = 1
        replace_posting(session, posting.id, make_posting_content(openings=5), actor=CLERK, now=LATER)
        assert (posting.openings, posting.openings_left) == (5, 3)


@pytest.mark.parametrize(
    ("changes", "due"),
    [
        pytest.param({"contact_name": "王经理"}, MatchDue.NONE, id="nothing-that-matching-reads"),
        pytest.param({"pay_unit": PayUnit.DAY}, MatchDue.CONTENT, id="pay"),
        pytest.param({"openings": 4}, MatchDue.CONTENT, id="openings"),
    ],
)
def test_a_match_is_owed_where_matching_reads_the_change(database, changes: dict, due: MatchDue):
    with database.transaction() as session:
        posting = make_posting(session, make_employer(session))
        posting.match_due = MatchDue.NONE
        replace_posting(session, posting.id, make_posting_content(**changes), actor=CLERK, now=LATER)
        assert posting.match_due == due

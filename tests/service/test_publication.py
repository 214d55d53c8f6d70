"""What stands between a posting and the public, on both engines: elements, employer, words."""

from datetime import timedelta
from typing import Any

import pytest

from service.models import PayStated
from service.operations import posting_states
from service.operations.employer_states import suspend_employer
from service.rules.errors import (
    ElementsMissing,
    EmployerNotVerified,
    WordingRefused,
)
from service.rules.lifecycle import EmployerState
from tests.builders import CLERK, NOW, make_employer, make_open_posting, make_posting
from tests.service.openings_stream import acts

MONTH = timedelta(days=30)
LATER = NOW + timedelta(hours=1)


def findings_in(refusal: WordingRefused) -> list[dict[str, Any]]:
    findings = refusal.extra["findings"]
    assert isinstance(findings, list)
    return findings


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        pytest.param({"description": " "}, "description", id="work-and-conditions"),
        pytest.param({"openings": None}, "openings", id="openings"),
        pytest.param({"region": None, "address": ""}, "region", id="place"),
        pytest.param(
            {"pay_stated": PayStated.UNSTATED, "pay_minimum": None, "pay_maximum": None, "pay_unit": None},
            "pay_stated",
            id="pay",
        ),
        pytest.param({"valid_until": None}, "valid_until", id="validity"),
        pytest.param({"valid_until": NOW}, "valid_until", id="over-already"),
    ],
)
def test_what_lacks_an_element_of_the_law_is_not_submitted(database, changes: dict, field: str):
    with database.transaction() as session:
        posting = make_posting(session, make_employer(session), **changes)
        with pytest.raises(ElementsMissing) as refusal:
            posting_states.submit_posting(session, posting.id, actor=CLERK, now=NOW)
        assert list(refusal.value.errors) == [field]


def test_an_employer_that_was_not_vetted_publishes_nothing(database):
    with database.transaction() as session:
        posting = make_posting(session, make_employer(session, verified=False))
        posting_states.submit_posting(session, posting.id, actor=CLERK, now=NOW)
        with pytest.raises(EmployerNotVerified):
            posting_states.approve_posting(session, posting.id, actor=CLERK, now=NOW)


def test_a_verification_ends_after_six_months_even_before_the_worker_has_noted_it(database):
    with database.transaction() as session:
        employer = make_employer(session)
        after = NOW + timedelta(days=190)
        posting = make_open_posting(session, employer, valid_until=after + MONTH)
        posting_states.pause_posting(session, posting.id, actor=CLERK, now=LATER)
        assert employer.state is EmployerState.VERIFIED
        with pytest.raises(EmployerNotVerified):
            posting_states.resume_posting(session, posting.id, actor=CLERK, now=after)


def test_forbidden_words_are_not_submitted(database):
    with database.transaction() as session:
        posting = make_posting(session, make_employer(session), description="限男，35岁以下，搬运货物。")
        with pytest.raises(WordingRefused) as refusal:
            posting_states.submit_posting(session, posting.id, actor=CLERK, now=NOW)
    finding = findings_in(refusal.value)[0]
    assert (finding["field"], finding["text"], finding["level"]) == ("description", "限男", "block")
    assert finding["article"]
    assert finding["why"]


def test_forbidden_words_in_a_benefit_are_found_in_their_place(database):
    with database.transaction() as session:
        posting = make_posting(
            session, make_employer(session), benefits=("节日礼品", "入职交押金500元，离职退还")
        )
        with pytest.raises(WordingRefused) as refusal:
            posting_states.submit_posting(session, posting.id, actor=CLERK, now=NOW)
    assert findings_in(refusal.value)[0]["field"] == "benefits.1"


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"description": "焊接钢结构件，年龄50岁以下。"}, id="age"),
        pytest.param(
            {"pay_stated": PayStated.NEGOTIABLE, "pay_minimum": None, "pay_maximum": None, "pay_unit": None},
            id="pay-to-be-agreed",
        ),
    ],
)
def test_words_to_be_justified_need_a_reason_at_approval(database, changes: dict):
    with database.transaction() as session:
        posting = make_posting(session, make_employer(session), **changes)
        posting_states.submit_posting(session, posting.id, actor=CLERK, now=NOW)
        with pytest.raises(WordingRefused):
            posting_states.approve_posting(session, posting.id, actor=CLERK, now=NOW, reason="  ")
        posting_states.approve_posting(session, posting.id, actor=CLERK, now=NOW, reason="已核实")
        act = acts(session, posting.id)[-1]
    assert act.reason == "已核实"
    assert act.detail["findings"]


def test_a_suspension_between_review_and_approval_is_seen(database):
    with database.transaction() as session:
        employer = make_employer(session)
        posting = make_posting(session, employer)
        posting_states.submit_posting(session, posting.id, actor=CLERK, now=NOW)
        suspend_employer(session, employer.id, "被投诉", actor=CLERK, now=NOW)
        with pytest.raises(EmployerNotVerified):
            posting_states.approve_posting(session, posting.id, actor=CLERK, now=NOW)

"""The lifecycle of a posting, on both engines: states, reasons, and what the stream is told."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from matching import PayUnit
from service.models import MatchDue, PayStated, PostingRow
from service.operations import posting_states
from service.operations.employer_states import lapse_employer
from service.rules.access import Actor, Role
from service.rules.errors import (
    ElementsMissing,
    NotFound,
    RevisionMismatch,
    TransitionNotAllowed,
)
from service.rules.lifecycle import PostingState
from tests.builders import CLERK, NOW, make_employer, make_open_posting, make_posting
from tests.service.openings_stream import acts, lines, present, reasons

MONTH = timedelta(days=30)
LATER = NOW + timedelta(hours=1)


def test_a_draft_is_submitted_approved_and_then_public(database):
    with database.transaction() as session:
        posting = make_posting(session, make_employer(session))
        posting_states.submit_posting(session, posting.id, actor=CLERK, now=NOW)
        assert present(session) == {}
        posting_states.approve_posting(session, posting.id, actor=CLERK, now=LATER)
    with database.reading() as session:
        posting = session.get(PostingRow, posting.id)
        assert (posting.state, posting.revision, posting.published_at) == (PostingState.OPEN, 3, LATER)
        assert posting.match_due == MatchDue.CONTENT
        assert lines(session) == [("upsert", "published")]
        steps = [(act.action, act.from_state, act.to_state) for act in acts(session, posting.id)]
    assert steps == [
        ("create_posting", None, "draft"),
        ("submit_posting", "draft", "in_review"),
        ("approve_posting", "in_review", "open"),
    ]


def test_what_the_public_reads_holds_no_contact(database):
    with database.transaction() as session:
        posting = make_open_posting(
            session,
            make_employer(session),
            description="焊接钢结构件，有意者电话13812345678张师傅",
            contact_name="张三丰",
            benefits=("节日礼品",),
            licences=("焊工证",),
            skills_required=("二保焊",),
            latitude=39.9,
            longitude=124.1,
        )
    with database.reading() as session:
        content = present(session)[posting.id]
        assert session.get(PostingRow, posting.id).contact_phone == "13812345678"
    assert "13812345678" not in str(content)
    assert "张三丰" not in str(content)
    assert content["description"] == "焊接钢结构件，有意者电话〔手机号〕张师傅"
    assert content["region"] == {"code": "210681104", "name": "前阳镇", "path": "辽宁省丹东市东港市前阳镇"}
    assert content["occupations"] == [{"code": "6-18-02-04", "name": "焊工", "text": "电焊工"}]
    assert content["pay"]["text"] == "5000–7000 元/月"
    assert content["point"] == {"latitude": 39.9, "longitude": 124.1}
    assert [licence["key"] for licence in content["licences"]] == ["SO-02-01"]
    assert content["employer"]["name"] == "东港市前阳机械铸造有限公司"


def test_a_posting_for_later_waits_until_its_time(database):
    with database.transaction() as session:
        posting = make_open_posting(session, make_employer(session), valid_from=NOW + timedelta(days=2))
        assert (posting.state, posting.published_at) == (PostingState.SCHEDULED, None)
        with pytest.raises(TransitionNotAllowed):
            posting_states.start_posting(session, posting, now=LATER)
        start = NOW + timedelta(days=2)
        posting_states.start_posting(session, posting, now=start)
        assert (posting.state, posting.published_at) == (PostingState.OPEN, start)
        assert reasons(session) == ["published"]


def test_a_start_that_the_law_forbids_by_then_goes_back_to_review(database):
    with database.transaction() as session:
        employer = make_employer(session)
        start = NOW + timedelta(days=200)
        posting = make_open_posting(
            session, employer, valid_from=start, valid_until=NOW + timedelta(days=230)
        )
        lapse_employer(session, employer, now=start)
        posting_states.start_posting(session, posting, now=start)
        assert posting.state is PostingState.IN_REVIEW
        assert acts(session, posting.id)[-1].detail == {"refused": "employer_not_verified"}
        assert present(session) == {}


def test_an_expiry_takes_the_posting_from_the_stream(database):
    with database.transaction() as session:
        posting = make_open_posting(session, make_employer(session))
        with pytest.raises(TransitionNotAllowed):
            posting_states.expire_posting(session, posting, now=LATER)
        posting_states.expire_posting(session, posting, now=NOW + MONTH)
        assert posting.state is PostingState.EXPIRED
        assert lines(session)[-1] == ("remove", "expired")
        assert present(session) == {}


@pytest.mark.parametrize(
    ("act", "reason", "state"),
    [
        pytest.param(posting_states.pause_posting, "paused", PostingState.PAUSED, id="pause"),
        pytest.param(posting_states.fill_posting, "filled", PostingState.FILLED, id="fill"),
    ],
)
def test_leaving_the_public_is_a_removal_with_its_reason(
    database, act: Callable[..., PostingRow], reason: str, state: PostingState
):
    with database.transaction() as session:
        posting = make_open_posting(session, make_employer(session))
        act(session, posting.id, reason="用人单位来电", actor=CLERK, now=LATER)
        assert posting.state is state
        assert lines(session)[-1] == ("remove", reason)
        assert acts(session, posting.id)[-1].reason == "用人单位来电"


def test_filling_by_hand_leaves_no_openings(database):
    with database.transaction() as session:
        posting = make_open_posting(session, make_employer(session))
        posting_states.fill_posting(session, posting.id, actor=CLERK, now=LATER)
        assert posting.openings_left == 0
        assert acts(session, posting.id)[-1].detail == {"openings_given_up": 3}


def test_a_paused_posting_comes_back(database):
    with database.transaction() as session:
        posting = make_open_posting(session, make_employer(session))
        posting_states.pause_posting(session, posting.id, actor=CLERK, now=LATER)
        posting_states.resume_posting(session, posting.id, actor=CLERK, now=LATER)
        assert posting.state is PostingState.OPEN
        assert posting.published_at == NOW
        assert reasons(session) == ["published", "paused", "resumed"]
        assert list(present(session)) == [posting.id]


def test_a_withdrawn_posting_leaves_a_removal_and_can_be_made_a_draft_again(database):
    with database.transaction() as session:
        posting = make_open_posting(session, make_employer(session))
        posting_states.withdraw_posting(session, posting.id, "不再招聘", actor=CLERK, now=LATER)
        assert lines(session)[-1] == ("remove", "withdrawn")
        with pytest.raises(TransitionNotAllowed):
            posting_states.withdraw_posting(session, posting.id, "再撤", actor=CLERK, now=LATER)
        posting_states.restore_posting(session, posting.id, actor=CLERK, now=LATER)
        assert posting.state is PostingState.DRAFT


def test_a_draft_that_is_withdrawn_was_never_in_the_stream(database):
    with database.transaction() as session:
        posting = make_posting(session, make_employer(session))
        posting_states.withdraw_posting(session, posting.id, "填错", actor=CLERK, now=LATER)
        assert lines(session) == []


def test_a_returned_posting_is_a_draft_with_the_reason(database):
    with database.transaction() as session:
        posting = make_posting(session, make_employer(session))
        posting_states.submit_posting(session, posting.id, actor=CLERK, now=NOW)
        posting_states.return_posting(session, posting.id, "工资请核实", actor=CLERK, now=LATER)
        assert posting.state is PostingState.DRAFT
        assert acts(session, posting.id)[-1].reason == "工资请核实"


def test_renewing_an_open_posting_keeps_it_open(database):
    with database.transaction() as session:
        posting = make_open_posting(session, make_employer(session))
        posting_states.renew_posting(session, posting.id, NOW + 2 * MONTH, actor=CLERK, now=LATER)
        assert (posting.state, posting.valid_until) == (PostingState.OPEN, NOW + 2 * MONTH)
        assert lines(session)[-1] == ("upsert", "renewed")


def test_renewing_a_paused_posting_keeps_it_paused(database):
    with database.transaction() as session:
        posting = make_open_posting(session, make_employer(session))
        posting_states.pause_posting(session, posting.id, actor=CLERK, now=LATER)
        posting_states.renew_posting(session, posting.id, NOW + 2 * MONTH, actor=CLERK, now=LATER)
        assert posting.state is PostingState.PAUSED
        assert reasons(session) == ["published", "paused"]


def test_renewing_an_expired_posting_opens_it_again(database):
    with database.transaction() as session:
        posting = make_open_posting(session, make_employer(session))
        posting_states.expire_posting(session, posting, now=NOW + MONTH)
        posting_states.renew_posting(session, posting.id, NOW + 2 * MONTH, actor=CLERK, now=NOW + MONTH)
        assert posting.state is PostingState.OPEN
        assert reasons(session) == ["published", "expired", "renewed"]


def test_nothing_is_renewed_into_the_past(database):
    with database.transaction() as session:
        posting = make_open_posting(session, make_employer(session))
        with pytest.raises(ElementsMissing) as refusal:
            posting_states.renew_posting(session, posting.id, NOW, actor=CLERK, now=LATER)
        assert list(refusal.value.errors) == ["valid_until"]
        session.rollback()


def test_a_draft_cannot_be_renewed(database):
    with database.transaction() as session:
        posting = make_posting(session, make_employer(session))
        with pytest.raises(TransitionNotAllowed):
            posting_states.renew_posting(session, posting.id, NOW + 2 * MONTH, actor=CLERK, now=LATER)


def test_a_change_against_an_older_revision_is_refused_with_the_present_one(database):
    with database.transaction() as session:
        posting = make_open_posting(session, make_employer(session))
        with pytest.raises(RevisionMismatch) as refusal:
            posting_states.pause_posting(session, posting.id, actor=CLERK, now=NOW, expected_revision=1)
    assert refusal.value.extra == {"revision": 3}


def test_another_employers_posting_is_not_there(database):
    with database.transaction() as session:
        posting = make_open_posting(session, make_employer(session))
        stranger = Actor("key", "k", Role.EMPLOYER, make_employer(session, "2").id)
        with pytest.raises(NotFound):
            posting_states.pause_posting(session, posting.id, actor=stranger, now=NOW)


def test_a_refusal_leaves_nothing_behind(database):
    with database.transaction() as session:
        posting = make_open_posting(session, make_employer(session))

    def pause_and_approve() -> None:
        with database.transaction() as session:
            posting_states.pause_posting(session, posting.id, actor=CLERK, now=NOW)
            posting_states.approve_posting(session, posting.id, actor=CLERK, now=NOW)

    with pytest.raises(TransitionNotAllowed):
        pause_and_approve()
    with database.reading() as session:
        assert session.get(PostingRow, posting.id).state is PostingState.OPEN
        assert reasons(session) == ["published"]


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        pytest.param({"pay_minimum": 5000, "pay_maximum": None}, "5000 元/月以上", id="from"),
        pytest.param({"pay_minimum": None, "pay_maximum": 7000}, "最高 7000 元/月", id="up-to"),
        pytest.param(
            {"pay_minimum": 260, "pay_maximum": 260, "pay_unit": PayUnit.DAY}, "260 元/天", id="fixed"
        ),
        pytest.param(
            {"pay_minimum": None, "pay_maximum": None, "pay_unit": PayUnit.PIECE}, "计件", id="piece"
        ),
        pytest.param(
            {
                "pay_stated": PayStated.NEGOTIABLE,
                "pay_minimum": None,
                "pay_maximum": None,
                "pay_unit": None,
            },
            "工资面谈，单位未写明",
            id="negotiable",
        ),
    ],
)
def test_pay_reads_as_a_person_says_it(database, changes: dict, text: str):
    with database.transaction() as session:
        posting = make_open_posting(session, make_employer(session), **changes)
        assert present(session)[posting.id]["pay"]["text"] == text

"""Openings counted down by hires, on both engines."""

from datetime import timedelta
from threading import Thread

import pytest

from service.models import PostingRow
from service.operations import posting_states
from service.operations.hires import reopen_posting, report_hires, set_openings
from service.rules.errors import Invalid, OpeningsExhausted, TransitionNotAllowed
from service.rules.lifecycle import PostingState
from tests.builders import CLERK, NOW, make_employer, make_open_posting, make_posting
from tests.service.openings_stream import acts, lines, present, reasons

LATER = NOW + timedelta(hours=1)


def leave_openings_open(posting: PostingRow) -> None:
    """人数未定, as no posting is published any more."""
    posting.openings = posting.openings_left = None


def test_hires_are_counted_off_and_told(database):
    with database.transaction() as session:
        posting = make_open_posting(session, make_employer(session), openings=3)
        report_hires(session, posting.id, 2, actor=CLERK, now=LATER)
        assert (posting.openings, posting.openings_left, posting.state) == (3, 1, PostingState.OPEN)
        assert lines(session)[-1] == ("upsert", "openings_changed")
        assert present(session)[posting.id]["openings_left"] == 1
        assert acts(session, posting.id)[-1].detail == {"count": 2, "openings_left": 1}


@pytest.mark.parametrize("paused", [False, True])
def test_the_last_hire_fills_the_posting(database, paused: bool):
    with database.transaction() as session:
        posting = make_open_posting(session, make_employer(session), openings=2)
        if paused:
            posting_states.pause_posting(session, posting.id, actor=CLERK, now=LATER)
        report_hires(session, posting.id, 2, actor=CLERK, now=LATER)
        assert (posting.state, posting.openings_left) == (PostingState.FILLED, 0)
        assert reasons(session) == ["published", "paused" if paused else "filled"]


def test_more_hires_than_openings_are_refused_with_what_is_left(database):
    with database.transaction() as session:
        posting = make_open_posting(session, make_employer(session), openings=2)
        with pytest.raises(OpeningsExhausted) as refusal:
            report_hires(session, posting.id, 3, actor=CLERK, now=LATER)
    assert refusal.value.extra == {"openings_left": 2}


def test_openings_that_were_never_stated_cannot_be_counted_down(database):
    with database.transaction() as session:
        posting = make_open_posting(session, make_employer(session))
        leave_openings_open(posting)
        with pytest.raises(Invalid) as refusal:
            report_hires(session, posting.id, 1, actor=CLERK, now=LATER)
    assert list(refusal.value.errors) == ["count"]


def test_nobody_is_hired_for_a_draft(database):
    with database.transaction() as session:
        posting = make_posting(session, make_employer(session))
        with pytest.raises(TransitionNotAllowed):
            report_hires(session, posting.id, 1, actor=CLERK, now=LATER)
        with pytest.raises(TransitionNotAllowed):
            set_openings(session, posting.id, 4, actor=CLERK, now=LATER)


def test_a_hire_that_fell_through_brings_the_posting_back(database):
    with database.transaction() as session:
        posting = make_open_posting(session, make_employer(session), openings=1)
        report_hires(session, posting.id, 1, actor=CLERK, now=LATER)
        reopen_posting(session, posting.id, 1, actor=CLERK, now=LATER)
        assert (posting.state, posting.openings, posting.openings_left) == (PostingState.OPEN, 1, 1)
        assert reasons(session) == ["published", "filled", "reopened"]


def test_reopening_for_more_than_before_raises_the_openings(database):
    with database.transaction() as session:
        posting = make_open_posting(session, make_employer(session), openings=1)
        with pytest.raises(TransitionNotAllowed):
            reopen_posting(session, posting.id, 4, actor=CLERK, now=LATER)
        report_hires(session, posting.id, 1, actor=CLERK, now=LATER)
        reopen_posting(session, posting.id, 4, actor=CLERK, now=LATER)
        assert (posting.openings, posting.openings_left) == (4, 4)


def test_a_correction_keeps_the_hires_counted(database):
    with database.transaction() as session:
        posting = make_open_posting(session, make_employer(session), openings=5)
        report_hires(session, posting.id, 2, actor=CLERK, now=LATER)
        set_openings(session, posting.id, 10, actor=CLERK, now=LATER)
        assert (posting.openings, posting.openings_left) == (10, 8)
        assert reasons(session)[-1] == "openings_changed"


def test_a_correction_to_none_left_fills_and_to_some_reopens(database):
    with database.transaction() as session:
        posting = make_open_posting(session, make_employer(session), openings=5)
        states = [
            set_openings(session, posting.id, openings, left, actor=CLERK, now=LATER).state
            for openings, left in ((5, 0), (6, 1))
        ]
        assert states == [PostingState.FILLED, PostingState.OPEN]
        assert reasons(session) == ["published", "filled", "reopened"]


def test_a_correction_of_a_paused_posting_is_not_public(database):
    with database.transaction() as session:
        posting = make_open_posting(session, make_employer(session))
        posting_states.pause_posting(session, posting.id, actor=CLERK, now=LATER)
        leave_openings_open(posting)
        set_openings(session, posting.id, 7, actor=CLERK, now=LATER)
        assert (posting.openings_left, posting.state) == (7, PostingState.PAUSED)
        assert reasons(session) == ["published", "paused"]


def test_no_more_can_be_left_than_asked_for(database):
    with database.transaction() as session:
        posting = make_open_posting(session, make_employer(session))
        with pytest.raises(Invalid) as refusal:
            set_openings(session, posting.id, 3, 4, actor=CLERK, now=LATER)
    assert list(refusal.value.errors) == ["openings_left"]


def test_hires_reported_at_once_are_all_counted_and_never_too_many(database):
    """Ten reports of one hire against six openings, each in a transaction and thread of its own."""
    with database.transaction() as session:
        posting = make_open_posting(session, make_employer(session), openings=6)
    outcomes: list[str] = []

    def report() -> None:
        try:
            with database.transaction() as session:
                report_hires(session, posting.id, 1, actor=CLERK, now=LATER)
            outcomes.append("counted")
        except (OpeningsExhausted, TransitionNotAllowed):
            outcomes.append("refused")

    threads = [Thread(target=report) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    with database.reading() as session:
        found = session.get(PostingRow, posting.id)
        assert (found.openings_left, found.state) == (0, PostingState.FILLED)
        assert reasons(session) == ["published", *["openings_changed"] * 5, "filled"]
    assert sorted(outcomes) == ["counted"] * 6 + ["refused"] * 4

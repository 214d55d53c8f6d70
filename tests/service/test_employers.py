"""Employers made, vetted and stopped, on both engines."""

from datetime import UTC, datetime, timedelta

import pytest

from service.models import EmployerRow
from service.operations.employer_states import (
    lapse_employer,
    months_later,
    suspend_employer,
    verify_employer,
)
from service.operations.employers import create_employer, replace_employer
from service.queries.employers import (
    employer_by_code,
    employers_by_name,
    employers_page,
    find_employer,
    name_key,
)
from service.rules.access import SYSTEM, Actor, Role
from service.rules.calendar import BEIJING
from service.rules.credit_code import make_credit_code
from service.rules.errors import (
    AlreadyExists,
    Forbidden,
    Invalid,
    InvalidCreditCode,
    NotFound,
    RevisionMismatch,
    TransitionNotAllowed,
    WordingRefused,
)
from service.rules.lifecycle import EmployerState, PostingState
from tests.builders import CLERK, NOW, make_employer, make_employer_content, make_open_posting, make_posting
from tests.service.openings_stream import acts, present, reasons

LATER = NOW + timedelta(hours=1)


def test_a_new_employer_is_not_vetted(database):
    with database.transaction() as session:
        employer = create_employer(
            session, make_employer_content(contact_phone="0415-7123456"), actor=CLERK, now=NOW
        )
    with database.reading() as session:
        found = session.get(EmployerRow, employer.id)
        assert (found.state, found.revision) == (EmployerState.UNVERIFIED, 1)
        assert found.contact_phone == "0415-7123456"
        assert found.credit_code == make_credit_code("1")


def test_a_credit_code_is_checked_and_normalised(database):
    with database.transaction() as session:
        code = make_credit_code("7")
        employer = create_employer(
            session, make_employer_content(credit_code=f" {code.lower()} "), actor=CLERK, now=NOW
        )
        assert employer.credit_code == code
        with pytest.raises(InvalidCreditCode):
            create_employer(session, make_employer_content(credit_code=code[:-1]), actor=CLERK, now=NOW)


def test_one_credit_code_is_one_employer(database):
    with database.transaction() as session:
        first = make_employer(session)
        other = make_employer(session, "2")
        with pytest.raises(AlreadyExists) as refusal:
            create_employer(session, make_employer_content(name="别名"), actor=CLERK, now=NOW)
        assert refusal.value.extra == {"employer_id": first.id}
        with pytest.raises(AlreadyExists):
            replace_employer(session, other.id, make_employer_content(), actor=CLERK, now=NOW)


def test_an_unknown_place_and_a_forbidden_name_are_refused(database):
    with database.transaction() as session:
        with pytest.raises(Invalid):
            create_employer(session, make_employer_content(region="999999"), actor=CLERK, now=NOW)
        with pytest.raises(WordingRefused):
            create_employer(session, make_employer_content(name="只招男工劳务部"), actor=CLERK, now=NOW)


def test_a_name_is_more_than_marks_and_its_key_fits_its_column(database):
    with database.transaction() as session:
        with pytest.raises(Invalid) as refusal:
            create_employer(session, make_employer_content(name="——"), actor=CLERK, now=NOW)
        assert list(refusal.value.errors) == ["name"]
        long = create_employer(session, make_employer_content(name="㍿" * 120), actor=CLERK, now=NOW)
        assert len(long.name_key) == 120


def test_a_verification_holds_six_months(database):
    with database.transaction() as session:
        employer = make_employer(session, verified=False)
        verify_employer(session, employer.id, ["营业执照", "委托证明"], actor=CLERK, now=NOW)
        assert employer.state is EmployerState.VERIFIED
        assert employer.verified_until == datetime(2026, 9, 2, 1, 0, tzinfo=UTC)
        assert acts(session, employer.id)[-1].detail["documents"] == ["营业执照", "委托证明"]
        verify_employer(session, employer.id, ["营业执照"], actor=CLERK, now=LATER)
        assert employer.verified_until > datetime(2026, 9, 2, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (datetime(2026, 8, 31, 9, tzinfo=BEIJING), datetime(2027, 2, 28, 9, tzinfo=BEIJING)),
        (datetime(2027, 8, 31, 9, tzinfo=BEIJING), datetime(2028, 2, 29, 9, tzinfo=BEIJING)),
        (datetime(2026, 6, 30, 9, tzinfo=BEIJING), datetime(2026, 12, 30, 9, tzinfo=BEIJING)),
    ],
    ids=["short-february", "leap-year", "end-of-year"],
)
def test_six_months_later_is_a_day_that_exists(day: datetime, expected: datetime):
    assert months_later(day, 6) == expected


def test_nobody_is_verified_without_a_credit_code(database):
    with database.transaction() as session:
        employer = make_employer(session, verified=False, credit_code=None)
        with pytest.raises(Invalid) as refusal:
            verify_employer(session, employer.id, ["营业执照"], actor=CLERK, now=NOW)
        assert list(refusal.value.errors) == ["credit_code"]


def test_a_verified_employer_keeps_its_credit_code(database):
    with database.transaction() as session:
        employer = make_employer(session)
        with pytest.raises(Invalid):
            replace_employer(
                session, employer.id, make_employer_content(credit_code=None), actor=CLERK, now=NOW
            )


def test_a_suspension_takes_the_employers_postings_from_the_public(database):
    with database.transaction() as session:
        employer, other = make_employer(session), make_employer(session, "2")
        opened = [make_open_posting(session, employer) for _ in range(2)]
        waiting = make_open_posting(session, employer, valid_from=NOW + timedelta(days=1))
        draft, stays = make_posting(session, employer), make_open_posting(session, other)
        suspend_employer(session, employer.id, "虚假招聘", actor=CLERK, now=LATER)
        assert employer.state is EmployerState.SUSPENDED
        assert [posting.state for posting in opened] == [PostingState.PAUSED] * 2
        assert waiting.state is PostingState.IN_REVIEW
        assert draft.state is PostingState.DRAFT
        assert list(present(session)) == [stays.id]
        assert reasons(session)[-2:] == ["employer_suspended"] * 2
        assert acts(session, opened[0].id)[-1].reason == "虚假招聘"
        with pytest.raises(TransitionNotAllowed):
            suspend_employer(session, employer.id, "再停", actor=CLERK, now=LATER)


def test_a_verification_lapses_in_its_time_and_leaves_what_is_open(database):
    with database.transaction() as session:
        employer = make_employer(session)
        posting = make_open_posting(session, employer)
        with pytest.raises(TransitionNotAllowed):
            lapse_employer(session, employer, now=LATER)
        lapse_employer(session, employer, now=NOW + timedelta(days=190))
        assert employer.state is EmployerState.LAPSED
        assert posting.state is PostingState.OPEN


def test_a_new_name_is_published_with_every_open_posting(database):
    with database.transaction() as session:
        employer = make_employer(session)
        posting = make_open_posting(session, employer)
        replace_employer(
            session, employer.id, make_employer_content(name="东港新名机械有限公司"), actor=CLERK, now=LATER
        )
        assert present(session)[posting.id]["employer"]["name"] == "东港新名机械有限公司"
        assert (posting.revision, reasons(session)[-1]) == (4, "updated")


def test_the_same_employer_again_changes_nothing(database):
    with database.transaction() as session:
        employer = make_employer(session)
        replace_employer(session, employer.id, make_employer_content(), actor=CLERK, now=LATER)
        assert employer.revision == 2


def test_an_employer_changes_its_address_but_not_what_was_vetted(database):
    with database.transaction() as session:
        employer = make_employer(session)
        owner = Actor("key", "k", Role.EMPLOYER, employer.id)
        replace_employer(
            session, employer.id, make_employer_content(address="前阳镇1号"), actor=owner, now=LATER
        )
        assert (employer.address, employer.revision) == ("前阳镇1号", 3)
        with pytest.raises(Forbidden):
            replace_employer(
                session, employer.id, make_employer_content(name="另一家"), actor=owner, now=LATER
            )


def test_a_change_against_an_older_revision_is_refused(database):
    with database.transaction() as session:
        employer = make_employer(session)
        with pytest.raises(RevisionMismatch) as refusal:
            replace_employer(
                session, employer.id, make_employer_content(), actor=CLERK, now=NOW, expected_revision=1
            )
        assert refusal.value.extra == {"revision": 2}


def test_employers_are_found_by_code_name_and_page(database):
    with database.transaction() as session:
        one = make_employer(session, "1", name="东港市海 鲜（集团）有限公司")
        two = make_employer(session, "2", verified=False, name="丹东服装厂")
    owner = Actor("key", "k", Role.EMPLOYER, two.id)
    with database.reading() as session:
        found = employer_by_code(session, make_credit_code("1"))
        assert found is not None
        assert found.id == one.id
        assert [row.id for row in employers_by_name(session, "东港市海鲜(集团)有限公司")] == [one.id]

        def ids(**wanted):
            wanted = {"actor": SYSTEM, "after": None, "limit": 10} | wanted
            return [row.id for row in employers_page(session, **wanted)]

        assert ids() == [one.id, two.id]
        assert ids(after=one.id) == ids(state=EmployerState.UNVERIFIED) == [two.id]
        assert ids(limit=1) == ids(name="海鲜") == ids(credit_code=make_credit_code("1")) == [one.id]
        assert ids(name="%") == []
        assert ids(actor=owner) == [two.id]
        assert find_employer(session, one.id, actor=owner) is None
        assert find_employer(session, one.id, actor=SYSTEM) is found


def test_an_employer_that_is_not_there_cannot_be_changed(database):
    with database.transaction() as session, pytest.raises(NotFound):
        verify_employer(session, "0" * 26, ["营业执照"], actor=CLERK, now=NOW)


def test_names_come_to_one_key_whatever_their_brackets():
    assert (
        name_key("丹东（东港）食品 有限公司") == name_key("丹东(東港)食品有限公司") == "丹东东港食品有限公司"
    )

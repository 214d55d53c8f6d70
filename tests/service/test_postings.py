"""Postings as their senders make and change them, on both engines."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
import sqlalchemy as sa

from service.models import PostingRow
from service.operations.postings import Origin, create_posting, place_posting
from service.queries.postings import PostingFilter, postings_page, region_prefix
from service.rules.access import SYSTEM, Actor, Role
from service.rules.errors import (
    AlreadyExists,
    Forbidden,
    Invalid,
    NotFound,
    RevisionMismatch,
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
from tests.service.openings_stream import acts

LATER = NOW + timedelta(hours=1)


def owner_of(employer):
    return Actor("key", "k", Role.EMPLOYER, employer.id)


def test_words_are_understood_when_a_posting_is_taken_in(database):
    with database.transaction() as session:
        posting = make_posting(
            session,
            make_employer(session),
            title="电焊工/钳工",
            region="前阳",
            licences=("焊工证", "SO-01-02"),
            skills_required=("二保焊",),
            shuttle_regions=("孤山镇", "210681104"),
        )
    assert [term["code"] for term in posting.occupation_terms] == ["6-18-02-04", "6-20-01-01"]
    assert posting.region == "210681104"
    assert posting.licences == ["SO-02-01", "SO-01-02"]
    assert posting.skill_required_terms[0]["code"]
    assert posting.shuttle_regions[1] == "210681104"
    assert posting.understood_with


def test_an_occupation_given_by_code_is_not_guessed_from_the_title(database):
    with database.transaction() as session:
        posting = make_posting(
            session, make_employer(session), title="高薪急聘", occupation_codes=("6-18-02-04",)
        )
    assert [(term["code"], term["how"]) for term in posting.occupation_terms] == [("6-18-02-04", "exact")]


def test_words_that_nobody_knows_are_named_by_field(database):
    with database.transaction() as session:
        employer = make_employer(session)
        content = make_posting_content(
            occupation_codes=("9-99-99-99",),
            licences=("飞碟驾驶证书",),
            region="999999",
            shuttle_regions=("火星基地",),
        )
        with pytest.raises(Invalid) as refusal:
            create_posting(session, content, Origin(employer.id), actor=CLERK, now=NOW)
    assert set(refusal.value.errors) == {"occupation_codes", "licences", "region", "shuttle_regions"}


def test_numbers_in_texts_become_the_contact_unless_one_was_given(database):
    with database.transaction() as session:
        employer = make_employer(session)
        lifted = make_posting(
            session, employer, title="电焊工13812345678", benefits=("咨询0415-7123456",), address="前阳镇"
        )
        given = make_posting(session, employer, description="电话13812345678", contact_phone="0415-7000000")
    assert (lifted.contact_phone, lifted.title) == ("13812345678", "电焊工〔手机号〕")
    assert "7123456" not in lifted.benefits[0]
    assert given.contact_phone == "0415-7000000"
    assert "138" not in given.description


def test_the_same_content_again_changes_nothing(database):
    with database.transaction() as session:
        origin = Origin(make_employer(session).id, "58", "A-1")
        content = make_posting_content(
            description="电话13812345678",
            benefits=("节日礼品",),
            experience_years=2,
            skills_required=("二保焊",),
        )
        first = place_posting(session, content, origin, actor=CLERK, now=NOW)
        assert (first.created, first.changed) == (True, True)
    with database.transaction() as session:
        again = place_posting(session, content, origin, actor=CLERK, now=LATER)
        assert (again.created, again.changed) == (False, False)
        assert (again.posting.id, again.posting.revision) == (first.posting.id, 1)
        assert len(acts(session, first.posting.id)) == 1


def test_other_content_under_the_same_reference_is_a_revision(database):
    with database.transaction() as session:
        origin = Origin(make_employer(session).id, "58", "A-1")
        place_posting(session, make_posting_content(), origin, actor=CLERK, now=NOW)
    with database.transaction() as session:
        done = place_posting(
            session, make_posting_content(pay_maximum=8000), Origin(None, "58", "A-1"), actor=CLERK, now=LATER
        )
        assert (done.created, done.changed, done.posting.revision) == (False, True, 2)
        assert acts(session, done.posting.id)[-1].detail == {"fields": ["pay_maximum"]}


def test_a_reference_stays_with_its_employer(database):
    with database.transaction() as session:
        one, other = make_employer(session, "1"), make_employer(session, "2")
        place_posting(session, make_posting_content(), Origin(one.id, "58", "A-1"), actor=CLERK, now=NOW)
        with pytest.raises(AlreadyExists):
            place_posting(
                session, make_posting_content(), Origin(other.id, "58", "A-1"), actor=CLERK, now=NOW
            )


def test_a_posting_that_is_not_there_has_no_revision_to_match(database):
    with database.transaction() as session:
        origin = Origin(make_employer(session).id, "58", "A-1")
        with pytest.raises(RevisionMismatch):
            place_posting(session, make_posting_content(), origin, actor=CLERK, now=NOW, expected_revision=1)


def test_a_new_posting_needs_its_employer(database):
    with database.transaction() as session:
        for origin in (Origin(None), Origin("0" * 26)):
            with pytest.raises((Invalid, NotFound)):
                create_posting(session, make_posting_content(), origin, actor=CLERK, now=NOW)


def test_a_reference_is_taken_once(database):
    with database.transaction() as session:
        origin = Origin(make_employer(session).id, "58", "A-1")
        create_posting(session, make_posting_content(), origin, actor=CLERK, now=NOW)
        with pytest.raises(AlreadyExists):
            create_posting(session, make_posting_content(), origin, actor=CLERK, now=NOW)


def test_an_employer_hands_in_for_itself_alone(database):
    with database.transaction() as session:
        own, other = make_employer(session, "1"), make_employer(session, "2")
        content, owner = make_posting_content(), owner_of(own)
        assert create_posting(session, content, Origin(), actor=owner, now=NOW).provider == own.id
        with pytest.raises(NotFound):
            create_posting(session, content, Origin(other.id), actor=owner, now=NOW)
        with pytest.raises(Forbidden):
            create_posting(session, content, Origin(own.id, "58", "A-1"), actor=owner, now=NOW)


@pytest.mark.postgresql
def test_two_senders_of_one_reference_make_one_posting(postgresql_url):
    from service.db import Database
    from service.models import use_vault
    from service.vault import Vault

    use_vault(Vault(["a secret of the tests"]))
    database = Database(postgresql_url)
    with database.transaction() as session:
        origin = Origin(make_employer(session).id, "58", "A-1")
    start, created = Barrier(4), []

    def send(number: int) -> None:
        content = make_posting_content(pay_maximum=7000 + number)
        with database.transaction() as session:
            session.execute(sa.select(PostingRow.id))
            start.wait(10)
            created.append(place_posting(session, content, origin, actor=CLERK, now=NOW).created)

    threads = [Thread(target=send, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    with database.reading() as session:
        postings = session.scalars(sa.select(PostingRow)).all()
        revisions = [posting.revision for posting in postings]
    database.dispose()
    assert sorted(created) == [False, False, False, True]
    assert revisions == [4]


def test_lists_are_paged_by_id_and_filtered(database):
    with database.transaction() as session:
        one, other = make_employer(session, "1"), make_employer(session, "2")
        made = [make_posting(session, one) for _ in range(3)]
        made.append(make_open_posting(session, other, region="210624"))
    ids = [posting.id for posting in made]

    def found(actor=SYSTEM, after=None, limit=10, **wanted):
        with database.reading() as session:
            rows = postings_page(session, PostingFilter(**wanted), actor=actor, after=after, limit=limit)
            return [row.id for row in rows]

    assert found(limit=2) == ids[:2]
    assert found(after=ids[1]) == ids[2:]
    assert found(state=PostingState.OPEN) == ids[3:]
    assert found(employer_id=other.id) == ids[3:]
    assert found(provider="58") == []
    assert found(region="210681") == ids[:3]
    assert found(region="210600") == ids
    assert found(actor=owner_of(other)) == ids[3:]


@pytest.mark.parametrize(
    ("code", "prefix"),
    [("210681104", "210681104"), ("210681", "210681"), ("210600", "2106"), ("210000", "21")],
)
def test_a_division_holds_what_begins_with_its_code(code: str, prefix: str):
    assert region_prefix(code) == prefix

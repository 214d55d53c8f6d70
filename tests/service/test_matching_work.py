"""What is stored, once nothing is due, equals a full recomputation, whatever happened before."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from service.db import Database
from service.models import (
    AuditRow,
    Base,
    EmployerRow,
    FeedHeadRow,
    MatchRow,
    PostingRow,
    ProfileRow,
    SeekerRow,
)
from service.operations import erasure, hires, posting_states, postings, seekers
from service.operations.match_lists import POSTINGS, SEEKERS
from service.operations.seekers import Consents
from service.rules.calendar import local_day
from service.rules.errors import DomainError, NotFound
from service.rules.lifecycle import PostingState, SeekerState
from service.worker import Worker
from tests.builders import (
    CLERK,
    NOW,
    make_employer,
    make_open_posting,
    make_posting_content,
    make_profile_content,
    make_seeker,
)
from tests.service.recomputation import recomputed, stored, to_be_told, told

TOWNS = ["210681104", "210681101", "210681108"]
JOBS = ["电焊工", "氩弧焊工", "水产品加工工", "缝纫工", "叉车司机"]


@pytest.fixture
def short_lists() -> Iterator[None]:
    """Lists of two and three, so that they overflow with a handful of rows."""
    before = {side: side.size for side in (SEEKERS, POSTINGS)}
    object.__setattr__(SEEKERS, "size", 2)
    object.__setattr__(POSTINGS, "size", 3)
    yield
    for side, size in before.items():
        object.__setattr__(side, "size", size)


def _worker(database: Database) -> Worker:
    return Worker(database, feed_retention_days=30, gateways={})


class World:
    """A small county to which anything may happen."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.now = NOW
        self.phones = 0
        self.consented = [Consents(), Consents(subscribed=True)]
        with database.transaction() as session:
            self.employer_id = make_employer(session).id

    def do(self, action: str, which: int, value: int) -> None:
        """One act of somebody; a refusal is as good as an act."""
        try:
            with self.database.transaction() as session:
                getattr(self, action)(session, which, value)
        except DomainError:
            pass

    def publish(self, session: Session, which: int, value: int) -> None:
        employer = session.get_one(EmployerRow, self.employer_id)
        make_open_posting(
            session, employer, now=self.now, title=JOBS[which % 5], region=TOWNS[value % 3],
            pay_minimum=4000 + 500 * (value % 5), licences=["OT-HC"] if value % 4 == 3 else [],
            starts_on=local_day(self.now) + timedelta(days=value) if value % 2 else None,
            valid_until=self.now + timedelta(days=5 + value), openings=1 + value % 2,
        )  # fmt: skip

    def revise(self, session: Session, which: int, value: int) -> None:
        content = make_posting_content(title=JOBS[value % 5], region=TOWNS[which % 3], pay_minimum=4500)
        postings.replace_posting(session, self._posting(session, which), content, actor=CLERK, now=self.now)

    def register(self, session: Session, which: int, value: int) -> None:
        self.phones += 1
        make_seeker(
            session, f"138{self.phones:08}", now=self.now, occupations=[JOBS[which % 5]],
            region=TOWNS[value % 3], pay_expected=3500 + 500 * (value % 6),
            consents=self.consented[value % 2],
            licences=[("OT-HC", local_day(self.now) + timedelta(days=3))] if value % 3 == 0 else [],
        )  # fmt: skip

    def want_else(self, session: Session, which: int, value: int) -> None:
        content = make_profile_content(occupations=[JOBS[value % 5]], skills=[], region=TOWNS[which % 3])
        seekers.replace_profile(
            session, self._seeker(session, which), content, revision=None, actor=CLERK, now=self.now
        )

    def pause_search(self, session: Session, which: int, value: int) -> None:
        row = session.get_one(SeekerRow, self._seeker(session, which))
        person = seekers.Person(name=row.name, phone=row.phone, phone_indexes=[row.phone_index])
        state = SeekerState.PAUSED if value % 2 else SeekerState.ACTIVE
        seekers.change_seeker(session, row.id, person, state, revision=None, actor=CLERK, now=self.now)

    def consent(self, session: Session, which: int, value: int) -> None:
        seeker_id = self._seeker(session, which)
        seekers.set_consents(session, seeker_id, self.consented[value % 2], actor=CLERK, now=self.now)

    def erase(self, session: Session, which: int, value: int) -> None:
        erasure.erase_seeker(
            session, self._seeker(session, which), reason="本人要求", actor=CLERK, now=self.now
        )

    def pause(self, session: Session, which: int, value: int) -> None:
        posting_states.pause_posting(session, self._posting(session, which), actor=CLERK, now=self.now)

    def resume(self, session: Session, which: int, value: int) -> None:
        posting_states.resume_posting(session, self._posting(session, which), actor=CLERK, now=self.now)

    def withdraw(self, session: Session, which: int, value: int) -> None:
        posting_states.withdraw_posting(
            session, self._posting(session, which), "不再招人", actor=CLERK, now=self.now
        )

    def hire(self, session: Session, which: int, value: int) -> None:
        hires.report_hires(session, self._posting(session, which), 1, actor=CLERK, now=self.now)

    def wait(self, session: Session, which: int, value: int) -> None:
        self.now += timedelta(days=1 + value % 4)

    def work(self, session: Session, which: int, value: int) -> None:
        session.rollback()
        _worker(self.database).work_once(self.now)

    def _posting(self, session: Session, which: int) -> str:
        return self._pick(session, PostingRow.id, which)

    def _seeker(self, session: Session, which: int) -> str:
        return self._pick(session, SeekerRow.id, which)

    def _pick(self, session: Session, key: Any, which: int) -> str:
        ids = session.scalars(sa.select(key).order_by(key)).all()
        if not ids:
            raise NotFound("nobody there yet")
        return ids[which % len(ids)]


ACTIONS = [
    "publish", "revise", "register", "want_else", "pause_search", "consent", "erase", "pause", "resume",
    "withdraw", "hire", "wait", "work", "publish", "register", "register",
]  # fmt: skip
ACTS = st.lists(
    st.tuples(st.sampled_from(ACTIONS), st.integers(0, 20), st.integers(0, 11)), min_size=5, max_size=40
)


def _empty(database: Database) -> None:
    with database.transaction() as session:
        for table in reversed(Base.metadata.sorted_tables):
            if table.name != FeedHeadRow.__tablename__:
                session.execute(sa.delete(table))
        session.execute(sa.update(FeedHeadRow).values(position=0, floor=0))


def _assert_settled(database: Database, today: date) -> None:
    with database.reading() as session:
        by_seeker, by_posting = recomputed(session, today)
        assert stored(session) == (by_seeker, by_posting)
        assert told(session) == to_be_told(session, by_seeker)


@given(acts=ACTS)
@settings(
    max_examples=12,
    deadline=None,
    # Shrinking replays a database each time; the acts of a failure are short enough to read.
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_stored_matches_equal_a_full_recomputation(
    database: Database, short_lists: None, acts: list[tuple[str, int, int]]
) -> None:
    _empty(database)
    world = World(database)
    for action, which, value in acts:
        world.do(action, which, value)
    worker = _worker(database)
    worker.work_until_idle(world.now)
    _assert_settled(database, local_day(world.now))


def test_a_worker_that_has_run_on_through_the_changes_agrees_too(
    database: Database, short_lists: None
) -> None:
    world, worker = World(database), _worker(database)
    for step in range(60):
        world.do(ACTIONS[step * 7 % len(ACTIONS)], step, step * 5 % 12)
        worker.work_until_idle(world.now)
        if step % 10 == 9:
            _assert_settled(database, local_day(world.now))


def test_an_idle_service_owes_nothing(database: Database) -> None:
    assert _worker(database).work_once(NOW) is False


def test_a_licence_that_runs_out_ends_the_match_on_the_next_day(database: Database) -> None:
    with database.transaction() as session:
        employer = make_employer(session)
        make_open_posting(session, employer, title="叉车司机", licences=["SE-N1"])
        last_day = local_day(NOW) + timedelta(days=2)
        make_seeker(session, occupations=["叉车司机"], skills=[], licences=[("SE-N1", last_day)])
    worker = _worker(database)
    counts = []
    for days in range(4):
        worker.work_until_idle(NOW + timedelta(days=days))
        with database.reading() as session:
            counts.append(session.scalar(sa.select(sa.func.count()).select_from(MatchRow)))
    assert counts == [1, 1, 1, 0]


def test_an_expired_posting_leaves_everybodys_matches(database: Database) -> None:
    with database.transaction() as session:
        posting_id = make_open_posting(session, make_employer(session)).id
        make_seeker(session)
    worker = _worker(database)
    worker.work_until_idle(NOW)
    worker.work_until_idle(NOW + timedelta(days=31))
    with database.reading() as session:
        assert session.get_one(PostingRow, posting_id).state is PostingState.EXPIRED
        assert session.scalar(sa.select(sa.func.count()).select_from(MatchRow)) == 0
        entry = session.scalars(
            sa.select(AuditRow).where(AuditRow.action == "expire_posting", AuditRow.subject_id == posting_id)
        ).one()
        assert (entry.actor_kind, entry.from_state, entry.to_state) == ("system", "open", "expired")


def test_words_understood_with_an_older_vocabulary_are_read_again(database: Database) -> None:
    with database.transaction() as session:
        make_open_posting(session, make_employer(session))
        seeker_id = make_seeker(session).id
    with database.transaction() as session:
        unknown = [{"text": "电焊工", "code": None, "name": "", "confidence": 0.0, "how": "unknown"}]
        session.execute(sa.update(ProfileRow).values(occupation_terms=unknown, understood_with="older"))
    _worker(database).work_until_idle(NOW)
    with database.reading() as session:
        terms = session.get_one(ProfileRow, seeker_id).occupation_terms
        assert [term["text"] for term in terms] == ["电焊工"]
        assert terms[0]["code"] is not None
        assert session.scalar(sa.select(sa.func.count()).select_from(MatchRow)) == 1


def test_a_fault_in_a_step_is_survived_and_the_work_done_later(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.transaction() as session:
        make_open_posting(session, make_employer(session))
        make_seeker(session)
    worker = _worker(database)
    real: Callable[[datetime], bool] = worker.work_once
    calls = []

    def once_broken(now: datetime) -> bool:
        calls.append(now)
        if len(calls) == 1:
            raise RuntimeError("a fault")
        if not (worked := real(NOW)):
            worker.stop()
        return worked

    monkeypatch.setattr(worker, "work_once", once_broken)
    monkeypatch.setattr("service.worker._FAULT_SECONDS", 0.01)
    worker.run()
    with database.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(MatchRow)) == 1

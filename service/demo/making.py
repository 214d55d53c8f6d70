"""Making the demo county: all of it in one transaction, then matched as everything else is."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.db import Database
from service.demo.employers import Workplace, workplaces
from service.demo.postings import Offer, offers
from service.demo.progress import Display
from service.demo.seekers import days_of_applicants
from service.models import AuditRow, EmployerRow, PostingRow, SeekerRow
from service.operations.audit import Act, record
from service.operations.employer_states import verify_employer
from service.operations.employers import create_employer
from service.operations.hires import report_hires
from service.operations.indexes import Indexes
from service.operations.matching import refresh_lists, rematch_changed
from service.operations.posting_states import (
    approve_posting,
    expire_posting,
    fill_posting,
    pause_posting,
    submit_posting,
    withdraw_posting,
)
from service.operations.postings import Origin, create_posting
from service.operations.seekers import register_seekers
from service.queries.work import backlog
from service.rules.access import SYSTEM, Actor, Role
from service.rules.calendar import local_day
from service.rules.lifecycle import PostingState

SEED = 210_681
CLERK = Actor("system", "demo", Role.BUREAU)
_MADE = "make_demo"
_EMPLOYERS, _SEEKERS = 150, 5000
_FATES = {
    PostingState.OPEN: 424,
    PostingState.DRAFT: 14,
    PostingState.IN_REVIEW: 14,
    PostingState.SCHEDULED: 8,
    PostingState.PAUSED: 8,
    PostingState.FILLED: 8,
    PostingState.EXPIRED: 6,
    PostingState.WITHDRAWN: 4,
}
_DOCUMENTS = ["营业执照", "经办人身份证明"]
_JUSTIFIED = "已与用人单位核实，面试时当面约定。"


class NotDemo(Exception):
    """The database holds rows of its own; invented ones must not be mixed with them."""


@dataclass(frozen=True, slots=True)
class _Making:
    session: Session
    chance: Random
    now: datetime
    display: Display


def is_made(session: Session) -> bool:
    """Whether the demo county is there, whole: the mark is part of the transaction that makes it."""
    query = sa.select(AuditRow.id).where(AuditRow.subject_kind == "service", AuditRow.action == _MADE)
    return session.scalar(query.limit(1)) is not None


def holds_rows(session: Session) -> bool:
    """Whether anybody is registered, employer or person."""
    return any(session.scalar(sa.select(key).limit(1)) for key in (EmployerRow.id, SeekerRow.id))


def make_demo(
    database: Database,
    index_phone: Callable[[str], Sequence[str]],
    *,
    now: datetime,
    display: Display,
    scale: float = 1.0,
) -> bool:
    """Make the county, unless it is there. Killed in the middle, nothing of it is there.

    The same day and scale give the same names, words and numbers; identifiers differ.

    Args:
        database: migrated.
        index_phone: the blind indexes of a phone, newest secret first.
        now: up to when its history reaches; that begins two months before.
        display: told how far it has come.
        scale: of 150 employers, 486 postings and 5,000 seekers; each kind has one at least.

    Returns:
        Whether it was made just now.

    Raises:
        NotDemo: the database holds other rows.
    """
    with database.transaction() as session:
        if is_made(session):
            return False
        if holds_rows(session):
            raise NotDemo("the database already holds employers or seekers that are no demo")
        making = _Making(session, Random(SEED), now, display)  # noqa: S311 - invented on purpose
        employers = _make_employers(making, _scaled(_EMPLOYERS, scale))
        _make_postings(making, employers, scale)
        _make_seekers(making, index_phone, _scaled(_SEEKERS, scale))
        record(session, Act(_MADE, "service", "demo", detail={"seed": SEED}), actor=SYSTEM, now=now)
    return True


def match_everything(database: Database, display: Display) -> None:
    """Do what matching owes, as the worker would; what is cut short is still owed and goes on later."""
    indexes = Indexes()
    for label, step in (("匹配 / matching", rematch_changed), ("名单 / lists", refresh_lists)):
        with database.reading() as session:
            owed = backlog(session, now=_now(), today=local_day(_now()))
        content = owed.postings_content + owed.profiles_content
        lists = owed.postings_list + owed.profiles_list
        total = content if step is rematch_changed else lists
        if total == 0:
            continue
        with display.step(label, total) as advance:
            for done in _until_idle(database, indexes, step):
                advance(done)


def _until_idle(database: Database, indexes: Indexes, step: Callable[..., int]) -> Iterator[int]:
    while True:
        with database.transaction() as session:
            done = step(session, indexes, now=_now())
        if done == 0:
            return
        yield done


def _now() -> datetime:
    return datetime.now(UTC)


def _scaled(count: int, scale: float) -> int:
    return max(round(count * scale), 1)


def _make_employers(making: _Making, count: int) -> list[tuple[Workplace, str]]:
    """Registered and vetted two months ago; each with its id."""
    at = making.now - timedelta(days=60)
    made = []
    with making.display.step("用人单位 / employers", count) as advance:
        for workplace in workplaces(count, making.chance):
            employer = create_employer(making.session, workplace.content, actor=CLERK, now=at)
            verify_employer(making.session, employer.id, _DOCUMENTS, actor=CLERK, now=at)
            made.append((workplace, employer.id))
            advance(1)
    return made


def _make_postings(making: _Making, employers: list[tuple[Workplace, str]], scale: float) -> None:
    fates = [fate for fate, count in _FATES.items() for _ in range(_scaled(count, scale))]
    making.chance.shuffle(fates)
    dealt = offers([workplace for workplace, _ in employers], fates, making.now, making.chance)
    # In the order of time, so that the feed's history reads as one.
    planned = sorted(dealt, key=lambda pair: pair[1].at)
    with making.display.step("岗位 / postings", len(planned)) as advance:
        for place, offer in planned:
            _live(making, employers[place][1], offer)
            advance(1)


def _live(making: _Making, employer_id: str, offer: Offer) -> None:
    """Lead a posting through its life up to its fate."""
    session, fate = making.session, offer.fate
    # Two in three employers hand in by themselves.
    by_itself = making.chance.random() < 2 / 3
    sender = Actor("key", "demo", Role.EMPLOYER, employer_id) if by_itself else CLERK
    posting = create_posting(session, offer.content, Origin(employer_id), actor=sender, now=offer.at)
    if fate is PostingState.DRAFT:
        return
    submit_posting(session, posting.id, actor=sender, now=offer.at + timedelta(minutes=20))
    if fate is PostingState.IN_REVIEW:
        return
    looked_at = offer.at + timedelta(hours=3)
    approve_posting(session, posting.id, actor=CLERK, now=looked_at, reason=_JUSTIFIED)
    if fate is not PostingState.SCHEDULED and offer.hired:
        at = offer.at + timedelta(hours=9)
        report_hires(session, posting.id, offer.hired, actor=sender, now=at)
    _end(session, posting, offer, sender)


def _end(session: Session, posting: PostingRow, offer: Offer, sender: Actor) -> None:
    at = offer.at + timedelta(hours=12)
    if offer.fate is PostingState.PAUSED:
        pause_posting(session, posting.id, actor=sender, now=at, reason="本批已约满面试，暂停两周。")
    elif offer.fate is PostingState.FILLED:
        fill_posting(session, posting.id, actor=sender, now=at, reason="已招满。")
    elif offer.fate is PostingState.WITHDRAWN:
        withdraw_posting(session, posting.id, "订单调整，不再招聘。", actor=sender, now=at)
    elif offer.fate is PostingState.EXPIRED and offer.content.valid_until is not None:
        expire_posting(session, posting, now=offer.content.valid_until)


def _make_seekers(making: _Making, index_phone: Callable[[str], Sequence[str]], count: int) -> None:
    session = making.session
    with making.display.step("求职者 / seekers", count) as advance:
        for at, arrived in days_of_applicants(count, making.now, making.chance, index_phone):
            register_seekers(session, arrived, actor=CLERK, now=at)
            # Written already; kept any longer they would make every flush look through them.
            session.flush()
            session.expunge_all()
            advance(len(arrived))

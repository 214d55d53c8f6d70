"""Erasing a person: nothing that identifies them stays (个人信息保护法 47)."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.models import MatchRow, SeekerRow, Stream
from service.operations import feed
from service.operations.audit import Act, record
from service.operations.match_feed import withdraw_items
from service.operations.match_lists import POSTINGS, lock_lists, mark_lists_due
from service.rules.access import Actor
from service.rules.errors import NotFound


def erase_seeker(session: Session, seeker_id: str, *, reason: str, actor: Actor, now: datetime) -> None:
    """Delete the person, the profile and every match, and take the matches out of the operator's feed.

    What stays is the ledger: that somebody of this meaningless id was registered, looked up and
    erased, when and by whom (人力资源市场暂行条例 33, two years). Lists of postings in which the person
    stood owe a refill.

    Raises:
        NotFound: no such person.
    """
    # No worker may be putting the person into a list meanwhile.
    lock_lists(session, shared=False)
    row = session.get(SeekerRow, seeker_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound(f"no seeker {seeker_id}")
    subscriber = row.subscriber_id
    stood_in = sa.select(MatchRow.posting_id).where(MatchRow.seeker_id == seeker_id, MatchRow.in_posting_list)
    mark_lists_due(session, POSTINGS, list(session.scalars(stood_in)))
    # The profile and the matches go with the person, by their foreign keys.
    session.delete(row)
    record(session, Act("erase_seeker", "seeker", seeker_id, reason=reason), actor=actor, now=now)
    session.flush()
    if subscriber is not None:
        withdraw_items(session, subscriber, "erased", now=now)
    feed.append(session, Stream.PROFILES, [feed.Line(seeker_id, "erased")], now=now)

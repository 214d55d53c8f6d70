"""What the stored matches have to be: everything worked out anew, pair by pair, by the definition."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from matching import county_policy, score_pair
from service.models import FeedItemRow, MatchRow, PostingRow, ProfileRow, SeekerRow, Stream
from service.operations.match_lists import POSTINGS, SEEKERS
from service.queries.values import posting_value, seeker_value

Listed = dict[tuple[str, str], tuple[float, bool]]


def recomputed(session: Session, today: date) -> tuple[Listed, Listed]:
    """The seekers' lists and the postings' lists as (posting, seeker) -> (total, conditional)."""
    policy = county_policy(today)
    postings = [posting_value(row) for row in session.scalars(sa.select(PostingRow))]
    pairs = session.execute(sa.select(ProfileRow, SeekerRow.state).join(SeekerRow)).all()
    seekers = [seeker_value(row, state) for row, state in pairs]
    found = []
    for posting in postings:
        for seeker in seekers:
            breakdown = score_pair(posting, seeker, policy)
            if breakdown.matched:
                found.append((posting.id, seeker.id, breakdown.total, breakdown.conditional))
    by_seeker: Listed = {}
    for seeker in seekers:
        mine = sorted((row for row in found if row[1] == seeker.id), key=lambda row: (-row[2], row[0]))
        by_seeker |= {(row[0], row[1]): (row[2], row[3]) for row in mine[: SEEKERS.size]}
    by_posting: Listed = {}
    for posting in postings:
        mine = sorted((row for row in found if row[0] == posting.id), key=lambda row: (-row[2], row[1]))
        by_posting |= {(row[0], row[1]): (row[2], row[3]) for row in mine[: POSTINGS.size]}
    return by_seeker, by_posting


def stored(session: Session) -> tuple[Listed, Listed]:
    """The same as it is stored."""
    rows = session.scalars(sa.select(MatchRow)).all()
    value = {(row.posting_id, row.seeker_id): (row.total, row.conditional) for row in rows}
    of_seekers = {(row.posting_id, row.seeker_id) for row in rows if row.in_seeker_list}
    of_postings = {(row.posting_id, row.seeker_id) for row in rows if row.in_posting_list}
    return {pair: value[pair] for pair in of_seekers}, {pair: value[pair] for pair in of_postings}


def told(session: Session) -> set[str]:
    """The items that stand in the matches stream."""
    return set(session.scalars(sa.select(FeedItemRow.item_id).where(FeedItemRow.stream == Stream.MATCHES)))


def to_be_told(session: Session, by_seeker: Listed) -> set[str]:
    """The items that should: the listed postings of everybody who subscribed."""
    rows = session.execute(sa.select(SeekerRow.id, SeekerRow.subscriber_id))
    subscribers = {seeker: subscriber for seeker, subscriber in rows if subscriber is not None}
    return {f"{subscribers[seeker]}.{posting}" for posting, seeker in by_seeker if seeker in subscribers}

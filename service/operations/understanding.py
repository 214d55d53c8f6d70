"""Free words as concepts: what is stored beside every text that people wrote."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from matching import VOCABULARY_VERSION, How, understand_occupations, understand_skills
from service.models import MatchDue, PostingRow, ProfileRow, Stream
from service.operations import feed
from service.operations.openings import publish_openings
from service.queries.values import stored_term, term_of
from service.queries.work import claimed_ids, misunderstood
from service.rules.lifecycle import PostingState

_BATCH = 200


def occupation_terms(title: str) -> list[dict[str, Any]]:
    """The occupations that a title or a wish names, several where it names several."""
    return [stored_term(term) for term in understand_occupations(title)]


def skill_terms(words: Iterable[str]) -> list[dict[str, Any]]:
    """The skills that the words name, in their order."""
    return [stored_term(term) for term in understand_skills(words)]


def refresh_understanding(session: Session, *, now: datetime) -> int:
    """Read the words of some rows again that were understood with another vocabulary.

    Terms that a sender chose by code stay: they were not a guess. Rows whose terms come out
    otherwise are published again and owe a match; the others are only stamped.

    Returns:
        How many rows were read; 0 when all are up to date.
    """
    for table, refresh in ((PostingRow, _refresh_postings), (ProfileRow, _refresh_profiles)):
        key = PostingRow.id if table is PostingRow else ProfileRow.seeker_id
        ids = claimed_ids(session, key, misunderstood(table, VOCABULARY_VERSION), limit=_BATCH)
        if ids:
            refresh(session, ids, now)
            return len(ids)
    return 0


def _refresh_postings(session: Session, ids: Sequence[str], now: datetime) -> None:
    changed = []
    for row in session.scalars(sa.select(PostingRow).where(PostingRow.id.in_(ids)).order_by(PostingRow.id)):
        before = (row.occupation_terms, row.skill_required_terms, row.skill_preferred_terms)
        if not _chosen(row.occupation_terms):
            row.occupation_terms = occupation_terms(row.title)
        row.skill_required_terms = _again(row.skill_required_terms)
        row.skill_preferred_terms = _again(row.skill_preferred_terms)
        row.understood_with = VOCABULARY_VERSION
        if (row.occupation_terms, row.skill_required_terms, row.skill_preferred_terms) != before:
            # A revision: what readers see of the row is not what they saw.
            row.revision += 1
            row.updated_at = now
            row.match_due = int(MatchDue.CONTENT)
            changed.append(row)
    publish_openings(session, [row for row in changed if row.state is PostingState.OPEN], "updated", now=now)


def _refresh_profiles(session: Session, ids: Sequence[str], now: datetime) -> None:
    lines = []
    query = sa.select(ProfileRow).where(ProfileRow.seeker_id.in_(ids)).order_by(ProfileRow.seeker_id)
    for row in session.scalars(query):
        before = (row.occupation_terms, row.skill_terms)
        row.occupation_terms = _again_occupations(row.occupation_terms)
        row.skill_terms = _again(row.skill_terms)
        row.understood_with = VOCABULARY_VERSION
        if (row.occupation_terms, row.skill_terms) != before:
            # A revision: what readers see of the row is not what they saw.
            row.revision += 1
            row.updated_at = now
            row.match_due = int(MatchDue.CONTENT)
            lines.append(feed.Line(row.seeker_id, "changed"))
    feed.append(session, Stream.PROFILES, lines, now=now)


def _chosen(terms: Sequence[Mapping[str, Any]]) -> bool:
    return bool(terms) and all(term_of(term).how is How.EXACT for term in terms)


def _again(terms: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    again: list[dict[str, Any]] = []
    for term in terms:
        again += [dict(term)] if _chosen([term]) else skill_terms([term["text"]])
    return again


def _again_occupations(terms: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    again: list[dict[str, Any]] = []
    for term in terms:
        again += [dict(term)] if _chosen([term]) else occupation_terms(term["text"])
    return again

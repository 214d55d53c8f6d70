"""Free words as concepts: what is stored beside every text that people wrote."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from matching import VOCABULARY_VERSION, How, Term, understand_occupations, understand_skills
from service.models import MatchDue, PostingRow, ProfileRow, Stream
from service.operations import feed
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



"""Reads of imports, and of what an import has to know before it writes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.models import EmployerRow, ImportRow, PostingRow
from service.rules.access import Actor, Role
from service.rules.lifecycle import PostingState

_BATCH = 500  # values a statement: SQLite takes 32,766 parameters, and long lists are slow to parse


@dataclass(frozen=True, slots=True)
class KnownPosting:
    """What is known of a posting under a reference, without its content."""

    id: str
    reference: str
    employer_id: str
    state: PostingState
    import_digest: str | None
    defaults: Sequence[str]


def find_import(session: Session, import_id: str, *, actor: Actor) -> ImportRow | None:
    """The import with its receipts, None where there is none or it is another employer's."""
    row = session.get(ImportRow, import_id)
    if row is None or (actor.role is Role.EMPLOYER and row.provider != actor.employer_id):
        return None
    return row


def postings_known_to(
    session: Session, provider: str, *, references: Iterable[str], employer_ids: Iterable[str]
) -> dict[str, KnownPosting]:
    """The provider's postings under these references or of these employers, by reference."""
    columns = (
        PostingRow.id, PostingRow.reference, PostingRow.employer_id, PostingRow.state,
        PostingRow.import_digest, PostingRow.defaults,
    )  # fmt: skip
    found: dict[str, KnownPosting] = {}
    for column, values in ((PostingRow.reference, references), (PostingRow.employer_id, employer_ids)):
        for part in batches(values):
            query = sa.select(*columns).where(PostingRow.provider == provider, column.in_(part))
            for row in session.execute(query):
                found[row.reference] = KnownPosting(*row)
    return found


def employers_known_by(
    session: Session, *, ids: Iterable[str], codes: Iterable[str], name_keys: Iterable[str]
) -> list[EmployerRow]:
    """The employers of any of these ids, credit codes and name keys, oldest first, each once."""
    found: dict[str, EmployerRow] = {}
    told = ((EmployerRow.id, ids), (EmployerRow.credit_code, codes), (EmployerRow.name_key, name_keys))
    for column, values in told:
        for part in batches(values):
            query = sa.select(EmployerRow).where(column.in_(part))
            found |= {row.id: row for row in session.scalars(query)}
    return [found[key] for key in sorted(found)]


def batches(values: Iterable[str]) -> Iterator[list[str]]:
    """The values in order, each once, some hundred at a time."""
    ordered = iter(sorted(set(values)))
    while part := list(islice(ordered, _BATCH)):
        yield part

"""What an administrator asks of the whole installation: match all anew, seal anew, begin new epochs."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from service.models import EmployerRow, FeedHeadRow, MatchDue, PostingRow, ProfileRow, SeekerRow
from service.operations.audit import Act, record
from service.rules.access import Actor
from service.vault import Vault

_BATCH = 500
_SEALED: tuple[InstrumentedAttribute[Any], ...] = (
    EmployerRow.contact_name,
    EmployerRow.contact_phone,
    PostingRow.contact_name,
    PostingRow.contact_phone,
    SeekerRow.name,
    SeekerRow.phone,
)


def owe_all_matches(session: Session, *, actor: Actor, now: datetime) -> int:
    """Note on every posting and every profile that it owes a match; the worker does the rest.

    Returns:
        How many rows.
    """
    owed = 0
    for table in (PostingRow, ProfileRow):
        key = PostingRow.id if table is PostingRow else ProfileRow.seeker_id
        marked = session.execute(
            sa.update(table)
            .values(match_due=int(MatchDue.CONTENT))
            .returning(key)
            .execution_options(synchronize_session=False)
        )
        owed += len(marked.all())
    record(
        session, Act("owe_all_matches", "service", "matching", detail={"rows": owed}), actor=actor, now=now
    )
    return owed


def renew_epochs(session: Session, epoch: str) -> None:
    """Begin an epoch in every stream: cursors of before are answered with 410, and readers start anew.

    `epoch` is eight random hex digits. A restored backup has given out some positions already, for
    other changes; nobody may go on from one.
    """
    for head in session.scalars(sa.select(FeedHeadRow).with_for_update()):
        head.epoch = epoch


def reseal(session: Session, vault: Vault, *, actor: Actor, now: datetime) -> int:
    """Seal with the newest secret whatever an older one sealed, and find phones by the newest too.

    What is current already is left alone, so that a run that was cut short is simply started again.

    Returns:
        How many values were sealed anew.

    Raises:
        UnknownKey: a secret is missing that sealed some of them.
    """
    done = sum(_reseal_column(session, column, vault) for column in _SEALED)
    record(session, Act("reseal", "service", "vault", detail={"values": done}), actor=actor, now=now)
    return done


def _reseal_column(session: Session, column: InstrumentedAttribute[Any], vault: Vault) -> int:
    table = sa.inspect(column.class_).local_table
    value = table.c[column.key]
    done = 0
    for rows in _batches(session, table.c.id, value):
        older = [row for row in rows if not vault.is_current(bytes(row.sealed))]
        if not older:
            continue
        changes = [_change(row.id, row.text, column, vault) for row in older]
        names = [name for name in changes[0] if name != "own_id"]
        statement = sa.update(table).where(table.c.id == sa.bindparam("own_id"))
        statement = statement.values({table.c[_column(name)]: sa.bindparam(name) for name in names})
        session.connection().execute(statement, changes)
        done += len(older)
    return done


def _change(row_id: str, text: str, column: InstrumentedAttribute[Any], vault: Vault) -> dict[str, str]:
    # The column's own type seals what is bound to it. Names differ from the columns' on purpose:
    # an update keeps the latter for itself.
    change = {"own_id": row_id, f"new_{column.key}": text}
    if column is SeekerRow.phone:
        change["new_phone_index"] = vault.blind_indexes(text)[0]
    return change


def _column(name: str) -> str:
    return name.removeprefix("new_")


def _batches(session: Session, key: sa.Column[str], value: sa.Column[Any]) -> Iterator[Sequence[sa.Row[Any]]]:
    """Rows with (id, sealed, text) by id, some at a time; those without a value are passed over."""
    last = ""
    while True:
        query = (
            sa.select(key, sa.type_coerce(value, sa.LargeBinary).label("sealed"), value.label("text"))
            .where(key > last, value.is_not(None))
            .order_by(key)
            .limit(_BATCH)
        )
        rows = session.execute(query).all()
        if not rows:
            return
        yield rows
        last = rows[-1].id

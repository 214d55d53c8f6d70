"""Whose postings an import brings: employers found by credit code, else by name, else made."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from service.models import EmployerRow
from service.operations.audit import Act, record
from service.operations.employers import EmployerContent, new_employer_row
from service.operations.import_entries import Entry, Note, NoteKind
from service.queries.employers import name_key
from service.queries.imports import employers_known_by
from service.rules.access import Actor, Role
from service.rules.errors import DomainError, Invalid
from service.rules.lifecycle import EmployerState

_NAME, _CODE = "用人单位", "统一社会信用代码"


@dataclass(frozen=True, slots=True)
class Found:
    """The employer of a row, with what is worth saying about it."""

    employer: EmployerRow
    notes: tuple[Note, ...] = ()


class Employers:
    """The employers of one import. Every one is looked up once, however many rows name it."""

    def __init__(self, session: Session, entries: Iterable[Entry], *, actor: Actor, now: datetime) -> None:
        self._session, self._actor, self._now = session, actor, now
        self._by_id: dict[str, EmployerRow] = {}
        self._by_code: dict[str, EmployerRow] = {}
        self._by_name: dict[str, list[EmployerRow]] = {}
        self._found: dict[EmployerContent, Found | DomainError] = {}
        told = [entry.employer for entry in entries if entry.employer is not None]
        ids = {entry.employer_id for entry in entries if entry.employer_id is not None}
        if actor.employer_id is not None:
            ids = {actor.employer_id}
        rows = employers_known_by(
            session,
            ids=ids,
            codes={employer.credit_code for employer in told if employer.credit_code is not None},
            name_keys={name_key(employer.name) for employer in told if employer.name},
        )
        for row in rows:
            self._keep(row)

    def of(self, entry: Entry) -> Found:
        """The employer of a row; made, unverified, where nobody knows it.

        Raises:
            Invalid: no such employer, or the words fit several; `errors` names the column.
            WordingRefused: its name is unlawful.
        """
        if self._actor.role is Role.EMPLOYER:
            return self._own(entry)
        if entry.employer is None:
            known = self._by_id.get(entry.employer_id or "")
            if known is None:
                raise Invalid("没有这个用人单位。", errors={"employer_id": ["没有这个用人单位，请核对。"]})
            return Found(known)
        if entry.employer not in self._found:
            try:
                self._found[entry.employer] = self._named(entry.employer)
            except DomainError as error:
                self._found[entry.employer] = error
        found = self._found[entry.employer]
        if isinstance(found, DomainError):
            raise found
        return found

    def _own(self, entry: Entry) -> Found:
        own = self._by_id[self._actor.employer_id or ""]
        told = entry.employer
        same = told is None or _is_same(own, told)
        if not same or entry.employer_id not in (None, own.id):
            raise Invalid("只能导入本单位的岗位。", errors={_NAME: ["只能导入本单位的岗位。"]})
        return Found(own)

    def _named(self, told: EmployerContent) -> Found:
        if told.credit_code is not None and (known := self._by_code.get(told.credit_code)) is not None:
            if told.name and name_key(told.name) != known.name_key:
                message = f"这个信用代码登记的单位是“{known.name}”，岗位归在该单位名下，请核对。"
                return Found(known, (Note(NoteKind.DIFFERS, _NAME, told.name, message),))
            return Found(known)
        if not told.name:
            message = "没有登记过这个信用代码的单位，请同时填写单位名称。"
            raise Invalid(message, errors={_CODE: [message]})
        namesakes = self._by_name.get(name_key(told.name), [])
        if told.credit_code is not None:
            return Found(self._with_code(told, namesakes))
        if len(namesakes) > 1:
            message = f"有 {len(namesakes)} 个单位叫这个名称，请填写统一社会信用代码。"
            raise Invalid(message, errors={_NAME: [message]})
        return Found(namesakes[0] if namesakes else self._made(told))

    def _with_code(self, told: EmployerContent, namesakes: list[EmployerRow]) -> EmployerRow:
        """The one namesake that has no code yet gets it; one with another code is another employer."""
        nameless = [row for row in namesakes if row.credit_code is None]
        if len(namesakes) != 1 or not nameless or nameless[0].state is not EmployerState.UNVERIFIED:
            return self._made(told)
        (row,) = nameless
        row.credit_code = told.credit_code
        row.revision += 1
        row.updated_at = self._now
        act = Act("replace_employer", "employer", row.id, detail={"fields": ["credit_code"]})
        record(self._session, act, actor=self._actor, now=self._now)
        self._keep(row)
        return row

    def _made(self, told: EmployerContent) -> EmployerRow:
        # Written with all the others at the first flush: one by one they would take half of the time.
        row = new_employer_row(told, now=self._now)
        self._session.add(row)
        act = Act("create_employer", "employer", row.id, to_state=row.state.value)
        record(self._session, act, actor=self._actor, now=self._now)
        self._keep(row)
        return row

    def _keep(self, row: EmployerRow) -> None:
        self._by_id[row.id] = row
        if row.credit_code is not None:
            self._by_code[row.credit_code] = row
        namesakes = self._by_name.setdefault(row.name_key, [])
        if row not in namesakes:
            namesakes.append(row)


def _is_same(own: EmployerRow, told: EmployerContent) -> bool:
    if told.credit_code is not None and own.credit_code is not None:
        return told.credit_code == own.credit_code
    return not told.name or name_key(told.name) == own.name_key

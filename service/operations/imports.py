"""导入: a whole list of postings in one transaction, with a receipt for every row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from service.models import ImportRow, PostingRow, new_id
from service.operations.audit import Act, record
from service.operations.import_employers import Employers
from service.operations.import_entries import (
    Defaults,
    Entry,
    Note,
    NoteKind,
    Outcome,
    Problem,
    Receipt,
    counts_of,
    digest_of,
    filled_content,
    problems_of,
)
from service.operations.import_identity import Line, bind_references, without_duplicates
from service.operations.posting_content import PostingContent
from service.operations.postings import BUREAU, Origin, new_posting_row, provider_of, replace_posting
from service.operations.publication import findings_of
from service.queries.imports import KnownPosting, batches, postings_known_to
from service.rules.access import Actor
from service.rules.errors import AlreadyExists, DomainError
from service.rules.lifecycle import PostingState

_FILLED = {"openings": "招聘人数", "valid_until": "有效期", "address": "工作地点", "region": "区划"}
_CLOSED = {
    PostingState.FILLED: "招满",
    PostingState.WITHDRAWN: "撤回",
    PostingState.EXPIRED: "过期",
}


@dataclass(frozen=True, slots=True)
class ImportSource:
    """Where an import comes from.

    `provider` None is the actor's own. `digest` is the SHA-256 of the bytes. `detail` tells how the
    columns of the sheet were understood.
    """

    provider: str | None = None
    file_name: str = ""
    digest: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Run:
    """What all rows of one import share."""

    id: str
    provider: str
    defaults: Defaults
    actor: Actor
    now: datetime


def import_postings(
    session: Session,
    entries: Sequence[Entry],
    source: ImportSource,
    *,
    defaults: Defaults,
    actor: Actor,
    now: datetime,
) -> ImportRow:
    """Make the provider's postings be what the rows say; the same rows again change nothing.

    New postings are drafts. A row finds its posting by provider and reference, and without a
    reference by employer, title and place. What was imported before and is said in the same words
    is left alone, whatever staff corrected since. Nothing is withdrawn because it is missing.

    Args:
        session: the caller's transaction: all rows, or none where it fails as a whole.
        entries: the rows in their order.
        source: provider and file.
        defaults: what fills a row that leaves openings or validity unsaid.
        actor: who imports.
        now: the moment of the import.

    Returns:
        The stored import: one receipt for each entry, and counts with
        accepted + merged + refused = read.

    Raises:
        Forbidden: an employer imports under another provider than itself.
        AlreadyExists: another import of the same rows ran at the same time; try again.
    """
    run = _Run(new_id(), provider_of(Origin(provider=source.provider), actor), defaults, actor, now)
    receipts = [Receipt(entry.row, entry.sheet, warnings=list(entry.notes)) for entry in entries]
    lines = without_duplicates(_lines(session, entries, receipts, run))
    _flush(session)
    known = postings_known_to(
        session,
        run.provider,
        references=[line.entry.reference for line in lines if line.entry.reference is not None],
        employer_ids=[line.employer.id for line in lines],
    )
    bind_references(lines, known)
    _write(session, lines, known, run)
    row = ImportRow(
        id=run.id,
        provider=run.provider,
        file_name=source.file_name[:200],
        digest=source.digest,
        actor_id=actor.id,
        at=now,
        counts=counts_of(receipts),
        receipts=[receipt.as_stored() for receipt in receipts],
        detail={
            **source.detail,
            "defaults": {"openings": defaults.openings, "valid_days": defaults.valid_days},
        },
    )
    session.add(row)
    record(session, Act("import_postings", "import", row.id, detail=row.counts), actor=actor, now=now)
    session.flush()
    return row


def _lines(session: Session, entries: Sequence[Entry], receipts: Sequence[Receipt], run: _Run) -> list[Line]:
    """The rows that can become postings; the others' receipts say why not."""
    employers = Employers(session, entries, actor=run.actor, now=run.now)
    lines = []
    for entry, receipt in zip(entries, receipts, strict=True):
        receipt.reference = entry.reference
        if entry.posting is None:
            receipt.problems += entry.problems
            continue
        try:
            found = employers.of(entry)
        except DomainError as error:
            receipt.problems += _problems(error)
            continue
        receipt.warnings += found.notes
        lines.append(Line(entry, entry.posting, found.employer, digest_of(entry, entry.posting), receipt))
    return lines


def _write(session: Session, lines: Sequence[Line], known: Mapping[str, KnownPosting], run: _Run) -> None:
    """Make what is new, then change what is told otherwise: the feed's lines come last."""
    created: list[tuple[Line, PostingRow]] = []
    changed: dict[str, Line] = {}
    for line in lines:
        receipt = line.receipt
        receipt.reference = line.reference
        posting = known.get(line.reference or "")
        if posting is None:
            row = _created(line, run)
            if row is not None:
                created.append((line, row))
        elif posting.employer_id != line.employer.id:
            reason = "这个编号已经是另一单位的岗位，请核对编号。"
            receipt.problems.append(Problem("岗位编号", line.reference or "", reason))
        elif posting.import_digest == line.digest:
            _accept(receipt, "unchanged", posting.id, posting.state)
            receipt.filled = list(posting.defaults)
        else:
            changed[posting.id] = line
    _insert(session, created, run)
    for row in _locked(session, changed):
        _replace(session, changed[row.id], row, run)


def _created(line: Line, run: _Run) -> PostingRow | None:
    content = _content(line, None, run)
    try:
        row = new_posting_row(content, line.employer, run.provider, line.reference or new_id(), run.now)
    except DomainError as error:
        line.receipt.problems += _problems(error)
        return None
    row.import_digest = line.digest
    return row


def _insert(session: Session, created: Sequence[tuple[Line, PostingRow]], run: _Run) -> None:
    session.add_all([row for _, row in created])
    _flush(session)
    for line, row in created:
        detail = {"provider": run.provider, "import": run.id}
        act = Act("create_posting", "posting", row.id, to_state=row.state.value, detail=detail)
        record(session, act, actor=run.actor, now=run.now)
        _tell(line, row, "created", run)


def _flush(session: Session) -> None:
    try:
        session.flush()
    except IntegrityError:
        raise AlreadyExists("另一次导入刚刚写入了相同的单位或岗位，请重新导入。") from None


def _locked(session: Session, ids: Mapping[str, Line]) -> list[PostingRow]:
    """The postings to change, all locked before the first of them is published."""
    rows: list[PostingRow] = []
    for part in batches(ids):
        query = sa.select(PostingRow).where(PostingRow.id.in_(part)).order_by(PostingRow.id)
        query = query.with_for_update(key_share=True).execution_options(populate_existing=True)
        rows += session.scalars(query)
    return rows


def _replace(session: Session, line: Line, row: PostingRow, run: _Run) -> None:
    before = row.revision
    try:
        # A refusal in the middle must leave nothing of the row behind.
        with session.begin_nested():
            replace_posting(session, row.id, _content(line, row, run), actor=run.actor, now=run.now)
            row.import_digest = line.digest
    except DomainError as error:
        line.receipt.problems += _problems(error)
        return
    _tell(line, row, "unchanged" if row.revision == before else "updated", run)


def _content(line: Line, found: PostingRow | None, run: _Run) -> PostingContent:
    content = filled_content(line.entry, line.content, run.defaults, found, now=run.now)
    # 人社厅发〔2025〕60号: what is passed on names its source.
    passed_on = run.provider not in (BUREAU, line.employer.id)
    return replace(content, source=content.source or (run.provider if passed_on else ""))


def _accept(receipt: Receipt, action: str, posting_id: str, state: PostingState) -> None:
    receipt.outcome, receipt.action = Outcome.ACCEPTED, action
    receipt.posting_id, receipt.state = posting_id, state.value
    if state in _CLOSED:
        message = f"这个岗位已{_CLOSED[state]}，导入不会重新发布。"
        receipt.warnings.append(Note(NoteKind.DIFFERS, "", "", message))


def _tell(line: Line, row: PostingRow, action: str, run: _Run) -> None:
    """Accept the row, and say what its reader should look at."""
    receipt = line.receipt
    _accept(receipt, action, row.id, row.state)
    receipt.filled = list(row.defaults)
    for name in row.defaults:
        value = str(getattr(row, name) or "")
        label = _FILLED.get(name, name)
        receipt.warnings.append(Note(NoteKind.DEFAULT, label, value, "原表没有写，已补填。"))
    for term in row.occupation_terms:
        if term["code"] is None:
            message = "没有认出工种，只按字面匹配。"
            receipt.warnings.append(Note(NoteKind.UNKNOWN, "工种", term["text"], message))
    for finding in findings_of(row, line.employer, now=run.now):
        told = (finding.field, finding.text, finding.why, finding.level.value, finding.article)
        receipt.warnings.append(Note(NoteKind.WORDING, *told))


def _problems(error: DomainError) -> list[Problem]:
    """A refusal as problems of the row: by field where it names fields, else as one sentence."""
    found = [
        Problem(finding["field"], finding["text"], finding["why"])
        for finding in error.extra.get("findings", ())  # type: ignore[attr-defined]  # as `check_words` makes them
        if finding["level"] != "inform"
    ]
    return found or problems_of(error.errors) or [Problem("", "", error.detail)]

"""What stands between a posting and the public: a vetted employer, the law's elements, lawful words."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.models import EmployerRow, PayStated, PostingRow
from service.queries.employers import is_verified
from service.rules.access import Actor, Role
from service.rules.calendar import local_day
from service.rules.elements import Elements, missing_elements
from service.rules.errors import (
    ElementsMissing,
    EmployerNotVerified,
    NotFound,
    RevisionMismatch,
    WordingRefused,
)
from service.rules.wording import Finding, Level, check_wording

_NEGOTIABLE = "面议"


def locked_posting(
    session: Session, posting_id: str, *, actor: Actor, expected_revision: int | None = None
) -> PostingRow:
    """The posting as it is now, locked until the transaction ends.

    Whoever needs the employer's row too locks it after this one.

    Raises:
        NotFound: no such posting, or another employer's.
        RevisionMismatch: it is not at the revision that the caller saw.
    """
    query = sa.select(PostingRow).where(PostingRow.id == posting_id)
    # NO KEY UPDATE: rows that point here, as matches do, may still be written meanwhile.
    query = query.with_for_update(key_share=True).execution_options(populate_existing=True)
    posting = session.scalars(query).one_or_none()
    if posting is None or (actor.role is Role.EMPLOYER and posting.employer_id != actor.employer_id):
        raise NotFound(f"no posting {posting_id}")
    if expected_revision is not None and posting.revision != expected_revision:
        raise RevisionMismatch(
            "somebody else changed this posting first", extra={"revision": posting.revision}
        )
    return posting


def employer_of(session: Session, posting: PostingRow) -> EmployerRow:
    """The posting's employer, held as it is until the transaction ends: nobody suspends it meanwhile."""
    query = sa.select(EmployerRow).where(EmployerRow.id == posting.employer_id)
    return session.scalars(query.with_for_update(read=True).execution_options(populate_existing=True)).one()


def check_employer(employer: EmployerRow, *, now: datetime) -> None:
    """Refuse an employer that was not vetted, or not within six months (人社厅发〔2025〕60号).

    Raises:
        EmployerNotVerified: as said.
    """
    if not is_verified(employer, now=now):
        raise EmployerNotVerified("用人单位未通过核验，或核验已满六个月，不能发布岗位。")


def check_elements(posting: PostingRow, *, now: datetime) -> None:
    """Refuse a posting that does not tell what the law demands.

    Raises:
        ElementsMissing: `errors` names each field.
    """
    elements = Elements(
        description=posting.description,
        openings=posting.openings,
        openings_left=posting.openings_left,
        place=posting.region or posting.address.strip(),
        pay_told=posting.pay_stated is not PayStated.UNSTATED,
        valid_until=posting.valid_until,
    )
    missing = missing_elements(elements, now=now)
    if missing:
        raise ElementsMissing("岗位缺少依法应当公布的内容。", errors=missing)


def findings_of(posting: PostingRow, employer: EmployerRow, *, now: datetime) -> tuple[Finding, ...]:
    """What the wording check finds in everything that the public would read."""
    texts = {
        "title": posting.title,
        "description": posting.description,
        **{f"benefits.{place}": text for place, text in enumerate(posting.benefits)},
        "address": posting.address,
        "employer": employer.name,
    }
    found = check_wording({name: text for name, text in texts.items() if text}, on=local_day(now))
    return found + ((_negotiable_pay(),) if posting.pay_stated is PayStated.NEGOTIABLE else ())


def check_words(
    posting: PostingRow, employer: EmployerRow, *, now: datetime, reason: str | None = None
) -> tuple[Finding, ...]:
    """Refuse words that the law forbids, and words to be justified that nobody justified.

    Args:
        posting: with the texts that would be published.
        employer: whose name is published beside them.
        now: the law of its day counts.
        reason: why words may stay that need a second look; None where that is not asked yet.

    Returns:
        All findings, none of them at level BLOCK.

    Raises:
        WordingRefused: `extra["findings"]` lists each with its place, article and lawful rewrite.
    """
    findings = findings_of(posting, employer, now=now)
    if any(finding.level is Level.BLOCK for finding in findings):
        raise _refusal("岗位含有法律禁止的用语，请按提示修改。", findings)
    if reason == "" and any(finding.level is Level.REVIEW for finding in findings):
        raise _refusal("岗位含有需要说明理由的用语，请修改，或填写保留的理由。", findings)
    return findings


def _negotiable_pay() -> Finding:
    return Finding(
        field="pay_stated",
        start=0,
        end=0,
        text=_NEGOTIABLE,
        rule="pay_negotiable",
        level=Level.REVIEW,
        article="《人力资源市场暂行条例》第二十四条",
        why="招聘信息应当包括基本劳动报酬，只写面议需要说明理由。",
        rewrite="写明工资的范围和计算单位",
        exception="",
    )


def _refusal(detail: str, findings: Sequence[Finding]) -> WordingRefused:
    return WordingRefused(detail, extra={"findings": [asdict(finding) for finding in findings]})

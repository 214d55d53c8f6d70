"""Rows and values for tests: sensible by default, changed where a test says so."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from matching import PayUnit
from service.models import EmployerRow, PayStated, PostingRow, SeekerRow
from service.operations.employer_states import verify_employer
from service.operations.employers import EmployerContent, create_employer
from service.operations.posting_content import PostingContent
from service.operations.posting_states import approve_posting, submit_posting
from service.operations.postings import Origin, create_posting
from service.operations.profile_content import ProfileContent
from service.operations.seekers import Consents, Person, Registration, register_seeker
from service.rules.access import Actor, Role
from service.rules.credit_code import make_credit_code

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
CLERK = Actor("staff", "clerk", Role.BUREAU)
COUNTY = "210681"


def make_posting_content(**changes: Any) -> PostingContent:
    """A posting with everything that the law demands, of a welder in 前阳镇."""
    content = PostingContent(
        title="电焊工",
        description="焊接钢结构件，两年以上经验，月休四天。",
        region="210681104",
        address="前阳镇工业园区",
        pay_stated=PayStated.STATED,
        pay_minimum=5000,
        pay_maximum=7000,
        pay_unit=PayUnit.MONTH,
        openings=3,
        valid_until=NOW + timedelta(days=30),
        region_hint=COUNTY,
    )
    return replace(content, **changes)


def make_employer_content(**changes: Any) -> EmployerContent:
    """An employer with a valid credit code; give another `credit_code` to the next one."""
    content = EmployerContent(
        name="东港市前阳机械铸造有限公司", credit_code=make_credit_code("1"), region="210681104"
    )
    return replace(content, **changes)


def make_employer(
    session: Session, seed: str = "1", *, verified: bool = True, now: datetime = NOW, **changes: Any
) -> EmployerRow:
    """An employer in the database; `seed` makes its credit code."""
    content = make_employer_content(**{"credit_code": make_credit_code(seed)} | changes)
    employer = create_employer(session, content, actor=CLERK, now=now)
    if verified:
        verify_employer(session, employer.id, ["营业执照"], actor=CLERK, now=now)
    return employer


def make_posting(
    session: Session, employer: EmployerRow, *, now: datetime = NOW, **changes: Any
) -> PostingRow:
    """A draft of the employer."""
    origin = Origin(employer.id)
    return create_posting(session, make_posting_content(**changes), origin, actor=CLERK, now=now)


def make_open_posting(
    session: Session, employer: EmployerRow, *, now: datetime = NOW, **changes: Any
) -> PostingRow:
    """A posting that was submitted and approved: open, or scheduled where `valid_from` is later."""
    posting = make_posting(session, employer, now=now, **changes)
    submit_posting(session, posting.id, actor=CLERK, now=now)
    return approve_posting(session, posting.id, actor=CLERK, now=now, reason="已与用人单位核实")


def make_profile_content(**changes: Any) -> ProfileContent:
    """What a welder of 前阳镇 looks for."""
    content = ProfileContent(
        occupations=["电焊工"],
        skills=["二保焊"],
        region="210681104",
        pay_expected=5000,
        birth_month=date(1975, 3, 1),
        region_hint=COUNTY,
    )
    return replace(content, **changes)


def make_seeker(
    session: Session,
    phone: str = "13800000001",
    *,
    now: datetime = NOW,
    consents: Consents | None = None,
    **changes: Any,
) -> SeekerRow:
    """A registered person; give another `phone` to the next one. The phone stands for its own index."""
    registration = Registration(
        person=Person(name="王秀兰", phone=phone, phone_indexes=[phone]),
        profile=make_profile_content(**changes),
        consents=consents or Consents(),
        consent_version="2026-01",
    )
    return register_seeker(session, registration, actor=CLERK, now=now)

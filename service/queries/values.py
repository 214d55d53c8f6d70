"""Rows as the values that matching takes."""

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from matching.types import EmploymentType, HeldLicence, How, Pay, Posting, Seeker, Shift, Term
from service.models import PostingRow, ProfileRow
from service.models.postings import PayStated
from service.rules.lifecycle import PostingState, SeekerState


def term_of(stored: Mapping[str, Any]) -> Term:
    """A stored term as a value."""
    return Term(
        stored["text"], stored["code"], stored["name"], float(stored["confidence"]), How(stored["how"])
    )


def stored_term(term: Term) -> dict[str, Any]:
    """A term as it is stored."""
    return asdict(term) | {"how": term.how.value}


def _terms(stored: Iterable[Mapping[str, Any]]) -> tuple[Term, ...]:
    return tuple(term_of(item) for item in stored)


def posting_value(row: PostingRow) -> Posting:
    """The posting as matching sees it. Openings that are not stated count as one seat left."""
    point = None
    if row.latitude is not None and row.longitude is not None:
        point = (row.latitude, row.longitude)
    return Posting(
        id=row.id,
        employer_id=row.employer_id,
        title=row.title,
        occupations=_terms(row.occupation_terms),
        skills_required=_terms(row.skill_required_terms),
        skills_preferred=_terms(row.skill_preferred_terms),
        licences=tuple(row.licences),
        region=row.region,
        point=point,
        shuttle_regions=tuple(row.shuttle_regions),
        housing=row.housing,
        meals=row.meals,
        pay=_pay(row),
        shift=row.shift,
        employment_type=row.employment_type,
        starts_on=row.starts_on,
        experience_years=row.experience_years,
        education=row.education,
        minimum_age=row.minimum_age,
        openings_left=1 if row.openings_left is None else row.openings_left,
        is_open=row.state is PostingState.OPEN,
    )


def _pay(row: PostingRow) -> Pay | None:
    if row.pay_stated is not PayStated.STATED or row.pay_unit is None:
        return None
    return Pay(row.pay_minimum, row.pay_maximum, row.pay_unit)


def seeker_value(row: ProfileRow, state: SeekerState) -> Seeker:
    """The profile as matching sees it: no name, no phone."""
    return Seeker(
        id=row.seeker_id,
        occupations=_terms(row.occupation_terms),
        skills=_terms(row.skill_terms),
        licences=tuple(_held(item) for item in row.licences),
        region=row.region,
        commute_km=row.commute_km,
        will_board=row.will_board,
        pay_expected=row.pay_expected,
        shifts=frozenset(Shift(value) for value in row.shifts),
        employment_types=frozenset(EmploymentType(value) for value in row.employment_types),
        available_from=row.available_from,
        born_on=None if row.birth_month is None else _last_day(row.birth_month),
        experience_years=row.experience_years,
        education=row.education,
        blocked_employers=frozenset(row.blocked_employers),
        is_active=state is SeekerState.ACTIVE,
    )


def _held(stored: Mapping[str, Any]) -> HeldLicence:
    until = stored.get("valid_until")
    return HeldLicence(stored["key"], None if until is None else date.fromisoformat(until))


def _last_day(month: date) -> date:
    """The latest birthday that the month allows: nobody is taken for older than they may be."""
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])

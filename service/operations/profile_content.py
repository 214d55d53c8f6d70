"""What a person tells of the work they look for, and how its words are understood."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import matching
from matching.types import EmploymentType, Shift
from service.operations.understanding import occupation_terms, skill_terms
from service.rules.calendar import local_day
from service.rules.errors import Invalid
from service.rules.persons import check_age

# A licence opens jobs that the law closes to others, so that only a sure reading of its name counts.
_SURE = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileContent:
    """What a person tells of the work they look for; None and () mean "not told".

    `occupations` and `skills` are words as people say them. `licences` are (key or name, last valid
    day). `region` is a code or a name, for which `region_hint` decides between namesakes.
    """

    occupations: Sequence[str] = ()
    skills: Sequence[str] = ()
    licences: Sequence[tuple[str, date | None]] = ()
    region: str | None = None
    region_hint: str | None = None
    commute_km: float | None = None
    will_board: bool | None = None
    pay_expected: int | None = None
    shifts: Sequence[Shift] = ()
    employment_types: Sequence[EmploymentType] = ()
    available_from: date | None = None
    birth_month: date | None = None
    experience_years: float | None = None
    education: int | None = None
    blocked_employers: Sequence[str] = ()


def profile_columns(content: ProfileContent, now: datetime) -> dict[str, Any]:
    """The row's columns for what the person told, by name, with the words understood.

    Raises:
        UnderAge: not sixteen yet at `now`.
        Invalid: a licence or place that nobody knows; `errors` names the field.
    """
    check_age(content.birth_month, local_day(now))
    errors: dict[str, list[str]] = {}
    columns: dict[str, Any] = {
        "occupation_terms": [term for text in content.occupations for term in occupation_terms(text)],
        "skill_terms": skill_terms(content.skills),
        "licences": _licences(content.licences, errors),
        "region": _region(content, errors),
        "commute_km": content.commute_km,
        "will_board": content.will_board,
        "pay_expected": content.pay_expected,
        "shifts": sorted(shift.value for shift in content.shifts),
        "employment_types": sorted(kind.value for kind in content.employment_types),
        "available_from": content.available_from,
        "birth_month": None if content.birth_month is None else content.birth_month.replace(day=1),
        "experience_years": content.experience_years,
        "education": content.education,
        "blocked_employers": sorted(set(content.blocked_employers)),
        "understood_with": matching.VOCABULARY_VERSION,
    }
    if errors:
        raise Invalid("some words of the profile are not known", errors=errors)
    return columns


def _licences(told: Sequence[tuple[str, date | None]], errors: dict[str, list[str]]) -> list[dict[str, Any]]:
    held: list[dict[str, Any]] = []
    for text, until in told:
        key = text if matching.find_licence(text) else None
        if key is None:
            hits = matching.resolve_licence(text, limit=1)
            key = hits[0].code if hits and hits[0].confidence >= _SURE else None
        if key is None:
            errors.setdefault("licences", []).append(f"不认识“{text}”，请从证照目录里选。")
        else:
            held.append({"key": key, "valid_until": None if until is None else until.isoformat()})
    return sorted(held, key=lambda licence: (licence["key"], licence["valid_until"] or ""))


def _region(content: ProfileContent, errors: dict[str, list[str]]) -> str | None:
    if content.region is None:
        return None
    if matching.find_region(content.region) is not None:
        return content.region
    hit = matching.resolve_region(content.region, hint=content.region_hint)
    if hit is None:
        errors["region"] = [f"不认识“{content.region}”，请写到乡镇，比如“东港市前阳镇”。"]
        return None
    return hit.code

"""What the public reads of an open posting."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

import matching
from matching.types import Pay
from service.models import EmployerRow, PayStated, PostingRow
from service.rules.pay_text import show_pay

# Shown as they are kept.
_PLAIN = (
    "id", "revision", "title", "address", "shift", "employment_type", "housing", "meals", "shuttle",
    "insurance", "benefits", "openings", "openings_left", "experience_years", "education",
    "minimum_age", "starts_on", "description", "source",
)  # fmt: skip
_MOMENTS = ("valid_from", "valid_until", "published_at", "updated_at")


def opening_content(posting: PostingRow, employer: EmployerRow) -> dict[str, Any]:
    """The posting as the public stream carries it: no contact, nothing personal, ready for JSON.

    Moments are UTC and end in Z. `url` is the sender's own page, "" where there is none.
    """
    content: dict[str, Any] = {name: getattr(posting, name) for name in _PLAIN}
    content |= {name: _moment(getattr(posting, name)) for name in _MOMENTS}
    content |= {
        "employer": {"id": employer.id, "name": employer.name},
        "occupations": _terms(posting.occupation_terms),
        "skills_required": _terms(posting.skill_required_terms),
        "skills_preferred": _terms(posting.skill_preferred_terms),
        "licences": [_licence(key) for key in posting.licences],
        "shuttle_regions": [found for code in posting.shuttle_regions if (found := _division(code))],
        "region": region_content(posting.region),
        "point": _point(posting),
        "pay": {
            "stated": posting.pay_stated,
            "minimum": posting.pay_minimum,
            "maximum": posting.pay_maximum,
            "unit": posting.pay_unit,
            "text": pay_text(posting),
        },
        "url": posting.source_url,
    }
    return content


def pay_text(posting: PostingRow) -> str:
    """Pay as a person reads it: "5000–7000 元/月", "计件，约 200 元/天", "工资面谈，单位未写明"."""
    pay = None
    if posting.pay_stated is PayStated.STATED and posting.pay_unit is not None:
        pay = Pay(posting.pay_minimum, posting.pay_maximum, posting.pay_unit)
    return show_pay(pay, posting.pay_stated)


def region_content(code: str | None) -> dict[str, str] | None:
    """A division's code, name and full name, None where no place is stated."""
    region = None if code is None else matching.find_region(code)
    if region is None:
        return None
    return {"code": region.code, "name": region.name, "path": matching.full_name(region.code)}


def licence_name(key: str) -> str:
    """The licence's official name; the key itself where the tables no longer know it."""
    licence = matching.find_licence(key)
    return key if licence is None else licence.name


def _licence(key: str) -> dict[str, str]:
    """Key, official name, and what people call it: 熔化焊接与热切割作业 is 焊工证."""
    licence = matching.find_licence(key)
    called = licence.aliases[0] if licence is not None and licence.aliases else licence_name(key)
    return {"key": key, "name": licence_name(key), "known_as": called}


def _division(code: str) -> dict[str, str] | None:
    region = matching.find_region(code)
    return None if region is None else {"code": region.code, "name": region.name}


def _terms(stored: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [{name: term[name] for name in ("code", "name", "text")} for term in stored]


def _point(posting: PostingRow) -> dict[str, float] | None:
    if posting.latitude is None or posting.longitude is None:
        return None
    return {"latitude": posting.latitude, "longitude": posting.longitude}


def _moment(moment: datetime | None) -> str | None:
    if moment is None:
        return None
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")

"""What a sender says of a posting, and how its words are understood."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

import matching
from matching.types import EmploymentType, How, PayUnit, Shift, Term
from service.models import PayStated
from service.operations.understanding import occupation_terms, skill_terms
from service.queries.values import stored_term
from service.rules.contacts import Contact, ContactKind, lift_contacts
from service.rules.errors import Invalid

# What the sender's words are kept as; every other field is kept under its own name.
_UNDERSTOOD = ("occupation_codes", "skills_required", "skills_preferred", "region_hint")
_CALLABLE = (ContactKind.MOBILE, ContactKind.LANDLINE)
# A licence bars people from the work, so that only a sure reading of its name may stand.
_SURE = 0.8
_REGION_CODE = re.compile(r"\d{6}|\d{9}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingContent:
    """A posting as its sender writes it; None always means "not stated".

    `occupation_codes` may be empty: then the title is understood. `skills_…` are words. `licences`
    are keys or what people call them. `region` and `shuttle_regions` are codes of divisions or
    their names, of which `region_hint`, the code of the bureau's county, decides between namesakes.
    `defaults` names the fields that an import filled by its stated default.
    """

    title: str
    description: str = ""
    occupation_codes: Sequence[str] = ()
    skills_required: Sequence[str] = ()
    skills_preferred: Sequence[str] = ()
    licences: Sequence[str] = ()
    minimum_age: int = 16
    experience_years: float | None = None
    education: int | None = None
    region: str | None = None
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None
    employment_type: EmploymentType | None = None
    shift: Shift | None = None
    pay_stated: PayStated = PayStated.UNSTATED
    pay_minimum: int | None = None
    pay_maximum: int | None = None
    pay_unit: PayUnit | None = None
    housing: bool | None = None
    meals: bool | None = None
    shuttle: bool | None = None
    shuttle_regions: Sequence[str] = ()
    insurance: bool | None = None
    benefits: Sequence[str] = ()
    openings: int | None = None
    starts_on: date | None = None
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    source: str = ""
    source_url: str = ""
    contact_name: str | None = None
    contact_phone: str | None = None
    defaults: Sequence[str] = ()
    region_hint: str | None = None


def posting_columns(content: PostingContent) -> dict[str, Any]:
    """The row's columns for `content`, by name: words understood, personal numbers lifted out of texts.

    The same content gives the same columns until the vocabulary changes. `openings_left` is not
    among them.

    Raises:
        Invalid: a code, licence or place that nobody knows; `errors` names the field.
    """
    hint = content.region_hint
    kept = {
        field.name: getattr(content, field.name) for field in fields(content) if field.name not in _UNDERSTOOD
    }
    errors: dict[str, list[str]] = {}
    kept |= _lifted(content)
    kept["licences"] = _each(_licence_key, content.licences, errors, "licences")
    kept["shuttle_regions"] = _each(
        lambda text: _region_code(text, hint), content.shuttle_regions, errors, "shuttle_regions"
    )
    regions = _each(
        lambda text: _region_code(text, hint), [content.region] if content.region else [], errors, "region"
    )
    kept["region"] = regions[0] if regions else None
    kept["defaults"] = sorted(content.defaults)
    kept["occupation_terms"] = _occupation_terms(kept["title"], content.occupation_codes, errors)
    kept["skill_required_terms"] = skill_terms(content.skills_required)
    kept["skill_preferred_terms"] = skill_terms(content.skills_preferred)
    kept["understood_with"] = matching.VOCABULARY_VERSION
    if errors:
        raise Invalid("some words of the posting are not known", errors=errors)
    return kept


def _lifted(content: PostingContent) -> dict[str, Any]:
    """The free texts without personal numbers; the first number to call becomes the contact."""
    found: list[Contact] = []
    texts: dict[str, Any] = {}
    for name in ("title", "description", "address"):
        texts[name], contacts = lift_contacts(getattr(content, name))
        found += contacts
    texts["benefits"] = []
    for benefit in content.benefits:
        text, contacts = lift_contacts(benefit)
        texts["benefits"].append(text)
        found += contacts
    numbers = [contact.value for contact in found if contact.kind in _CALLABLE]
    texts["contact_phone"] = content.contact_phone or (numbers[0] if numbers else None)
    return texts


def _each(
    resolve: Callable[[str], str | None], texts: Iterable[str], errors: dict[str, list[str]], field: str
) -> list[str]:
    """Every text resolved, each once and in order; what nobody knows goes to `errors`."""
    resolved = {text: resolve(text) for text in texts}
    unknown = [text for text, code in resolved.items() if code is None]
    if unknown:
        errors[field] = [f"不认识“{text}”，请从列表中选择或换一种写法。" for text in unknown]
    return list(dict.fromkeys(code for code in resolved.values() if code is not None))


def _licence_key(text: str) -> str | None:
    if matching.find_licence(text) is not None:
        return text
    hits = matching.resolve_licence(text, limit=1)
    return hits[0].code if hits and hits[0].confidence >= _SURE else None


def _region_code(text: str, hint: str | None) -> str | None:
    if _REGION_CODE.fullmatch(text):
        return text if matching.find_region(text) is not None else None
    hit = matching.resolve_region(text, hint=hint)
    return None if hit is None else hit.code


def _occupation_terms(title: str, codes: Sequence[str], errors: dict[str, list[str]]) -> list[dict[str, Any]]:
    if not codes:
        return occupation_terms(title)
    known = {code: matching.find_occupation(code) for code in codes}
    unknown = [code for code, occupation in known.items() if occupation is None]
    if unknown:
        errors["occupation_codes"] = [f"没有编码为 {code} 的职业。" for code in unknown]
    return [
        stored_term(Term(found.name, found.code, found.name, 1.0, How.EXACT))
        for found in known.values()
        if found is not None
    ]

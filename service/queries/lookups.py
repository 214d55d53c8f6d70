"""Look-ups in the packaged tables: what may be meant by what somebody typed."""

from collections.abc import Callable
from dataclasses import dataclass

from matching import (
    Hit,
    How,
    Kind,
    find_licence,
    find_occupation,
    full_name,
    search_regions,
    suggest,
)

_STEP = " › "


@dataclass(frozen=True, slots=True)
class LookupHit:
    """One thing that may be meant. `path` says where it stands, from the top; it may be empty."""

    code: str
    name: str
    path: str
    confidence: float
    how: How


def region_hits(typed: str, *, hint: str | None, limit: int) -> list[LookupHit]:
    """Divisions that `typed` may name; `hint` is the county that decides between namesakes."""
    hits = search_regions(typed, hint=hint, limit=limit)
    return [LookupHit(hit.code, hit.name, full_name(hit.code), hit.confidence, hit.how) for hit in hits]


def occupation_hits(typed: str, *, limit: int) -> list[LookupHit]:
    """Occupations that `typed` may name; the path holds the classes above."""
    return _found(Kind.OCCUPATION, typed, limit, lambda code: _STEP.join(_classes_above(code)))


def skill_hits(typed: str, *, limit: int) -> list[LookupHit]:
    """Skills that `typed` may name; they stand in no tree."""
    return _found(Kind.SKILL, typed, limit, lambda _: "")


def licence_hits(typed: str, *, limit: int) -> list[LookupHit]:
    """Licences that `typed` may name; the path is the class of the certificate."""
    return _found(Kind.LICENCE, typed, limit, _class_of)


def _found(kind: Kind, typed: str, limit: int, path: Callable[[str], str]) -> list[LookupHit]:
    hits: list[Hit] = suggest(kind, typed, limit)
    return [LookupHit(hit.code, hit.name, path(hit.code), hit.confidence, hit.how) for hit in hits]


def _classes_above(code: str) -> list[str]:
    """Names of the classes above, from the 大类 down."""
    names: list[str] = []
    here = find_occupation(code)
    while here is not None and here.parent:
        here = find_occupation(here.parent)
        names += [here.name] if here is not None else []
    return names[::-1]


def _class_of(key: str) -> str:
    licence = find_licence(key)
    return "" if licence is None else licence.class_name

"""Places: from what people write to the official division, and between divisions."""

from collections.abc import Iterator
from functools import lru_cache

from matching.distance import Distance, Step, distance
from matching.divisions import Gazetteer, packaged_gazetteer
from matching.mentions import readable
from matching.names import Form
from matching.parsing import NEAR_CITY, Hint, Reading, decide, make_hint, readings
from matching.repairs import Repair, repairs
from matching.sounds import initials
from matching.tables import Region
from matching.types import How, RegionHit

__all__ = [
    "Distance",
    "Region",
    "Step",
    "ancestors",
    "children",
    "distance",
    "find_region",
    "full_name",
    "is_within",
    "resolve_region",
    "search_regions",
]

_HOW = {
    Form.FULL: How.EXACT,
    Form.SHORT: How.ALIAS,
    Form.ALIAS: How.ALIAS,
    Form.STEM: How.AFFIX,
    Form.SWAPPED: How.AFFIX,
    Form.VILLAGE: How.SIMILAR,
}


def find_region(code: str) -> Region | None:
    """The division of a code of 6 or 9 digits, or None."""
    return packaged_gazetteer().find(code)


def full_name(code: str) -> str:
    """All names from the province down, such as 辽宁省丹东市东港市前阳镇; "" for an unknown code."""
    region = find_region(code)
    line = [region, *ancestors(code)] if region else []
    return "".join(higher.name for higher in reversed(line))


def children(code: str) -> tuple[Region, ...]:
    """The divisions right below one, by code; the provinces for ""."""
    return packaged_gazetteer().children(code)


def ancestors(code: str) -> tuple[Region, ...]:
    """The divisions above one, nearest first; empty for a province and for an unknown code."""
    return packaged_gazetteer().ancestors(code)


def is_within(code: str, ancestor: str) -> bool:
    """Whether a division is another one or lies in it. Unknown codes lie nowhere."""
    return packaged_gazetteer().is_within(code, ancestor)


def resolve_region(
    text: str, *, hint: str | None = None, places: Gazetteer | None = None
) -> RegionHit | None:
    """The deepest division that a text surely names, None where it names none.

    A village stands for its town where the town is named. What the text says decides first, then
    nearness to the hint, then the exactness of the name. Where several divisions are left that nothing
    decides between, the one that holds them all is given. Roads, firms, markets and persons called like
    a place are not taken for it.

    Args:
        text: an address or a place as people write it.
        hint: code or name of the bureau's own city or county; a township stands for its county.
        places: divisions other than the packaged ones.
    """
    gazetteer = places or packaged_gazetteer()
    return _resolve(readable(text), _hint(hint or "", gazetteer), gazetteer)


@lru_cache(maxsize=64)
def _hint(hint: str, places: Gazetteer) -> Hint:
    if hint and not hint.isdigit():
        named = _resolve(readable(hint), Hint(), places)
        hint = named.code if named else ""
    return make_hint(hint, places)


@lru_cache(maxsize=1 << 14)
def _resolve(text: str, hint: Hint, places: Gazetteer) -> RegionHit | None:
    best = decide(readings(text, hint, places), places)
    if best and _is_stray(best, hint):
        # Rather the own county's 长山镇 written wrong than another province's 常山镇.
        sounding = (
            _repaired(repair, hint, places) for repair in repairs(text, best.own.start, (hint.own,), places)
        )
        own = next((hit for hit in sounding if hit and hit.how is How.HOMOPHONE), None)
        if own:
            return own
    hit = _hit(best, places) if best else None
    # Where namesakes tie, a county written wrong in front of them may be what decides.
    start = best.end if best and best.own.code == best.code else 0
    for repair in repairs(text, start, _scopes(best, hint, places), places):
        better = _repaired(repair, hint, places)
        if better and (hit is None or _goes_deeper(better, hit, places)):
            return better
    return hit


def _is_stray(best: Reading, hint: Hint) -> bool:
    """Whether a town is told by its name alone and lies far from the hint."""
    return bool(hint.own) and len(best.code) == 9 and len(best.chain) == 1 and best.near < NEAR_CITY


def _scopes(best: Reading | None, hint: Hint, places: Gazetteer) -> Iterator[str]:
    """Where to look for a name that was written wrong: below what is known, or near the hint."""
    if best:
        if places[best.code].level < 4:
            yield best.code
        return
    if hint.own:
        yield hint.own
        yield from (code for code in (hint.city, hint.province) if code and code != hint.own)
    yield ""


def _goes_deeper(better: RegionHit, hit: RegionHit, places: Gazetteer) -> bool:
    return better.code != hit.code and places.is_within(better.code, hit.code)


def _repaired(repair: Repair, hint: Hint, places: Gazetteer) -> RegionHit | None:
    best = decide(readings(repair.text, hint, places), places)
    if best is None:
        return None
    hit = _hit(best, places)
    return RegionHit(hit.code, hit.name, round(hit.confidence * repair.confidence, 2), repair.how)


def _hit(best: Reading, places: Gazetteer) -> RegionHit:
    return RegionHit(best.code, places[best.code].name, _confidence(best), _HOW[best.own.form])


# Set by judgement, on the low side: bench/quality_regions.py finds more right than is stated here.
_SURE = {
    Form.FULL: 0.99,
    Form.SHORT: 0.97,
    Form.ALIAS: 0.93,
    Form.STEM: 0.93,
    Form.SWAPPED: 0.75,
    Form.VILLAGE: 0.6,
}


def _confidence(best: Reading) -> float:
    """How sure a reading is, by the form of its name and by what else speaks for it."""
    sure = _SURE[best.own.form]
    if best.own.code != best.code:  # what all equally likely namesakes lie in
        return 0.8
    if len(best.chain) > 1:
        return sure
    if best.near >= NEAR_CITY:
        return round(sure * 0.97, 2)
    if best.own.form is Form.STEM and len(best.code) == 9:
        return 0.6  # nothing but a bare word of two or three characters
    if best.rivals:
        return round(sure * (0.85 if best.near else 0.65), 2)
    return round(sure * 0.95, 2)


def search_regions(
    text: str, *, hint: str | None = None, limit: int = 10, places: Gazetteer | None = None
) -> list[RegionHit]:
    """Divisions for what has been typed so far, likeliest first, at most `limit`; may be empty.

    What the text resolves to as a whole comes first, then names that begin with it or with its last
    unread part, by nearness to the hint and then bigger ones first. Letters are taken for the first
    letters of names in the hint's city (qyz for 前阳镇).
    """
    gazetteer = places or packaged_gazetteer()
    near = _hint(hint or "", gazetteer)
    typed = readable(text)
    whole = _resolve(typed, near, gazetteer)
    found = {whole.code: whole} if whole else {}
    hits = _by_letters(typed, near, gazetteer) if typed.isascii() else _by_prefix(typed, near, gazetteer)
    for hit in hits:
        found.setdefault(hit.code, hit)
    return list(found.values())[:limit]


def _by_prefix(typed: str, near: Hint, places: Gazetteer) -> list[RegionHit]:
    word = typed.rsplit(" ", 1)[-1]
    hits: dict[str, Form] = {}
    for name in places.names_from(word):
        for code, form in places.names[name]:
            hits[code] = min(form, hits.get(code, form))
    return [
        _offer(code, form, places)
        for code, form in sorted(hits.items(), key=lambda hit: _order(hit[0], near, places))
    ]


def _by_letters(typed: str, near: Hint, places: Gazetteer) -> list[RegionHit]:
    wide = near.city or near.own
    if not typed or not wide:
        return []
    hits = [
        code
        for code in _below(wide, places)
        if any(key.startswith(typed) for key in initials(places[code].name))
    ]
    return [
        _offer(code, Form.STEM, places) for code in sorted(hits, key=lambda code: _order(code, near, places))
    ]


def _below(code: str, places: Gazetteer) -> Iterator[str]:
    yield code
    for child in places.children(code):
        yield from _below(child.code, places)


def _order(code: str, near: Hint, places: Gazetteer) -> tuple[float, int, str]:
    line = (code, *(region.code for region in places.ancestors(code)))
    return -near.nearness(line), places[code].level, code


def _offer(code: str, form: Form, places: Gazetteer) -> RegionHit:
    """A division to choose from: that it is meant is for the person to say."""
    return RegionHit(code, places[code].name, 0.5, _HOW[form])

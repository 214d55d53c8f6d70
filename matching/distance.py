"""How far two places lie apart, and how surely that is known."""

from dataclasses import dataclass
from enum import StrEnum
from math import asin, cos, radians, sin, sqrt

from matching.divisions import Gazetteer, packaged_gazetteer
from matching.tables import Region

Point = tuple[float, float]

_EARTH_KM = 6371.0088  # mean radius, IUGG 1980
NEAR_COUNTY_KM = 60.0
"""Up to here another county can be reached for a day's work by road or rail."""


class Step(StrEnum):
    """How near two places lie by their divisions alone, nearest first."""

    SAME_TOWN = "same_town"
    NEIGHBOUR_TOWN = "neighbour_town"
    SAME_COUNTY = "same_county"
    NEAR_COUNTY = "near_county"  # another county, its point within NEAR_COUNTY_KM
    SAME_CITY = "same_city"  # one city or province, nothing more known
    FAR = "far"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Distance:
    """How far two places are apart.

    `km` is as the crow flies, None where no points tell it; never 0 for want of a point.
    `by_county` tells that the point of a county's seat stood in for at least one of the places.
    `sentence` is plain Chinese.
    """

    km: float | None
    step: Step
    sentence: str
    by_county: bool = False


def haversine(one: Point, other: Point) -> float:
    """Kilometres along the great circle between two (latitude, longitude) points in degrees."""
    north, south = radians(one[0]), radians(other[0])
    across = sin((north - south) / 2) ** 2
    along = cos(north) * cos(south) * sin(radians(one[1] - other[1]) / 2) ** 2
    return 2 * _EARTH_KM * asin(min(1.0, sqrt(across + along)))


def distance(
    a_code: str | None,
    b_code: str | None,
    *,
    a_point: Point | None = None,
    b_point: Point | None = None,
    places: Gazetteer | None = None,
) -> Distance:
    """The distance of two places, symmetrical.

    Kilometres where both have a point: their own, else their township's. Between two counties the
    county's point stands in, which `by_county` tells. Within one county without points only the step
    is known: same town, neighbouring towns, same county.

    Args:
        a_code: division of the first place, None or unknown where not stated.
        b_code: division of the second place.
        a_point: (latitude, longitude) in degrees of the place itself, where known.
        b_point: that of the second place.
        places: divisions other than the packaged ones.
    """
    gazetteer = places or packaged_gazetteer()
    a, b = gazetteer.find(a_code or ""), gazetteer.find(b_code or "")
    step = _step(a, b, gazetteer)
    here, there = a_point or _town_point(a), b_point or _town_point(b)
    if here and there:
        return _measured(step, haversine(here, there), by_county=False)
    if step is Step.FAR:
        here, there = here or _county_point(a, gazetteer), there or _county_point(b, gazetteer)
        if here and there:
            return _measured(step, haversine(here, there), by_county=True)
    return Distance(None, step, _SENTENCES[step])


def _step(a: Region | None, b: Region | None, places: Gazetteer) -> Step:
    """The step without kilometres; NEAR_COUNTY is only known with them."""
    if a is None or b is None:
        return Step.UNKNOWN
    if a.level == 4 and b.level == 4 and a.code != b.code and places.are_neighbours(a.code, b.code):
        return Step.NEIGHBOUR_TOWN
    shared = _shared_level(a, b, places)
    if shared >= 3:
        return Step.SAME_TOWN if shared == 4 else Step.SAME_COUNTY
    return Step.FAR if a.level >= 3 and b.level >= 3 else _wide_step(shared)


def _wide_step(shared: int) -> Step:
    """The step where one place is known by its city or province only."""
    return Step.SAME_CITY if shared else Step.FAR


def _shared_level(a: Region, b: Region, places: Gazetteer) -> int:
    """Level of the lowest division that both lie in, 0 for none."""
    line = {region.code for region in (a, *places.ancestors(a.code))}
    return next((region.level for region in (b, *places.ancestors(b.code)) if region.code in line), 0)


def _town_point(region: Region | None) -> Point | None:
    return region.point if region and region.level == 4 else None


def _county_point(region: Region | None, places: Gazetteer) -> Point | None:
    """The point of the county that a place lies in, or of the city where no more is known."""
    line = (region, *places.ancestors(region.code)) if region else ()
    return next((higher.point for higher in line if higher.level <= 3 and higher.point), None)


_SENTENCES = {
    Step.SAME_TOWN: "同镇",
    Step.NEIGHBOUR_TOWN: "邻镇，距离未知",
    Step.SAME_COUNTY: "同县，距离未知",
    Step.SAME_CITY: "同一市或省，距离未知",
    Step.FAR: "不在同一地区，距离未知",
    Step.UNKNOWN: "地点未写明，距离未知",
}
_NEARBY = {Step.SAME_TOWN: "同镇，", Step.NEIGHBOUR_TOWN: "邻镇，", Step.SAME_COUNTY: "同县，"}


def _measured(step: Step, km: float, *, by_county: bool) -> Distance:
    if step is Step.FAR and km <= NEAR_COUNTY_KM:
        step = Step.NEAR_COUNTY
    about = "不到 1 公里" if km < 1 else f"约 {km:.0f} 公里"
    note = "（按县区中心计算）" if by_county else ""
    return Distance(km, step, f"{_NEARBY.get(step, '')}{about}{note}", by_county)

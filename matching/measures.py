"""The numbers behind the score, without words: what `score_pair` and the bulk index both compute with.

Each measured thing has two keys, what the posting offers and what the seeker brings, and a function of
the two keys and the policy. Equal keys give equal numbers, so the index measures each pair of distinct
keys once and still has exactly the totals of `score_pair`.
"""

from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from matching.policy import MatchPolicy
from matching.regions import Distance, Step, distance, is_within
from matching.types import EmploymentType, Pay, PayUnit, Posting, Seeker, Shift

Point = tuple[float, float]


class PlaceOffered(NamedTuple):
    """Where a posting is and how one gets or stays there."""

    region: str | None
    point: Point | None
    shuttle_regions: tuple[str, ...]
    housing: bool | None


class PlaceWanted(NamedTuple):
    """Where a seeker lives and how far the person would go."""

    region: str | None
    point: Point | None
    commute_km: float | None
    will_board: bool | None


class ScheduleOffered(NamedTuple):
    """When and how the work is done."""

    shift: Shift | None
    employment_type: EmploymentType | None
    starts_on: date | None


class ScheduleWanted(NamedTuple):
    """When and how a seeker would work."""

    shifts: frozenset[Shift]
    employment_types: frozenset[EmploymentType]
    available_from: date | None


def place_offered(posting: Posting) -> PlaceOffered:
    """What the place of a posting is measured by."""
    return PlaceOffered(posting.region, posting.point, posting.shuttle_regions, posting.housing)


def place_wanted(seeker: Seeker) -> PlaceWanted:
    """What a seeker's wish of place is measured by."""
    return PlaceWanted(seeker.region, seeker.point, seeker.commute_km, seeker.will_board)


def schedule_offered(posting: Posting) -> ScheduleOffered:
    """What the schedule of a posting is measured by."""
    return ScheduleOffered(posting.shift, posting.employment_type, posting.starts_on)


def schedule_wanted(seeker: Seeker) -> ScheduleWanted:
    """What a seeker's wish of schedule is measured by."""
    return ScheduleWanted(seeker.shifts, seeker.employment_types, seeker.available_from)


def start_day(starts_on: date | None, policy: MatchPolicy) -> date:
    """The day on which the work would begin: the stated one, never before the policy's day."""
    return policy.on if starts_on is None else max(starts_on, policy.on)


def days_left(starts_on: date | None, policy: MatchPolicy) -> int:
    """Days that remain to get something ready; a posting that starts at once gives the policy's days."""
    if starts_on is None or starts_on <= policy.on:
        return policy.at_once_days
    return (starts_on - policy.on).days


@lru_cache(maxsize=100_000)
def distance_between(
    offered: str | None, wanted: str | None, offered_point: Point | None, wanted_point: Point | None
) -> Distance:
    """How far the work is from home."""
    return distance(offered, wanted, a_point=offered_point, b_point=wanted_point)


def commute_limit(wanted: PlaceWanted, policy: MatchPolicy) -> float:
    """The kilometres that the seeker would go each day; at least one, for a limit of 0 means "here"."""
    return max(policy.commute_km if wanted.commute_km is None else wanted.commute_km, 1.0)


def place_distance(offered: PlaceOffered, wanted: PlaceWanted) -> Distance | None:
    """The distance, or None where it cannot be told because a side did not say where it is."""
    found = distance_between(offered.region, wanted.region, offered.point, wanted.point)
    return None if found.km is None and found.step is Step.UNKNOWN else found


def nearness(found: Distance | None, limit: float, policy: MatchPolicy) -> float:
    """The score of a distance alone, without bus and housing.

    Next door is 1, the limit of the commute is `policy.commute_at_limit`, twice the limit is 0; where
    the kilometres are not known the step between the divisions speaks.
    """
    if found is None:
        return policy.neutral["place"]
    if found.km is None:
        return policy.steps.get(found.step, 0.0)
    if found.km <= limit:
        return 1 - (1 - policy.commute_at_limit) * found.km / limit
    return max(0.0, policy.commute_at_limit * (2 - found.km / limit))


def shuttle_score(offered: PlaceOffered, wanted: PlaceWanted, policy: MatchPolicy) -> float:
    """What the employer's bus is worth to the seeker; 0 where it does not come near."""
    home = wanted.region
    if home is None:
        return 0.0
    if any(is_within(home, served) for served in offered.shuttle_regions):
        return policy.shuttle
    if any(is_within(served, home) for served in offered.shuttle_regions):
        return policy.shuttle_unsure
    return 0.0


def boarding_score(offered: PlaceOffered, wanted: PlaceWanted, policy: MatchPolicy) -> float:
    """What the employer's housing is worth to the seeker; 0 where there is none or it is not wanted."""
    if not offered.housing or wanted.will_board is False:
        return 0.0
    return policy.boarding if wanted.will_board else policy.boarding_unsure


def place_score(offered: PlaceOffered, wanted: PlaceWanted, policy: MatchPolicy) -> float:
    """The best way to get to work counts: near by, with the bus, or living there."""
    near = nearness(place_distance(offered, wanted), commute_limit(wanted, policy), policy)
    return max(near, shuttle_score(offered, wanted, policy), boarding_score(offered, wanted, policy))


def monthly_factor(unit: PayUnit, policy: MatchPolicy) -> float:
    """What turns an amount per `unit` into yuan a month."""
    if unit is PayUnit.HOUR:
        return float(policy.work_hours * policy.work_days)
    if unit in {PayUnit.DAY, PayUnit.PIECE}:
        return float(policy.work_days)
    return 1.0 if unit is PayUnit.MONTH else 1 / 12


def monthly_pay(pay: Pay | None, policy: MatchPolicy) -> tuple[float, float] | None:
    """The lowest and the highest pay in yuan a month; None where no amount was stated.

    With one bound alone that bound is both: "5000 起" promises no more, "7000 以内" no less is known.
    """
    if pay is None:
        return None
    bounds = [bound for bound in (pay.minimum, pay.maximum) if bound is not None]
    if not bounds:
        return None
    factor = monthly_factor(pay.unit, policy)
    return min(bounds) * factor, max(bounds) * factor


def pay_score(pay: Pay | None, expected: int | None, policy: MatchPolicy) -> float:
    """How far what is offered reaches what is expected.

    All of the range at or above the expectation is 1, only its upper end `policy.pay_touched`, and
    under the expectation it falls from there to 0 at `policy.pay_gap` below.
    """
    offered = monthly_pay(pay, policy)
    if offered is None or expected is None:
        return policy.neutral["pay"]
    low, high = offered
    if low >= expected:
        return 1.0
    if high >= expected:
        return policy.pay_touched + (1 - policy.pay_touched) * (high - expected) / (high - low)
    gap = (expected - high) / expected
    return max(0.0, policy.pay_touched * (1 - gap / policy.pay_gap))


def shift_score(offered: Shift | None, wanted: frozenset[Shift], policy: MatchPolicy) -> float:
    """Whether the shift suits; flexible hours suit nearly everybody."""
    if not wanted:
        return 1.0
    if offered is None:
        return policy.neutral["schedule"]
    if offered in wanted:
        return 1.0
    return policy.flexible_shift if offered is Shift.FLEXIBLE else 0.0


def employment_score(
    offered: EmploymentType | None, wanted: frozenset[EmploymentType], policy: MatchPolicy
) -> float:
    """Whether the kind of employment suits."""
    if not wanted:
        return 1.0
    if offered is None:
        return policy.neutral["schedule"]
    return 1.0 if offered in wanted else 0.0


def start_score(starts_on: date | None, available_from: date | None, policy: MatchPolicy) -> float:
    """Whether the seeker can come when the work begins: in time 1, a little late a half, else 0.

    Steps instead of a slope, so that a score does not move every day without anybody's doing.
    """
    if available_from is None:
        return policy.neutral["schedule"]
    start = start_day(starts_on, policy)
    if available_from <= start:
        return 1.0
    return 0.5 if available_from <= start + timedelta(days=policy.late_days) else 0.0


def schedule_score(offered: ScheduleOffered, wanted: ScheduleWanted, policy: MatchPolicy) -> float:
    """Shift, kind of employment and start, by the shares of `policy.schedule_parts`."""
    shift, employment, start = policy.schedule_parts
    return (
        shift * shift_score(offered.shift, wanted.shifts, policy)
        + employment * employment_score(offered.employment_type, wanted.employment_types, policy)
        + start * start_score(offered.starts_on, wanted.available_from, policy)
    )


def experience_score(asked: float | None, have: float | None, policy: MatchPolicy) -> float:
    """The share of the years asked for that the seeker has."""
    if asked is not None and asked <= 0:
        return 1.0
    if asked is None or have is None:
        return policy.neutral["experience"]
    return min(1.0, have / asked)


def education_score(asked: int | None, have: int | None, policy: MatchPolicy) -> float:
    """1 where the schooling reaches, 0.6 one rank below, 0.3 two ranks below, else 0."""
    if asked is not None and asked <= 0:
        return 1.0
    if asked is None or have is None:
        return policy.neutral["education"]
    return (1.0, 0.6, 0.3, 0.0)[min(max(asked - have, 0), 3)]

"""The matching policy (匹配方案): named weights, cut-offs and stated values for what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

COMPONENTS: tuple[str, ...] = (
    "occupation_fit",
    "skill_required",
    "skill_preferred",
    "place",
    "pay",
    "schedule",
    "experience",
    "education",
)
"""The components of a total, in the order in which they are added up."""

STEP_SCORES: Mapping[str, float] = {
    "same_town": 1.0,
    "neighbour_town": 0.8,
    "same_county": 0.5,
    "near_county": 0.3,
    "same_city": 0.15,
}
"""What a place scores by the step between the divisions; a commute limit says nothing about a step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchPolicy:
    """Everything that a total depends on besides the posting and the seeker.

    `on` is the day for which licences, ages and starts are judged. `weights` and `neutral` have one
    entry for each of `COMPONENTS`; weights are in [0, 1] and sum to 1, `neutral` is the score in
    [0, 1] that stands for a value that was not stated.

    Raises:
        ValueError: a weight or neutral score is missing, unknown or out of range, or weights or
            `schedule_parts` do not sum to 1; `pay_gap` is not above 0.
    """

    name: str
    on: date
    weights: Mapping[str, float] = field(hash=False)
    neutral: Mapping[str, float] = field(hash=False)
    cutoff: float = 0.5
    """A pair whose total is lower is no match."""
    fit_floor: float = 0.5
    """A pair needs at least this fit of occupation or of skills: place alone never makes a match."""
    place_floor: float = 0.05
    """A pair whose place scores less is no match: too far each day, with neither a bus nor housing."""
    skill_cutoff: float = 0.6
    """A skill that is less like the one asked for than this does not count as that skill."""
    at_once_days: int = 7
    """Days that a licence may still take where a posting starts at once."""
    obtain_days: Mapping[str, int] = field(default_factory=dict, hash=False)
    """Days that a licence takes in this county, where they differ from the licence table."""
    late_days: int = 14
    """Who can start at most this many days late still counts half."""
    commute_km: float = 20.0
    """How far people travel each day, for seekers who did not say."""
    commute_at_limit: float = 0.6
    """Score of a place that lies exactly at the limit of the commute; next door is 1."""
    steps: Mapping[str, float] = field(default_factory=lambda: dict(STEP_SCORES), hash=False)
    """Scores of the steps between divisions, where the kilometres are not known; a step not named is 0."""
    shuttle: float = 0.9
    """A bus of the employer serves the seeker's town."""
    shuttle_unsure: float = 0.7
    """The bus serves a part of the division that the seeker named."""
    boarding: float = 0.85
    """The employer houses its people, and the seeker would live there."""
    boarding_unsure: float = 0.65
    """The employer houses its people, and the seeker did not say whether they would live there."""
    work_days: int = 26
    """Working days that turn a day's pay into a month's: six days a week, 52 x 6 / 12, as factories and
    day labour of the county count. The 21.75 of 劳社部发〔2008〕3号 is the divisor for a five-day week."""
    work_hours: int = 8
    """Hours that turn an hour's pay into a day's (劳动法 36)."""
    pay_gap: float = 0.4
    """The share by which the best pay may stay under what is expected before the score is 0."""
    pay_touched: float = 0.6
    """Score where only the upper end of what is offered reaches what is expected."""
    flexible_shift: float = 0.8
    """Flexible hours, for a seeker who asked for certain shifts."""
    schedule_parts: tuple[float, float, float] = (0.4, 0.3, 0.3)
    """Shares of shift, kind of employment and start in the component `schedule`; they sum to 1."""

    def __post_init__(self) -> None:
        for label, values in (("weights", self.weights), ("neutral", self.neutral)):
            if set(values) != set(COMPONENTS):
                raise ValueError(f"{label} must name each component once: {', '.join(COMPONENTS)}")
            if not all(0 <= value <= 1 for value in values.values()):
                raise ValueError(f"{label} must be in [0, 1]")
        if abs(sum(self.weights.values()) - 1) > 1e-9:
            raise ValueError("weights must sum to 1")
        if abs(sum(self.schedule_parts) - 1) > 1e-9:
            raise ValueError("schedule_parts must sum to 1")
        if self.pay_gap <= 0:
            raise ValueError("pay_gap must be above 0")


def county_policy(on: date) -> MatchPolicy:
    """The policy "county-1", for a county of factories, farms and shops.

    The work itself weighs more than half. Place comes next, because a county has few buses; then
    pay. Schooling and years count little: most postings of such a county ask for neither.

    Args:
        on: the day for which licences, ages and starts are judged, in the county's own time.
    """
    return MatchPolicy(
        name="county-1",
        on=on,
        weights={
            "occupation_fit": 0.34,
            "skill_required": 0.14,
            "skill_preferred": 0.06,
            "place": 0.18,
            "pay": 0.12,
            "schedule": 0.08,
            "experience": 0.04,
            "education": 0.04,
        },
        neutral={
            "occupation_fit": 0.3,
            "skill_required": 0.2,
            "skill_preferred": 0.2,
            "place": 0.4,
            "pay": 0.5,
            "schedule": 0.6,
            "experience": 0.5,
            "education": 0.5,
        },
    )

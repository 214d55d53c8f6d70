"""What a posting and a seeker are measured by against each other, as keys of both sides and a number.

`score_pair` and the bulk index measure with the same functions; this is their list.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from matching.conditions import Level, age_level, age_offered, licences_level, licences_offered, takes_people
from matching.likeness import occupation_floor
from matching.measures import (
    education_score,
    experience_score,
    pay_score,
    place_offered,
    place_score,
    place_wanted,
    schedule_offered,
    schedule_score,
    schedule_wanted,
)
from matching.policy import MatchPolicy
from matching.types import Posting, Seeker


class Aspect(NamedTuple):
    """One measured thing: equal keys of both sides give equal numbers under one policy."""

    offered: Callable[[Posting], Any]
    wanted: Callable[[Seeker], Any]
    measure: Callable[[Any, Any, MatchPolicy], float]


def _if_true(is_right: bool) -> Level:
    return Level.PASS if is_right else Level.FAIL


SCORES: Mapping[str, Aspect] = MappingProxyType(
    {
        "place": Aspect(place_offered, place_wanted, place_score),
        "pay": Aspect(lambda posting: posting.pay, lambda seeker: seeker.pay_expected, pay_score),
        "schedule": Aspect(schedule_offered, schedule_wanted, schedule_score),
        "experience": Aspect(
            lambda posting: posting.experience_years, lambda seeker: seeker.experience_years, experience_score
        ),
        "education": Aspect(
            lambda posting: posting.education, lambda seeker: seeker.education, education_score
        ),
    }
)
"""The components without words, in the order of `COMPONENTS`."""

GATES: Mapping[str, Aspect] = MappingProxyType(
    {
        "posting_open": Aspect(takes_people, lambda _: None, lambda is_open, _, __: _if_true(is_open)),
        "seeker_active": Aspect(
            lambda _: None, lambda seeker: seeker.is_active, lambda _, is_active, __: _if_true(is_active)
        ),
        "employer_not_blocked": Aspect(
            lambda posting: posting.employer_id,
            lambda seeker: seeker.blocked_employers,
            lambda employer, blocked, _: _if_true(employer not in blocked),
        ),
        "minimum_age": Aspect(age_offered, lambda seeker: seeker.born_on, age_level),
        "licences": Aspect(licences_offered, lambda seeker: seeker.licences, licences_level),
    }
)
"""The gates; a measure is a `Level`."""

FLOOR = Aspect(
    lambda posting: bool(posting.occupations),
    lambda seeker: bool(seeker.occupations),
    lambda offered, wanted, policy: occupation_floor(offered and wanted, policy),
)
"""What the fit of work counts at least, in thousandths."""

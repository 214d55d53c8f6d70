"""How the hard conditions are judged, without words: what the gates and the bulk index both go by."""

from collections.abc import Iterable
from datetime import date
from enum import IntEnum

from matching.measures import days_left, start_day
from matching.policy import MatchPolicy
from matching.tables import covers, find_licence
from matching.types import HeldLicence, Posting

LAWFUL_AGE = 16
"""Nobody younger may be introduced to a job (劳动法 15; 禁止使用童工规定 2, 4)."""
ADULT_AGE = 18
"""The only higher age that the law knows for a job: work closed to minors (劳动法 64; 未成年人保护法 61)."""


class Level(IntEnum):
    """A verdict as a number: the worst of several is the greatest."""

    PASS = 0
    CONDITIONAL = 1
    FAIL = 2


def obtain_days(key: str, policy: MatchPolicy) -> int | None:
    """Days that getting a licence takes; None where nobody can say."""
    if key in policy.obtain_days:
        return policy.obtain_days[key]
    licence = find_licence(key)
    return licence.obtain_days if licence else None


def licence_name(key: str) -> str:
    """What people call a licence: 健康证, 叉车证; the official name where nobody calls it otherwise."""
    row = find_licence(key)
    if row is None:
        return key
    return row.aliases[0] if row.aliases else row.name


def holds(key: str, held: Iterable[HeldLicence], day: date) -> bool:
    """Whether one of the licences covers `key` and is valid on `day`; an untold end counts as valid."""
    return any(
        covers(licence.key, key) and (licence.valid_until is None or licence.valid_until >= day)
        for licence in held
    )


def licence_level(
    key: str, starts_on: date | None, held: Iterable[HeldLicence], policy: MatchPolicy
) -> Level:
    """Held on the day the work begins, still to be had by then, or not."""
    if holds(key, held, start_day(starts_on, policy)):
        return Level.PASS
    needed = obtain_days(key, policy)
    in_time = needed is not None and needed <= days_left(starts_on, policy)
    return Level.CONDITIONAL if in_time else Level.FAIL


def licences_level(
    offered: tuple[tuple[str, ...], date | None], held: tuple[HeldLicence, ...], policy: MatchPolicy
) -> Level:
    """The worst verdict over all licences that a posting demands."""
    keys, starts_on = offered
    return max((licence_level(key, starts_on, held, policy) for key in keys), default=Level.PASS)


def age_demanded(posting: Posting) -> int:
    """16, or 18 where the posting or a licence it demands asks for more; the law knows no other."""
    rows = [find_licence(key) for key in posting.licences]
    ages = [row.minimum_age for row in rows if row is not None and row.minimum_age is not None]
    return ADULT_AGE if max([posting.minimum_age, *ages]) > LAWFUL_AGE else LAWFUL_AGE


def birthday(born_on: date, age: int) -> date:
    """The day on which somebody reaches `age`; who was born on 29 February does so on 1 March."""
    year = born_on.year + age
    if (born_on.month, born_on.day) == (2, 29) and not is_leap(year):
        return date(year, 3, 1)
    return born_on.replace(year=year)


def is_leap(year: int) -> bool:
    """Whether the year has a 29 February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def age_level(demanded: tuple[int, date | None], born_on: date | None, policy: MatchPolicy) -> Level:
    """Old enough on the day the work begins.

    Where the month of birth was not told, 16 passes and is checked on application, for profiles of
    younger people are refused at the door; 18 is a soft no until it is told.
    """
    minimum, starts_on = demanded
    if born_on is None:
        return Level.PASS if minimum <= LAWFUL_AGE else Level.CONDITIONAL
    return Level.PASS if birthday(born_on, minimum) <= start_day(starts_on, policy) else Level.FAIL


def licences_offered(posting: Posting) -> tuple[tuple[str, ...], date | None]:
    """What the licence gate of a posting is judged by."""
    return posting.licences, posting.starts_on


def age_offered(posting: Posting) -> tuple[int, date | None]:
    """What the age gate of a posting is judged by."""
    return age_demanded(posting), posting.starts_on


def takes_people(posting: Posting) -> bool:
    """Whether the posting is open and has seats left."""
    return posting.is_open and posting.openings_left > 0

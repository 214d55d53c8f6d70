"""Invented people who look for work, in the words they use."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from random import Random

from matching import EmploymentType, PayUnit, Shift
from service.demo.jobs import Job, jobs
from service.demo.persons import full_name
from service.demo.phones import SEEKERS, phone
from service.demo.places import COUNTY, home
from service.operations.profile_content import ProfileContent
from service.operations.seekers import Consents, Person, Registration
from service.rules.calendar import local_day

_CONSENT_VERSION = "demo-1"
_PROXY = "demo"
_DAYS = 49
_AGES = ((16, 17), (18, 24), (25, 34), (35, 44), (45, 58), (59, 66))
_AGE_WEIGHTS = (3, 9, 19, 23, 40, 6)
_COMMUTES = (None, 3.0, 5.0, 8.0, 10.0, 15.0, 20.0, 30.0)
_COMMUTE_WEIGHTS = (12, 8, 16, 18, 20, 14, 8, 4)
# Ranks as in matching's table of education; those over 44 went to school for shorter.
_EDUCATION = (None, 1, 2, 3, 4, 5)
_EDUCATION_YOUNG = (10, 1, 30, 34, 18, 7)
_EDUCATION_OLD = (14, 22, 50, 11, 2, 1)
# How people put several jobs and wishes into one line.
_JOINED = ("、", "，", "/", "或者", " ")
_SAID = ("{}", "{}", "{}", "{}", "{}", "{}", "{}", "找{}", "想干{}", "{}都行")
# What one earns a month by each unit, to tell what somebody of the trade expects.
_MONTHLY = {PayUnit.HOUR: 176, PayUnit.DAY: 24, PayUnit.MONTH: 1, PayUnit.PIECE: 24}
_SUBSCRIBED_SHARE, _SHARING_SHARE, _PROXY_SHARE = 0.05, 0.6, 0.2


def days_of_applicants(
    count: int, now: datetime, chance: Random, index_phone: Callable[[str], Sequence[str]]
) -> Iterator[tuple[datetime, list[Registration]]]:
    """`count` people, by the moments at which they came, the earliest first.

    Args:
        count: how many.
        now: the moment up to which they came, over the last seven weeks.
        chance: decides everything else.
        index_phone: the blind indexes of a phone, newest secret first.
    """
    weights = [job.people for job in jobs()]
    for day in range(_DAYS):
        at = now - timedelta(days=_DAYS - day)
        numbers = range(count * day // _DAYS, count * (day + 1) // _DAYS)
        arrived = [_registration(number, at, weights, chance, index_phone) for number in numbers]
        if arrived:
            yield at, arrived


def _registration(
    number: int,
    at: datetime,
    weights: Sequence[int],
    chance: Random,
    index_phone: Callable[[str], Sequence[str]],
) -> Registration:
    wishes = chance.choices(jobs(), weights, k=chance.choices((1, 2, 3), (58, 32, 10))[0])
    called = phone(SEEKERS, number)
    return Registration(
        person=Person(name=full_name(chance), phone=called, phone_indexes=index_phone(called)),
        profile=_profile(wishes, local_day(at), chance),
        consents=Consents(
            shares_with_employers=chance.random() < _SHARING_SHARE,
            subscribed=chance.random() < _SUBSCRIBED_SHARE,
        ),
        consent_version=_CONSENT_VERSION,
        registered_by=_PROXY if chance.random() < _PROXY_SHARE else None,
    )


def _profile(wishes: Sequence[Job], today: date, chance: Random) -> ProfileContent:
    age = chance.randint(*chance.choices(_AGES, _AGE_WEIGHTS)[0])
    first = wishes[0]
    return ProfileContent(
        occupations=_words(wishes, chance),
        skills=_skills(wishes, chance),
        licences=_licences(wishes, age, today, chance),
        region=home(chance),
        region_hint=COUNTY,
        commute_km=chance.choices(_COMMUTES, _COMMUTE_WEIGHTS)[0],
        will_board=chance.choices((None, True, False), (45, 22, 33))[0],
        pay_expected=_expected(first, chance),
        shifts=_shifts(chance),
        employment_types=_types(first, chance),
        available_from=_free_from(today, chance),
        birth_month=_born(age, today, chance),
        experience_years=_experience(age, chance),
        education=chance.choices(_EDUCATION, _EDUCATION_OLD if age > 44 else _EDUCATION_YOUNG)[0],
    )


def _words(wishes: Sequence[Job], chance: Random) -> list[str]:
    """The wishes as people say them: one by one, or all in one line."""
    said = list(dict.fromkeys(chance.choice(job.said) for job in wishes))
    if len(said) > 1 and chance.random() < 0.3:
        return [chance.choice(_JOINED).join(said)]
    return [chance.choice(_SAID).format(word) for word in said]


def _skills(wishes: Sequence[Job], chance: Random) -> list[str]:
    known = dict.fromkeys(skill for job in wishes for skill in (*job.can, *job.preferred))
    return [skill for skill in known if chance.random() < 0.55]


def _licences(wishes: Sequence[Job], age: int, today: date, chance: Random) -> list[tuple[str, date | None]]:
    """Most hold what their work demands; some let it run out, some tell no date."""
    if age < 18:
        return []
    demanded = dict.fromkeys(key for job in wishes for key in job.licences)
    held = [key for key in demanded if chance.random() < 0.72]
    if "DL-C1" not in held and chance.random() < 0.18:
        held.append("DL-C1")
    return [(key, _valid_until(today, chance)) for key in held]


def _valid_until(today: date, chance: Random) -> date | None:
    kind = chance.random()
    if kind < 0.3:
        return None
    if kind < 0.38:
        return today - timedelta(days=chance.randint(1, 200))
    return today + timedelta(days=chance.randint(20, 1500))


def _expected(job: Job, chance: Random) -> int | None:
    """What is hoped for: around what the trade pays, in steps of a hundred; a fifth says nothing."""
    if chance.random() < 0.2:
        return None
    low, high = (amount * _MONTHLY[job.unit] for amount in job.pay)
    return round(chance.uniform(low * 0.85, (low + high) / 2 * 1.1) / 100) * 100


def _shifts(chance: Random) -> tuple[Shift, ...]:
    if chance.random() < 0.55:
        return ()
    return tuple(chance.choice(((Shift.LONG_DAY,), (Shift.LONG_DAY, Shift.TWO_SHIFT), tuple(Shift))))


def _types(job: Job, chance: Random) -> tuple[EmploymentType, ...]:
    return (job.employment_type,) if chance.random() < 0.35 else ()


def _free_from(today: date, chance: Random) -> date | None:
    return today + timedelta(days=chance.randint(1, 120)) if chance.random() < 0.18 else None


def _born(age: int, today: date, chance: Random) -> date | None:
    """The first of a month that makes somebody `age` years old for sure; some do not tell."""
    if age >= 18 and chance.random() < 0.05:
        return None
    months = today.year * 12 + today.month - 1 - age * 12 - chance.randint(1, 11)
    return date(months // 12, months % 12 + 1, 1)


def _experience(age: int, chance: Random) -> float | None:
    if chance.random() < 0.3:
        return None
    return float(min(chance.choices((0, 1, 2, 3, 5, 8, 12, 20))[0], max(age - 18, 0)))

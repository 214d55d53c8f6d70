"""Postings and seekers as matching sees them, for tests: plain ones, and any that there may be."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from matching import (
    EmploymentType,
    HeldLicence,
    Pay,
    PayUnit,
    Posting,
    Seeker,
    Shift,
    Term,
    county_policy,
    understand_occupations,
    understand_skills,
)

# The first example pays for reading the tables, and machines that check are shared.
settings.register_profile("pairs", deadline=None, max_examples=60)
settings.load_profile("pairs")

ON = date(2026, 3, 2)
POLICY = county_policy(ON)
QIANYANG, GUSHAN, DADONG, DONGGANG = "210681104", "210681101", "210681001", "210681"

WELDER = understand_occupations("焊工")
ELECTRICIAN = understand_occupations("电工")
WORDS = (
    "焊工、电焊工、电工、车工、普工、缝纫工、水产品加工工、扒虾的、叉车工、塔吊司机、氩弧焊工、"
    "持证电工、无证电工"
)
JOBS = (
    *(understand_occupations(word)[0] for word in WORDS.split("、")),
    Term("拔丝匠"),
    Term("拔丝匠子"),
    Term("无证拔丝匠"),
)
SKILLS = (
    *understand_skills(["二保焊", "氩弧焊", "看图纸", "平缝", "开叉车"]),
    Term("抡大锤"),
    Term("能抡大锤"),
)


def make_posting(**changes: Any) -> Posting:
    """A welder's posting in 前阳镇 that everybody near may have."""
    return replace(
        Posting(id="p", employer_id="e", title="焊工", occupations=WELDER, region=QIANYANG), **changes
    )


def make_seeker(**changes: Any) -> Seeker:
    """A welder of 前阳镇, born in 1980."""
    seeker = Seeker(id="s", occupations=WELDER, region=QIANYANG, born_on=date(1980, 5, 31))
    return replace(seeker, **changes)


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A value or None."""
    return st.none() | strategy


DAYS = st.integers(-40, 60).map(lambda days: ON + timedelta(days=days))
REGIONS = st.sampled_from(
    [QIANYANG, GUSHAN, DADONG, DONGGANG, "210682", "210283", "110101", "210600", "999999"]
)
POINTS = st.tuples(st.floats(39.7, 40.2), st.floats(123.6, 124.4))
LICENCES = st.sampled_from(["SO-02-01", "SO-01-02", "OT-HC", "SE-N1", "DL-A2", "DL-B2", "DL-C1", "no-such"])
WORK = st.lists(st.sampled_from(JOBS), max_size=2).map(tuple)
SKILL_LISTS = st.lists(st.sampled_from(SKILLS), max_size=3).map(tuple)
AMOUNTS = maybe(st.integers(1, 300).map(lambda tens: tens * 50))
BIRTHDAYS = st.dates(date(2007, 12, 1), date(2010, 9, 1)) | st.dates(date(1955, 1, 1), date(2006, 1, 1))

POSTINGS = st.builds(
    Posting,
    id=st.just("p"),
    employer_id=st.sampled_from(["e1", "e2"]),
    title=st.sampled_from(["焊工", "普工", "拔丝匠"]),
    occupations=WORK,
    skills_required=SKILL_LISTS,
    skills_preferred=SKILL_LISTS,
    licences=st.lists(LICENCES, max_size=2, unique=True).map(tuple),
    region=maybe(REGIONS),
    point=maybe(POINTS),
    shuttle_regions=st.lists(REGIONS, max_size=2).map(tuple),
    housing=maybe(st.booleans()),
    meals=maybe(st.booleans()),
    pay=maybe(st.builds(Pay, AMOUNTS, AMOUNTS, st.sampled_from(PayUnit))),
    shift=maybe(st.sampled_from(Shift)),
    employment_type=maybe(st.sampled_from(EmploymentType)),
    starts_on=maybe(DAYS),
    experience_years=maybe(st.sampled_from([0, 0.5, 2, 5])),
    education=maybe(st.integers(0, 6)),
    minimum_age=st.sampled_from([16, 16, 18, 45]),
    openings_left=st.sampled_from([0, 1, 20]),
    is_open=st.sampled_from([True, True, True, False]),
)
SEEKERS = st.builds(
    Seeker,
    id=st.just("s"),
    occupations=WORK,
    skills=SKILL_LISTS,
    licences=st.lists(st.builds(HeldLicence, LICENCES, maybe(DAYS)), max_size=3).map(tuple),
    region=maybe(REGIONS),
    point=maybe(POINTS),
    commute_km=maybe(st.sampled_from([0, 3, 10, 50])),
    will_board=maybe(st.booleans()),
    pay_expected=maybe(st.integers(0, 200).map(lambda tens: tens * 100)),
    shifts=st.frozensets(st.sampled_from(Shift), max_size=2),
    employment_types=st.frozensets(st.sampled_from(EmploymentType), max_size=2),
    available_from=maybe(DAYS),
    born_on=maybe(BIRTHDAYS),
    experience_years=maybe(st.sampled_from([0, 1, 3, 10])),
    education=maybe(st.integers(0, 6)),
    blocked_employers=st.sampled_from([frozenset(), frozenset(), frozenset({"e1"})]),
    is_active=st.sampled_from([True, True, True, False]),
)

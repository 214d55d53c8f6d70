"""The measured parts of a score, one function each; their docstrings are shown to staff.

A docstring says in plain words what is measured and by which rule, and ends with a paragraph in Chinese
that the desk shows beside the figure.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from matching import sentences
from matching.likeness import (
    FULL,
    cutoff_points,
    mean_of,
    occupation_floor,
    occupation_likeness,
    skill_likeness,
    skill_points,
    skills_offered,
    work_offered,
)
from matching.measures import (
    boarding_score,
    commute_limit,
    education_score,
    experience_score,
    monthly_pay,
    pay_score,
    place_distance,
    place_offered,
    place_score,
    place_wanted,
    schedule_offered,
    schedule_score,
    schedule_wanted,
    shuttle_score,
)
from matching.policy import COMPONENTS, MatchPolicy
from matching.types import Component, Posting, Seeker, Term

Feature = Callable[[Posting, Seeker, MatchPolicy], Component]
Said = tuple[str, str]
Evidence = tuple[tuple[object, ...], ...]


def occupation_fit(posting: Posting, seeker: Seeker, policy: MatchPolicy) -> Component:
    """How near the work that the seeker does or wants is to the work offered.

    The nearest pair counts of all occupations of the posting and all job words of the seeker, by what
    is known about the occupations: the same, of the same family, declared as close, or using the same
    skills. Characters are compared only where a word is not known. Skill words of the seeker speak
    too, for many write 电焊 under skills and nothing else; who named no job has the neutral score at
    least.

    给工作人员：岗位工种和求职者填的工种、技能里最接近的一对，一样是 1 分，同类或相近按远近打分，
    完全不同是 0 分；哪一方没填，按方案里的固定分计，并注明没填。

    Returns:
        `evidence`: one (asked, offered, likeness) of the nearest pair; empty where missing.
    """
    pairs = [(asked, term) for asked in posting.occupations for term in work_offered(seeker)]
    nearest = max(pairs, key=lambda pair: occupation_likeness(*pair), default=None)
    best = occupation_likeness(*nearest) if nearest else 0
    floor = occupation_floor(bool(posting.occupations and seeker.occupations), policy)
    missing = best <= floor and not (posting.occupations and seeker.occupations)
    evidence: Evidence = ((nearest[0].text, nearest[1].text, best / FULL),) if nearest else ()
    said = sentences.of_occupation(posting, seeker, nearest, best, missing=missing)
    return _component("occupation_fit", max(best, floor) / FULL, missing, evidence, said, policy)


def skill_required(posting: Posting, seeker: Seeker, policy: MatchPolicy) -> Component:
    """How many of the skills that the posting must have the seeker has.

    Each skill counts with the nearest of the seeker's words, skills and jobs alike, if that is at least
    `skill_cutoff` near, else with the neutral score: a skill that is not named is not a skill that is
    lacking. A posting that asks for no skill is met by everybody.

    给工作人员：岗位必须的每项技能，求职者有就计 1 分，没写的只计少量分（没写不等于不会），再取平均；
    岗位没有要求就是满分。

    Returns:
        `evidence`: (asked, the nearest word or None, likeness) for each skill, in the posting's order.
    """
    return _skills("skill_required", posting.skills_required, seeker, policy)


def skill_preferred(posting: Posting, seeker: Seeker, policy: MatchPolicy) -> Component:
    """How many of the skills that the posting would like the seeker has.

    Counted as the skills that a posting must have, with a smaller weight.

    给工作人员：岗位希望有、但不是必须的技能，算法和必须技能一样，只是分量小。

    Returns:
        `evidence`: (asked, the nearest word or None, likeness) for each skill, in the posting's order.
    """
    return _skills("skill_preferred", posting.skills_preferred, seeker, policy)


def place(posting: Posting, seeker: Seeker, policy: MatchPolicy) -> Component:
    """How easily the seeker gets to the work: near by, with the employer's bus, or living there.

    The best of the three counts, so a bus or a bed never lowers a score. Near by is measured in
    kilometres against the seeker's own limit where points are known, else by the step between the
    divisions (same town, neighbouring town, same county).

    给工作人员：看离家远近、班车能不能坐、单位包不包住，取最好的一种。知道公里数就和求职者愿意走的路程比，
    不知道就按同镇、邻镇、同县来分。

    Returns:
        `evidence`: (step, kilometres or None, limit in kilometres), then ("shuttle", score) and
        ("housing", score) where they count.
    """
    offered, wanted = place_offered(posting), place_wanted(seeker)
    found, limit = place_distance(offered, wanted), commute_limit(wanted, policy)
    ways = (
        ("shuttle", shuttle_score(offered, wanted, policy)),
        ("housing", boarding_score(offered, wanted, policy)),
    )
    distance: Evidence = ((found.step, found.km, limit),) if found else ()
    evidence = (*distance, *(way for way in ways if way[1]))
    score = place_score(offered, wanted, policy)
    said = sentences.of_place(posting, seeker, found, limit, policy)
    return _component("place", score, found is None, evidence, said, policy)


def pay(posting: Posting, seeker: Seeker, policy: MatchPolicy) -> Component:
    """How far the pay that is offered reaches what the seeker expects.

    Both are compared in yuan a month; a day's pay counts `work_days` days, an hour's `work_hours` hours
    of these days, a year's a twelfth. Piecework without a stated day's earning is missing, not 0.

    给工作人员：都折成每月多少元来比。最低工资就够期望是满分，最高才够分数低一些，差得越多分越低；
    计件没写一天约挣多少、工资面谈、求职者没填期望，都按固定分计并注明。

    Returns:
        `evidence`: ("offered", lowest, highest) and ("expected", amount), in yuan a month.
    """
    offered, expected = monthly_pay(posting.pay, policy), seeker.pay_expected
    evidence: Evidence = ()
    if offered is not None:
        evidence += (("offered", *offered),)
    if expected is not None:
        evidence += (("expected", expected),)
    score = pay_score(posting.pay, expected, policy)
    said = sentences.of_pay(posting, expected, offered)
    return _component("pay", score, offered is None or expected is None, evidence, said, policy)


def schedule(posting: Posting, seeker: Seeker, policy: MatchPolicy) -> Component:
    """Whether shift, kind of employment and start suit the seeker.

    A seeker who names no shift takes any. Who can come up to `late_days` after the start counts half
    for the start; a later day counts nothing, but it is no hard condition.

    给工作人员：班次、用工形式、到岗时间三样按比例合成。求职者没有挑的就算合适；岗位没写的按固定分计。

    Returns:
        `evidence`: ("shift", offered, wanted), ("employment", offered, wanted) and
        ("start", first day of work or None, day from which the seeker can come or None).
    """
    offered, wanted = schedule_offered(posting), schedule_wanted(seeker)
    evidence: Evidence = (
        ("shift", offered.shift, tuple(sorted(wanted.shifts))),
        ("employment", offered.employment_type, tuple(sorted(wanted.employment_types))),
        ("start", offered.starts_on, wanted.available_from),
    )
    said, missing = sentences.of_schedule(offered, wanted, policy)
    return _component("schedule", schedule_score(offered, wanted, policy), missing, evidence, said, policy)


def experience(posting: Posting, seeker: Seeker, policy: MatchPolicy) -> Component:
    """How many of the years that the posting asks for the seeker has worked.

    给工作人员：求职者的年限除以岗位要求的年限，够了就是满分；岗位说不要经验也是满分。

    Returns:
        `evidence`: (years asked or None, years had or None).
    """
    asked, have = posting.experience_years, seeker.experience_years
    score = experience_score(asked, have, policy)
    missing = asked is None or (asked > 0 and have is None)
    said = sentences.of_experience(asked, have)
    return _component("experience", score, missing, ((asked, have),), said, policy)


def education(posting: Posting, seeker: Seeker, policy: MatchPolicy) -> Component:
    """Whether the seeker's schooling reaches what the posting asks for.

    给工作人员：学历达到要求是满分，低一级 0.6，低两级 0.3，再低 0 分；岗位不限学历是满分。

    Returns:
        `evidence`: (rank asked or None, rank had or None), ranks from 0 to 6.
    """
    asked, have = posting.education, seeker.education
    score = education_score(asked, have, policy)
    missing = asked is None or (asked > 0 and have is None)
    said = sentences.of_education(asked, have)
    return _component("education", score, missing, ((asked, have),), said, policy)


FEATURES: Mapping[str, Feature] = MappingProxyType(
    {
        "occupation_fit": occupation_fit,
        "skill_required": skill_required,
        "skill_preferred": skill_preferred,
        "place": place,
        "pay": pay,
        "schedule": schedule,
        "experience": experience,
        "education": education,
    }
)
"""The features by the names of their components."""


def components(posting: Posting, seeker: Seeker, policy: MatchPolicy) -> tuple[Component, ...]:
    """All components of a pair, in the order of `COMPONENTS`."""
    return tuple(FEATURES[name](posting, seeker, policy) for name in COMPONENTS)


def _skills(name: str, asked: tuple[Term, ...], seeker: Seeker, policy: MatchPolicy) -> Component:
    offered, cutoff = skills_offered(seeker), cutoff_points(policy)
    found: list[tuple[Term, Term | None, int]] = []
    for skill in asked:
        nearest = max(offered, key=lambda term: skill_likeness(skill, term), default=None)
        likeness = skill_likeness(skill, nearest) if nearest else 0
        found.append((skill, nearest if likeness >= cutoff else None, likeness))
    points = sum(skill_points(likeness, name, policy) for _, _, likeness in found)
    evidence: Evidence = tuple(
        (skill.text, by.text if by else None, like / FULL) for skill, by, like in found
    )
    said = sentences.of_skills(name, found, told=bool(offered))
    missing = bool(asked) and not offered
    return _component(name, mean_of(points, len(asked)), missing, evidence, said, policy)


def _component(
    name: str, score: float, missing: bool, evidence: Evidence, said: Said, policy: MatchPolicy
) -> Component:
    return Component(name, score, policy.weights[name], missing, evidence, *said)

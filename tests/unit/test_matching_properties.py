"""Laws that hold for every posting and every seeker."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import (
    COMPONENTS,
    HeldLicence,
    MatchPolicy,
    Pay,
    PayUnit,
    Posting,
    Seeker,
    Verdict,
    next_change_on,
    score_pair,
    why_not,
)
from matching.conditions import birthday
from matching.likeness import fit
from tests.pairs import ON, POLICY, POSTINGS, REGIONS, SEEKERS, SKILLS, WELDER

HIGH = replace(POLICY, cutoff=0.9)


@given(POSTINGS, SEEKERS)
def test_the_total_is_the_sum_of_its_parts(posting, seeker):
    pair = score_pair(posting, seeker, POLICY)
    assert [part.name for part in pair.components] == list(COMPONENTS)
    assert all(0 <= part.score <= 1 and part.weight == POLICY.weights[part.name] for part in pair.components)
    assert pair.total == pytest.approx(sum(part.score * part.weight for part in pair.components), abs=6e-7)
    assert pair.total == round(pair.total, 6)
    assert 0 <= pair.total <= 1


@given(POSTINGS, SEEKERS)
def test_a_pair_is_matched_by_gates_fit_place_and_total_alone(posting, seeker):
    pair = score_pair(posting, seeker, POLICY)
    fails = any(gate.verdict is Verdict.FAIL for gate in pair.gates)
    fits = fit(posting, seeker, POLICY) >= POLICY.fit_floor
    is_near = next(part.score for part in pair.components if part.name == "place") >= POLICY.place_floor
    assert pair.matched == (not fails and fits and is_near and pair.total >= POLICY.cutoff)
    assert pair.conditional == any(gate.verdict is Verdict.CONDITIONAL for gate in pair.gates)


@given(POSTINGS, SEEKERS)
def test_every_component_says_something_to_both_sides(posting, seeker):
    pair = score_pair(posting, seeker, POLICY)
    assert all(part.to_staff and part.to_seeker for part in pair.components)
    assert all("None" not in part.to_staff + part.to_seeker for part in pair.components)
    assert all("求职者" not in part.to_seeker for part in pair.components)
    assert all("您" not in part.to_staff for part in pair.components)


@given(POSTINGS, SEEKERS)
def test_a_gate_that_does_not_pass_says_why_and_what_helps(posting, seeker):
    for gate in score_pair(posting, seeker, POLICY).gates:
        assert gate.verdict is Verdict.PASS or (gate.reason and gate.to_seeker and gate.remedy)


@given(POSTINGS, SEEKERS)
def test_what_is_missing_scores_what_the_policy_states(posting, seeker):
    for part in score_pair(posting, seeker, POLICY).components:
        if part.missing and part.name in {"occupation_fit", "pay", "experience", "education"}:
            assert part.score == pytest.approx(POLICY.neutral[part.name])


@given(POSTINGS, SEEKERS, st.sampled_from(SKILLS))
def test_one_more_skill_never_lowers_a_score(posting, seeker, skill):
    before = score_pair(posting, seeker, POLICY)
    after = score_pair(posting, replace(seeker, skills=(*seeker.skills, skill)), POLICY)
    assert after.total >= before.total
    assert after.matched >= before.matched


@given(POSTINGS, SEEKERS, REGIONS)
def test_one_more_stop_of_the_bus_never_lowers_a_score(posting, seeker, region):
    with_bus = replace(posting, shuttle_regions=(*posting.shuttle_regions, region))
    assert score_pair(with_bus, seeker, POLICY).total >= score_pair(posting, seeker, POLICY).total


@given(POSTINGS, SEEKERS)
def test_housing_never_lowers_a_score(posting, seeker):
    housed = replace(posting, housing=True)
    assert score_pair(housed, seeker, POLICY).total >= score_pair(posting, seeker, POLICY).total


@given(
    POSTINGS,
    SEEKERS,
    st.integers(0, 9000),
    st.integers(0, 9000),
    st.integers(1, 3000),
    st.sampled_from(PayUnit),
)
def test_more_pay_never_lowers_a_score(posting, seeker, low, high, more, unit):
    before = score_pair(replace(posting, pay=Pay(low, high, unit)), seeker, POLICY)
    after = score_pair(replace(posting, pay=Pay(low + more, high + more, unit)), seeker, POLICY)
    assert after.total >= before.total


@given(POSTINGS, SEEKERS, st.randoms(use_true_random=False))
def test_the_order_of_what_is_listed_changes_no_total(posting, seeker, random):
    def mixed(values):
        return tuple(random.sample(values, len(values)))

    other_posting = replace(
        posting,
        occupations=mixed(posting.occupations),
        skills_required=mixed(posting.skills_required),
        shuttle_regions=mixed(posting.shuttle_regions),
    )
    other_seeker = replace(
        seeker,
        occupations=mixed(seeker.occupations),
        skills=mixed(seeker.skills),
        licences=mixed(seeker.licences),
    )
    one, other = score_pair(posting, seeker, POLICY), score_pair(other_posting, other_seeker, POLICY)
    assert (one.total, one.matched, one.conditional) == (other.total, other.matched, other.conditional)


@settings(max_examples=150)
@given(POSTINGS, SEEKERS, st.integers(0, 90), st.integers(0, 1000))
def test_nothing_changes_before_the_day_that_is_named(posting, seeker, today, ahead):
    policy = replace(POLICY, on=ON + timedelta(days=today - 45))
    days = [day for day in (next_change_on(posting, policy), next_change_on(seeker, policy)) if day]
    room = (min(days) - policy.on).days if days else 400
    assert room > 0
    later = replace(policy, on=policy.on + timedelta(days=ahead % room))
    before, after = score_pair(posting, seeker, policy), score_pair(posting, seeker, later)
    assert [(gate.name, gate.verdict) for gate in before.gates] == [
        (gate.name, gate.verdict) for gate in after.gates
    ]
    assert [part.score for part in before.components] == [part.score for part in after.components]
    assert (before.total, before.matched) == (after.total, after.matched)


def with_work(posting, seeker):
    jobs = posting.occupations or seeker.occupations or WELDER
    return replace(posting, occupations=jobs), replace(seeker, occupations=(*seeker.occupations, *jobs))


def with_enough_pay(posting, seeker):
    least = seeker.pay_expected or 0
    return replace(posting, pay=Pay(least, least, PayUnit.MONTH)), replace(seeker, pay_expected=least)


def with_skills(field):
    return lambda p, s: (p, replace(s, skills=(*s.skills, *getattr(p, field))))


def with_seeker(**changes):
    return lambda p, s: (p, replace(s, **changes))


def with_posting(**changes):
    return lambda p, s: (replace(p, **changes), s)


def next_door(posting, seeker):
    here = {"region": "210681104", "point": None}
    return replace(posting, **here), replace(seeker, **here)


CURES = {
    "posting_open": with_posting(is_open=True, openings_left=1),
    "seeker_active": with_seeker(is_active=True),
    "employer_not_blocked": with_seeker(blocked_employers=frozenset()),
    "minimum_age": with_seeker(born_on=ON.replace(year=1990)),
    "occupation_fit": with_work,
    "skill_required": with_skills("skills_required"),
    "skill_preferred": with_skills("skills_preferred"),
    "place": next_door,
    "pay": with_enough_pay,
    "schedule": with_seeker(shifts=frozenset(), employment_types=frozenset(), available_from=ON),
    "experience": with_posting(experience_years=0),
    "education": with_posting(education=0),
}


def cure(name: str, posting: Posting, seeker: Seeker, policy: MatchPolicy) -> tuple[Posting, Seeker]:
    """The pair with what one obstacle acts on put right, and nothing else."""
    start = max(posting.starts_on or policy.on, policy.on)
    if name.startswith("licence:"):
        held = HeldLicence(name.removeprefix("licence:"), start)
        return posting, replace(seeker, licences=(*seeker.licences, held))
    return CURES[name](posting, seeker)


@settings(max_examples=150)
@given(POSTINGS, SEEKERS, st.sampled_from([POLICY, HIGH]))
def test_removing_every_named_obstacle_makes_a_match(posting, seeker, policy):
    changes = why_not(posting, seeker, policy)
    pair = score_pair(posting, seeker, policy)
    assert (changes == ()) == (pair.matched and not pair.conditional)
    for change in changes:
        posting, seeker = cure(change.obstacle, posting, seeker, policy)
    pair = score_pair(posting, seeker, policy)
    assert pair.matched
    assert not pair.conditional
    assert why_not(posting, seeker, policy) == ()


@settings(max_examples=150)
@given(POSTINGS, SEEKERS, st.sampled_from([POLICY, HIGH]))
def test_removing_one_named_obstacle_removes_it(posting, seeker, policy):
    for change in why_not(posting, seeker, policy):
        assert change.sentence
        assert change.remedy
        after = why_not(*cure(change.obstacle, posting, seeker, policy), policy)
        assert change.obstacle not in {other.obstacle for other in after}


@given(st.dates().filter(lambda day: day.year < 9900), st.sampled_from([16, 18]))
def test_a_birthday_is_the_first_day_of_that_age(born_on, age):
    day = birthday(born_on, age)

    def years(on):
        return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))

    assert years(day) == age
    assert years(day - timedelta(days=1)) == age - 1

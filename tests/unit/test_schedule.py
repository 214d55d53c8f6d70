"""Schedule: shift, kind of employment and start."""

from datetime import timedelta

import pytest

from matching import (
    Component,
    EmploymentType,
    Shift,
)
from matching.features import FEATURES
from tests.pairs import ON, POLICY, make_posting, make_seeker

HERE, FAR_POINT = (39.9, 124.0), (40.2, 124.3)


def measure(name: str, posting: dict, seeker: dict) -> Component:
    return FEATURES[name](make_posting(**posting), make_seeker(**seeker), POLICY)


IN_TIME = {"available_from": ON}


@pytest.mark.parametrize(
    ("posting", "seeker", "score", "words", "missing"),
    [
        pytest.param({}, IN_TIME, 1.0, "岗位没有写明班次，求职者不挑班次", False, id="takes-anything"),
        pytest.param({"shift": Shift.NIGHT}, IN_TIME, 1.0, "夜班，求职者不挑班次", False, id="any-shift"),
        pytest.param(
            {"shift": Shift.NIGHT},
            {**IN_TIME, "shifts": frozenset({Shift.NIGHT})},
            1.0,
            "夜班；",
            False,
            id="shift",
        ),
        pytest.param(
            {"shift": Shift.NIGHT},
            {**IN_TIME, "shifts": frozenset({Shift.LONG_DAY})},
            0.6,
            "夜班，求职者想要长白班",
            False,
            id="other-shift",
        ),
        pytest.param(
            {"shift": Shift.FLEXIBLE},
            {**IN_TIME, "shifts": frozenset({Shift.LONG_DAY})},
            0.92,
            "时间灵活，求职者想要长白班",
            False,
            id="flexible",
        ),
        pytest.param(
            {},
            {**IN_TIME, "shifts": frozenset({Shift.LONG_DAY})},
            0.84,
            "岗位没有写明班次；",
            True,
            id="shift-silent",
        ),
        pytest.param(
            {"employment_type": EmploymentType.TEMPORARY},
            {**IN_TIME, "employment_types": frozenset({EmploymentType.FULL_TIME})},
            0.7,
            "岗位没有写明班次，求职者不挑班次；短期，求职者想要全职",
            False,
            id="other-employment",
        ),
        pytest.param(
            {"employment_type": EmploymentType.TEMPORARY},
            {**IN_TIME, "employment_types": frozenset({EmploymentType.TEMPORARY})},
            1.0,
            "岗位没有写明班次，求职者不挑班次；短期；随时上岗，能按时到岗",
            False,
            id="same-employment",
        ),
        pytest.param(
            {},
            {**IN_TIME, "employment_types": frozenset({EmploymentType.FULL_TIME})},
            0.88,
            "岗位",
            True,
            id="kind-silent",
        ),
        pytest.param({}, {}, 0.88, "岗位", True, id="start-silent"),
    ],
)
def test_schedule(posting, seeker, score, words, missing):
    part = measure("schedule", posting, seeker)
    assert part.score == pytest.approx(score)
    assert part.to_staff.startswith(words)
    assert part.missing is missing


@pytest.mark.parametrize(
    ("starts_in", "available_in", "score", "words"),
    [
        (None, 0, 1.0, "随时上岗，能按时到岗"),
        (None, 1, 0.85, "随时上岗，求职者晚 1 天才能到岗"),
        (None, 14, 0.85, "随时上岗，求职者晚 14 天才能到岗"),
        (None, 15, 0.7, "随时上岗，求职者晚 15 天才能到岗"),
        (20, 20, 1.0, "2026-03-22 开工，能按时到岗"),
        (20, 21, 0.85, "2026-03-22 开工，求职者晚 1 天才能到岗"),
        (-20, 0, 1.0, "随时上岗，能按时到岗"),
    ],
)
def test_the_start_counts_in_steps(starts_in, available_in, score, words):
    starts_on = None if starts_in is None else ON + timedelta(days=starts_in)
    part = measure(
        "schedule", {"starts_on": starts_on}, {"available_from": ON + timedelta(days=available_in)}
    )
    assert part.score == pytest.approx(score)
    assert part.to_staff.endswith(words)


# Experience and education -----------------------------------------------------------------------------

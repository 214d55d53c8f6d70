"""Each feature on named cases, with what it tells both sides."""

from dataclasses import replace

import pytest

from matching import (
    COMPONENTS,
    Component,
    MatchPolicy,
    Pay,
    PayUnit,
    Term,
    county_policy,
    phrases,
    understand_occupations,
    understand_skills,
)
from matching.features import FEATURES
from matching.gates import RULES
from tests.pairs import DADONG, DONGGANG, ELECTRICIAN, GUSHAN, ON, POLICY, QIANYANG, make_posting, make_seeker

HERE, FAR_POINT = (39.9, 124.0), (40.2, 124.3)


def measure(name: str, posting: dict, seeker: dict) -> Component:
    return FEATURES[name](make_posting(**posting), make_seeker(**seeker), POLICY)


@pytest.mark.parametrize("name", COMPONENTS)
def test_every_feature_is_told_in_plain_words_and_in_chinese(name):
    told = FEATURES[name].__doc__ or ""
    assert told.splitlines()[0].endswith(".")
    assert "给工作人员：" in told


@pytest.mark.parametrize("name", RULES)
def test_every_gate_is_told_in_plain_words_and_in_chinese(name):
    assert "给工作人员：" in (RULES[name].__doc__ or "")


# Work -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "offered", "words"),
    [
        pytest.param(
            "水产品加工工",
            "扒虾的",
            "工种一致：岗位招水产品加工工，求职者填的是“扒虾的”（按“水产品加工工”理解）",
            id="same",
        ),
        pytest.param("焊工", "铆工", "工种相近：岗位招焊工，求职者填的是", id="close"),
        pytest.param("焊工", "收银员", "工种不同：岗位招焊工，求职者填的是", id="different"),
    ],
)
def test_the_nearest_work_is_told_with_how_it_was_understood(asked, offered, words):
    work = {"occupations": understand_occupations(asked)}
    part = measure("occupation_fit", work, {"occupations": understand_occupations(offered)})
    assert part.to_staff.startswith(words)
    assert part.score == part.evidence[0][2]
    assert not part.missing


def test_the_nearest_of_several_jobs_counts():
    part = measure("occupation_fit", {"occupations": (*ELECTRICIAN, *understand_occupations("焊工"))}, {})
    assert part.score == 1.0
    assert part.evidence == (("焊工", "焊工", 1.0),)


@pytest.mark.parametrize(
    ("posting", "seeker", "words"),
    [
        ({"occupations": ()}, {}, "岗位没有写明工种"),
        ({}, {"occupations": ()}, "求职者没有填工种"),
        ({}, {"occupations": (), "skills": (Term("抡大锤"),)}, "求职者没有填工种"),
    ],
)
def test_work_that_is_not_stated_is_named_as_missing(posting, seeker, words):
    part = measure("occupation_fit", posting, seeker)
    assert (part.missing, part.score, part.to_staff) == (True, POLICY.neutral["occupation_fit"], words)


def test_a_skill_alone_speaks_for_work():
    part = measure("occupation_fit", {}, {"occupations": (), "skills": understand_occupations("电焊工")})
    assert (part.score, part.missing) == (1.0, False)


# Skills -----------------------------------------------------------------------------------------------


def test_skills_are_counted_one_by_one():
    asked = (*understand_skills(["二保焊", "平缝"]), Term("抡大锤"))
    seeker = {"skills": (*understand_skills(["气保焊"]), Term("抡大锤"))}
    part = measure("skill_required", {"skills_required": asked}, seeker)
    assert part.score == pytest.approx((1 + POLICY.neutral["skill_required"] + 1) / 3)
    assert part.evidence == (("二保焊", "气保焊", 1.0), ("平缝", None, 0.0), ("抡大锤", "抡大锤", 1.0))
    assert part.to_staff == (
        "必须的 3 项技能；有：二保焊（填的是“气保焊”（按“二保焊作业”理解））、抡大锤；没写：平缝"
    )
    assert "会的话请补上" in part.to_seeker


def test_no_skill_asked_is_met_by_everybody():
    part = measure("skill_preferred", {}, {})
    assert (part.score, part.missing, part.to_staff) == (1.0, False, "岗位没有希望有的技能")


def test_no_word_of_the_seeker_is_missing_and_not_zero():
    part = measure("skill_required", {"skills_required": (Term("抡大锤"),)}, {"occupations": ()})
    assert (part.score, part.missing) == (POLICY.neutral["skill_required"], True)
    assert part.to_staff == "岗位必须的技能：抡大锤；求职者没有填技能"


# Place ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("posting", "seeker", "score", "words"),
    [
        pytest.param({}, {}, 1.0, "同镇", id="same-town"),
        pytest.param({}, {"region": DONGGANG}, 0.5, "同县，距离未知", id="same-county"),
        pytest.param({}, {"region": "110101"}, 0.0, "距离约 ", id="far"),
        pytest.param({"region": None}, {}, 0.4, "岗位没有写明地点", id="posting-silent"),
        pytest.param({}, {"region": None}, 0.4, "求职者没有填住在哪里", id="seeker-silent"),
        pytest.param(
            {"shuttle_regions": (GUSHAN,)},
            {"region": GUSHAN},
            0.9,
            "同县，距离未知；单位班车经过住处所在的镇",
            id="bus",
        ),
        pytest.param(
            {"shuttle_regions": (GUSHAN,)},
            {"region": DONGGANG},
            0.7,
            "同县，距离未知；单位班车经过住处一带，请问清站点",
            id="bus-perhaps",
        ),
        pytest.param(
            {"shuttle_regions": (DADONG,)},
            {"region": DONGGANG + "999"},
            0.4,
            "求职者没有填住在哪里",
            id="unknown-code",
        ),
        pytest.param(
            {"housing": True},
            {"region": DONGGANG, "will_board": True},
            0.85,
            "同县，距离未知；单位包住，求职者愿意住",
            id="housing",
        ),
        pytest.param(
            {"housing": True},
            {"region": DONGGANG},
            0.65,
            "同县，距离未知；单位包住，求职者没填愿不愿意住",
            id="housing-perhaps",
        ),
        pytest.param(
            {"housing": True},
            {"region": DONGGANG, "will_board": False},
            0.5,
            "同县，距离未知；单位包住，求职者不住",
            id="housing-not-wanted",
        ),
        pytest.param({"point": HERE}, {"point": HERE, "region": None}, 1.0, "不到 1 公里", id="points-alone"),
    ],
)
def test_place(posting, seeker, score, words):
    part = measure("place", posting, seeker)
    assert part.score == pytest.approx(score)
    assert part.to_staff.startswith(words)
    assert part.missing == (part.to_staff.startswith(("岗位没有", "求职者没有")))


@pytest.mark.parametrize(("limit", "score"), [(1000, 0.98), (42.07, 0.6), (30, 0.36), (20, 0.0), (0, 0.0)])
def test_distance_is_measured_against_the_seekers_own_limit(limit, score):
    part = measure("place", {"point": HERE}, {"point": FAR_POINT, "commute_km": limit})
    assert part.score == pytest.approx(score, abs=0.01)
    assert part.evidence[0][2] == max(limit, 1)
    assert ("超过" in part.to_staff) == (limit < 42.07)


def test_a_distance_over_the_limit_is_told_with_both_figures():
    part = measure("place", {"point": HERE, "housing": True}, {"point": FAR_POINT, "commute_km": 20})
    assert part.to_staff == "距离约 43 公里，超过 20 公里；单位包住，求职者没填愿不愿意住"
    assert part.to_seeker == "距离约 43 公里，超过 20 公里；单位包住"


def test_the_distance_between_counties_is_told_as_rough():
    assert measure("place", {}, {"region": "210682"}).to_staff.endswith("（按县区中心计算）")


# Pay --------------------------------------------------------------------------------------------------

MONTH, DAY, HOUR, YEAR, PIECE = PayUnit.MONTH, PayUnit.DAY, PayUnit.HOUR, PayUnit.YEAR, PayUnit.PIECE


@pytest.mark.parametrize(
    ("pay", "expected", "score", "words"),
    [
        (Pay(5000, 7000, MONTH), 5000, 1.0, "5000–7000 元/月；期望 5000 元/月，达到期望"),
        (Pay(5000, 7000, MONTH), 6000, 0.8, "5000–7000 元/月；期望 6000 元/月，最高能达到期望"),
        (Pay(5000, 7000, MONTH), 7000, 0.6, "5000–7000 元/月；期望 7000 元/月，最高能达到期望"),
        (Pay(5000, 7000, MONTH), 8750, 0.3, "5000–7000 元/月；期望 8750 元/月，比期望少 1750 元"),
        (Pay(3000, 3000, MONTH), 9000, 0.0, "3000 元/月；期望 9000 元/月，比期望少 6000 元"),
        (Pay(5000, None, MONTH), 5000, 1.0, "至少 5000 元/月；期望 5000 元/月，达到期望"),
        (Pay(None, 5000, MONTH), 4000, 1.0, "最高 5000 元/月；期望 4000 元/月，达到期望"),
        (Pay(200, 200, DAY), 5200, 1.0, "200 元/天，每月约 5200 元；期望 5200 元/月，达到期望"),
        (Pay(20, 25, HOUR), 4160, 1.0, "20–25 元/小时，每月约 4160–5200 元；期望 4160 元/月，达到期望"),
        (
            Pay(60000, 72000, YEAR),
            5000,
            1.0,
            "60000–72000 元/年，每月约 5000–6000 元；期望 5000 元/月，达到期望",
        ),
        (Pay(200, 200, PIECE), 5200, 1.0, "计件，约 200 元/天，每月约 5200 元；期望 5200 元/月，达到期望"),
        (Pay(3000, 3000, MONTH), 0, 1.0, "3000 元/月；期望 0 元/月，达到期望"),
    ],
)
def test_pay_is_compared_by_the_month(pay, expected, score, words):
    part = measure("pay", {"pay": pay}, {"pay_expected": expected})
    assert part.score == pytest.approx(score)
    assert (part.to_staff, part.missing) == (words, False)


@pytest.mark.parametrize(
    ("pay", "expected", "words"),
    [
        (None, 5000, "岗位没有写明工资"),
        (Pay(None, None, MONTH), 5000, "工资面谈，单位未写明"),
        (Pay(None, None, PIECE), 5000, "计件，单位未写明一天约挣多少"),
        (Pay(5000, 5000, MONTH), None, "5000 元/月；求职者没有填期望工资"),
    ],
)
def test_pay_that_is_not_stated_is_named_as_missing(pay, expected, words):
    part = measure("pay", {"pay": pay}, {"pay_expected": expected})
    assert (part.score, part.missing, part.to_staff) == (POLICY.neutral["pay"], True, words)


# Schedule ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "have", "score", "missing", "words"),
    [
        (None, 3, 0.5, True, "岗位没有写明要几年经验"),
        (0, None, 1.0, False, "岗位不要求经验"),
        (2, None, 0.5, True, "岗位要 2 年经验，求职者没有填"),
        (2, 1.5, 0.75, False, "岗位要 2 年经验，求职者有 1.5 年"),
        (2, 9, 1.0, False, "岗位要 2 年经验，求职者有 9 年"),
    ],
)
def test_experience(asked, have, score, missing, words):
    part = measure("experience", {"experience_years": asked}, {"experience_years": have})
    assert part.score == pytest.approx(score)
    assert (part.missing, part.to_staff) == (missing, words)


@pytest.mark.parametrize(
    ("asked", "have", "score", "missing", "words"),
    [
        (None, 3, 0.5, True, "岗位没有写明学历要求"),
        (0, None, 1.0, False, "岗位不限学历"),
        (4, None, 0.5, True, "岗位要大专，求职者没有填学历"),
        (4, 3, 0.6, False, "岗位要大专，求职者是高中或中专"),
        (4, 2, 0.3, False, "岗位要大专，求职者是初中"),
        (4, 0, 0.0, False, "岗位要大专，求职者是没有学历"),
        (4, 6, 1.0, False, "岗位要大专，求职者是研究生"),
    ],
)
def test_education(asked, have, score, missing, words):
    part = measure("education", {"education": asked}, {"education": have})
    assert (part.score, part.missing, part.to_staff) == (score, missing, words)


def test_a_rank_beyond_the_table_is_told_as_its_last():
    assert phrases.education(9) == "研究生"


# Policy -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"weights": {"place": 1.0}}, "weights must name each component once"),
        ({"neutral": {}}, "neutral must name each component once"),
        ({"neutral": {**POLICY.neutral, "pay": 1.5}}, r"neutral must be in \[0, 1\]"),
        ({"weights": {**POLICY.weights, "pay": 0.9}}, "weights must sum to 1"),
        ({"schedule_parts": (0.5, 0.5, 0.5)}, "schedule_parts must sum to 1"),
        ({"pay_gap": 0.0}, "pay_gap must be above 0"),
    ],
)
def test_an_impossible_policy_is_refused(change, message):
    with pytest.raises(ValueError, match=message):
        replace(POLICY, **change)


def test_the_countys_policy_is_named_and_dated():
    policy = county_policy(ON)
    assert isinstance(policy, MatchPolicy)
    assert (policy.name, policy.on, hash(policy)) == ("county-1", ON, hash(county_policy(ON)))


def test_towns_side_by_side_are_nearer_than_the_county():
    near = measure("place", {"region": DADONG}, {"region": QIANYANG})
    assert near.score == POLICY.steps["neighbour_town"]

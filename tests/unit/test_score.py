"""Whole pairs: what is matched, why not, and what the page about matching says."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from matching import (
    Pay,
    PayUnit,
    Posting,
    Seeker,
    Term,
    Verdict,
    matching_guide,
    score_pair,
    understand_occupations,
    why_not,
)
from tests.pairs import DONGGANG, GUSHAN, ON, POLICY, QIANYANG, SKILLS, WELDER, make_posting, make_seeker

GUIDE = Path(__file__).parents[2] / "docs" / "matching.md"
HERE, FAR_POINT = (39.9, 124.0), (40.2, 124.3)


def obstacles(posting, seeker, policy=POLICY):
    return [change.obstacle for change in why_not(posting, seeker, policy)]


def test_a_welder_of_the_same_town_is_matched():
    pair = score_pair(make_posting(), make_seeker(), POLICY)
    assert (pair.posting_id, pair.seeker_id, pair.policy) == ("p", "s", "county-1")
    assert pair.matched
    assert not pair.conditional
    assert why_not(make_posting(), make_seeker(), POLICY) == ()


def test_a_condition_keeps_a_match_and_is_told():
    posting = make_posting(licences=("OT-HC",))
    pair = score_pair(posting, make_seeker(), POLICY)
    assert (pair.matched, pair.conditional) == (True, True)
    change = why_not(posting, make_seeker(), POLICY)[0]
    assert (change.obstacle, change.sentence) == ("licence:OT-HC", "缺健康证，办理约 3 天，赶得上开工")


def test_a_gate_is_never_points():
    open_pair = score_pair(make_posting(), make_seeker(), POLICY)
    closed_pair = score_pair(make_posting(is_open=False), make_seeker(), POLICY)
    assert closed_pair.total == open_pair.total
    assert not closed_pair.matched


def test_place_alone_never_makes_a_match():
    posting = make_posting(pay=Pay(9000, 9000, PayUnit.MONTH), housing=True)
    seeker = make_seeker(occupations=understand_occupations("会计"), pay_expected=3000, will_board=True)
    easy = replace(POLICY, cutoff=0.0)
    assert not score_pair(posting, seeker, easy).matched
    assert obstacles(posting, seeker, easy) == ["occupation_fit"]


YES = [
    ("司机", "驾驶员"),
    ("月嫂", "育婴师"),
    ("普工", "操作工"),
    ("水产品加工工", "海鲜加工工人"),
    ("电工、叉车工", "叉车、电工"),
]
NO = [("电工", "电焊工"), ("会计", "社会计生专员"), ("保安", "保安全员"), ("车工", "汽车工程师")]


@pytest.mark.parametrize(("asked", "offered"), YES)
def test_words_for_the_same_work_are_matched(asked, offered):
    posting = make_posting(occupations=understand_occupations(asked))
    assert score_pair(posting, make_seeker(occupations=understand_occupations(offered)), POLICY).matched


@pytest.mark.parametrize(("asked", "offered"), NO)
def test_words_that_only_look_alike_are_not_matched(asked, offered):
    posting = make_posting(occupations=understand_occupations(asked))
    assert not score_pair(posting, make_seeker(occupations=understand_occupations(offered)), POLICY).matched


def test_opposite_conditions_are_never_the_same_work():
    posting = make_posting(occupations=(Term("持证电工", "6-31-01-03"),))
    same = score_pair(posting, make_seeker(occupations=(Term("持证电工", "6-31-01-03"),)), POLICY)
    other = score_pair(posting, make_seeker(occupations=(Term("无证电工", "6-31-01-03"),)), POLICY)
    assert other.total < same.total
    assert not other.matched


def test_a_posting_without_work_says_so():
    change = why_not(make_posting(occupations=()), make_seeker(), POLICY)[0]
    assert (change.obstacle, change.sentence) == ("occupation_fit", "岗位没有写明工种和技能")


@pytest.mark.parametrize("name", ["skill_required", "skill_preferred"])
def test_lacking_skills_are_named_where_the_posting_names_no_work(name):
    asked = {"skills_required" if name == "skill_required" else "skills_preferred": SKILLS[3:4]}
    change = why_not(make_posting(occupations=(), **asked), make_seeker(), POLICY)[0]
    assert change.obstacle == name
    assert SKILLS[3].text in change.remedy


STRICT = replace(POLICY, cutoff=0.85)


def test_a_far_place_is_told_with_housing_as_the_way_out():
    posting = make_posting(point=HERE, housing=True)
    seeker = make_seeker(point=FAR_POINT, commute_km=20, will_board=False)
    place = next(change for change in why_not(posting, seeker, STRICT) if change.obstacle == "place")
    assert place.sentence == "距离约 43 公里，超过 20 公里；单位包住，求职者不住"
    assert (
        place.remedy
        == "求职者愿意住单位宿舍，或单位班车通到辽宁省丹东市东港市前阳镇，或求职者住得近一些，就可匹配"
    )
    assert score_pair(posting, replace(seeker, will_board=True), STRICT).matched
    assert score_pair(replace(posting, shuttle_regions=(QIANYANG,)), seeker, STRICT).matched


def test_a_bus_is_no_way_out_where_it_would_not_be_enough():
    posting, seeker = make_posting(point=HERE), make_seeker(point=FAR_POINT, commute_km=20)
    policy = replace(POLICY, cutoff=score_pair(make_posting(), make_seeker(), POLICY).total)
    place = next(change for change in why_not(posting, seeker, policy) if change.obstacle == "place")
    assert place.remedy == "求职者住得近一些，就可匹配"
    nowhere = why_not(make_posting(region=None), make_seeker(region=None), policy)
    assert {change.remedy for change in nowhere if change.obstacle == "place"} <= {
        "求职者住得近一些，就可匹配"
    }


@pytest.mark.parametrize(
    ("unit", "expected", "least"),
    [
        (PayUnit.MONTH, 9000, 9000),
        (PayUnit.DAY, 9000, 347),
        (PayUnit.YEAR, 9000, 108000),
        (PayUnit.HOUR, 9000, 44),
    ],
)
def test_the_pay_that_would_be_enough_is_named_and_is_enough(unit, expected, least):
    posting, seeker = make_posting(pay=Pay(1, 1, unit)), make_seeker(pay_expected=expected)
    change = next(change for change in why_not(posting, seeker, STRICT) if change.obstacle == "pay")
    assert change.remedy.startswith(f"工资不低于 {least} 元/")
    assert score_pair(replace(posting, pay=Pay(least, least, unit)), seeker, STRICT).matched


def test_where_no_single_change_is_enough_the_fewest_are_named_together():
    posting = make_posting(point=HERE, pay=Pay(1000, 1000, PayUnit.MONTH), skills_required=SKILLS[3:5])
    seeker = make_seeker(point=FAR_POINT, pay_expected=9000, available_from=ON + timedelta(days=90))
    changes = why_not(posting, seeker, replace(POLICY, cutoff=0.95, place_floor=0.0))
    assert len(changes) > 1
    assert {change.remedy for change in changes} == {"总分不够，这几项要一起改善"}


def test_pay_that_nobody_stated_is_to_be_stated():
    pair = make_posting(), make_seeker()
    total = score_pair(*pair, POLICY).total
    policy = replace(POLICY, cutoff=total + 0.01)
    pay = next(change for change in why_not(*pair, policy) if change.obstacle == "pay")
    assert pay.remedy == "写明工资和期望，工资达到期望就可匹配"


def test_every_failed_gate_is_named_once_and_first():
    posting = make_posting(is_open=False, licences=("SO-02-01",), occupations=())
    seeker = make_seeker(is_active=False, blocked_employers=frozenset({"e"}))
    assert obstacles(posting, seeker)[:4] == [
        "posting_open",
        "seeker_active",
        "employer_not_blocked",
        "licence:SO-02-01",
    ]


def test_a_golden_pair_keeps_its_total():
    posting = Posting(
        id="P1",
        employer_id="E1",
        title="电焊工",
        occupations=WELDER,
        skills_required=SKILLS[:1],
        licences=("SO-02-01",),
        region=DONGGANG,
        pay=Pay(5000, 7000, PayUnit.MONTH),
        experience_years=2,
        education=2,
    )
    seeker = Seeker(id="S1", occupations=WELDER, skills=SKILLS[:1], region=GUSHAN, pay_expected=6000)
    pair = score_pair(posting, seeker, POLICY)
    # 0.34 + 0.14 + 0.06 + 0.18 x 0.5 + 0.12 x 0.8 + 0.08 x 0.88 + 0.04 x 0.5 + 0.04 x 0.5
    assert pair.total == 0.8364
    assert [gate.verdict for gate in pair.gates][-2:] == [Verdict.CONDITIONAL, Verdict.FAIL]


def test_the_page_about_matching_is_current():
    made_by = "make it anew as its first lines say"
    assert GUIDE.read_text(encoding="utf-8") == matching_guide(), made_by


def test_the_page_tells_every_component_gate_and_value():
    page = matching_guide()
    for word in (*POLICY.weights, "licence:KEY", "minimum_age", "fit_floor", "work_days", "same_town 1"):
        assert word in page
    assert "Returns:" not in page


def test_a_place_beyond_every_limit_is_no_match_however_well_the_work_fits():
    welder = make_seeker(
        occupations=understand_occupations("焊工"), region="110101", commute_km=10, will_board=False
    )
    posting = make_posting(occupations=WELDER, region=QIANYANG)
    pair = score_pair(posting, welder, POLICY)
    assert pair.total >= POLICY.cutoff
    assert not pair.matched
    assert [change.obstacle for change in why_not(posting, welder, POLICY)] == ["place"]


def test_housing_brings_a_far_place_back():
    welder = make_seeker(
        occupations=understand_occupations("焊工"), region="110101", commute_km=10, will_board=True
    )
    posting = make_posting(occupations=WELDER, region=QIANYANG, housing=True)
    assert score_pair(posting, welder, POLICY).matched

"""An open posting in plain Chinese: what is told, what is left out, what is said to be unknown."""

from typing import Any

import pytest

from service.rules.opening_text import facts, headline, openings_words, place_name, tags

BARE: dict[str, Any] = {
    "title": "电焊工",
    "employer": {"id": "e", "name": "前阳机械厂"},
    "pay": {"text": "未写明"},
    "region": None,
    "address": "",
    "openings_left": None,
    "shift": None,
    "employment_type": None,
    "housing": None,
    "meals": None,
    "shuttle": None,
    "insurance": None,
    "benefits": [],
    "licences": [],
    "skills_required": [],
    "skills_preferred": [],
    "experience_years": None,
    "education": None,
    "minimum_age": 16,
    "starts_on": None,
    "valid_until": None,
    "source": "",
}
TOWN = {"code": "210681104", "name": "前阳镇", "path": "辽宁省丹东市东港市前阳镇"}
FULL = BARE | {
    "pay": {"text": "5000-7000元/月"},
    "region": TOWN,
    "address": "工业园区 3 号",
    "openings_left": 3,
    "shift": "long_day",
    "employment_type": "full_time",
    "housing": True,
    "meals": False,
    "shuttle": True,
    "insurance": True,
    "benefits": ["节日礼品", "工龄奖"],
    "licences": [{"key": "SO-02-01", "name": "熔化焊接与热切割作业"}],
    "skills_required": [{"text": "二保焊"}, {"text": "看图纸"}],
    "skills_preferred": [{"text": "氩弧焊"}],
    "experience_years": 2.5,
    "education": 2,
    "minimum_age": 18,
    "starts_on": "2026-03-05",
    "valid_until": "2026-04-01T01:00:00Z",
    "source": "东港市公共就业服务中心",
}


def test_a_full_posting_tells_everything_in_the_order_people_ask() -> None:
    assert facts(FULL) == [
        ("工资", "5000-7000元/月"),
        ("招聘人数", "还招 3 人"),
        ("用人单位", "前阳机械厂"),
        ("工作地点", "辽宁省丹东市东港市前阳镇 工业园区 3 号"),
        ("班次", "长白班"),
        ("用工", "全职"),
        ("食宿", "不包吃，包住"),
        ("班车", "有班车"),
        ("社会保险", "缴五险"),
        ("其他待遇", "节日礼品、工龄奖"),
        ("需要证照", "熔化焊接与热切割作业"),
        ("需要会", "二保焊、看图纸"),
        ("最好会", "氩弧焊"),
        ("经验", "2.5 年以上"),
        ("学历", "初中及以上"),
        ("年龄", "年满 18 周岁"),
        ("到岗", "2026 年 3 月 5 日"),
        ("有效期至", "2026 年 4 月 1 日"),
        ("来源", "东港市公共就业服务中心"),
    ]


def test_a_bare_posting_says_what_is_not_written_and_leaves_out_the_rest() -> None:
    assert facts(BARE) == [
        ("工资", "未写明"),
        ("招聘人数", "人数未写明"),
        ("用人单位", "前阳机械厂"),
        ("班次", "未写明"),
        ("年龄", "年满 16 周岁"),
        ("到岗", "随时"),
    ]


@pytest.mark.parametrize(
    ("change", "label", "words"),
    [
        ({"experience_years": 0}, "经验", "不要求"),
        ({"education": 0}, "学历", "不要求"),
        ({"shuttle": False}, "班车", "没有班车"),
        ({"insurance": False}, "社会保险", "单位写明不缴，请向人社部门咨询"),
        ({"housing": None}, "食宿", "不包吃"),
        ({"region": None}, "工作地点", "工业园区 3 号"),
        ({"address": ""}, "工作地点", "辽宁省丹东市东港市前阳镇"),
        ({"valid_until": "2026-03-31T16:00:00Z"}, "有效期至", "2026 年 4 月 1 日"),  # in China,
    ],
)
def test_a_fact_is_told_in_words(change: dict[str, Any], label: str, words: str) -> None:
    assert dict(facts(FULL | change))[label] == words


def test_a_headline_is_title_pay_and_town() -> None:
    assert headline(FULL) == "电焊工 · 5000-7000元/月 · 前阳镇"
    assert headline(BARE) == "电焊工 · 未写明"


def test_places_and_numbers_that_are_not_stated_are_not_invented() -> None:
    assert (place_name(FULL), place_name(BARE)) == ("前阳镇", "")
    assert (openings_words(FULL), openings_words(BARE)) == ("还招 3 人", "人数未写明")


def test_tags_name_offers_before_what_is_needed() -> None:
    assert tags(FULL) == ["包住", "班车", "五险", "长白班", "需熔化焊接与热切割作业"]
    assert tags(BARE) == []

"""An open posting in plain Chinese: what is told, what is left out, what is said to be unknown."""

from datetime import date
from typing import Any

import pytest

from service.rules.opening_text import (
    deadline_words,
    fact_groups,
    facts,
    headline,
    openings_words,
    place_name,
    published_words,
    tags,
)

TODAY = date(2026, 3, 2)

BARE: dict[str, Any] = {
    "title": "电焊工",
    "employer": {"id": "e", "name": "前阳机械厂"},
    "pay": {"text": "工资未写明"},
    "region": None,
    "address": "",
    "openings_left": None,
    "shift": None,
    "employment_type": None,
    "housing": None,
    "meals": None,
    "shuttle": None,
    "shuttle_regions": [],
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
    "published_at": None,
    "source": "",
}
TOWN = {"code": "210681104", "name": "前阳镇", "path": "辽宁省丹东市东港市前阳镇"}
FULL = BARE | {
    "pay": {"text": "5000–7000 元/月"},
    "region": TOWN,
    "address": "工业园区 3 号",
    "openings_left": 3,
    "shift": "long_day",
    "employment_type": "full_time",
    "housing": True,
    "meals": False,
    "shuttle": True,
    "shuttle_regions": [{"code": "210681105", "name": "长安镇"}, {"code": "210681001", "name": "大东街道"}],
    "insurance": True,
    "benefits": ["节日礼品", "工龄奖"],
    "licences": [{"key": "SO-02-01", "name": "熔化焊接与热切割作业", "known_as": "焊工证"}],
    "skills_required": [{"text": "二保焊"}, {"text": "看图纸"}],
    "skills_preferred": [{"text": "氩弧焊"}],
    "experience_years": 2.5,
    "education": 2,
    "minimum_age": 18,
    "starts_on": "2026-03-05",
    "valid_until": "2026-04-01T01:00:00Z",
    "published_at": "2026-03-01T17:00:00Z",
    "source": "东港市公共就业服务中心",
}


def test_a_full_posting_tells_everything_in_the_order_people_ask() -> None:
    assert fact_groups(FULL) == [
        (
            "工资待遇",
            [
                ("工资", "5000–7000 元/月"),
                ("招聘人数", "还招 3 人"),
                ("班次", "长白班"),
                ("用工", "全职"),
                ("食宿", "不包吃，包住"),
                ("班车", "有班车，到长安镇、大东街道"),
                ("社会保险", "缴五险"),
                ("其他待遇", "节日礼品、工龄奖"),
            ],
        ),
        (
            "招什么样的人",
            [
                ("需要证照", "焊工证（熔化焊接与热切割作业）"),
                ("需要会", "二保焊、看图纸"),
                ("最好会", "氩弧焊"),
                ("经验", "2.5 年以上"),
                ("学历", "初中及以上"),
                ("年龄", "年满 18 周岁"),
            ],
        ),
        (
            "单位和地点",
            [("用人单位", "前阳机械厂"), ("工作地点", "辽宁省丹东市东港市前阳镇 工业园区 3 号")],
        ),
        (
            "时间和来源",
            [
                ("到岗", "2026 年 3 月 5 日"),
                ("有效期至", "2026 年 4 月 1 日"),
                ("来源", "东港市公共就业服务中心"),
            ],
        ),
    ]


def test_a_bare_posting_says_what_is_not_written_and_leaves_out_the_rest() -> None:
    assert facts(BARE) == [
        ("工资", "工资未写明"),
        ("招聘人数", "人数未写明"),
        ("班次", "未写明"),
        ("用工", "未写明"),
        ("年龄", "年满 16 周岁"),
        ("用人单位", "前阳机械厂"),
        ("工作地点", "未写明"),
        ("到岗", "随时"),
        ("有效期至", "未写明"),
    ]


@pytest.mark.parametrize(
    ("change", "label", "words"),
    [
        ({"experience_years": 0}, "经验", "不要求"),
        ({"education": 0}, "学历", "不要求"),
        ({"shuttle": False}, "班车", "没有班车"),
        ({"shuttle_regions": []}, "班车", "有班车"),
        ({"insurance": False}, "社会保险", "单位写明不缴，请向人社部门咨询"),
        ({"housing": None}, "食宿", "不包吃"),
        ({"region": None}, "工作地点", "工业园区 3 号"),
        ({"address": ""}, "工作地点", "辽宁省丹东市东港市前阳镇"),
        ({"address": "前阳镇振兴路 1 号"}, "工作地点", "辽宁省丹东市东港市前阳镇 振兴路 1 号"),
        ({"starts_on": date(2026, 3, 5)}, "到岗", "2026 年 3 月 5 日"),
        # Midnight in China: the posting ends with the day before.
        ({"valid_until": "2026-03-31T16:00:00Z"}, "有效期至", "2026 年 3 月 31 日"),
        ({"valid_until": "2026-03-31T16:00:01Z"}, "有效期至", "2026 年 4 月 1 日"),
        (
            {"licences": [{"key": "SO-08-00", "name": "煤矿安全作业", "known_as": "煤矿安全作业"}]},
            "需要证照",
            "煤矿安全作业",
        ),
    ],
)
def test_a_fact_is_told_in_words(change: dict[str, Any], label: str, words: str) -> None:
    assert dict(facts(FULL | change))[label] == words


def test_a_headline_is_title_pay_and_town() -> None:
    assert headline(FULL) == "电焊工 · 5000–7000 元/月 · 前阳镇"
    assert headline(BARE) == "电焊工 · 工资未写明"


def test_places_and_numbers_that_are_not_stated_are_not_invented() -> None:
    assert (place_name(FULL), place_name(BARE)) == ("前阳镇", "")
    assert (openings_words(FULL), openings_words(BARE)) == ("还招 3 人", "人数未写明")


def test_four_tags_at_most_and_the_licence_always_among_them() -> None:
    two = FULL["licences"] + [{"key": "OT-HC", "name": "健康证明", "known_as": "健康证"}]
    assert tags(BARE) == ([], "")
    assert tags(FULL | {"meals": True, "licences": []}) == (["包住", "包吃", "班车", "五险"], "")
    assert tags(FULL | {"meals": True}) == (["包住", "包吃", "班车"], "需焊工证")
    assert tags(BARE | {"licences": two, "shift": "night"}) == (["夜班"], "需焊工证等 2 个证")


@pytest.mark.parametrize(
    ("published", "words"),
    [
        (None, ""),
        ("2026-03-01T17:00:00Z", "今天发布"),  # one o'clock at night in China
        ("2026-03-01T15:00:00Z", "昨天发布"),
        ("2026-02-20T01:00:00Z", "10 天前发布"),
        ("2026-01-20T01:00:00Z", "2026 年 1 月 20 日发布"),
        ("2026-03-09T01:00:00Z", "今天发布"),  # a clock that runs ahead
    ],
)
def test_how_long_a_posting_has_been_public_is_said_in_words(published: str | None, words: str) -> None:
    assert published_words(BARE | {"published_at": published}, TODAY) == words


@pytest.mark.parametrize(
    ("until", "words"),
    [
        (None, ""),
        ("2026-03-02T16:00:00Z", "今天截止"),
        ("2026-03-03T16:00:00Z", "明天截止"),
        ("2026-03-10T01:00:00Z", "还有 8 天截止"),
        ("2026-06-10T01:00:00Z", "2026 年 6 月 10 日截止"),
        ("2026-02-10T01:00:00Z", "今天截止"),  # past, and not taken down yet
    ],
)
def test_how_long_a_posting_stays_open_is_said_in_words(until: str | None, words: str) -> None:
    assert deadline_words(BARE | {"valid_until": until}, TODAY) == words

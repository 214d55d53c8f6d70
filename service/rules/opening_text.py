"""An open posting in plain Chinese, from the content of its feed line: one wording for every reader."""

from collections.abc import Mapping
from datetime import date
from typing import Any

SHIFTS = {
    "long_day": "长白班",
    "two_shift": "两班倒",
    "three_shift": "三班倒",
    "night": "夜班",
    "flexible": "时间灵活",
}
EMPLOYMENT_TYPES = {"full_time": "全职", "part_time": "兼职", "temporary": "短期工", "intern": "实习"}
EDUCATION = {1: "小学", 2: "初中", 3: "高中或中专", 4: "大专", 5: "本科", 6: "研究生"}


def headline(content: Mapping[str, Any]) -> str:
    """Title, pay and town in one line: "焊工 · 5000–7000 元/月 · 前阳镇"."""
    parts = [content["title"], content["pay"]["text"], place_name(content)]
    return " · ".join(part for part in parts if part)


def place_name(content: Mapping[str, Any]) -> str:
    """The town or county of the work; empty where it is not stated."""
    region = content.get("region")
    return region["name"] if region else ""


def openings_words(content: Mapping[str, Any]) -> str:
    """How many are still sought: "还招 3 人", or that the number is not stated."""
    left = content["openings_left"]
    return "人数未写明" if left is None else f"还招 {left} 人"


def tags(content: Mapping[str, Any]) -> list[str]:
    """What is offered and what is needed, a word each; offers first, then the licences."""
    offers = (("housing", "包住"), ("meals", "包吃"), ("shuttle", "班车"), ("insurance", "五险"))
    found = [word for name, word in offers if content[name]]
    if content["shift"]:
        found.append(SHIFTS[content["shift"]])
    return found + [f"需{licence['name']}" for licence in content["licences"]]


def facts(content: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Everything that a person reads of a posting, as (label, words), most wanted first.

    What is not stated is said as such where the law or a worker would ask for it, and left out
    elsewhere.
    """
    told = [
        ("工资", content["pay"]["text"]),
        ("招聘人数", openings_words(content)),
        ("用人单位", content["employer"]["name"]),
        ("工作地点", _address(content)),
        ("班次", SHIFTS.get(content["shift"] or "", "未写明")),
        ("用工", EMPLOYMENT_TYPES.get(content["employment_type"] or "", "")),
        ("食宿", _board(content)),
        ("班车", {True: "有班车", False: "没有班车"}.get(content["shuttle"], "")),
        ("社会保险", {True: "缴五险", False: "单位写明不缴，请向人社部门咨询"}.get(content["insurance"], "")),
        ("其他待遇", "、".join(content["benefits"])),
        ("需要证照", "、".join(licence["name"] for licence in content["licences"])),
        ("需要会", "、".join(skill["text"] for skill in content["skills_required"])),
        ("最好会", "、".join(skill["text"] for skill in content["skills_preferred"])),
        ("经验", _experience(content["experience_years"])),
        ("学历", _education(content["education"])),
        ("年龄", f"年满 {content['minimum_age']} 周岁"),
        ("到岗", _day(content["starts_on"]) or "随时"),
        ("有效期至", _day(content["valid_until"])),
        ("来源", content["source"]),
    ]
    return [(label, words) for label, words in told if words]


def _address(content: Mapping[str, Any]) -> str:
    region = content.get("region")
    return " ".join(part for part in (region["path"] if region else "", content["address"]) if part)


def _board(content: Mapping[str, Any]) -> str:
    words = {True: "包{}", False: "不包{}"}
    parts = [
        words[content[name]].format(word)
        for name, word in (("meals", "吃"), ("housing", "住"))
        if content[name] is not None
    ]
    return "，".join(parts)


def _experience(years: float | None) -> str:
    if years is None:
        return ""
    return f"{years:g} 年以上" if years else "不要求"


def _education(rank: int | None) -> str:
    if rank is None:
        return ""
    return f"{EDUCATION[rank]}及以上" if rank else "不要求"


def _day(value: str | date | None) -> str:
    """The day of an ISO text or a date in words; empty for None."""
    if value is None:
        return ""
    day = value if isinstance(value, date) else date.fromisoformat(value[:10])
    return f"{day.year} 年 {day.month} 月 {day.day} 日"

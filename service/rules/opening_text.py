"""An open posting in plain Chinese, from the content of its feed line: one wording for every reader."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from service.rules.calendar import local_day

SHIFTS = {
    "long_day": "长白班",
    "two_shift": "两班倒",
    "three_shift": "三班倒",
    "night": "夜班",
    "flexible": "时间灵活",
}
EMPLOYMENT_TYPES = {"full_time": "全职", "part_time": "兼职", "temporary": "短期工", "intern": "实习"}
EDUCATION = {1: "小学", 2: "初中", 3: "高中或中专", 4: "大专", 5: "本科", 6: "研究生"}

Facts = list[tuple[str, str]]

_MOST_TAGS = 4  # more are not read on a phone
_DAYS_IN_WORDS = 30  # further away a date says more than a number of days


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


def tags(content: Mapping[str, Any]) -> tuple[list[str], str]:
    """What a posting's cell shows in a word each: at most three or four offers, and the need of a licence.

    The need comes apart, "" where there is none. It always keeps its place: who lacks the licence
    must not find that out at the gate.
    """
    needed = [licence["known_as"] for licence in content["licences"]]
    need = f"需{needed[0]}" if needed else ""
    if len(needed) > 1:
        need += f"等 {len(needed)} 个证"
    offers = (("housing", "包住"), ("meals", "包吃"), ("shuttle", "班车"), ("insurance", "五险"))
    found = [word for name, word in offers if content[name]]
    if content["shift"]:
        found.append(SHIFTS[content["shift"]])
    return found[: _MOST_TAGS - bool(need)], need


def published_words(content: Mapping[str, Any], today: date) -> str:
    """How long it has been public: "今天发布", "3 天前发布"; empty where it never was."""
    if content["published_at"] is None:
        return ""
    day = local_day(datetime.fromisoformat(content["published_at"]))
    ago = (today - day).days
    if ago > _DAYS_IN_WORDS:
        return f"{_day_words(day)}发布"
    return {0: "今天发布", 1: "昨天发布"}.get(max(ago, 0), f"{ago} 天前发布")


def deadline_words(content: Mapping[str, Any], today: date) -> str:
    """How long it stays open: "今天截止", "还有 3 天截止"; empty where no end is stated."""
    day = _last_day(content["valid_until"])
    if day is None:
        return ""
    left = (day - today).days
    if left > _DAYS_IN_WORDS:
        return f"{_day_words(day)}截止"
    return {0: "今天截止", 1: "明天截止"}.get(max(left, 0), f"还有 {left} 天截止")


def fact_groups(content: Mapping[str, Any]) -> list[tuple[str, Facts]]:
    """Everything that a person reads of a posting, as (heading, (label, words)…), most wanted first.

    What is not stated is said as such where the law or a worker would ask for it, and left out
    elsewhere.
    """
    return [
        ("工资待遇", _told(_offered(content))),
        ("招什么样的人", _told(_wanted(content))),
        ("单位和地点", _told(_where(content))),
        ("时间和来源", _told(_when(content))),
    ]


def facts(content: Mapping[str, Any]) -> Facts:
    """The facts of all groups in one list."""
    return [fact for _, told in fact_groups(content) for fact in told]


def _told(rows: Facts) -> Facts:
    return [(label, words) for label, words in rows if words]


def _offered(content: Mapping[str, Any]) -> Facts:
    return [
        ("工资", content["pay"]["text"]),
        ("招聘人数", openings_words(content)),
        ("班次", SHIFTS.get(content["shift"] or "", "未写明")),
        ("用工", EMPLOYMENT_TYPES.get(content["employment_type"] or "", "未写明")),
        ("食宿", _board(content)),
        ("班车", _shuttle(content)),
        ("社会保险", {True: "缴五险", False: "单位写明不缴，请向人社部门咨询"}.get(content["insurance"], "")),
        ("其他待遇", "、".join(content["benefits"])),
    ]


def _wanted(content: Mapping[str, Any]) -> Facts:
    return [
        ("需要证照", "、".join(_licence(licence) for licence in content["licences"])),
        ("需要会", "、".join(skill["text"] for skill in content["skills_required"])),
        ("最好会", "、".join(skill["text"] for skill in content["skills_preferred"])),
        ("经验", _experience(content["experience_years"])),
        ("学历", _education(content["education"])),
        ("年龄", f"年满 {content['minimum_age']} 周岁"),
    ]


def _where(content: Mapping[str, Any]) -> Facts:
    return [("用人单位", content["employer"]["name"]), ("工作地点", _place(content) or "未写明")]


def _place(content: Mapping[str, Any]) -> str:
    """Division and address, without saying the town twice where the address begins with it."""
    region, address = content.get("region"), content["address"]
    if not region:
        return str(address)
    return " ".join(part for part in (region["path"], address.removeprefix(region["name"]).strip()) if part)


def _when(content: Mapping[str, Any]) -> Facts:
    starts = content["starts_on"]
    ends = _last_day(content["valid_until"])
    return [
        ("到岗", _day_words(date.fromisoformat(str(starts)[:10])) if starts else "随时"),
        ("有效期至", _day_words(ends) if ends else "未写明"),
        ("来源", content["source"]),
    ]


def _licence(licence: Mapping[str, str]) -> str:
    """What people call it, then its official name where that is another."""
    called, name = licence["known_as"], licence["name"]
    return called if called == name else f"{called}（{name}）"


def _board(content: Mapping[str, Any]) -> str:
    words = {True: "包{}", False: "不包{}"}
    parts = [
        words[content[name]].format(word)
        for name, word in (("meals", "吃"), ("housing", "住"))
        if content[name] is not None
    ]
    return "，".join(parts)


def _shuttle(content: Mapping[str, Any]) -> str:
    if not content["shuttle"]:
        return "" if content["shuttle"] is None else "没有班车"
    stops = "、".join(region["name"] for region in content["shuttle_regions"])
    return f"有班车，到{stops}" if stops else "有班车"


def _experience(years: float | None) -> str:
    if years is None:
        return ""
    return f"{years:g} 年以上" if years else "不要求"


def _education(rank: int | None) -> str:
    if rank is None:
        return ""
    return f"{EDUCATION[rank]}及以上" if rank else "不要求"


def _last_day(until: str | None) -> date | None:
    """The last day that is wholly or partly before the moment `until`: midnight ends the day before."""
    if until is None:
        return None
    return local_day(datetime.fromisoformat(until).astimezone(UTC) - timedelta(microseconds=1))


def _day_words(day: date) -> str:
    return f"{day.year} 年 {day.month} 月 {day.day} 日"

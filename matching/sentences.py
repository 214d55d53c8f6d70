"""One short sentence per component, for staff and for the seeker; every figure in it can be recomputed."""

from math import ceil

from matching import phrases
from matching.measures import (
    PlaceOffered,
    ScheduleOffered,
    ScheduleWanted,
    place_offered,
    place_wanted,
    shuttle_score,
    start_day,
)
from matching.policy import MatchPolicy
from matching.regions import Distance
from matching.types import Posting, Seeker, Term

Said = tuple[str, str]
Found = list[tuple[Term, Term | None, int]]

SAME, CLOSE = 950, 500
"""From these thousandths on a likeness is called the same work, or close to it."""


def of_occupation(
    posting: Posting, seeker: Seeker, nearest: tuple[Term, Term] | None, best: int, *, missing: bool
) -> Said:
    """How near the work is. `missing`: one side named no job, and nothing else spoke for it."""
    if not posting.occupations:
        return "岗位没有写明工种", "这个岗位没有写明工种"
    if missing or nearest is None:
        return "求职者没有填工种", "您还没有填想找的工种"
    asked, offered = phrases.word(nearest[0]), phrases.word(nearest[1])
    if best >= SAME:
        return f"工种一致：岗位招{asked}，求职者填的是{offered}", f"您填的{offered}，正是岗位要招的{asked}"
    if best >= CLOSE:
        return f"工种相近：岗位招{asked}，求职者填的是{offered}", f"岗位招{asked}，和您填的{offered}相近"
    return f"工种不同：岗位招{asked}，求职者填的是{phrases.words(seeker.occupations or (nearest[1],))}", (
        f"岗位招{asked}，和您填的不是一类活"
    )


def of_skills(name: str, found: Found, *, told: bool) -> Said:
    """Which skills are there and which were not named. `found`: (asked, shown by or None, likeness)."""
    must = "必须的" if name == "skill_required" else "希望有的"
    if not found:
        return f"岗位没有{must}技能", f"这个岗位没有{must}技能"
    asked = phrases.words(skill for skill, _, _ in found)
    if not told:
        return f"岗位{must}技能：{asked}；求职者没有填技能", f"岗位{must}技能：{asked}；您还没有填技能"
    shown = "、".join(_shown(skill, by) for skill, by, _ in found if by is not None)
    silent = phrases.words(skill for skill, by, _ in found if by is None)
    staff, own = [f"{must} {len(found)} 项技能"], [f"岗位{must}技能"]
    if shown:
        staff.append(f"有：{shown}")
        own.append(f"您有：{shown}")
    if silent:
        staff.append(f"没写：{silent}")
        own.append(f"您没写：{silent}，会的话请补上")
    return "；".join(staff), "；".join(own)


def _shown(skill: Term, by: Term) -> str:
    return skill.text if by.text == skill.text else f"{skill.text}（填的是{phrases.word(by)}）"


def of_place(
    posting: Posting, seeker: Seeker, found: Distance | None, limit: float, policy: MatchPolicy
) -> Said:
    """How far it is, and whether bus or housing helps."""
    offered, wanted = place_offered(posting), place_wanted(seeker)
    if found is not None:
        staff = own = _distance(found, limit)
    elif posting.region is None:
        staff, own = "岗位没有写明地点", "这个岗位没有写明地点"
    else:
        staff, own = "求职者没有填住在哪里", "您还没有填住在哪里"
    bus = _bus(shuttle_score(offered, wanted, policy), policy)
    housing = _housing(offered, wanted.will_board)
    return "；".join(filter(None, (staff, bus, housing[0]))), "；".join(filter(None, (own, bus, housing[1])))


def _distance(found: Distance, limit: float) -> str:
    if found.km is None or found.km <= limit:
        return found.sentence
    # Rounded up, so that 20.2 is not told as 20 that is more than 20.
    note = "（按县区中心计算）" if found.by_county else ""
    return f"距离约 {ceil(found.km)} 公里，超过 {phrases.number(limit)} 公里{note}"


def _bus(score: float, policy: MatchPolicy) -> str:
    if not score:
        return ""
    return "单位班车经过住处所在的镇" if score >= policy.shuttle else "单位班车经过住处一带，请问清站点"


def _housing(offered: PlaceOffered, will_board: bool | None) -> Said:
    if not offered.housing:
        return "", ""
    if will_board is None:
        return "单位包住，求职者没填愿不愿意住", "单位包住"
    return ("单位包住，求职者愿意住", "单位包住") if will_board else ("单位包住，求职者不住", "单位包住")


def of_pay(posting: Posting, expected: int | None, offered: tuple[float, float] | None) -> Said:
    """What is offered against what is expected, both in yuan a month where they are not so already."""
    if posting.pay is None or offered is None:
        text = phrases.pay(posting.pay) if posting.pay else "岗位没有写明工资"
        return text, text
    text = phrases.pay(posting.pay)
    low, high = round(offered[0]), round(offered[1])
    month = f"每月约 {low}" if low == high else f"每月约 {low}–{high}"
    given = text if text.endswith("元/月") else f"{text}，{month} 元"
    if expected is None:
        return f"{given}；求职者没有填期望工资", f"{given}；您还没有填期望工资"
    if offered[0] >= expected:
        verdict = "达到期望"
    elif offered[1] >= expected:
        verdict = "最高能达到期望"
    else:
        verdict = f"比期望少 {round(expected - offered[1])} 元"
    return f"{given}；期望 {expected} 元/月，{verdict}", f"{given}；您期望 {expected} 元/月，{verdict}"


def of_schedule(offered: ScheduleOffered, wanted: ScheduleWanted, policy: MatchPolicy) -> tuple[Said, bool]:
    """Shift, kind of employment and start, and whether one of the values needed was not stated."""
    parts = [_shift(offered, wanted), _employment(offered, wanted), _start(offered, wanted, policy)]
    missing = (
        (bool(wanted.shifts) and offered.shift is None)
        or (bool(wanted.employment_types) and offered.employment_type is None)
        or wanted.available_from is None
    )
    return ("；".join(part[0] for part in parts), "；".join(part[1] for part in parts)), missing


def _shift(offered: ScheduleOffered, wanted: ScheduleWanted) -> Said:
    given = phrases.SHIFTS[offered.shift] if offered.shift else "岗位没有写明班次"
    if not wanted.shifts:
        return f"{given}，求职者不挑班次", given
    names = "、".join(phrases.SHIFTS[shift] for shift in sorted(wanted.shifts))
    if offered.shift is None or offered.shift in wanted.shifts:
        return given, given
    return f"{given}，求职者想要{names}", f"{given}，您想要{names}"


def _employment(offered: ScheduleOffered, wanted: ScheduleWanted) -> Said:
    kind, kinds = offered.employment_type, wanted.employment_types
    given = phrases.EMPLOYMENT_TYPES[kind] if kind else "岗位没有写明用工形式"
    if not kinds or kind is None or kind in kinds:
        return given, given
    names = "、".join(phrases.EMPLOYMENT_TYPES[one] for one in sorted(kinds))
    return f"{given}，求职者想要{names}", f"{given}，您想要{names}"


def _start(offered: ScheduleOffered, wanted: ScheduleWanted, policy: MatchPolicy) -> Said:
    start = start_day(offered.starts_on, policy)
    given = "随时上岗" if start == policy.on else f"{start} 开工"
    if wanted.available_from is None:
        return f"{given}，求职者没填何时能到岗", f"{given}，您还没有填何时能到岗"
    if wanted.available_from <= start:
        return f"{given}，能按时到岗", f"{given}，您能按时到岗"
    late = (wanted.available_from - start).days
    return f"{given}，求职者晚 {late} 天才能到岗", f"{given}，您要晚 {late} 天才能到岗"


def of_experience(asked: float | None, have: float | None) -> Said:
    """Years asked for against years worked."""
    if asked is None:
        return "岗位没有写明要几年经验", "岗位没有写明要几年经验"
    if asked <= 0:
        return "岗位不要求经验", "岗位不要求经验"
    years = phrases.number(asked)
    if have is None:
        return f"岗位要 {years} 年经验，求职者没有填", f"岗位要 {years} 年经验，您还没有填干了几年"
    return f"岗位要 {years} 年经验，求职者有 {phrases.number(have)} 年", (
        f"岗位要 {years} 年经验，您有 {phrases.number(have)} 年"
    )


def of_education(asked: int | None, have: int | None) -> Said:
    """Schooling asked for against schooling had."""
    if asked is None:
        return "岗位没有写明学历要求", "岗位没有写明学历要求"
    if asked <= 0:
        return "岗位不限学历", "岗位不限学历"
    level = phrases.education(asked)
    if have is None:
        return f"岗位要{level}，求职者没有填学历", f"岗位要{level}，您还没有填学历"
    return (
        f"岗位要{level}，求职者是{phrases.education(have)}",
        f"岗位要{level}，您是{phrases.education(have)}",
    )

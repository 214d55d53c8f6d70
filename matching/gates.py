"""Hard conditions: each passes, passes once something is obtained in time, or fails with a named reason."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from types import MappingProxyType

from matching.conditions import (
    ADULT_AGE,
    LAWFUL_AGE,
    Level,
    age_level,
    age_offered,
    birthday,
    licence_level,
    licence_name,
    obtain_days,
)
from matching.measures import days_left, start_day
from matching.policy import MatchPolicy
from matching.tables import covers, find_licence
from matching.types import Gate, HeldLicence, Posting, Seeker, Verdict

CHILD_LABOUR = "《劳动法》第十五条；《禁止使用童工规定》第二条、第四条"
MINORS_PROTECTED = "《劳动法》第六十四条；《未成年人保护法》第六十一条"


def check_gates(posting: Posting, seeker: Seeker, policy: MatchPolicy) -> tuple[Gate, ...]:
    """All hard conditions of a pair, judged, always in the same order.

    Sex, ethnicity, household registration, marriage, hepatitis B and upper ages are no conditions:
    就业促进法 3, 26-31 forbid them or give them no ground.

    Returns:
        `posting_open`, `seeker_active`, `employer_not_blocked`, `minimum_age`, then one gate
        `licence:KEY` for each licence demanded, in the posting's order.
    """
    return (
        _posting_open(posting),
        _seeker_active(seeker),
        _employer_not_blocked(posting, seeker),
        _minimum_age(posting, seeker, policy),
        *(_licence(key, posting, seeker, policy) for key in posting.licences),
    )


def _posting_open(posting: Posting) -> Gate:
    """The posting is open and has seats left.

    给工作人员：岗位开放着，而且还没招满。
    """
    name = "posting_open"
    if not posting.is_open:
        return Gate(name, Verdict.FAIL, "岗位现在没有开放", "这个岗位现在不招人", "岗位重新开放后可匹配")
    if posting.openings_left <= 0:
        return Gate(name, Verdict.FAIL, "岗位已经招满", "这个岗位已经招满", "岗位增加招聘人数后可匹配")
    return Gate(name, Verdict.PASS)


def _seeker_active(seeker: Seeker) -> Gate:
    """The seeker is looking for work.

    给工作人员：求职登记在用。
    """
    if seeker.is_active:
        return Gate("seeker_active", Verdict.PASS)
    return Gate("seeker_active", Verdict.FAIL, "求职登记已停用", "您的求职登记已停用", "恢复求职登记后可匹配")


def _employer_not_blocked(posting: Posting, seeker: Seeker) -> Gate:
    """The seeker did not ask to be left alone by this employer.

    给工作人员：求职者没有屏蔽这家单位。
    """
    name = "employer_not_blocked"
    if posting.employer_id not in seeker.blocked_employers:
        return Gate(name, Verdict.PASS)
    return Gate(
        name, Verdict.FAIL, "求职者选择不看这家单位", "您选择了不看这家单位", "求职者取消屏蔽这家单位后可匹配"
    )


def _minimum_age(posting: Posting, seeker: Seeker, policy: MatchPolicy) -> Gate:
    """The seeker is 16 on the day the work begins, or 18 where the law closes the work to minors.

    18 holds where the posting says so or where the law gives a licence it demands to nobody younger. No
    other age is looked at. Where the month of birth was not told, 16 passes and is checked when the
    person applies; 18 is a soft no.

    给工作人员：开工那天满 16 周岁；法律不许未成年人干的活满 18 周岁。没填出生年月的，16 周岁先放行、
    报名时核实，18 周岁的等补填。
    """
    demanded = age_offered(posting)
    level = age_level(demanded, seeker.born_on, policy)
    age, starts_on = demanded
    article = CHILD_LABOUR if age == LAWFUL_AGE else MINORS_PROTECTED
    if seeker.born_on is None:
        if level is Level.PASS:
            return Gate(
                "minimum_age", Verdict.PASS, "未填出生年月，报名时核实", "报名时请带上身份证", "", article
            )
        return Gate(
            "minimum_age",
            Verdict.CONDITIONAL,
            f"岗位须年满 {age} 周岁，求职者未填出生年月",
            f"这个岗位须年满 {age} 周岁，您还没有填出生年月",
            f"填写出生年月，满 {age} 周岁即可",
            article,
        )
    if level is Level.PASS:
        return Gate("minimum_age", Verdict.PASS, article=article)
    start = start_day(starts_on, policy)
    ready = birthday(seeker.born_on, age)
    return Gate(
        "minimum_age",
        Verdict.FAIL,
        f"开工日 {start} 求职者未满 {age} 周岁",
        f"这个岗位须年满 {age} 周岁，开工时您还没有到",
        f"{ready} 起年龄符合",
        article,
    )


def _licence(key: str, posting: Posting, seeker: Seeker, policy: MatchPolicy) -> Gate:
    """The seeker holds the licence, or a higher class that covers it, on the day the work begins.

    Who lacks it, or holds one that lapses before, passes under the condition of getting it, if it can
    be had in the days that are left; a posting that starts at once leaves `at_once_days`. A licence
    whose end was not told passes and is checked when the person applies.

    给工作人员：开工那天要有有效的证，高一级的证管低一级的；没有但来得及办的，是有条件通过；没填有效期的
    先放行、报名时核实。
    """
    row = find_licence(key)
    name, article = (licence_name(key), row.article if row else "")
    gate = f"licence:{key}"
    start = start_day(posting.starts_on, policy)
    covering = [licence for licence in seeker.licences if covers(licence.key, key)]
    level = licence_level(key, posting.starts_on, seeker.licences, policy)
    if level is Level.PASS:
        if any(licence.valid_until is not None and licence.valid_until >= start for licence in covering):
            return Gate(gate, Verdict.PASS, article=article)
        return Gate(
            gate,
            Verdict.PASS,
            f"{name}未填有效期，报名时核实",
            f"报名时请带上{name}，要看有效期",
            "",
            article,
        )
    lack, days = _lack(name, covering, start), obtain_days(key, policy)
    taking = "办理时间不定" if days is None else f"办理约 {days} 天"
    if level is Level.CONDITIONAL:
        text = f"{lack}，{taking}，赶得上开工"
        return Gate(gate, Verdict.CONDITIONAL, text, text, f"办理{name}（约 {days} 天）后可上岗", article)
    left = days_left(posting.starts_on, policy)
    text = f"{lack}，{taking}，离开工只有 {left} 天"
    return Gate(gate, Verdict.FAIL, text, text, f"取得有效的{name}后可匹配", article)


def _lack(name: str, covering: list[HeldLicence], start: date) -> str:
    """That a licence is lacking, or that the one held will have lapsed by the start."""
    ends = [licence.valid_until for licence in covering if licence.valid_until is not None]
    return f"{name} {max(ends)} 到期，开工日 {start} 已过期" if ends else f"缺{name}"


RULES: Mapping[str, Callable[..., Gate]] = MappingProxyType(
    {
        "posting_open": _posting_open,
        "seeker_active": _seeker_active,
        "employer_not_blocked": _employer_not_blocked,
        "minimum_age": _minimum_age,
        "licence:KEY": _licence,
    }
)
"""The rules behind the gates, by name; their docstrings are shown to staff."""


def next_change_on(subject: Posting | Seeker, policy: MatchPolicy) -> date | None:
    """The first later day on which a verdict or score of any pair may change although nobody edits.

    It may name a day on which nothing changes, never one that is too late. For a pair the earlier of
    the two days counts. None means that no day will change anything.
    """
    days = (
        _days_of_posting(subject, policy)
        if isinstance(subject, Posting)
        else _days_of_seeker(subject, policy)
    )
    return min((day for day in days if day > policy.on), default=None)


def _days_of_posting(posting: Posting, policy: MatchPolicy) -> Iterator[date]:
    """The day from which it starts "at once", and the last days to begin getting each licence, plus one."""
    if posting.starts_on is None:
        return
    yield posting.starts_on
    for key in posting.licences:
        days = obtain_days(key, policy)
        if days is not None:
            yield posting.starts_on - timedelta(days=days - 1)


def _days_of_seeker(seeker: Seeker, policy: MatchPolicy) -> Iterator[date]:
    """The days after licences end, the birthdays that the law knows, and the days that a start comes near."""
    for licence in seeker.licences:
        if licence.valid_until is not None:
            yield licence.valid_until + timedelta(days=1)
    if seeker.born_on is not None:
        yield birthday(seeker.born_on, LAWFUL_AGE)
        yield birthday(seeker.born_on, ADULT_AGE)
    if seeker.available_from is not None:
        yield seeker.available_from - timedelta(days=policy.late_days)
        yield seeker.available_from

"""Reads the single cells of a sheet: numbers of people, years, dates, yes and no.

Every reader gives a value, or None where the cell says or leaves it unknown; it never guesses. What
cannot be read is a ValueError whose message is one Chinese sentence that says what to write instead.
"""

import math
import re
from datetime import date, datetime, timedelta

from matching.types import Shift
from service.rules.numerals import digits, plain, read_number

_BLANKS = frozenset(
    ("", "-", "--", "/", "\\", "无要求", "nan", "none", "null", "未填", "未知", "不详", "待定", "暂无")
)
_MANY = re.compile(r"若干|数名|多名|数人|多人|大量|不定|人数不限|不限|长期招|批量|未定|待定")
_PEOPLE = re.compile(
    r"(?:招聘?|共|约|需)?(\d+)(?:\.0+)?(?:-(\d+)(?:\.0+)?)?(?:人|名|位|个)?(?:左右|以上|以内|以下)?"
)
_MOST_OPENINGS = 20_000

# Highest first, as people list them; rank as in `matching.types.Posting.education`.
_EDUCATION: tuple[tuple[int, str], ...] = (
    (6, r"研究生|硕士|博士"),
    (5, r"本科|大学(?!专科)|学士"),
    (4, r"大专|专科|高职|大学专科"),
    (3, r"中专|中技|技校|职高|职业高中|中职|技工|高中|普高"),
    (2, r"初中|中学|九年"),
    (1, r"小学"),
    (0, r"不限|不要求|无要求|无学历|文盲|不论|其他|均可"),
)
_NO_EXPERIENCE = re.compile(
    r"不限|无需|不需|不要求|无经验|零经验|0经验|应届|新手|生手|学徒|小白|不用|不论|无要求|可无|有无均可|没有经验"
)
_SOME_EXPERIENCE = re.compile(r"经验|熟练|熟手|优先|有")
_YEARS = re.compile(r"(\d+(?:\.\d+)?)(?:年)?(?:-\d+(?:\.\d+)?)?(个月|月|年)?")
_SHIFTS: tuple[tuple[Shift, str], ...] = (
    (Shift.THREE_SHIFT, r"三班[倒制轮]|3班[倒制轮]|三班$|四班三|4班3|三班三|三倒|3倒|早中晚"),
    (Shift.TWO_SHIFT, r"[两二2]班[倒制轮]?|四班两|4班2|三班两|白夜|黑白|倒班|轮班|翻班|早晚班|两倒|2倒|日夜"),
    (Shift.LONG_DAY, r"白班|日班|长白|常白|早班|正常班|行政班"),
    (Shift.NIGHT, r"夜班|晚班|夜间|大夜"),
    (Shift.FLEXIBLE, r"弹性|灵活|不定时|自由|时间自定|机动"),
)
_NO_SHIFT = re.compile(r"不限|面议|均可|待定|协商|服从")
_TRUE = frozenset(
    (
        "是",
        "有",
        "√",
        "✓",
        "✔",
        "☑",
        "y",
        "yes",
        "true",
        "1",
        "1.0",
        "对",
        "包",
        "含",
        "提供",
        "可以",
        "可",
        "需要",
        "要",
        "带",
    )
)
_FALSE = frozenset(
    (
        "否",
        "无",
        "×",
        "✗",
        "✘",
        "x",
        "n",
        "no",
        "false",
        "0",
        "0.0",
        "不",
        "没有",
        "没",
        "不包",
        "不提供",
        "不含",
        "不可以",
        "不可",
        "不需要",
        "不要",
        "未提供",
    )
)
_OPEN_END = re.compile(r"长期|招满|不限|即日|随时|立即|马上|尽快|常年|满员|截止招满|无期限|永久")
_DATE = re.compile(r"(?<!\d)(\d{4})([-./年]?)(\d{1,2})(?:\2|月)(\d{1,2})(?!\d(?!\d?:))")
# Day 0 of a sheet's serial numbers, given that sheets count a 29 February 1900 that never was.
_SERIAL_START = date(1899, 12, 30)
_SERIALS = range(20_000, 80_000)  # 1954 to 2119


def read_openings(text: str) -> int | None:
    """How many people are wanted, at least 1; None for 若干 and the like.

    "3-5人" is 5: up to so many will be hired. "10人左右" is 10.

    Raises:
        ValueError: not a number of people, or men and women apart, which the law forbids.
    """
    words = digits(_dashes(plain(text)))
    if words in _BLANKS or _MANY.search(words):
        return None
    if re.search(r"男|女", words):
        raise ValueError(f"人数写的是“{text.strip()}”，不能按男女分，请只写总人数，如“5”。")
    hit = _PEOPLE.fullmatch(_single_numeral(words))
    count = int(hit[2] or hit[1]) if hit else 0
    if hit is None or not 1 <= count <= _MOST_OPENINGS:
        raise ValueError(f"人数写的是“{text.strip()}”，请写 1 以上的整数，如“5”，或写“若干”表示人数未定。")
    if hit[2] and int(hit[1]) > int(hit[2]):
        raise ValueError(f"人数写的是“{text.strip()}”，前面的数大于后面的数，请检查是否写反。")
    return count


def read_education(text: str) -> int | None:
    """The least schooling asked for, as a rank from 0 (none asked) to 6; None where nothing is said.

    Of several levels the lowest counts: "高中、大专均可" asks for 高中.

    Raises:
        ValueError: no known level.
    """
    words = plain(text)
    if words in _BLANKS:
        return None
    ranks = [rank for rank, pattern in _EDUCATION if re.search(pattern, words)]
    if not ranks:
        raise ValueError(
            f"学历写的是“{text.strip()}”，请写：不限、小学、初中、高中（中专）、大专、本科或研究生。"
        )
    stated = [rank for rank in ranks if rank]
    return min(stated) if stated else 0


def read_experience(text: str) -> float | None:
    """The least years of experience asked for; 0.0 for 不限, None where none is stated in figures.

    "1-3年" is 1.0, "6个月" 0.5. A preference ("有经验者优先") and an unmeasured wish ("熟练工") are None.

    Raises:
        ValueError: no time that can be read, or more than sixty years.
    """
    words = digits(_dashes(plain(text)))
    if words in _BLANKS:
        return None
    if _NO_EXPERIENCE.search(words):
        return 0.0
    if "半年" in words and not re.search(r"[年\d]半年", words):
        return 0.5
    hit = _YEARS.search(_single_numeral(words))
    if hit is None:
        if _SOME_EXPERIENCE.search(words):
            return None
        raise ValueError(f"工作经验写的是“{text.strip()}”，请写年数，如“3年以上”，没有要求写“不限”。")
    years = float(hit[1]) / (12 if hit[2] in ("个月", "月") else 1) + (0.5 if "年半" in words else 0)
    if years > 60:
        raise ValueError(f"工作经验写的是“{text.strip()}”，请写年数，如“3年以上”，没有要求写“不限”。")
    return years


def read_shift(text: str) -> Shift | None:
    """When the work is done; None where it is not said, or open to agreement.

    Raises:
        ValueError: no known shift.
    """
    words = plain(text)
    if words in _BLANKS or _NO_SHIFT.search(words):
        return None
    for shift, pattern in _SHIFTS:
        if re.search(pattern, words):
            return shift
    raise ValueError(f"班次写的是“{text.strip()}”，请写：长白班、两班倒、三班倒、夜班或弹性，不清楚就留空。")


def read_bool(text: str) -> bool | None:
    """Yes, no, or None where the cell is empty or says that it is unknown.

    Raises:
        ValueError: neither.
    """
    words = plain(text)
    if words in _TRUE:
        return True
    if words in _FALSE:
        return False
    if words in _BLANKS:
        return None
    raise ValueError(f"这里写的是“{text.strip()}”，请写“是”或“否”，不清楚就留空。")


def read_date(value: str | float | date | None) -> date | None:
    """A day; None where none is given or it is open (长期有效, 招满为止, 即日起).

    Args:
        value: a cell as a sheet's reader gives it: text, a serial number of the 1900 system, a date
            or a datetime (its day counts).

    Raises:
        ValueError: no such day, or no year.
    """
    if isinstance(value, str):
        return _written_day(value)
    if isinstance(value, datetime):
        return value.date()
    return _serial_day(value) if isinstance(value, int | float) else value


def _written_day(text: str) -> date | None:
    words = plain(text)
    if words in _BLANKS:
        return None
    if re.fullmatch(r"\d{5}(?:\.\d+)?", words):
        return _serial_day(float(words))
    days = {_day(hit, text) for hit in _DATE.finditer(words)}
    if len(days) == 1:
        return days.pop()
    if not days and _OPEN_END.search(words):
        return None
    raise ValueError(f"日期写的是“{text.strip()}”，请只写一个年月日，如“2026-06-30”，没有期限写“长期有效”。")


def _day(hit: re.Match[str], text: str) -> date:
    try:
        return date(int(hit[1]), int(hit[3]), int(hit[4]))
    except ValueError:
        raise ValueError(f"日期写的是“{text.strip()}”，没有这一天，请检查月和日。") from None


def _serial_day(value: float) -> date:
    if not math.isfinite(value) or int(value) not in _SERIALS:
        raise ValueError(f"日期读到的是数字 {value:g}，不像日期，请写成“2026-06-30”这样。")
    return _SERIAL_START + timedelta(days=int(value))


def _dashes(words: str) -> str:
    return re.sub(r"[–—―－~～至到]+", "-", words)


def _single_numeral(words: str) -> str:
    """五名, 三年: in a cell that holds a number alone a single Chinese digit is a number as well."""
    return re.sub(r"[一二两三四五六七八九]", lambda hit: str(read_number(hit.group())), words)

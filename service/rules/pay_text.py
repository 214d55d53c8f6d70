"""Reads what people write for pay, and writes pay as a person reads it."""

import math
import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from matching.types import Pay, PayUnit
from service.rules.numerals import digits, plain


class PayStated(StrEnum):
    """Whether figures were given."""

    STATED = "stated"
    NEGOTIABLE = "negotiable"  # 面议
    UNSTATED = "unstated"


@dataclass(frozen=True, slots=True)
class PayReading:
    """What was understood of `text`, which is kept as written. `pay` is None unless `stated` is STATED."""

    pay: Pay | None
    stated: PayStated
    text: str


# Yuan below or above which a figure is a slip of the pen and not a wage.
_LIMITS = {
    PayUnit.HOUR: (5, 1_000),
    PayUnit.DAY: (30, 5_000),
    PayUnit.MONTH: (300, 200_000),
    PayUnit.YEAR: (5_000, 5_000_000),
    PayUnit.PIECE: (20, 5_000),
}
_UNIT_NAMES = {PayUnit.HOUR: "小时", PayUnit.DAY: "天", PayUnit.MONTH: "月", PayUnit.YEAR: "年"}
_UNIT_WORDS: tuple[tuple[PayUnit, str], ...] = (
    (PayUnit.HOUR, r"小时|时(?!间)|h(?:our)?\b|钟点"),
    (PayUnit.DAY, r"天|日|工(?!资)|day"),
    (PayUnit.MONTH, r"月|month"),
    (PayUnit.YEAR, r"年|year"),
)
_NAMED_BEFORE: tuple[tuple[PayUnit, str], ...] = (
    (PayUnit.HOUR, r"时薪|(?:每|一|1)个?小时|小时工|小时工资|钟点"),
    (PayUnit.DAY, r"日薪|日工资|(?:每|一|1)[天日]|日结|天薪"),
    (PayUnit.YEAR, r"年薪|(?:每|一)年|年收入|年综合"),
    (PayUnit.MONTH, r"月薪|月工资|每?月综合|(?:每|一|1)个?月|月收入|月入|底薪|保底|月保|综合|基本工资|月均"),
)
_SCALE = {"": 1, "千": 1_000, "k": 1_000, "万": 10_000, "w": 10_000}
_FIGURE = r"(?<![\d.])(\d+(?:\.\d+)?)"
_MONEY = r"(?:元|块钱?|rmb|¥|人民币)?"
_BOUND = r"(?:以上|以下|以内|左右|起|多)?"
_PER = r"(?P<per>(?:/|每|一|\\|·)?(?:个)?(?:小时|时(?!间)|天|日|月|年(?!终)|h(?:our)?\b|工(?!资)))?"
_RANGE = re.compile(
    rf"¥?{_FIGURE}([千万kw]?){_MONEY}(?:/?(?:个?月|天|小时|年))?(?:-+|~|至|到)+¥?(\d+(?:\.\d+)?)([千万kw]?){_MONEY}{_BOUND}{_PER}"
    r"(?!\d|[.]\d|岁|年经验|名|人(?!民币)|点|号|%)"
)
# A bare number before 小时, 天, 岁 … counts something else: 每天8小时, 月休4天.
_SINGLE = re.compile(
    rf"¥?{_FIGURE}([千万kw]?)(?:(?:元|块钱?|rmb|人民币)?\+?{_BOUND}{_PER}|(?=$))(?!\d|[.]\d|-|岁|名|人(?!民币)|点|号|%|薪|险|倍|斤|公斤|班)"
)
_THIRTEENTH = re.compile(r"[·*x×,]?1[2-9]薪")
_DURATION = re.compile(
    r"(?:每天|每日|一天|日工作|月休|休|工作|上班|上|满)\d+(?:\.\d+)?个?(?:小时|天|日|h)(?!/)|\d{1,2}[::]\d{2}|\d+小时(?:工作)?制"
)
_NEGOTIABLE = re.compile(r"面议|面谈|电议|详谈|协商|商议|另议|面谈")
_VAGUE = re.compile(
    r"从优|优厚|丰厚|高薪|规定|按劳|多劳多得|保密|不限|提成|待定|详见|标准|同行|可观|绩效|未定|未写|暂无|没写|不详|能力"
)
_PIECE = re.compile(r"计件|按件|包件|元/件|/件|每件|一件")
# 0.5元/件 tells the rate of one article and nothing of what a day brings.
_PER_ARTICLE = re.compile(
    r"(?:计件|按件)?[,:]?(?:每件|一件)?\d+(?:\.\d+)?(?:-\d+(?:\.\d+)?)?(?:元|块)?(?:/|每|一)?件?(?<=件)"
)
_BLANKS = frozenset(("", "-", "--", "/", "无", "空", "nan", "none", "null", "0", "0.0"))
_AT_LEAST = re.compile(r"以上|起|\+|多(?!劳)|不低于|≥")
_AT_MOST = re.compile(r"以下|以内|封顶|之内|最高|不超过")
_FLOORED = re.compile(r"(?:底薪|保底|基本工资|无责|起薪|最低|不低于|至少|≥|>=?)\D{0,4}$")
_CAPPED = re.compile(r"(?:最高|不超过|封顶|至多|≤|<=?)\D{0,3}$")


def read_pay(text: str) -> PayReading:
    """The pay that a text states.

    The first range counts, else the first amount. A bare amount of 1,000 or more is by the month, as
    these sheets mean it; a smaller one without its unit is refused, for 100 may be a day or a slip.
    Fractions of a yuan are rounded outwards. 底薪 and 保底 give the minimum alone. Of piece work the
    day's usual earnings are kept; where a monthly figure stands beside 计件, that figure is the pay.

    Raises:
        ValueError: what is written cannot be a wage; the message is one Chinese sentence.
    """
    words = _THIRTEENTH.sub("", digits(re.sub("[–—―－~～至]", "-", plain(text))))
    if words in _BLANKS:
        return PayReading(None, PayStated.UNSTATED, text)
    amounts = None if _PER_ARTICLE.fullmatch(words) else _amounts(_DURATION.sub("", words))
    if amounts is None:
        return _without_figures(words, text)
    minimum, maximum, unit = amounts
    return PayReading(_checked(minimum, maximum, unit, text), PayStated.STATED, text)


def show_pay(pay: Pay | None, stated: PayStated | str) -> str:
    """Pay as a person reads it: "5000–7000 元/月", "计件，约 200 元/天", "工资面谈，单位未写明"."""
    if pay is None:
        return "工资面谈，单位未写明" if stated == PayStated.NEGOTIABLE else "工资未写明"
    if pay.unit is PayUnit.PIECE:
        amount = _show_amount(pay, "元/天")
        return f"计件，约 {amount}" if amount else "计件"
    amount = _show_amount(pay, f"元/{_UNIT_NAMES[pay.unit]}")
    return amount or "工资未写明"


def _show_amount(pay: Pay, unit: str) -> str:
    if pay.minimum is None and pay.maximum is None:
        return ""
    low, high, unit = _in_ten_thousands(pay, unit)
    if low is None:
        return f"最高 {high} {unit}"
    if high is None:
        return f"{low} {unit}以上"
    return f"{low} {unit}" if low == high else f"{low}–{high} {unit}"


def _in_ten_thousands(pay: Pay, unit: str) -> tuple[str | None, str | None, str]:
    """Bounds and unit as words; a year's pay in 万元 where that loses nothing."""
    bounds = (pay.minimum, pay.maximum)
    if pay.unit is PayUnit.YEAR and all(bound is None or bound % 1_000 == 0 for bound in bounds):
        low, high = (None if bound is None else f"{bound / 10_000:g}" for bound in bounds)
        return low, high, f"万{unit}"
    low, high = (None if bound is None else str(bound) for bound in bounds)
    return low, high, unit


def _without_figures(words: str, text: str) -> PayReading:
    """What a text without an amount says."""
    if _PIECE.search(words):
        return PayReading(Pay(None, None, PayUnit.PIECE), PayStated.STATED, text)
    if _NEGOTIABLE.search(words):
        return PayReading(None, PayStated.NEGOTIABLE, text)
    if _VAGUE.search(words) and not re.search(r"\d", words):
        return PayReading(None, PayStated.UNSTATED, text)
    raise ValueError(f"工资写的是“{text.strip()}”，读不出金额，请写成“4000-6000元/月”，或写“面议”。")


def _amounts(words: str) -> tuple[Decimal | None, Decimal | None, PayUnit] | None:
    """Bounds and unit of the first range, else of the first amount; None where there is none."""
    if hit := _RANGE.search(words):
        low, low_scale, high, high_scale = hit.group(1, 2, 3, 4)
        # 4-8千: the scale behind counts for both; 8千-1万: each has its own.
        bounds: tuple[Decimal | None, Decimal | None] = (
            Decimal(low) * _SCALE[low_scale or high_scale],
            Decimal(high) * _SCALE[high_scale],
        )
        if low_scale and not high_scale and Decimal(high) < 1_000:
            bounds = bounds[0], Decimal(high) * _SCALE[low_scale]
    elif hit := _SINGLE.search(words):
        bounds = _single_bounds(words, hit)
    else:
        return None
    return *bounds, _unit(words, hit, max(bound for bound in bounds if bound is not None))


def _single_bounds(words: str, hit: re.Match[str]) -> tuple[Decimal | None, Decimal | None]:
    amount = Decimal(hit.group(1)) * _SCALE[hit.group(2)]
    before, around = words[: hit.start()], hit.group() + words[hit.end() : hit.end() + 3]
    if _CAPPED.search(before) or _AT_MOST.search(around):
        return None, amount
    if _FLOORED.search(before) or _AT_LEAST.search(around):
        return amount, None
    return amount, amount


def _unit(words: str, hit: re.Match[str], largest: Decimal) -> PayUnit:
    """The unit beside the amount, else one named before it, else the month for a large amount."""
    named = _named_unit(hit.group("per") or "", _UNIT_WORDS) or _named_unit(words, _NAMED_BEFORE)
    if _PIECE.search(words) and (named is PayUnit.DAY):
        return PayUnit.PIECE
    if named:
        return named
    if largest >= 1_000:
        return PayUnit.MONTH
    amount = hit.group().removesuffix("元")
    raise ValueError(f"工资写的是“{amount}”，没有写是每小时、每天还是每月，请写成“{amount}元/天”这样。")


def _named_unit(words: str, table: tuple[tuple[PayUnit, str], ...]) -> PayUnit | None:
    for unit, pattern in table:
        if re.search(pattern, words):
            return unit
    return None


def _checked(minimum: Decimal | None, maximum: Decimal | None, unit: PayUnit, text: str) -> Pay:
    """The pay in whole yuan, refused where it cannot be meant."""
    low = None if minimum is None else math.floor(minimum)
    high = None if maximum is None else math.ceil(maximum)
    if low is not None and high is not None and low > high:
        raise ValueError(f"工资写的是“{text.strip()}”，最低 {low} 元高于最高 {high} 元，请检查是否写反。")
    least, most = _LIMITS[unit]
    if any(bound is not None and not least <= bound <= most for bound in (low, high)):
        per = _UNIT_NAMES.get(unit, "天")
        raise ValueError(
            f"工资写的是“{text.strip()}”，按每{per} {least} 至 {most} 元检查不符，请核对金额和单位，"
            "如“4000-6000元/月”或“4-6千/月”。"
        )
    return Pay(low, high, unit)

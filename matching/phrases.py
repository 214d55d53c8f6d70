"""Short plain Chinese for values: what sentences for staff and for seekers are put together from."""

from collections.abc import Iterable
from types import MappingProxyType

from matching.text import normalise
from matching.types import EmploymentType, Pay, PayUnit, Shift, Term

SHIFTS = MappingProxyType(
    {
        Shift.LONG_DAY: "长白班",
        Shift.TWO_SHIFT: "两班倒",
        Shift.THREE_SHIFT: "三班倒",
        Shift.NIGHT: "夜班",
        Shift.FLEXIBLE: "时间灵活",
    }
)
EMPLOYMENT_TYPES = MappingProxyType(
    {
        EmploymentType.FULL_TIME: "全职",
        EmploymentType.PART_TIME: "兼职",
        EmploymentType.TEMPORARY: "短期",
        EmploymentType.INTERN: "实习",
    }
)
EDUCATION = ("没有学历", "小学", "初中", "高中或中专", "大专", "本科", "研究生")
PAY_UNITS = MappingProxyType(
    {PayUnit.HOUR: "小时", PayUnit.DAY: "天", PayUnit.MONTH: "月", PayUnit.YEAR: "年", PayUnit.PIECE: "天"}
)


def word(term: Term) -> str:
    """The word itself, and what it was understood as where that differs: “扒虾的”（按“水产品加工工”理解）."""
    if term.code is None or not term.name or normalise(term.name) == normalise(term.text):
        return term.text
    return f"“{term.text}”（按“{term.name}”理解）"


def words(terms: Iterable[Term]) -> str:
    """Several words, as `word`, each once."""
    return "、".join(dict.fromkeys(word(term) for term in terms))


def number(value: float) -> str:
    """A number without idle decimals: 3, 1.5."""
    return f"{round(value, 1):g}"


def education(rank: int) -> str:
    """The name of a rank of schooling; ranks beyond the table are named as its last."""
    return EDUCATION[min(max(rank, 0), len(EDUCATION) - 1)]


def pay(offer: Pay) -> str:
    """What is offered with its unit: 5000–7000 元/月; 计件，约 200 元/天."""
    low, high = offer.minimum, offer.maximum
    if low is None and high is None:
        return "计件，单位未写明一天约挣多少" if offer.unit is PayUnit.PIECE else "工资面谈，单位未写明"
    if low is None:
        amount = f"最高 {high}"
    elif high is None:
        amount = f"至少 {low}"
    else:
        amount = str(low) if low == high else f"{min(low, high)}–{max(low, high)}"
    text = f"{amount} 元/{PAY_UNITS[offer.unit]}"
    return f"计件，约 {text}" if offer.unit is PayUnit.PIECE else text

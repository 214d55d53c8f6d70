"""Reads benefits (福利) as people list them: housing, meals, shuttle bus, insurance, and the rest."""

import re
from dataclasses import dataclass

_SEPARATORS = re.compile(r"[\s,，、;；/|｜+＋。·•\n\t\u3000]+")
# Money in place of the thing is not the thing.
_ALLOWANCE = re.compile(r"补贴|津贴|[餐饭房车话]补|补助|公积金$|报销")
_NO = r"(?:不包|不提供|不含|不管|不供|不安排|不负责|没有|无|没|不)"
_OWN = r"(?:自理|自行解决|自己解决|自备|自费)"
_HOUSING = r"(?:住宿|宿舍|食宿|吃住|住房|住处|公寓|住)"
_MEALS = r"(?:食宿|吃住|工作餐|员工餐|[早中午晚两三四一]+餐|餐饮|伙食|食堂|用餐|就餐|餐食|吃饭|吃|餐|饭)"
_SHUTTLE = r"(?:班车|通勤车|厂车|接送|大巴)"
_INSURANCE = r"(?:[五六三四]险[一二]?金?|社会保险|社保|养老保险|5险1?金?)"
_HOUSING_GIVEN = (
    r"包住|包吃包住|包吃住|包食宿|管吃管住|管住|管吃住|提供(?:免费)?(?:吃住|食宿|住宿|宿舍|住房|公寓)"
    r"|食宿|宿舍|住宿|员工公寓|单身公寓|夫妻房|有住处|可住|吃住"
)
_MEALS_GIVEN = (
    r"包吃|管吃|食宿|吃住|包[早中午晚两三四一1234]*餐|管[早中午晚两三四一]*[餐饭]|工作餐|员工餐"
    r"|(?:免费|提供)[早中午晚两三四一]*(?:餐|饭|伙食)|食堂|餐厅|[早中午晚两三四一]餐|包饭|供餐|有饭|伙食"
)
# Topic, how it is denied, how it is given. A denial is looked for first.
_TOPICS: tuple[tuple[str, str, str], ...] = (
    ("housing", rf"{_NO}(?:[吃食]|包)?{_HOUSING}|(?:食宿|吃住|住宿){_OWN}", _HOUSING_GIVEN),
    ("meals", rf"{_NO}(?:包)?{_MEALS}|(?:食宿|吃住|伙食|用?餐|吃饭){_OWN}", _MEALS_GIVEN),
    ("shuttle", rf"{_NO}(?:上下班)?{_SHUTTLE}", _SHUTTLE),
    (
        "insurance",
        rf"(?:{_NO}|不(?:交|缴|买|上|办))(?:交|缴纳?|买|上|办理?)?{_INSURANCE}",
        rf"{_INSURANCE}|缴社保|交社保|上保险|缴纳保险",
    ),
)


@dataclass(frozen=True, slots=True)
class Benefits:
    """What is offered. None means that nothing was said; `others` are the words left over, in order."""

    housing: bool | None = None
    meals: bool | None = None
    shuttle: bool | None = None
    insurance: bool | None = None
    others: tuple[str, ...] = ()


def read_benefits(text: str) -> Benefits:
    """The benefits in a cell: "五险一金 包吃不包住 班车 年终奖" has meals, no housing, a bus, insurance.

    An allowance in money (餐补, 住房补贴) is not the thing itself and stays among the others; so does
    what is unknown to us. Repeated words are kept once.

    Raises:
        ValueError: the same thing is both given and denied.
    """
    said: dict[str, bool] = {}
    others: dict[str, None] = {}
    for word in filter(None, _SEPARATORS.split(text)):
        found = {} if _ALLOWANCE.search(word) else _topics_of(word)
        if not found:
            others[word] = None
        for topic, given in found.items():
            if said.setdefault(topic, given) is not given:
                raise ValueError(f"福利里“{word}”与前面写的相反，请只保留一种说法。")
    return Benefits(
        said.get("housing"), said.get("meals"), said.get("shuttle"), said.get("insurance"), tuple(others)
    )


def _topics_of(word: str) -> dict[str, bool]:
    """What one word gives or denies, by topic."""
    found: dict[str, bool] = {}
    for topic, denied, given in _TOPICS:
        if re.search(denied, word):
            found[topic] = False
        elif re.search(given, word):
            found[topic] = True
    return found

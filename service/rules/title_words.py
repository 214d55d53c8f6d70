"""What titles and pay cells say beside the work and the wage: housing, a bus, an internship."""

import re

from matching.types import EmploymentType
from service.rules.benefits import Benefits, read_benefits
from service.rules.numerals import plain

_BRACKETED = re.compile(r"[(\[【{](.*?)[)\]】}]")
_BETWEEN = re.compile(r"[+＋,，、;；/|&·\-]+")
_GIVE = r"(?:免费|提供|包含?|含|管|有|可|交纳?|缴纳?|上|精装|单身|员工|公司|不)*"
_THING = (
    r"(?:住宿|食宿|吃住|吃|住|公寓|宿舍|公寓住宿|班车|厂车|通勤车|接送|[一二两三四]餐|[早中午晚]餐|工作餐"
    r"|[五六三四]险[一二]?金?|5险1?金?|社保)"
)
# A word of a list in brackets, or after a plus, that is nothing but an offer: 厨师（食堂） is none.
_OFFER = re.compile(rf"{_GIVE}{_THING}(?:接送|齐全)?")
# Words that are offers wherever they stand; a 宿舍管理员 and a 班车司机 have neither.
_ANYWHERE = re.compile(
    r"不?(?:包|管)(?:吃[、和]?不?(?:包|管)?住|食宿|吃|住宿?|[一二两三四早中午晚][餐饭])|(?:免费|提供|有|带)(?:食宿|吃住|住宿|宿舍(?!管)|班车(?!司)|三餐|午餐)"
    r"|[五六]险[一二]金|(?:交|缴|上|有)?五险|班车接送|厂车接送"
)
_EMPLOYMENT: tuple[tuple[EmploymentType, str], ...] = (
    (EmploymentType.INTERN, r"实习生?|见习|intern"),
    (EmploymentType.PART_TIME, r"兼职|小时工|钟点工|非全日制|part-?time"),
    (
        EmploymentType.TEMPORARY,
        r"临时工?|短期工?|短工|日结工?|季节[工性]|(?:寒|暑)假工|假期工|零工|灵活用工|劳务用工",
    ),
    (EmploymentType.FULL_TIME, r"全职|正式工?|长期工?|合同工|固定期限|劳动合同|全日制|full-?time"),
)
_NO_TYPE = re.compile(r"不接受|不招|不要|勿扰|可接受|接受|均可|都可|不限")


def read_offers(text: str) -> Benefits:
    """What a title or a pay cell offers by the way: "普工（班车+住宿）", "4500元包吃住".

    Only what can mean nothing else counts; a text that says two opposite things says nothing.
    """
    words = plain(text)
    pieces = [
        piece
        for bracket in _BRACKETED.findall(words)
        for piece in _BETWEEN.split(bracket)
        if _OFFER.fullmatch(piece)
    ]
    outside = _BRACKETED.sub(" ", words)
    pieces += [piece for piece in _BETWEEN.split(outside)[1:] if _OFFER.fullmatch(piece)]
    pieces += [hit.group() for hit in _ANYWHERE.finditer(words)]
    try:
        found = read_benefits(" ".join(pieces))
    except ValueError:
        return Benefits()
    return Benefits(found.housing, found.meals, found.shuttle, found.insurance)


def read_employment(text: str) -> EmploymentType | None:
    """The kind of employment that a cell or a title names; None where it names none, or several.

    "接受实习生" opens the work to interns and does not make it an internship.
    """
    words = plain(text)
    if _NO_TYPE.search(words):
        return None
    found = [kind for kind, pattern in _EMPLOYMENT if re.search(pattern, words)]
    return found[0] if len(found) == 1 else None

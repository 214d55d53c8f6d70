"""Where a text names divisions, told from roads, markets, companies and trades of the same name."""

import re
from dataclasses import dataclass

from matching.divisions import LONGEST, Gazetteer
from matching.names import Form, ending_at, form_with_ending
from matching.spelling import HAN, unify

LONGEST_TEXT = 80
"""An address names its divisions in front; what stands behind so many characters is not read."""

_MARKS = re.compile(rf"[^{HAN}a-z0-9]+")
_LEAD = re.compile(
    r"^(?:(?:地址|住址|工作地点|工作地|地点|坐标|位置|户籍|籍贯|老家|家庭住址|现住址"
    r"|注册地址?|所在地)(?:是|在|为)?|位于|座落于|坐落于"
    r"|(?:我|本人|俺)?(?:家|现|目前)?(?:就)?(?:住在?|居住在?|位于|来自|是|在|家是|家在"
    r"|居)(?=.)|中国|中华人民共和国|我家|家|想?去|到)"
)
_TAIL = (
    r"(?:那边|这边|那儿|这儿|那块|这块|那疙瘩|附近|周边|周围|一带|本地|当地|左右|市里|市区"
    r"|城里|县城|县里|城区|镇里|镇上|街里|街上|乡下|农村|老家|郊区"
    r"|区域|地区|境内|全境|全市|全县|人|的|里|内|等地|方向|户口|籍|政府|镇区|集市|集镇)"
)
# After a stem these make a road, a market, a house or a firm of it.
_NOT_A_PLACE = re.compile(
    r"(?:[东西南北中]?[一二三四五六七八九十]?(?:大街|街(?!道|办)|大道|道|路|巷|弄|胡同|桥|站)"
    rf"|[{HAN}]{{0,3}}(?:花园|家园|小区|大厦|广场|商城|市场|酒店|宾馆|饭店|公司|集团|厂|店"
    r"|学校|小学|中学|大学|医院|超市|银行|公寓))"
)
_ADDRESS = re.compile(
    rf"[{HAN}]{{0,10}}?(?:路|街|大道|巷|镇|乡|村|组|屯|堡|社区|开发区|工业园|园区|产业园|新区"
    r"|合作区|港区|农场|林场|\d+号)|\d"
)
_VILLAGE = re.compile(
    rf"[{HAN}]{{1,4}}(?:村|屯|组|社区|居委会|村委会|大队)|[{HAN}]{{2,5}}(?:路|街)"
    rf"|[{HAN}]{{0,4}}(?:开发区|工业园|产业园|合作区)"
)
_END = re.compile(rf"$| |{_TAIL}(?:$| )")
_SAME_VILLAGE = re.compile(r"(?:村|社区|大队|屯)(?!镇|乡|办)")
_FALSE_END = {"市": "场政", "镇": "长江流", "乡": "村镇亲愁间", "区": "域间", "省": "级", "县": "级长"}


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of a text, from `start` up to `end`, that may name the division `code`."""

    start: int
    end: int
    code: str
    form: Form


def readable(text: str) -> str:
    """A text as the parser reads it: one spelling, marks as single spaces, 住在 and the like off."""
    text = _MARKS.sub(" ", unify(text[: LONGEST_TEXT * 2])).strip()[:LONGEST_TEXT]
    while True:
        rest = _LEAD.sub("", text, count=1).strip()
        if rest == text or not rest:
            return text
        text = rest


def find_mentions(text: str, places: Gazetteer) -> list[Mention]:
    """All mentions in a readable text, from left to right, many of them rivals of each other."""
    found = []
    for start in range(len(text) - 1):
        for end in range(start + 2, min(start + LONGEST, len(text)) + 1):
            for code, form in places.names.get(text[start:end], ()):
                found.extend(_mentions(text, start, end, code, form, places))
    return found


def _mentions(text: str, start: int, end: int, code: str, form: Form, places: Gazetteer) -> list[Mention]:
    region = places[code]
    if form is not Form.STEM:
        false = _FALSE_END.get(text[end - 1], "")
        return [] if text[end : end + 1] in tuple(false) else [Mention(start, end, code, form)]
    found = [Mention(start, end, code, Form.STEM)]
    ending = ending_at(text, end, region.level)
    # 前阳镇 is found by its full name already; here come 前阳乡, 合隆乡 and 新兴街办.
    if ending and text[end:] and not text.startswith(region.name, start):
        found.append(Mention(start, end + len(ending), code, form_with_ending(region.name, ending)))
    if region.level == 4 and _SAME_VILLAGE.match(text, end):
        found.append(Mention(start, end + 1, code, Form.VILLAGE))
    return found


def ends_like_a_place(text: str, end: int) -> bool:
    """Whether a stem that ends here is followed by nothing, a mark or words such as 那边 and 附近."""
    return _END.match(text, end) is not None


def goes_on_like_an_address(text: str, end: int, *, town: bool) -> bool:
    """Whether a stem that ends here is followed by a village, road or number, and is no road itself."""
    if _NOT_A_PLACE.match(text, end):
        return False
    return (_VILLAGE if town else _ADDRESS).match(text, end) is not None

"""What an official division is called beside its full name: stems, short and older forms."""

import re
from enum import IntEnum

# Longest first, since 鄂温克 would end before 鄂温克族.
_PEOPLE = (
    "柯尔克孜族|乌孜别克族|维吾尔族|哈萨克族|达斡尔族|塔吉克族|俄罗斯族|鄂温克族|塔塔尔族|"
    "鄂伦春族|柯尔克孜|蒙古族|布依族|朝鲜族|土家族|哈尼族|傈僳族|高山族|拉祜族|东乡族|纳西族|"
    "景颇族|仫佬族|布朗族|撒拉族|毛南族|仡佬族|锡伯族|阿昌族|普米族|德昂族|保安族|裕固族|独龙族|"
    "赫哲族|门巴族|珞巴族|基诺族|维吾尔|哈萨克|塔吉克|鄂温克|鄂伦春|回族|藏族|苗族|彝族|壮族|"
    "满族|侗族|瑶族|白族|傣族|黎族|佤族|畲族|水族|土族|羌族|怒族|京族|各族|蒙古|锡伯"
)
_UPPER = re.compile(
    rf"^(.+?)((?:{_PEOPLE})*)(自治区|自治州|自治县|自治旗|特别行政区|地区|林区|特区|新区|省|市|县|区|旗|盟)$"
)
_TOWN = re.compile(rf"^(.+?)((?:{_PEOPLE})*)(街道|苏木|农场|林场|镇|乡)$")
_BANNER = re.compile(r"^(.).*([左右])翼(.*)$")

_COUNTY_ENDS = (
    "自治区",
    "自治州",
    "自治县",
    "自治旗",
    "特别行政区",
    "地区",
    "管理区",
    "新区",
    "市",
    "县",
    "区",
    "旗",
    "州",
    "盟",
    "省",
)
_TOWN_ENDS = (
    "街道办事处",
    "街道办",
    "街办",
    "办事处",
    "地区办事处",
    "街道",
    "苏木",
    "满族镇",
    "满族乡",
    "民族乡",
    "公社",
    "农场",
    "镇",
    "乡",
)


class Form(IntEnum):
    """How a name stands for a division, from the surest form to the least sure."""

    FULL = 0  # the official name
    SHORT = 1  # 宽甸县, 喀左县, 合隆乡: what is always said
    ALIAS = 2  # an older or colloquial name of the alias table
    STEM = 3  # the ending left off: 前阳
    SWAPPED = 4  # another ending of the same rank: 前阳乡, 东港区
    VILLAGE = 5  # a village named like its town: 前阳村


def stem_of(name: str, level: int) -> str:
    """The name without its ending: 东港市 gives 东港; itself where one character would be left."""
    if level == 4 and "族" not in name:  # nine names in ten; the pattern would take half of the index's time
        stem = name[:-2] if name.endswith(("街道", "苏木", "农场", "林场")) else name[:-1]
        return stem if len(stem) > 1 else name
    match = (_TOWN if level == 4 else _UPPER).match(name)
    if match is None:
        return name
    stem, peoples, end = match.groups()
    if end.startswith("自治") and not peoples:  # 东乡族自治县 is called by its people
        stem = stem.removesuffix("族")
    if len(stem) == 1 and peoples:  # 内蒙古自治区 likewise
        stem += peoples
    return stem if len(stem) > 1 else name


def is_street(name: str, stem: str) -> bool:
    """Whether a stem is first of all something else: 人民路 is a street before it is 人民路街道."""
    return stem.endswith("村") or (name.endswith("街道") and stem.endswith(("路", "街", "道", "桥", "巷")))


def short_names(name: str, level: int) -> tuple[str, ...]:
    """Short forms that a rule gives: 阜新蒙古族自治县 is 阜蒙县, 喀喇沁左翼蒙古族自治县 喀左县 and 喀左.

    Only counties, and cities of several peoples (延边州), have such forms; may be empty.
    """
    match = _UPPER.match(name) if level in {2, 3} else None
    if match is None:
        return ()
    stem, peoples, end = match.groups()
    kind = end[-1]
    banner = _BANNER.match(stem)
    if banner:
        head = banner[1] + banner[2] + banner[3]
        return (head + kind, head) if peoples else (head + kind,)
    if not peoples or len(stem) < 2:
        return ()
    forms = (stem + kind, stem[0] + peoples[0] + kind, stem[:2] + kind)
    return tuple(dict.fromkeys(form for form in forms if form != name))


def ending_at(text: str, place: int, level: int) -> str:
    """The ending that stands in a text at a place, of those that fit a level; "" where none does."""
    for end in _TOWN_ENDS if level == 4 else _COUNTY_ENDS:
        if text.startswith(end, place):
            return end
    return ""


def form_with_ending(name: str, end: str) -> Form:
    """What a stem with an ending is to the official name: 前阳+街道办事处 only swaps, 合隆+乡 shortens."""
    if end.startswith("街道") and name.endswith("街道"):
        return Form.FULL
    if end in {"街办", "办事处"} and name.endswith("街道"):
        return Form.SHORT
    return Form.SHORT if name.endswith(end[-1]) else Form.SWAPPED

"""What a text affirms or denies beside its job words: 无证 and 持证 are opposites."""

import re
from dataclasses import dataclass
from functools import lru_cache

from matching.spelling import HAN, normalise, tidy


@dataclass(frozen=True, slots=True)
class Facts:
    """What a text affirms or denies beside its job words.

    `certified` and `experienced` are True where it is asked for or claimed (持证, 有经验), False
    where it is denied or not asked for (无证, 无经验, 经验不限), None where nothing is said.
    `refused` are the words after 不要, 不招, 非 and the like; `open_to` those that do not matter
    (性别不限, 免学历). Both in order of appearance, normalised.
    """

    certified: bool | None = None
    experienced: bool | None = None
    refused: tuple[str, ...] = ()
    open_to: tuple[str, ...] = ()


_NO = r"(?:不需要?|无须|无需|不用|不要求|不限|不看|不论|不必|没有|没|无|免)"
_YES = r"(?:必须有|必须持|须持|需持|持有|要有|需要|要求有|具有|具备|有|持|带)"
_CERTIFICATE = r"(?:相关|有效|上岗|操作|资格|从业|特种)*(?:资格证书|资格证|上岗证|操作证|证书|证件|证照|证)"
_EXPERIENCE = r"(?:相关|工作|从业|行业|任何)*(?:经验|经历)"
_NOT_ASKED = r"(?:均可|不限|不要求|不作要求|亦可|也可|都行|不拘|者?优先)"
_CERTIFIED = (
    (False, re.compile(rf"{_NO}{_CERTIFICATE}(?:要求)?(?:[人员]员?|的)?")),
    (True, re.compile(rf"(?:{_YES}{_CERTIFICATE}(?:上岗)?(?:的|者)?|证件?齐全)")),
)
_EXPERIENCED = (
    (
        False,
        re.compile(
            rf"(?:{_NO}{_EXPERIENCE}(?:要求)?|{_EXPERIENCE}(?:均可|不限|不要求|不拘)|零经验"
            rf"|小白|生手)(?:{_NOT_ASKED}|的|者)*"
        ),
    ),
    (
        True,
        re.compile(
            rf"(?:{_YES}|\d+年以?上?|[一二两三四五]年以?上?)(?:{_EXPERIENCE})(?:要求)?(?:者|的)?|熟练工?|熟手"
        ),
    ),
)
_REFUSED = re.compile(
    rf"(?:不要|不招收?|不收|不接受|不考虑|谢绝|拒绝|勿扰|除外|(?<![{HAN}])非(?!洲|遗|标|常|金属|织|油|煤|银))"
    rf"([{HAN}a-z0-9]{{1,8}})"
)
_OPEN_TO = re.compile(
    r"(性别|男女|年龄|学历|文化|专业|户籍|户口|地区|婚否|民族|身高|区域)(?:不限|均可|不要求|都可|都行|不拘)"
    r"|(?:不限|不看|免|不论|不要求)(性别|男女|年龄|学历|文化|专业|户籍|户口|地区|婚否|民族|身高|区域)"
)


def find_facts(text: str) -> Facts:
    """The negations and conditions that a text states; all empty where it states none."""
    return take_facts(text)[1]


@lru_cache(maxsize=1 << 16)
def take_facts(text: str) -> tuple[str, Facts]:
    """The normalised text without its conditions, and the conditions.

    无证电工 gives 电工 and `certified=False`. What is left may be empty.
    """
    rest = normalise(text)
    rest, certified = _take(rest, _CERTIFIED)
    rest, experienced = _take(rest, _EXPERIENCED)
    open_to = tuple(match[1] or match[2] for match in _OPEN_TO.finditer(rest))
    rest = _OPEN_TO.sub("", rest)
    refused = tuple(match[1] for match in _REFUSED.finditer(rest))
    rest = _REFUSED.sub("", rest)
    return tidy(rest), Facts(certified, experienced, refused, open_to)


def _take(text: str, patterns: tuple[tuple[bool, re.Pattern[str]], ...]) -> tuple[str, bool | None]:
    """The text without the first pattern that is found in it, and that pattern's meaning."""
    for meaning, pattern in patterns:
        rest, found = pattern.subn("", text)
        if found:
            return rest, meaning
    return text, None


def contradicts(one: Facts, other: Facts) -> bool:
    """Whether two texts say opposite things, such as 无证 and 持证. Silence contradicts nothing."""
    pairs = ((one.certified, other.certified), (one.experienced, other.experienced))
    return any(a is not None and b is not None and a != b for a, b in pairs)

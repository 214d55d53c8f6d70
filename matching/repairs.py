"""Division names written wrong: other characters of the same sound, one character wrong, lost or added."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, reduce

from rapidfuzz.distance import OSA

from matching.divisions import Gazetteer
from matching.names import is_street, stem_of
from matching.sounds import LOOSE, readings
from matching.spelling import HAN
from matching.tables import Region
from matching.types import How

_TOWN_TOKEN = re.compile(rf"[{HAN}]{{1,8}}?(?:街道办事处|街道|办事处|农场|苏木|镇|乡)")
_COUNTY_TOKEN = re.compile(rf"[{HAN}]{{1,12}}?(?:自治县|自治旗|自治州|新区|省|市|县|区|旗|州|盟)")
_WORD = re.compile(rf"[{HAN}]{{2,4}}(?=$| |(?:那边|这边|附近|周边|一带|镇上|街上)(?:$| ))")
# A bare word that begins like this may be a person: 常安 is no 长安, 张三 no 长山.
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊"
    "秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷曲盛冉翁蓝路游辛靳管柴蒙鲍华喻祁房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"
)


@dataclass(frozen=True, slots=True)
class Repair:
    """A text with one division's name put right. `confidence` in [0, 1] is that of the repair alone."""

    text: str
    confidence: float
    how: How


def repairs(text: str, start: int, scopes: Iterable[str], places: Gazetteer) -> Iterator[Repair]:
    """Ways to put right what stands from `start` on in a readable text, surest scope first.

    Args:
        text: as `readable` gives it.
        start: where what was understood ends.
        scopes: codes of the divisions among whose children a name is looked for, "" for all
            counties and cities of the country.
        places: the divisions.
    """
    rest = text[start:].lstrip()
    head = text[: len(text) - len(rest)]
    for scope in scopes:
        tokens = tuple(_tokens(rest, bare=scope != ""))
        best = _best(tokens, _candidates(scope, places)) if tokens else None
        if best is not None:
            region, length, confidence, how = best
            yield Repair(f"{head}{region.name}{rest[length:]}", confidence, how)


@lru_cache(maxsize=256)
def _candidates(scope: str, places: Gazetteer) -> tuple[tuple[Region, str], ...]:
    """The divisions of a scope, each with its stem: those right below, below a city the towns too."""
    regions: tuple[Region, ...] = places.children(scope)
    if scope and places[scope].level == 2:
        regions += tuple(town for county in regions for town in places.children(county.code))
    if not scope:
        regions += tuple(city for province in regions for city in places.children(province.code))
        regions += tuple(
            county for city in regions if city.level == 2 for county in places.children(city.code)
        )
    return tuple((region, stem_of(region.name, region.level)) for region in regions)


@lru_cache(maxsize=1 << 13)
def _loose(char: str) -> frozenset[str]:
    """The readings of a character with those sounds made one that are often mixed up."""
    return frozenset(reduce(lambda sound, pair: sound.replace(*pair), LOOSE, r) for r in readings(char))


def _sounds_like(written: str, stem: str, *, loose: bool) -> bool:
    """Whether every character may be read like its counterpart; 长 is read both zhang and chang."""
    if len(written) != len(stem):
        return False
    heard = _loose if loose else readings
    return all(not set(heard(a)).isdisjoint(heard(b)) for a, b in zip(written, stem, strict=True))


_Found = tuple[Region, int, float, How]


def _best(tokens: tuple[tuple[str, bool], ...], candidates: tuple[tuple[Region, str], ...]) -> _Found | None:
    """The one candidate that the beginning of a text is nearest to, None where two are as near."""
    found: dict[str, _Found] = {}
    for token, bare_word in tokens:
        for region, stem in candidates:
            hit = _bare(token, region, stem) if bare_word else _full(token, region, stem)
            if hit is not None and (region.code not in found or hit[0] > found[region.code][2]):
                found[region.code] = (region, len(token), *hit)
    ranked = sorted(found.values(), key=lambda hit: -hit[2])
    if not ranked or (len(ranked) > 1 and ranked[1][2] == ranked[0][2]):
        return None
    return ranked[0]


def _tokens(rest: str, *, bare: bool) -> Iterator[tuple[str, bool]]:
    for pattern in (_TOWN_TOKEN, _COUNTY_TOKEN):
        match = pattern.match(rest)
        if match:
            yield match[0], False
    word = _WORD.match(rest) if bare else None
    if word and word[0][0] not in _SURNAMES:
        yield word[0], True


def _full(token: str, region: Region, stem: str) -> tuple[float, How] | None:
    """How near a word with an ending is to a division's full name."""
    ending = region.name[len(stem) :]
    if not ending or not token.endswith(ending) or abs(len(token) - len(region.name)) > 1:
        return None
    written = token[: len(token) - len(ending)]
    for loose, sure in ((False, 0.9), (True, 0.8)):
        if _sounds_like(written, stem, loose=loose):
            return sure, How.HOMOPHONE
    return _typo(written, stem) if len(written) > 1 or len(stem) > 2 else None


def _bare(token: str, region: Region, stem: str) -> tuple[float, How] | None:
    """How near a word that stands alone is to a stem."""
    if token == stem or is_street(region.name, stem):
        return None
    if _sounds_like(token, stem, loose=False):
        return 0.75, How.HOMOPHONE
    hit = _typo(token, stem) if 2 < len(token) <= len(stem) else None
    return (hit[0] - 0.1, hit[1]) if hit else None


def _typo(written: str, stem: str) -> tuple[float, How] | None:
    if OSA.distance(written, stem, score_cutoff=1) > 1:
        return None
    # One of two characters wrong leaves little to go by; one of three or more leaves enough.
    return (0.8 if max(len(stem), len(written)) > 2 else 0.6), How.TYPO

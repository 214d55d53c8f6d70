"""Invented employers: names of syllables, valid credit codes that nobody was given."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from service.demo.persons import full_name
from service.demo.phones import EMPLOYERS, phone
from service.demo.places import Town, towns
from service.operations.employers import EmployerContent
from service.rules.credit_code import make_credit_code

_FIRST = "启禾沐澄屿岚芃霁湛翊昱淇昶炜琰珩钰骁"
_SECOND = "楠泊杉筠漪桐璟岑蔚朔汀笙淳衡甫垚瑾彧"
_SIZES = ("20人以下", "20-99人", "100-299人", "300人以上")


@dataclass(frozen=True, slots=True)
class _Trade:
    share: int  # of 150 employers
    industry: str
    endings: tuple[str, ...]
    kind: str = "有限责任公司"
    authority: str = "91"  # registering authority and category of the credit code
    towns: tuple[str, ...] = ()  # where it is at home; empty is everywhere


_COAST = ("长山镇", "北井子镇", "椅圈镇", "黄土坎镇", "菩萨庙镇", "孤山镇", "前阳镇")
_CENTRE = ("大东街道", "新兴街道", "新城街道", "前阳镇", "孤山镇")
TRADES = {
    "metal": _Trade(32, "机械制造", ("机械有限公司", "铸造有限公司", "精密铸件有限公司", "阀门制造有限公司")),
    "seafood": _Trade(24, "水产品加工", ("水产有限公司", "海产品加工有限公司", "食品有限公司"), towns=_COAST),
    "poultry": _Trade(10, "禽类屠宰加工", ("禽业有限公司", "肉食品有限公司")),
    "garments": _Trade(14, "服装制造", ("服饰有限公司", "制衣有限公司", "童装有限公司")),
    "construction": _Trade(12, "建筑业", ("建筑工程有限公司", "劳务有限公司", "装饰工程有限公司")),
    "logistics": _Trade(12, "物流仓储", ("物流有限公司", "冷链物流有限公司", "货运有限公司")),
    "retail": _Trade(14, "批发零售", ("商贸有限公司", "超市有限公司", "电子商务有限公司"), towns=_CENTRE),
    "care": _Trade(
        12, "居民服务", ("家政服务有限公司", "养老服务有限公司", "物业服务有限公司"), towns=_CENTRE
    ),
    "farm": _Trade(
        12, "农业种植", ("草莓专业合作社", "蓝莓专业合作社", "种植专业合作社"), "农民专业合作社", "93"
    ),
    "catering": _Trade(8, "住宿餐饮", ("饭店", "餐饮管理有限公司", "宾馆"), "个体工商户", "92", _CENTRE),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Workplace:
    """An employer to be registered, with its trade and town."""

    trade: str
    town: Town
    content: EmployerContent


def workplaces(count: int, chance: Random) -> Iterator[Workplace]:
    """`count` employers; with 150 of them each of the nineteen towns has some."""
    trades = _spread(count)
    names = [f"{first}{second}" for first in _FIRST for second in _SECOND]
    chance.shuffle(names)
    for number, trade in enumerate(trades):
        town = _town(TRADES[trade], number)
        yield Workplace(trade, town, _content(number, names[number], trade, town, chance))


def _spread(count: int) -> list[str]:
    """A trade for each employer, in the trades' shares, mixed so that few employers have many trades."""
    every = sum(trade.share for trade in TRADES.values())
    places = [
        ((place + 0.5) / trade.share, name) for name, trade in TRADES.items() for place in range(trade.share)
    ]
    ordered = [name for _, name in sorted(places)]
    return [ordered[number % every] for number in range(count)]


def _town(trade: _Trade, number: int) -> Town:
    fitting = [town for town in towns() if not trade.towns or town.name in trade.towns]
    return fitting[number % len(fitting)]


def _content(number: int, name: str, trade: str, town: Town, chance: Random) -> EmployerContent:
    told = TRADES[trade]
    return EmployerContent(
        name=f"东港{name}{told.endings[number % len(told.endings)]}",
        # Organisation codes that begin with zeros are not given out: no such code is a real employer's.
        credit_code=make_credit_code(f"D{number:03d}", authority=told.authority),
        kind=told.kind,
        size=chance.choice(_SIZES),
        industry=told.industry,
        region=town.code,
        address=f"{town.name}示范路{number + 1}号",
        introduction=f"演示单位，并非真实企业。主营{told.industry}，位于东港市{town.name}。",
        contact_name=full_name(chance),
        contact_phone=phone(EMPLOYERS, number),
    )

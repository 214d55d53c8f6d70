"""The nineteen towns of 东港, and how people and trades are spread over them."""

from dataclasses import dataclass
from random import Random

import matching

COUNTY = "210681"
# Weight of inhabitants by hundreds, rounded by eye: what matters is that towns differ in size.
_INHABITANTS = {
    "210681001": 90, "210681002": 70, "210681003": 60, "210681101": 55, "210681104": 60, "210681105": 20,
    "210681106": 18, "210681107": 30, "210681108": 34, "210681109": 32, "210681110": 28, "210681113": 24,
    "210681114": 18, "210681115": 16, "210681117": 22, "210681118": 14, "210681119": 16, "210681120": 14,
    "210681204": 12,
}  # fmt: skip
# Some people of the neighbouring counties look for work here too: 振兴区, 凤城市, 岫岩县, 庄河市.
_NEIGHBOURS = ("210603", "210682", "210323", "210283")
NEIGHBOUR_SHARE = 0.04


@dataclass(frozen=True, slots=True)
class Town:
    """A town by its official code and name."""

    code: str
    name: str


def towns() -> tuple[Town, ...]:
    """The nineteen, in the order of their codes."""
    found = (matching.find_region(code) for code in _INHABITANTS)
    return tuple(Town(region.code, region.name) for region in found if region is not None)


def home(chance: Random) -> str:
    """The code of the division where somebody lives."""
    if chance.random() < NEIGHBOUR_SHARE:
        return chance.choice(_NEIGHBOURS)
    return chance.choices(list(_INHABITANTS), list(_INHABITANTS.values()))[0]


def near(town: Town, chance: Random, count: int) -> tuple[str, ...]:
    """Up to `count` towns that a bus from `town` may serve, nearest first."""
    others = [other.code for other in towns() if other.code != town.code]
    distances = {code: matching.distance(town.code, code).km or 99.0 for code in others}
    nearest = sorted(others, key=lambda code: (distances[code], code))[: count + 2]
    return tuple(sorted(chance.sample(nearest, count), key=lambda code: distances[code]))

"""How often places are found, on noisy variants of the table's own names.

`python -m bench.quality_regions [--size 2000] [--seed 1] [--county 210681]` prints for each kind of noise
the share of addresses put into the right county and town, and how the stated confidence holds.
"""

import argparse
import random
from collections import defaultdict
from collections.abc import Callable, Iterator

from matching.divisions import packaged_gazetteer
from matching.names import stem_of
from matching.regions import Region, ancestors, children, resolve_region
from matching.sounds import sound_key

STREETS = ("黄海大街12号", "建设路88号", "人民街3组", "工业园区", "XX小区2号楼", "")
VILLAGES = ("石桥村", "东风村二组", "向阳屯", "和平社区", "前进村5组", "")


class Noise:
    """Addresses of a town, clean and spoilt."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.sounds: dict[str, list[str]] = defaultdict(list)
        towns = [name for name in packaged_gazetteer().names if len(name) < 6]
        for char in sorted({char for name in towns for char in name}):
            self.sounds[sound_key(char)].append(char)
        self.chars = sorted({char for name in towns for char in name})

    def tail(self) -> str:
        return self.random.choice(STREETS + VILLAGES)

    def stem(self, region: Region) -> str:
        return stem_of(region.name, region.level)

    def spoil(self, name: str, pick: Callable[[str], list[str]]) -> str:
        place = self.random.randrange(len(name))
        others = [char for char in pick(name[place]) if char != name[place]]
        return name[:place] + self.random.choice(others or [name[place]]) + name[place + 1 :]

    def variants(self, town: Region) -> Iterator[tuple[str, str, bool]]:
        """(kind, text, with hint of the city) for one town."""
        county, *higher = ancestors(town.code)
        city, province = higher[0], higher[-1]
        end = town.name[len(self.stem(town)) :]
        above = "".join(dict.fromkeys((province.name, city.name, county.name)))
        stems = "".join(dict.fromkeys(self.stem(r) for r in (city, county)))
        yield "full", above + town.name + self.tail(), False
        yield "city+county+town", city.name + county.name + town.name + self.tail(), False
        yield "county+town, hint", county.name + town.name + self.tail(), True
        yield "county+town, no hint", county.name + town.name + self.tail(), False
        yield "town, hint", town.name + self.tail(), True
        yield "city+town", city.name + town.name + self.tail(), False
        yield "stems", stems + self.stem(town) + self.random.choice(VILLAGES), True
        yield "stem of town, hint", "家住" + self.stem(town) + self.random.choice(("", "那边", "附近")), True
        same = self.spoil(self.stem(town), lambda char: self.sounds[sound_key(char)])
        yield "homophone", county.name + same + end + self.tail(), True
        yield "homophone, hint", same + end + self.tail(), True
        wrong = self.spoil(self.stem(town), lambda _: self.chars)
        yield "wrong character", county.name + wrong + end + self.tail(), True
        spoilt_county = self.spoil(self.stem(county), lambda char: self.sounds[sound_key(char)])
        yield "county homophone", spoilt_county + county.name[-1] + town.name + self.tail(), True
        if len(self.stem(town)) > 2:
            place = self.random.randrange(len(self.stem(town)))
            yield (
                "dropped character",
                county.name + town.name[:place] + town.name[place + 1 :] + self.tail(),
                True,
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--county", default="", help="only the towns of this division")
    parser.add_argument("--show", default="", help="print misses of this kind")
    options = parser.parse_args()
    towns = sorted(_towns(options.county), key=lambda town: town.code)
    noise = Noise(options.seed)
    towns = noise.random.sample(towns, min(options.size, len(towns)))
    tally: dict[str, list[tuple[bool, bool, bool]]] = defaultdict(list)
    stated: dict[int, list[bool]] = defaultdict(list)
    for town in towns:
        for kind, text, hinted in noise.variants(town):
            hint = ancestors(town.code)[1].code if hinted else None
            hit = resolve_region(text, hint=hint)
            code = hit.code if hit else ""
            right = bool(code) and town.code.startswith(code.rstrip("0") if len(code) == 6 else code)
            tally[kind].append((code[:6] == town.code[:6], code == town.code, right))
            if hit:
                stated[int(hit.confidence * 10)].append(right)
            if kind == options.show and code != town.code:
                print(text, hint, "->", hit)
    for kind, rows in tally.items():
        shares = [sum(column) / len(rows) for column in zip(*rows, strict=True)]
        print(
            f"{kind:22} county {shares[0]:.3f}  town {shares[1]:.3f}  or higher {shares[2]:.3f} n={len(rows)}"
        )
    for tenth, rights in sorted(stated.items()):
        print(f"stated 0.{tenth}-: right {sum(rights) / len(rights):.3f} of {len(rights)}")


def _towns(county: str) -> Iterator[Region]:
    for region in children(county):
        if region.level == 4 and len(ancestors(region.code)) > 2:
            yield region
        elif region.level < 4:
            yield from _towns(region.code)


if __name__ == "__main__":
    main()

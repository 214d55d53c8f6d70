"""The packaged reference tables, read once when first asked for; `data/SOURCES.md` names their sources."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from matching.text import normalise

_FOLDER = Path(__file__).parent / "data"


class Region(NamedTuple):
    """An official division of the country.

    `code` has 6 digits down to the county and 9 for a township. `level` is 1 (province), 2 (city),
    3 (county) or 4 (township). `parent` is "" for a province; counties of municipalities and those
    run by a province hang on the province. `point` is (latitude, longitude) in degrees, None where
    unknown.
    """

    code: str
    name: str
    level: int
    parent: str
    point: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Occupation:
    """An occupation class of 职业分类大典 2022.

    `level` is 1 (大类), 2 (中类), 3 (小类) or 4 (细类); `parent` is "" for level 1. Where a class
    has one child only, the classification's source table leaves that step out.
    """

    code: str
    name: str
    level: int
    parent: str


@dataclass(frozen=True, slots=True)
class Licence:
    """A certificate.

    `key` is ours, `kind` one of special_operation, special_equipment, driving_licence, other and
    skill_level, `official_code` the issuer's (C1, N1) or "". `covers` are the keys of all other
    licences that its holder need not have. `obtain_days` is how many days it usually takes to get,
    None where it cannot be had in time for a start. `minimum_age` is in years, None where no law
    sets one; `article` is the rule of law that demands the licence for the work, "" where none does.
    """

    key: str
    kind: str
    class_name: str
    name: str
    official_code: str
    aliases: tuple[str, ...]
    covers: frozenset[str]
    obtain_days: int | None
    minimum_age: int | None
    article: str


@dataclass(frozen=True, slots=True)
class Education:
    """A level of education: `rank` from 0 (none asked) to 6 (研究生), comparable by `<`."""

    code: str
    name: str
    rank: int
    aliases: tuple[str, ...]


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (_FOLDER / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _split(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


def _whole(cell: str) -> int | None:
    return int(cell) if cell else None


def divisions() -> Iterator[Region]:
    """All divisions of the packaged table, each after its parent, then our own additions.

    Not cached: `matching.divisions` keeps what it builds of them.
    """
    known: set[str] = set()
    for name in ("divisions.tsv", "divisions_own.tsv"):
        # Plain splitting: the table has 41,934 rows and neither quotes nor tabs in a cell.
        for line in (_FOLDER / name).read_text(encoding="utf-8").splitlines()[1:]:
            code, title, latitude, longitude = line.split("\t")
            known.add(code)
            level, parent = _place(code, known)
            yield Region(
                code, title, level, parent, (float(latitude), float(longitude)) if latitude else None
            )


def _place(code: str, known: set[str]) -> tuple[int, str]:
    """Level and parent of a division whose possible parents are known."""
    if len(code) == 9:
        return 4, code[:6]
    province, city = code[:2] + "0000", code[:4] + "00"
    if code == province:
        return 1, ""
    if code == city:
        return 2, province
    # Counties of municipalities and counties run by a province have no city above them.
    return 3, city if city in known else province


def division_aliases() -> tuple[tuple[str, str], ...]:
    """Names in use beside the official ones: (name, code)."""
    return tuple((row["name"], row["code"]) for row in _rows("division_aliases.csv"))


def division_neighbours() -> tuple[tuple[str, str], ...]:
    """Pairs of townships that lie side by side, each pair once. Approximate; most counties have none."""
    return tuple((row["code"], row["neighbour"]) for row in _rows("division_neighbours.csv"))


@cache
def occupations() -> Mapping[str, Occupation]:
    """All occupation classes by code, in the order of the classification."""
    rows = _rows("occupations.csv")
    table = {r["code"]: Occupation(r["code"], r["name"], int(r["level"]), r["parent"]) for r in rows}
    return MappingProxyType(table)


def find_occupation(code: str) -> Occupation | None:
    """The occupation class of a code such as 6-18-02-04, or None."""
    return occupations().get(code)


def occupation_ancestors(code: str) -> tuple[Occupation, ...]:
    """The classes above an occupation, nearest first; empty for a 大类 and for an unknown code."""
    above = []
    here = find_occupation(code)
    while here is not None and here.parent:
        here = occupations()[here.parent]
        above.append(here)
    return tuple(above)


@cache
def licences() -> Mapping[str, Licence]:
    """All licences by key. What one covers is complete: whatever is covered by a covered one too."""
    rows = {row["key"]: row for row in _rows("licences.csv")}
    direct = {key: _split(row["covers"]) for key, row in rows.items()}
    return MappingProxyType({key: _licence(row, _closure(key, direct)) for key, row in rows.items()})


def _licence(row: dict[str, str], covers: frozenset[str]) -> Licence:
    return Licence(
        key=row["key"],
        kind=row["kind"],
        class_name=row["class"],
        name=row["name"],
        official_code=row["official_code"],
        aliases=_split(row["aliases"]),
        covers=covers,
        obtain_days=_whole(row["obtain_days"]),
        minimum_age=_whole(row["minimum_age"]),
        article=row["article"],
    )


def _closure(key: str, direct: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """Every key that is reached from a key, without itself."""
    reached: set[str] = set()
    ahead = list(direct[key])
    while ahead:
        here = ahead.pop()
        if here not in reached:
            reached.add(here)
            ahead.extend(direct[here])
    return frozenset(reached)


def find_licence(key: str) -> Licence | None:
    """The licence of one of our keys such as SE-N1, or None."""
    return licences().get(key)


def covers(held: str, required: str) -> bool:
    """Whether the holder of one licence may do the work that another one is required for."""
    licence = find_licence(held)
    return held == required or (licence is not None and required in licence.covers)


@cache
def educations() -> tuple[Education, ...]:
    """All levels of education, highest first."""
    rows = _rows("education.csv")
    return tuple(Education(r["code"], r["name"], int(r["rank"]), _split(r["aliases"])) for r in rows)


@cache
def _education_names() -> tuple[tuple[str, int], ...]:
    names = [(normalise(n), level.rank) for level in educations() for n in (level.name, *level.aliases)]
    return tuple(sorted(names, key=lambda pair: -len(pair[0])))


def education_rank(text: str) -> int | None:
    """The rank that a text such as 大专及以上 names, None where it names none.

    Of several levels (高中/中专) the lowest counts, since that is what is asked for at least.
    """
    rest, ranks = normalise(text), []
    # Longest names first and each taken out, so that 大学专科 is not read as 大学.
    for name, rank in _education_names():
        if name in rest:
            ranks.append(rank)
            rest = rest.replace(name, "|")
    return min(ranks, default=None)

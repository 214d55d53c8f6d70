"""The trades of the demo county: what is offered, and in which words people ask for it."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from matching import EmploymentType, PayUnit, Shift

ANY_TRADE = "any"
_SHIFTS = {
    "L": Shift.LONG_DAY,
    "T": Shift.TWO_SHIFT,
    "R": Shift.THREE_SHIFT,
    "N": Shift.NIGHT,
    "F": Shift.FLEXIBLE,
}
_TYPES = {"F": EmploymentType.FULL_TIME, "P": EmploymentType.PART_TIME, "T": EmploymentType.TEMPORARY}


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One kind of work, as `jobs.tsv` tells it.

    `pay` is the usual range in yuan per `unit`, `openings` the usual range of seats. `said` are the
    words people use for it, misspelt and local ones among them; `can` is what they say they can do.
    `people` is its weight among those who look for work.
    """

    trade: str
    titles: tuple[str, ...]
    tasks: str
    required: tuple[str, ...]
    preferred: tuple[str, ...]
    licences: tuple[str, ...]
    minimum_age: int
    shifts: tuple[Shift, ...]
    pay: tuple[int, int]
    unit: PayUnit
    openings: tuple[int, int]
    experience: float | None
    education: int | None
    employment_type: EmploymentType
    people: int
    said: tuple[str, ...]
    can: tuple[str, ...]


@cache
def jobs() -> tuple[Job, ...]:
    """Every kind of work, in the order of the table."""
    path = Path(__file__).with_name("jobs.tsv")
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(_job(row) for row in csv.DictReader(lines, delimiter="\t"))


def jobs_of(trade: str) -> tuple[Job, ...]:
    """What an employer of this trade offers, without the work that every trade offers."""
    return tuple(job for job in jobs() if job.trade == trade)


def _job(row: dict[str, str]) -> Job:
    pay, _, unit = row["pay"].partition("/")
    return Job(
        trade=row["trade"],
        titles=_words(row["titles"]),
        tasks=row["tasks"],
        required=_words(row["required"]),
        preferred=_words(row["preferred"]),
        licences=_words(row["licences"]),
        minimum_age=int(row["age"]),
        shifts=tuple(_SHIFTS[letter] for letter in row["shifts"]),
        pay=_range(pay),
        unit=PayUnit(unit),
        openings=_range(row["openings"]),
        experience=float(row["experience"]) if row["experience"] else None,
        education=int(row["education"]) if row["education"] else None,
        employment_type=_TYPES[row["type"]],
        people=int(row["people"]),
        said=_words(row["said"]),
        can=_words(row["can"]),
    )


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split("|")) if text else ()


def _range(text: str) -> tuple[int, int]:
    low, _, high = text.partition("-")
    return int(low), int(high)

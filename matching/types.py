"""The values that matching takes and returns: frozen, comparable, without behaviour."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """What a word can resolve to."""

    OCCUPATION = "occupation"
    SKILL = "skill"
    LICENCE = "licence"


class How(StrEnum):
    """How a word was understood, from the surest way to the least sure."""

    EXACT = "exact"  # an official name
    ALIAS = "alias"  # a word of our vocabulary
    AFFIX = "affix"  # after taking off 工/员/师傅/干…的
    HEAD = "head"  # its head word is known
    HOMOPHONE = "homophone"  # written with characters that sound the same
    TYPO = "typo"  # a dropped, doubled, swapped or wrong character
    SIMILAR = "similar"  # nearest by character n-grams
    UNKNOWN = "unknown"  # stays itself and matches by its characters alone


@dataclass(frozen=True, slots=True)
class Hit:
    """One concept that a text may mean.

    `confidence` is in [0, 1] and calibrated: of hits at 0.9 and above at least nine in ten are right.
    """

    kind: Kind
    code: str
    name: str
    confidence: float
    how: How


@dataclass(frozen=True, slots=True)
class Term:
    """A word as written, and what it was understood as.

    `code` is None where nothing was sure enough; such a term matches by its characters alone.
    """

    text: str
    code: str | None = None
    name: str = ""
    confidence: float = 0.0
    how: How = How.UNKNOWN


@dataclass(frozen=True, slots=True)
class RegionHit:
    """An official division that a text names.

    `code` has 2 digits filled to 6 for a province, a city or a county, and 9 for a township.
    """

    code: str
    name: str
    confidence: float
    how: How


class PayUnit(StrEnum):
    """What a sum of pay is for. `piece` is 计件."""

    HOUR = "hour"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    PIECE = "piece"


class Shift(StrEnum):
    """When the work is done. `long_day` is 长白班."""

    LONG_DAY = "long_day"
    TWO_SHIFT = "two_shift"
    THREE_SHIFT = "three_shift"
    NIGHT = "night"
    FLEXIBLE = "flexible"


class EmploymentType(StrEnum):
    """How somebody is employed. `temporary` is 短期 or 季节工."""

    FULL_TIME = "full_time"
    PART_TIME = "part_time"
    TEMPORARY = "temporary"  # 短期、季节工
    INTERN = "intern"


@dataclass(frozen=True, slots=True)
class Pay:
    """What is offered, in yuan per `unit`.

    Either bound may be None. For `PIECE` the bounds, where given, are the day's usual earnings.
    """

    minimum: int | None
    maximum: int | None
    unit: PayUnit


@dataclass(frozen=True, slots=True)
class HeldLicence:
    """A certificate that a seeker holds. `valid_until` is its last valid day, None where not told."""

    key: str
    valid_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """One posting as matching sees it.

    None always means "not stated", never "no". `region` is a code of 6 or 9 digits, `point` is
    (latitude, longitude) in degrees. `shuttle_regions` are the divisions that the employer's bus
    serves. `education` is a rank from 0 (none asked) to 6; `experience_years` are years.
    `starts_on` None means "at once".
    """

    id: str
    employer_id: str = ""
    title: str = ""
    occupations: tuple[Term, ...] = ()
    skills_required: tuple[Term, ...] = ()
    skills_preferred: tuple[Term, ...] = ()
    licences: tuple[str, ...] = ()
    region: str | None = None
    point: tuple[float, float] | None = None
    shuttle_regions: tuple[str, ...] = ()
    housing: bool | None = None
    meals: bool | None = None
    pay: Pay | None = None
    shift: Shift | None = None
    employment_type: EmploymentType | None = None
    starts_on: date | None = None
    experience_years: float | None = None
    education: int | None = None
    minimum_age: int = 16
    openings_left: int = 1
    is_open: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Seeker:
    """One jobseeker's profile as matching sees it: no name, no phone.

    None always means "not told". `commute_km` is how far the person will travel each day.
    `will_board` tells whether the person would live in the employer's housing. `pay_expected` is
    yuan a month. An empty `shifts` or `employment_types` means that none was preferred.
    `born_on` is the last possible day of birth that the stated birth month allows.
    """

    id: str
    occupations: tuple[Term, ...] = ()
    skills: tuple[Term, ...] = ()
    licences: tuple[HeldLicence, ...] = ()
    region: str | None = None
    point: tuple[float, float] | None = None
    commute_km: float | None = None
    will_board: bool | None = None
    pay_expected: int | None = None
    shifts: frozenset[Shift] = frozenset()
    employment_types: frozenset[EmploymentType] = frozenset()
    available_from: date | None = None
    born_on: date | None = None
    experience_years: float | None = None
    education: int | None = None
    blocked_employers: frozenset[str] = frozenset()
    is_active: bool = True


class Verdict(StrEnum):
    """What a gate says. `CONDITIONAL` is the soft no: passable once something is obtained in time."""

    PASS = "pass"
    CONDITIONAL = "conditional"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Gate:
    """One hard condition, judged. It never counts as points.

    `reason`, `to_seeker` and `remedy` are plain Chinese and empty where the verdict is PASS and
    nothing is worth saying; `article` cites the rule of law behind the condition, where there is one.
    """

    name: str
    verdict: Verdict
    reason: str = ""
    to_seeker: str = ""
    remedy: str = ""
    article: str = ""


@dataclass(frozen=True, slots=True)
class Component:
    """One measured part of the score.

    `score` and `weight` are in [0, 1]. `missing` tells that a value needed was not stated and the
    policy's stated neutral score was used. `evidence` holds plain tuples of what was compared.
    `to_staff` and `to_seeker` are one plain Chinese sentence each.
    """

    name: str
    score: float
    weight: float
    missing: bool = False
    evidence: tuple[tuple[object, ...], ...] = ()
    to_staff: str = ""
    to_seeker: str = ""


@dataclass(frozen=True, slots=True)
class ScoreBreakdown:
    """Why a pair scores what it scores.

    `total` is the sum of score x weight, in [0, 1]. `matched` is True when no gate fails, the
    occupation or skill fit reaches the policy's floor, and the total reaches its cut-off.
    """

    posting_id: str
    seeker_id: str
    policy: str
    total: float
    matched: bool
    conditional: bool
    components: tuple[Component, ...]
    gates: tuple[Gate, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A ranked pair: `total` as in `ScoreBreakdown`; `scores` are the components' scores by name."""

    posting_id: str
    seeker_id: str
    total: float
    conditional: bool
    scores: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that would turn a "no" into a "yes", in plain Chinese, with what it acts on."""

    obstacle: str  # the gate's or component's name
    sentence: str
    remedy: str = ""

"""What people type to find work, understood word by word: 焊工 前阳 包住 白班 5000."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from matching.measures import PlaceWanted, monthly_factor, pay_score, place_offered, place_score
from matching.phrases import EMPLOYMENT_TYPES, SHIFTS
from matching.policy import MatchPolicy
from matching.regions import full_name, is_within, resolve_region
from matching.taxonomy import understand_occupations, understand_skills
from matching.text import normalise, split_words
from matching.types import EmploymentType, How, PayUnit, Posting, Shift, Term

REGION_AT = 0.8
"""A place is believed from this confidence on; below it the word may just as well be something else."""


class Wish(StrEnum):
    """What a word of a search asks for."""

    WORK = "work"
    PLACE = "place"
    BENEFIT = "benefit"
    SHIFT = "shift"
    EMPLOYMENT = "employment"
    PAY = "pay"


WEIGHTS: Mapping[Wish, float] = MappingProxyType(
    {Wish.WORK: 3.0, Wish.PLACE: 2.0, Wish.BENEFIT: 1.0, Wish.SHIFT: 1.0, Wish.EMPLOYMENT: 1.0, Wish.PAY: 1.0}
)
TITLE_WORTH = 0.8
"""What a word counts that was not understood and stands in the title."""
UNSTATED = 0.3
"""What a posting scores for a wish about which it says nothing."""


class Understood(NamedTuple):
    """A word of a search and what it was taken for, in Chinese, to be shown back."""

    text: str
    wish: Wish
    meaning: str


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A posting that was found. `score` is in [0, 1]; `understood` is the same for all hits of a search."""

    posting_id: str
    score: float
    understood: tuple[Understood, ...]


Judge = Callable[[Posting, MatchPolicy], float]


class Part(NamedTuple):
    """One wish: how it was understood and how far a posting meets it; `terms` for work alone."""

    understood: Understood
    judge: Judge | None
    terms: tuple[Term, ...] = ()


BENEFITS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        **dict.fromkeys(("包住", "管住", "住宿", "提供住宿", "宿舍", "有宿舍"), ("housing",)),
        **dict.fromkeys(("包吃", "管吃", "管饭", "包饭", "工作餐", "供饭"), ("meals",)),
        **dict.fromkeys(
            ("包吃住", "管吃住", "包吃包住", "管吃管住", "包食宿", "供吃住"), ("meals", "housing")
        ),
        **dict.fromkeys(("班车", "通勤车", "接送", "有班车"), ("shuttle_regions",)),
    }
)
BENEFIT_NAMES = MappingProxyType({"housing": "包住", "meals": "包吃", "shuttle_regions": "班车"})
SHIFT_WORDS: Mapping[str, Shift] = MappingProxyType(
    {
        **dict.fromkeys(("白班", "长白班", "常白班", "正常班"), Shift.LONG_DAY),
        **dict.fromkeys(("两班", "两班倒", "二班倒"), Shift.TWO_SHIFT),
        **dict.fromkeys(("三班", "三班倒", "三班两倒"), Shift.THREE_SHIFT),
        **dict.fromkeys(("夜班", "长夜班"), Shift.NIGHT),
        **dict.fromkeys(("弹性", "时间灵活", "时间自由"), Shift.FLEXIBLE),
    }
)
EMPLOYMENT_WORDS: Mapping[str, EmploymentType] = MappingProxyType(
    {
        **dict.fromkeys(("全职", "长期"), EmploymentType.FULL_TIME),
        "兼职": EmploymentType.PART_TIME,
        **dict.fromkeys(("短期", "短期工", "临时", "临时工", "季节工"), EmploymentType.TEMPORARY),
        "实习": EmploymentType.INTERN,
    }
)
_AMOUNT = re.compile(
    r"(?:月薪|工资|日薪)?(\d+(?:\.\d+)?)(千|k|万|w)?(?:元|块|块钱)?[/每一]?(小时|天|日|月|年)?(?:以上|起|左右|\+)?"
)
_TIMES = MappingProxyType({"千": 1000, "k": 1000, "万": 10_000, "w": 10_000})
_UNITS = MappingProxyType(
    {"小时": PayUnit.HOUR, "天": PayUnit.DAY, "日": PayUnit.DAY, "月": PayUnit.MONTH, "年": PayUnit.YEAR}
)


def understand_search(text: str, policy: MatchPolicy, *, region: str | None = None) -> tuple[Part, ...]:
    """The wishes that a search names, in its order; may be empty.

    Args:
        text: words parted by spaces or the marks of lists.
        policy: what a day's pay is in a month.
        region: the division in whose neighbourhood names of places are looked for.
    """
    return tuple(part for word in _words(text) for part in _understand(word, policy, region))


def _words(text: str) -> Iterator[str]:
    """The words of a search, normalised; 200元/天 is one of them."""
    for piece in map(normalise, text.split()):
        if _AMOUNT.fullmatch(piece):
            yield piece
        else:
            yield from map(normalise, split_words(piece))


def _understand(word: str, policy: MatchPolicy, region: str | None) -> Iterator[Part]:
    if word in BENEFITS:
        for name in BENEFITS[word]:
            yield Part(Understood(word, Wish.BENEFIT, BENEFIT_NAMES[name]), _benefit(name))
    elif word in SHIFT_WORDS:
        shift = SHIFT_WORDS[word]
        yield Part(Understood(word, Wish.SHIFT, SHIFTS[shift]), _same("shift", shift))
    elif word in EMPLOYMENT_WORDS:
        kind = EMPLOYMENT_WORDS[word]
        yield Part(Understood(word, Wish.EMPLOYMENT, EMPLOYMENT_TYPES[kind]), _same("employment_type", kind))
    elif amount := _AMOUNT.fullmatch(word):
        yield _pay_part(word, amount, policy)
    else:
        yield _work_or_place(word, region)


def _pay_part(word: str, amount: re.Match[str], policy: MatchPolicy) -> Part:
    """A wish of pay. Without a unit 1000 and more is a month's, 100 and more a day's, less an hour's."""
    figure, times, unit_text = amount.groups()
    value = float(figure) * _TIMES.get(times, 1)
    unit = _UNITS[unit_text] if unit_text else _usual_unit(value)
    month = round(value * monthly_factor(unit, policy))
    return Part(
        Understood(word, Wish.PAY, f"每月 {month} 元以上"),
        lambda posting, policy: pay_score(posting.pay, month, policy),
    )


def _usual_unit(value: float) -> PayUnit:
    if value >= 1000:
        return PayUnit.MONTH
    return PayUnit.DAY if value >= 100 else PayUnit.HOUR


def _work_or_place(word: str, region: str | None) -> Part:
    """The surer reading of a word; one that is neither job, skill nor place is looked for in titles."""
    terms = (*understand_occupations(word), *understand_skills([word]))
    known = tuple(term for term in terms if term.code is not None)
    surest = max((term.confidence for term in known), default=0.0)
    place = resolve_region(word, hint=region)
    if place is not None and place.confidence >= REGION_AT and place.confidence > surest:
        code = place.code
        return Part(
            Understood(word, Wish.PLACE, full_name(code)),
            lambda posting, policy: _near(posting, code, policy),
        )
    names = "、".join(dict.fromkeys(term.name for term in known))
    return Part(Understood(word, Wish.WORK, names or word), None, known or (Term(word, how=How.UNKNOWN),))


def _near(posting: Posting, code: str, policy: MatchPolicy) -> float:
    """1 for a posting in the division itself, else as a commute from there."""
    if posting.region is not None and is_within(posting.region, code):
        return 1.0
    return place_score(place_offered(posting), PlaceWanted(code, None, None, will_board=False), policy)


def _benefit(name: str) -> Judge:
    def judge(posting: Posting, _: MatchPolicy) -> float:
        value = getattr(posting, name)
        return UNSTATED if value is None else float(bool(value))

    return judge


def _same(name: str, wanted: object) -> Judge:
    def judge(posting: Posting, _: MatchPolicy) -> float:
        value = getattr(posting, name)
        return UNSTATED if value is None else float(value == wanted)

    return judge


def is_about(posting: Posting, region: str | None) -> bool:
    """Whether a posting lies in a division, or may lie there because it does not say where it is."""
    return region is None or posting.region is None or is_within(posting.region, region)


def in_title(part: Part, posting: Posting) -> bool:
    """Whether a title holds a word that nobody understood.

    An understood word is never looked for in titles: 会计 stands in 社会计生专员 and is not meant.
    """
    return part.terms[0].code is None and part.understood.text in normalise(posting.title)


def score_search(
    parts: Sequence[Part], work: Sequence[float], posting: Posting, policy: MatchPolicy
) -> float:
    """How far a posting meets a search, in [0, 1]; 0 where it does not meet its main wish at all.

    The main wish is any of the words for work; without one, any of the places; without these, anything.

    Args:
        parts: the wishes, at least one.
        work: for each wish of work, in their order, how far the posting meets it.
        posting: the posting.
        policy: how places and pay are measured, and the least fit of work.
    """
    waiting = iter(work)
    met = [
        (part.understood.wish, next(waiting) if part.judge is None else part.judge(posting, policy))
        for part in parts
    ]
    main = min((wish for wish, _ in met), key=list(Wish).index)
    least = policy.fit_floor if main in {Wish.WORK, Wish.PLACE} else UNSTATED
    if max(score for wish, score in met if wish is main) < least:
        return 0.0
    whole = sum(WEIGHTS[wish] for wish, _ in met)
    return round(sum(WEIGHTS[wish] * score for wish, score in met) / whole, 6)

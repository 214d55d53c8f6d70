"""How near two concepts are: by the tree, by declared relations and by the skills they share."""

import math
from collections import Counter, deque
from collections.abc import Mapping
from functools import cache, lru_cache

from matching.lexicon import lexicon
from matching.tables import find_occupation, occupation_ancestors
from matching.types import Kind
from matching.vocabulary import Concept, vocabulary

# One step of "who does this can do that" keeps this much; the other way round much less is sure.
COVERS = 0.9
COVERED = 0.65
CLOSE = 0.75
IN_CLASS = {3: 0.7, 2: 0.5}  # one is the 小类 or 中类 to which the other belongs
SAME_CLASS = {3: 0.5, 2: 0.25}  # both belong to the 小类 or 中类
ALL_SKILLS_SHARED = 0.8

# 普工 is asked for and taken for nearly all work at a line; the other way round some of it is skilled.
GENERAL_WORKER = ("普工", "操作工")
LINE_WORK_FOR_GENERAL = 0.65
GENERAL_FOR_LINE_WORK = 0.5
BOTH_GENERAL = 0.9
# Mining, construction, vehicles and repair, in which nobody stands at a line.
NOT_AT_A_LINE = ("6-16", "6-28", "6-29", "6-30", "6-31-01", "6-31-02", "6-31-07")

IMPLIED_SKILL = 0.95
IMPLYING_SKILL = 0.5
CLOSE_SKILL = 0.7
SKILL_OF_OCCUPATION = 0.8
SKILL_NEAR_OCCUPATION = 0.6
OCCUPATION_BY_SKILL = 0.7


def occupation_skills(code: str) -> tuple[str, ...]:
    """Codes of the skills that an occupation uses, in the order of the vocabulary; may be empty."""
    concept = vocabulary().occupations.get(code)
    return concept.skills if concept else ()


@lru_cache(maxsize=1 << 17)
def occupation_nearness(asked: str, offered: str) -> float:
    """How well a person of the occupation `offered` does the work of `asked`, in [0, 1].

    For two codes that differ: 0 for pairs that must never be confused, else the best of what the
    declared relations, the tree and the general worker's place allow, raised by skills in common.
    """
    known = vocabulary().occupations
    if _are_apart(known, asked, offered):
        return 0.0
    near = max(_declared(known, asked, offered), _undeclared(asked, offered))
    shared = _shared_skills(asked, offered)
    return round(near + max(0.0, ALL_SKILLS_SHARED - near) * shared, 4)


def _are_apart(known: Mapping[str, Concept], one: str, other: str) -> bool:
    """Whether either concept says that it is never the other."""
    return any(a in known and b in known[a].never for a, b in ((one, other), (other, one)))


def _declared(known: Mapping[str, Concept], asked: str, offered: str) -> float:
    if (steps := _steps(known, offered, asked)) is not None:
        return max(COVERS**steps, CLOSE)
    if _steps(known, asked, offered) is not None:
        return COVERED
    return CLOSE if _are_close(known, asked, offered) else 0.0


def _are_close(known: Mapping[str, Concept], one: str, other: str) -> bool:
    return any(a in known and b in known[a].close for a, b in ((one, other), (other, one)))


def _steps(known: Mapping[str, Concept], start: str, goal: str) -> int | None:
    """How many "covers" lead from one concept to another, None where they do not."""
    ahead, seen = deque([(start, 0)]), {start}
    while ahead:
        code, steps = ahead.popleft()
        if code == goal:
            return steps
        following = known[code].covers - seen if code in known else frozenset()
        seen |= following
        ahead.extend((code, steps + 1) for code in sorted(following))
    return None


@cache
def _lineage(code: str) -> dict[int, str]:
    """The occupation's own class and those above it, by level."""
    here = find_occupation(code)
    return {row.level: row.code for row in ((here,) if here else ()) + occupation_ancestors(code)}


def _by_tree(one: str, other: str) -> float:
    first, second = _lineage(one), _lineage(other)
    for level in (3, 2):
        shared = first.get(level)
        if shared and shared == second.get(level):
            return (IN_CLASS if shared in (one, other) else SAME_CLASS)[level]
    return 0.0


@cache
def _general_codes() -> frozenset[str]:
    words = lexicon(Kind.OCCUPATION)
    return frozenset(code for word in GENERAL_WORKER for code in words.codes(word))


def _undeclared(asked: str, offered: str) -> float:
    """By the tree; for general workers by what is done at a line, since their class holds all trades."""
    general = _general_codes()
    if asked in general and offered in general:
        return BOTH_GENERAL
    if asked in general:
        return LINE_WORK_FOR_GENERAL if _is_line_work(offered) else 0.0
    if offered in general:
        return GENERAL_FOR_LINE_WORK if _is_line_work(asked) else 0.0
    return _by_tree(asked, offered)


def _is_line_work(code: str) -> bool:
    """Whether an occupation is production work for which the law demands no licence."""
    concept = vocabulary().occupations.get(code)
    return code.startswith("6-") and not code.startswith(NOT_AT_A_LINE) and not (concept and concept.licences)


@cache
def _skill_weights() -> dict[str, float]:
    """How much a skill tells: 看图纸, which fifty occupations use, tells little."""
    known = vocabulary().occupations.values()
    uses = Counter(skill for concept in known for skill in concept.skills)
    return {skill: math.log((1 + len(known)) / count) for skill, count in uses.items()}


def _shared_skills(asked: str, offered: str) -> float:
    """Weighted share of the skills of both that they have in common, in [0, 1]."""
    weights = _skill_weights()
    first, second = set(occupation_skills(asked)), set(occupation_skills(offered))
    whole = sum(weights[skill] for skill in first | second)
    return sum(weights[skill] for skill in first & second) / whole if whole else 0.0


@lru_cache(maxsize=1 << 16)
def skill_nearness(asked: str, offered: str) -> float:
    """How well the skill `offered` shows the skill `asked`, in [0, 1]."""
    if asked == offered:
        return 1.0
    known = vocabulary().skills
    if _are_apart(known, asked, offered):
        return 0.0
    if _steps(known, offered, asked) is not None:
        return IMPLIED_SKILL
    if _are_close(known, asked, offered):
        return CLOSE_SKILL
    return IMPLYING_SKILL if _steps(known, asked, offered) is not None else 0.0


@lru_cache(maxsize=1 << 16)
def skill_from_occupation(skill: str, occupation: str) -> float:
    """How likely who does the occupation has the skill, in [0, 1]."""
    nearest = max((skill_nearness(skill, used) for used in occupation_skills(occupation)), default=0.0)
    if nearest >= IMPLIED_SKILL:
        return SKILL_OF_OCCUPATION
    return SKILL_NEAR_OCCUPATION if nearest >= CLOSE_SKILL else 0.0


@lru_cache(maxsize=1 << 16)
def occupation_from_skill(occupation: str, skill: str) -> float:
    """How far one skill alone fits a person for the occupation, in [0, 1].

    A skill that this occupation alone uses tells most; one that many use tells next to nothing.
    """
    nearest = max((skill_nearness(used, skill) for used in occupation_skills(occupation)), default=0.0)
    if nearest < IMPLIED_SKILL:
        return 0.0
    weights = _skill_weights()
    rarest = max(weights.values())
    return round(OCCUPATION_BY_SKILL * weights.get(skill, rarest) / rarest, 4)

"""The numbers behind the fit of work and skills, without words.

Likeness is counted in whole thousandths, so that sums of it are exact in any order and the bulk index
has exactly the totals of `score_pair`.
"""

from collections.abc import Iterable

from matching.policy import MatchPolicy
from matching.taxonomy import similarity, skill_similarity
from matching.types import Posting, Seeker, Term

FULL = 1000


def occupation_likeness(asked: Term, offered: Term) -> int:
    """How near a seeker's word is to a job word of a posting, in thousandths."""
    return round(similarity(asked, offered) * FULL)


def skill_likeness(asked: Term, offered: Term) -> int:
    """How well a seeker's word shows a skill that is asked for, in thousandths."""
    return round(skill_similarity(asked, offered) * FULL)


def work_offered(seeker: Seeker) -> tuple[Term, ...]:
    """All words of a seeker that can show fitness for a job: jobs first, then skills."""
    return seeker.occupations + seeker.skills


def skills_offered(seeker: Seeker) -> tuple[Term, ...]:
    """All words of a seeker that can show a skill: skills first, then jobs."""
    return seeker.skills + seeker.occupations


def occupation_best(posting: Posting, seeker: Seeker) -> int:
    """The likeness of the nearest pair of job words, in thousandths; 0 where one side has none."""
    offered = work_offered(seeker)
    return max((occupation_likeness(a, b) for a in posting.occupations for b in offered), default=0)


def occupation_floor(is_told: bool, policy: MatchPolicy) -> int:
    """What the fit of work counts at least, in thousandths.

    Who named skills and no job may do more than the skills show, so that the neutral score stands.
    """
    return 0 if is_told else round(policy.neutral["occupation_fit"] * FULL)


def skill_bests(asked: Iterable[Term], seeker: Seeker) -> list[int]:
    """The likeness of the nearest of the seeker's words for each skill, in thousandths."""
    offered = skills_offered(seeker)
    return [max((skill_likeness(skill, term) for term in offered), default=0) for skill in asked]


def counted(best: int, policy: MatchPolicy) -> int:
    """`best`, or 0 where it is under `policy.skill_cutoff`."""
    return best if best >= cutoff_points(policy) else 0


def skill_points(best: int, component: str, policy: MatchPolicy) -> int:
    """What one skill asked for counts, in thousandths.

    A skill that the seeker did not name counts the component's neutral score, not 0: people write
    down few of the things they can do.
    """
    return max(counted(best, policy), round(policy.neutral[component] * FULL))


def cutoff_points(policy: MatchPolicy) -> int:
    """`policy.skill_cutoff` in thousandths."""
    return round(policy.skill_cutoff * FULL)


def mean_of(points: int, count: int) -> float:
    """The mean of `count` thousandths as a score; 1 where nothing was asked for."""
    return points / (count * FULL) if count else 1.0


def skills_that_count(posting: Posting) -> tuple[Term, ...]:
    """The skills that may show fitness: the must-haves, or the others where there is no must-have."""
    return posting.skills_required or posting.skills_preferred


def fit(posting: Posting, seeker: Seeker, policy: MatchPolicy) -> float:
    """The better of the fit of work and the share of skills shown, in [0, 1]; nothing neutral counts."""
    asked = skills_that_count(posting)
    shown = sum(counted(best, policy) for best in skill_bests(asked, seeker))
    return max(occupation_best(posting, seeker) / FULL, mean_of(shown, len(asked)) if asked else 0.0)

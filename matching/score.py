"""The definition of a score: readable and exact. The bulk index gives the same totals."""

from collections.abc import Iterable

from matching.features import components
from matching.gates import check_gates
from matching.likeness import fit
from matching.policy import COMPONENTS, MatchPolicy
from matching.types import Posting, ScoreBreakdown, Seeker, Verdict

MILLION = 1_000_000
PLACE = COMPONENTS.index("place")


def round_total(total: float) -> float:
    """A total to six decimals, halves to even, in a way that numpy repeats bit by bit."""
    return round(total * MILLION) / MILLION


def total_of(scores: Iterable[float], policy: MatchPolicy) -> float:
    """The weighted sum of the scores of all components, in the order of `COMPONENTS`, to six decimals."""
    total = 0.0
    for name, score in zip(COMPONENTS, scores, strict=True):
        total += policy.weights[name] * score
    return round_total(total)


def score_pair(posting: Posting, seeker: Seeker, policy: MatchPolicy) -> ScoreBreakdown:
    """What one seeker and one posting are to each other, with every reason.

    A pair is matched when no gate fails, some fit of work or skills reaches `policy.fit_floor`, the
    place reaches `policy.place_floor`, and the total reaches `policy.cutoff`. It is conditional when
    something still has to be obtained or told.
    """
    gates = check_gates(posting, seeker, policy)
    parts = components(posting, seeker, policy)
    total = total_of((part.score for part in parts), policy)
    verdicts = {gate.verdict for gate in gates}
    fits = fit(posting, seeker, policy) >= policy.fit_floor
    fits = fits and parts[PLACE].score >= policy.place_floor
    return ScoreBreakdown(
        posting_id=posting.id,
        seeker_id=seeker.id,
        policy=policy.name,
        total=total,
        matched=Verdict.FAIL not in verdicts and fits and total >= policy.cutoff,
        conditional=Verdict.CONDITIONAL in verdicts,
        components=parts,
        gates=gates,
    )

"""Why not: what stands between a posting and a seeker, and what would remove it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from math import ceil

from matching import phrases
from matching.likeness import fit, skills_that_count
from matching.measures import monthly_factor, place_offered, place_score, place_wanted
from matching.policy import COMPONENTS, MatchPolicy
from matching.regions import full_name
from matching.score import score_pair, total_of
from matching.types import Change, Component, Posting, Seeker, Verdict

Reaches = Callable[[Mapping[str, float]], bool]


def why_not(posting: Posting, seeker: Seeker, policy: MatchPolicy) -> tuple[Change, ...]:
    """What would turn a "no" into a "yes"; empty where the pair matches without any condition.

    With every named obstacle removed the pair is a match. Gates come first, failed and conditional
    ones; then the fit of work and the place, where they are under their floors; then what the total
    lacks. Of the components each is named that would be enough alone; where none is, the fewest that
    are together.
    """
    breakdown = score_pair(posting, seeker, policy)
    changes = [
        Change(gate.name, gate.reason, gate.remedy)
        for gate in breakdown.gates
        if gate.verdict is not Verdict.PASS
    ]
    scores = {part.name: part.score for part in breakdown.components}
    parts = {part.name: part for part in breakdown.components}
    if fit(posting, seeker, policy) < policy.fit_floor:
        change = _unfit(posting, parts)
        scores[change.obstacle] = 1.0
        changes.append(change)
    if scores["place"] < policy.place_floor:
        changes.append(_too_far(posting, seeker, policy, parts, scores))
        scores["place"] = 1.0
    changes += _low_total(posting, seeker, policy, parts, scores)
    return tuple(changes)


def _unfit(posting: Posting, parts: Mapping[str, Component]) -> Change:
    """Neither the work nor the skills fit; the remedy names what would."""
    if posting.occupations:
        wanted = phrases.words(posting.occupations)
        return Change(
            "occupation_fit", parts["occupation_fit"].to_staff, f"求职者做过或愿意做{wanted}，登记后可匹配"
        )
    skills = skills_that_count(posting)
    if not skills:
        return Change("occupation_fit", "岗位没有写明工种和技能", "请单位写明工种后可匹配")
    name = "skill_required" if posting.skills_required else "skill_preferred"
    return Change(name, parts[name].to_staff, f"求职者会{phrases.words(skills)}的话，登记后可匹配")


def _too_far(
    posting: Posting,
    seeker: Seeker,
    policy: MatchPolicy,
    parts: Mapping[str, Component],
    scores: Mapping[str, float],
) -> Change:
    """The place is under its floor; the remedy names what lifts it over and, where it can, the total too."""

    def total(place: float) -> float:
        return total_of(({**scores, "place": place}[name] for name in COMPONENTS), policy)

    least = policy.cutoff if total(1.0) >= policy.cutoff else 0.0

    def reaches(changed: Mapping[str, float]) -> bool:
        return changed["place"] >= policy.place_floor and total(changed["place"]) >= least

    return Change("place", parts["place"].to_staff, _place_remedy(posting, seeker, policy, reaches))


def _low_total(
    posting: Posting,
    seeker: Seeker,
    policy: MatchPolicy,
    parts: Mapping[str, Component],
    scores: dict[str, float],
) -> Iterator[Change]:
    """The components that keep the total under the cut-off; nothing where it reaches it."""

    def reaches(changed: Mapping[str, float]) -> bool:
        return total_of(({**scores, **changed}[name] for name in COMPONENTS), policy) >= policy.cutoff

    if reaches({}):
        return
    by_loss = sorted(COMPONENTS, key=lambda name: -policy.weights[name] * (1 - scores[name]))
    alone = [name for name in by_loss if reaches({name: 1.0})]
    for name in alone:
        yield Change(name, parts[name].to_staff, _remedy(name, posting, seeker, policy, reaches))
    if alone:
        return
    raised: dict[str, float] = {}
    for name in by_loss:
        if not reaches(raised):
            raised[name] = 1.0
            yield Change(name, parts[name].to_staff, "总分不够，这几项要一起改善")


def _remedy(name: str, posting: Posting, seeker: Seeker, policy: MatchPolicy, reaches: Reaches) -> str:
    """How one component could be raised so far that the total is enough."""
    if name == "place":
        return _place_remedy(posting, seeker, policy, reaches)
    if name == "pay" and posting.pay is not None and seeker.pay_expected is not None:
        least = ceil(seeker.pay_expected / monthly_factor(posting.pay.unit, policy))
        return f"工资不低于 {least} 元/{phrases.PAY_UNITS[posting.pay.unit]}，或求职者降低期望"
    return REMEDIES[name]


def _place_remedy(posting: Posting, seeker: Seeker, policy: MatchPolicy, reaches: Reaches) -> str:
    """The bus and the housing that would be enough, and being near, which always is."""
    ways = []
    boarder = replace(seeker, will_board=True)
    if reaches({"place": place_score(place_offered(posting), place_wanted(boarder), policy)}):
        ways.append("求职者愿意住单位宿舍")
    if seeker.region is not None and reaches({"place": policy.shuttle}):
        ways.append(f"单位班车通到{full_name(seeker.region)}")
    return f"{'，或'.join([*ways, '求职者住得近一些'])}，就可匹配"


REMEDIES: Mapping[str, str] = {
    "occupation_fit": "求职者做过或愿意做更接近的工种，登记后可匹配",
    "skill_required": "求职者会这些技能的话，登记后可匹配",
    "skill_preferred": "求职者会这些技能的话，登记后可匹配",
    "pay": "写明工资和期望，工资达到期望就可匹配",
    "schedule": "班次、用工形式和到岗时间都合适就可匹配",
    "experience": "工作年限够了就可匹配",
    "education": "学历达到要求就可匹配",
}
"""What raises a component to its full score, where nothing more certain can be said."""

"""The pairs on which a fuzzy score alone goes wrong: what is the same, near, or must never meet."""

import pytest
from rapidfuzz import fuzz

from matching.regions import resolve_region
from matching.taxonomy import resolve_occupation, similarity, skill_similarity, understand_occupations
from matching.types import Term

SAME = [
    ("司机", "驾驶员"),
    ("海鲜加工工人", "水产品加工工"),
    ("叉车、电工", "电工、叉车"),
]
NEAR = [
    ("月嫂", "育婴师"),
    ("普工", "操作工"),
]
NEVER = [
    ("电工", "电焊工"),
    ("会计", "社会计生专员"),
    ("保安", "保安全员"),
    ("车工", "汽车工程师"),
]
OPPOSITE = [
    ("持证电工", "无证电工"),
    ("无经验要求", "有经验要求"),
]
HINT = "210681"
SAME_PLACES = [("东港市前阳镇", "前阳镇")]
OTHER_TOWNS = [("新兴街道", "新城街道")]
OTHER_COUNTIES = [("东港市", "东港区")]


def likeness(one: str, other: str) -> float:
    """How well the jobs of one title are covered by those of the other, the worst of them counting."""
    asked, offered = understand_occupations(one), understand_occupations(other)
    return min(max(similarity(a, b) for b in offered) for a in asked)


def place(text: str, hint: str | None = HINT) -> str:
    hit = resolve_region(text, hint=hint)
    return hit.code if hit else ""


def test_every_pair_that_is_no_match_scores_below_every_pair_that_is() -> None:
    wanted = {pair: likeness(*pair) for pair in SAME + NEAR}
    unwanted = {pair: likeness(*pair) for pair in NEVER + OPPOSITE}
    assert max(unwanted.values()) < min(wanted.values()), (wanted, unwanted)


def test_no_score_of_characters_alone_could_tell_them_apart() -> None:
    """Keeps the table honest: if this fails, the pairs have stopped being traps."""
    for scorer in (fuzz.ratio, fuzz.WRatio):
        assert min(scorer(*pair) for pair in SAME + NEAR) < max(scorer(*pair) for pair in NEVER + OPPOSITE)


@pytest.mark.parametrize(("one", "other"), SAME + [(b, a) for a, b in SAME])
def test_the_same_job_in_other_words_is_the_same(one: str, other: str) -> None:
    assert likeness(one, other) == 1.0


@pytest.mark.parametrize(("one", "other"), NEAR + [(b, a) for a, b in NEAR])
def test_a_near_job_is_near_and_not_the_same(one: str, other: str) -> None:
    assert 0.5 <= likeness(one, other) < 1.0


@pytest.mark.parametrize(("one", "other"), NEVER + [(b, a) for a, b in NEVER])
def test_jobs_that_only_look_alike_never_meet(one: str, other: str) -> None:
    assert likeness(one, other) < 0.2


@pytest.mark.parametrize(("one", "other"), OPPOSITE + [(b, a) for a, b in OPPOSITE])
def test_opposites_are_never_equal(one: str, other: str) -> None:
    assert likeness(one, other) < 0.3
    assert skill_similarity(Term(one), Term(other)) < 0.3


def test_an_uncertified_electrician_is_still_an_electrician() -> None:
    licensed, unlicensed, plain = (
        resolve_occupation(text)[0].code for text in ("持证电工", "无证电工", "电工")
    )
    assert licensed == unlicensed == plain == "6-31-01-03"
    assert likeness("无证电工", "电工") == 1.0


@pytest.mark.parametrize(("one", "other"), SAME_PLACES)
def test_the_same_place_in_more_or_fewer_words_is_the_same(one: str, other: str) -> None:
    assert place(one) == place(other) != ""


@pytest.mark.parametrize(("one", "other"), OTHER_TOWNS)
def test_towns_whose_names_look_alike_stay_apart(one: str, other: str) -> None:
    assert place(one)
    assert place(other)
    assert place(one) != place(other)


@pytest.mark.parametrize(("one", "other"), OTHER_COUNTIES)
def test_counties_whose_names_look_alike_stay_apart(one: str, other: str) -> None:
    assert place(one, hint=None)
    assert place(other, hint=None)
    assert place(one, hint=None)[:2] != place(other, hint=None)[:2]
